using System.Text.Json;
using System.Text.Json.Nodes;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Ledger;
using ReviewConsole.Core.Queue;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;
using ReviewConsole.Tests.Core.Gate;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Core.Reviews;

/// <summary>What rules ask of whoever works on a review: to claim it, to decide it, to be given it and to be served it.</summary>
public sealed class SkillTests : IAsyncDisposable
{
    private readonly TestDesk _desk = new(policy: GateCases.Policy("""
        rules:
          - { rule: german, when: { field: tags, contains: german }, then: { verdict: review, skill: german } }
          - { rule: medical, when: { field: tags, contains: medical }, then: { skill: [medical, german] } }
          - { rule: two, when: { field: tags, contains: two }, then: { verdict: review, approvals: 2 } }
          - { rule: small, when: { field: impact.amount, below: 1000 }, then: { verdict: review, skill: kassel } }

        """));

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task Who_lacks_a_skill_cannot_claim_and_all_matching_rules_add_up()
    {
        var (jonas, mia) = (await _desk.PersonAsync("jonas", ["german"]), await _desk.PersonAsync("mia", ["german", "medical"]));
        var both = await _desk.SubmitAsync(Tagged("german", "medical"));

        Assert.Equal(["german", "medical"], both.Gate.Skills);
        Assert.Equal(["medical"], Lacks((await ClaimAsync(jonas, both)).Refusal));
        Assert.All(_desk.Reviewers.Options(jonas, both.Id)!, static option => Assert.Equal(["medical"], Lacks(option.Barrier)));
        Assert.Null((await ClaimAsync(mia, both)).Refusal);
        Assert.Null((await ClaimAsync(jonas, await _desk.SubmitAsync(Tagged("german")))).Refusal);
        Assert.Null((await ClaimAsync(await _desk.PersonAsync("nils"), await _desk.SubmitAsync())).Refusal);
    }

    [Fact]
    public async Task A_skill_that_was_taken_away_after_the_claim_is_missing_in_every_decision()
    {
        var jonas = await _desk.PersonAsync("jonas", ["german"]);
        var review = await _desk.SubmitAsync(Tagged("german"));
        var claim = (await ClaimAsync(jonas, review)).Value!.Token;
        await _desk.LookAsync(jonas, review.Id);
        await _desk.PersonAsync("jonas");

        foreach (var kind in Enum.GetValues<DecisionKind>())
        {
            Assert.Contains("german", Lacks((await _desk.Reviewers.DecideAsync(jonas, review.Id, _desk.Decision(review.Id, kind, claim), TestDesk.Cancellation)).Refusal));
        }

        Assert.Equal(["german"], Lacks((await _desk.Reviewers.RenewAsync(jonas, review.Id, claim, TestDesk.Cancellation)).Refusal));
        Assert.Equal(["german"], Lacks((await _desk.Reviewers.JudgeAsync(jonas, review.Id, new Judging(1, DecisionKind.Approve, null, claim, "first", Via.Api), TestDesk.Cancellation)).Refusal));
    }

    [Fact]
    public async Task The_second_of_two_has_the_skill_too()
    {
        var (jonas, mia, nils) = (await _desk.PersonAsync("jonas", ["german"]), await _desk.PersonAsync("mia", ["german"]), await _desk.PersonAsync("nils"));
        var review = await _desk.SubmitAsync(Tagged("german", "two"));

        Assert.Equal(1, (await _desk.DecideAsync(jonas, review.Id, DecisionKind.Approve)).Value!.Have);
        Assert.Equal(["german"], Lacks((await _desk.DecideAsync(nils, review.Id, DecisionKind.Approve)).Refusal));
        Assert.Equal(2, (await _desk.DecideAsync(mia, review.Id, DecisionKind.Approve)).Value!.Have);
    }

    [Fact]
    public async Task A_corrected_action_asks_for_what_it_asks_for_itself_too_and_a_recall_takes_that_back()
    {
        var (jonas, mia) = (await _desk.PersonAsync("jonas", ["german"]), await _desk.PersonAsync("mia", ["german", "kassel"]));
        var review = await _desk.SubmitAsync(Tagged("german"));

        Assert.Equal(["kassel"], Lacks((await _desk.DecideAsync(jonas, review.Id, DecisionKind.Correct)).Refusal));
        await _desk.Reviewers.ReleaseClaimAsync(jonas, review.Id, State(review).Claim!.Token, Via.Api, TestDesk.Cancellation);
        Assert.Null((await _desk.DecideAsync(mia, review.Id, DecisionKind.Correct)).Refusal);
        Assert.Equal(["german", "kassel"], State(review).Gate.Skills);
        await _desk.Reviewers.RecallAsync(mia, review.Id, "recall", Via.Api, TestDesk.Cancellation);
        Assert.Equal(["german"], State(review).Gate.Skills);
        Assert.Empty(_desk.Rebuild.Check(null, TestDesk.Cancellation).Faults);
    }

    [Fact]
    public async Task What_one_revision_asked_for_the_next_one_asks_for_too()
    {
        var review = await _desk.SubmitAsync(Tagged("german"));
        var body = TestDesk.Refund();
        body["tags"] = new JsonArray("two");
        var bytes = System.Text.Encoding.UTF8.GetBytes(body.ToJsonString());
        var proposal = ReviewConsole.Core.Proposals.ProposalReader.Read(bytes, ReviewConsole.Core.Proposals.ProposalLimits.Default).Proposal!;

        Assert.Null((await _desk.Sources.ReviseAsync(_desk.Source, review.Id, 1, new Incoming(proposal, bytes, null), null, TestDesk.Cancellation)).Refusal);

        Assert.Equal(["german"], State(review).Gate.Skills);
    }

    [Fact]
    public async Task Nobody_is_given_or_served_what_they_lack_the_skill_for_and_lists_say_so()
    {
        var (jonas, nils, ruth) = (await _desk.PersonAsync("jonas", ["german"]), await _desk.PersonAsync("nils"), await _desk.PersonAsync("ruth", Role.Supervisor));
        var (mia, locked) = (await _desk.PersonAsync("mia", ["german", "medical", "me"]), await _desk.SubmitAsync(Tagged("german")));
        _desk.Time.Advance(TimeSpan.FromSeconds(1));
        var both = await _desk.SubmitAsync(Tagged("german", "medical"));
        _desk.Time.Advance(TimeSpan.FromSeconds(1));
        var open = await _desk.SubmitAsync();

        Assert.Equal((locked.Id, open.Id), (await NextAsync(jonas), await NextAsync(nils)));
        Assert.Equal((both.Id, open.Id), (await NextAsync(mia, locked.Id), await NextAsync(jonas, locked.Id)));
        Assert.Equal([["german"], ["german", "medical"], []], (await ListAsync(nils)).Select(static item => item.Lacks));
        Assert.Equal([[], ["medical"], []], (await ListAsync(jonas)).Select(static item => item.Lacks));
        Assert.Equal("#/to/person", Assert.IsType<Refusal.Invalid>((await AssignAsync(nils)).Refusal).Pointer);
        Assert.Null((await AssignAsync(jonas)).Refusal);

        Task<Guid?> NextAsync(PersonActor person, Guid? not = null) => _desk.Queue.NextAsync(QueueFilter.Everything, person.Id, not, TestDesk.Cancellation);
        async Task<IReadOnlyList<QueueItem>> ListAsync(PersonActor person) => (await _desk.Queue.ReadAsync(QueueFilter.Everything, person.Id, null, 10, TestDesk.Cancellation)).Items;
        Task<Result<ReviewState>> AssignAsync(PersonActor to) => _desk.Reviewers.AssignAsync(ruth, locked.Id, to.Id, null, null, Via.Api, TestDesk.Cancellation);
    }

    [Fact]
    public async Task The_entries_name_the_skills_that_somebody_has_and_that_a_review_asks_for()
    {
        await _desk.PersonAsync("jonas", ["medical", "german"]);
        await _desk.PersonAsync("jonas");
        await _desk.SubmitAsync(Tagged("german"));

        using var connection = _desk.Store.Database.Open();
        using var ledger = new LedgerReader(connection);
        var entries = ledger.Entries(0, int.MaxValue).Select(static stored => JsonElement.Parse(stored.Entry)).ToArray();
        Assert.Equal(
            [("personAdded", """["german","medical"]"""), ("personChanged", ""), ("submitted", """["german"]""")],
            entries.Select(static entry => (entry.GetProperty("type").GetString()!, entry.GetProperty("data").TryGetProperty("skills", out var skills) ? skills.GetRawText() : ""))
                .Where(static entry => entry.Item1 is "personAdded" or "personChanged" or "submitted"));
    }

    private static IReadOnlyList<string> Lacks(Refusal? refusal) => Assert.IsType<Refusal.SkillMissing>(refusal).Skills;

    private static Action<JsonObject> Tagged(params string[] tags) => body => body["tags"] = new JsonArray([.. tags.Select(static tag => (JsonNode)tag)]);

    private ReviewState State(ReviewState review) => _desk.Reviews.Find(review.Id)!.State;

    private Task<Result<ClaimAnswer>> ClaimAsync(PersonActor person, ReviewState review) => _desk.Reviewers.ClaimAsync(person, review.Id, Via.Api, TestDesk.Cancellation);
}
