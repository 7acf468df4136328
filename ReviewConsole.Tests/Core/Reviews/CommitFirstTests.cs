using System.Text.Json.Nodes;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Queue;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;
using ReviewConsole.Tests.Core.Gate;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Core.Reviews;

/// <summary>Commit first (SCREENS.md §2): who decides has said what they think before they read what the AI says of itself, wherever it would stand.</summary>
public sealed class CommitFirstTests : IAsyncLifetime
{
    private const string Lines = """
        rules:
          - { rule: first, when: { field: caseId, equals: first }, then: { verdict: review, commitFirst: true }, reason: Said first }
        """;

    private readonly TestDesk _desk = new(policy: GateCases.Policy(Lines));

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        Assert.Empty(_desk.Rebuild.Check(null, TestDesk.Cancellation).Faults);
        await _desk.DisposeAsync();
    }

    [Fact]
    public async Task Nobody_decides_before_they_have_said_what_they_think_and_nobody_says_it_twice()
    {
        var (jonas, mia) = (await _desk.PersonAsync("jonas"), await _desk.PersonAsync("mia"));
        var review = await SubmitAsync();
        Assert.IsType<Refusal.ClaimLost>((await JudgeAsync(jonas, review.Id, DecisionKind.Approve, null)).Refusal);
        var claim = (await _desk.Reviewers.ClaimAsync(jonas, review.Id, Via.Api, TestDesk.Cancellation)).Value!;
        Assert.IsType<Refusal.HeldByAnother>((await JudgeAsync(mia, review.Id, DecisionKind.Approve, claim.Token)).Refusal);
        Assert.IsType<Refusal.StaleRevision>((await JudgeAsync(jonas, review.Id, DecisionKind.Approve, claim.Token, revision: 2)).Refusal);
        await _desk.LookAsync(jonas, review.Id);
        foreach (var decision in Enum.GetValues<DecisionKind>())
        {
            Assert.IsType<Refusal.JudgementRequired>((await _desk.DecideAsync(jonas, review.Id, decision, static d => d with { Alternative = 99 })).Refusal);
            Assert.IsType<Refusal.JudgementRequired>(_desk.Reviewers.Options(jonas, review.Id)!.Single(option => option.Decision == decision).Barrier);
        }

        var said = await JudgeAsync(jonas, review.Id, DecisionKind.Reject, claim.Token);
        Assert.Null(said.Refusal);
        Assert.Equal(said.Value, (await JudgeAsync(jonas, review.Id, DecisionKind.Reject, claim.Token)).Value);
        Assert.IsType<Refusal.IdempotencyKeyReused>((await JudgeAsync(jonas, review.Id, DecisionKind.Approve, claim.Token)).Refusal);
        var again = Assert.IsType<Refusal.AlreadyJudged>((await JudgeAsync(jonas, review.Id, DecisionKind.Approve, claim.Token, operation: "another")).Refusal);
        Assert.Equal((DecisionKind.Reject, said.Value!.At), (again.Decision, again.At));

        Assert.Null((await _desk.DecideAsync(jonas, review.Id, DecisionKind.Approve)).Refusal);
        var timeline = _desk.Reviews.Read(review.Id, jonas.Id)!.Timeline;
        var judged = Assert.IsType<Judged>(timeline.Single(static entry => entry.Type == "judged").Event);
        Assert.Equal(["title", "signals", "alternatives", "reasons"], judged.Withheld);
        Assert.Equal("It does not look right.", timeline.Single(static entry => entry.Type == "judged").Texts[SealedNames.Note]);
        Assert.Equal(said.Value.Seq, Assert.IsType<Decided>(timeline.Last(static entry => entry.Type == "decided").Event).Judgement);
    }

    [Fact]
    public async Task A_review_without_it_asks_for_no_judgement()
    {
        var jonas = await _desk.PersonAsync("jonas");
        var review = await _desk.SubmitAsync();
        var claim = (await _desk.Reviewers.ClaimAsync(jonas, review.Id, Via.Api, TestDesk.Cancellation)).Value!;
        Assert.IsType<Refusal.Invalid>((await JudgeAsync(jonas, review.Id, DecisionKind.Approve, claim.Token)).Refusal);
        Assert.False(_desk.Reviews.Read(review.Id, jonas.Id)!.Withheld);
        Assert.Null((await _desk.DecideAsync(jonas, review.Id, DecisionKind.Approve)).Refusal);
    }

    [Fact]
    public async Task What_the_AI_says_of_itself_is_read_by_nobody_but_who_has_spoken_until_the_end()
    {
        var (jonas, mia, cora) = (await _desk.PersonAsync("jonas"), await _desk.PersonAsync("mia"), await _desk.PersonAsync("cora", Role.Compliance));
        var review = await SubmitAsync(static body =>
        {
            body["reasoning"] = new JsonObject { ["summary"] = "I am sure.", ["safeToShow"] = true };
            body["fields"] = new JsonArray(new JsonObject { ["name"] = "total", ["type"] = "money", ["value"] = "1", ["confidence"] = 0.3, ["required"] = true });
        });
        Assert.All(new[] { jonas.Id, mia.Id, cora.Id, null }, person => Withheld(review.Id, person));

        await SayAsync(jonas, review.Id, DecisionKind.Approve);
        var content = _desk.Reviews.Read(review.Id, jonas.Id)!.Content!;
        Assert.Equal(("Refund the order", 0.31m, 0.3m), (content.Proposal.Title, content.Proposal.Signals[0].Value, content.Proposal.Fields![0].Confidence));
        Assert.Contains("The lowest signal is under 0.8, or there is none", content.Gate.Reasons);
        Assert.All(new[] { mia.Id, cora.Id, null }, person => Withheld(review.Id, person));
        Assert.DoesNotContain(_desk.Reviews.Read(review.Id, mia.Id)!.Timeline, static entry => entry.Type == "judged");

        Assert.Null((await _desk.DecideAsync(jonas, review.Id, DecisionKind.Reject)).Refusal);
        Withheld(review.Id, mia.Id);
        await _desk.ReleaseAsync();
        Assert.All(new[] { mia.Id, cora.Id, null }, person => Assert.Equal("Refund the order", _desk.Reviews.Read(review.Id, person)!.Content!.Proposal.Title));
        Assert.Contains(_desk.Reviews.Read(review.Id, mia.Id)!.Timeline, static entry => entry.Type == "judged");
    }

    [Fact]
    public async Task No_view_count_search_or_row_of_the_queue_says_it_either()
    {
        var (jonas, mia) = (await _desk.PersonAsync("jonas"), await _desk.PersonAsync("mia"));
        var review = await SubmitAsync();
        var plain = await _desk.SubmitAsync(static body => body["signals"]![0]!["value"] = 0.31);
        await SeesAsync(mia, false);
        await SayAsync(jonas, review.Id, DecisionKind.Approve);
        await SeesAsync(jonas, true);
        await SeesAsync(mia, false);

        async Task SeesAsync(PersonActor person, bool all)
        {
            var low = await _desk.Queue.ReadAsync(QueueFilter.Everything with { View = QueueView.LowConfidence }, person.Id, null, 50, TestDesk.Cancellation);
            Assert.Equal(all ? [plain.Id, review.Id] : [plain.Id], low.Items.Select(static item => item.Id).OrderBy(id => id != plain.Id));
            Assert.Equal(low.Items.Count, (await _desk.Queue.CountViewsAsync(QueueFilter.Everything, person.Id, TestDesk.Cancellation)).LowConfidence);
            var found = await _desk.Queue.ReadAsync(QueueFilter.Everything with { Text = "Refund the" }, person.Id, null, 50, TestDesk.Cancellation);
            Assert.Equal(low.Items.Count, found.Items.Count);
            var row = (await _desk.Queue.ReadAsync(QueueFilter.Everything, person.Id, null, 50, TestDesk.Cancellation)).Items.Single(item => item.Id == review.Id);
            Assert.Equal((!all, all ? "Refund the order" : null, all ? 0.31 : null), (row.Withheld, row.Title, row.Confidence));
            Assert.Equal("issue_refund 1250.00 USD 4711", row.Headline);
            Assert.Equal(row, (await _desk.Queue.FindAsync(QueueFilter.Everything, person.Id, [review.Id], TestDesk.Cancellation)).Single());
        }
    }

    [Fact]
    public async Task A_revision_is_judged_anew_and_never_loses_the_question()
    {
        var jonas = await _desk.PersonAsync("jonas");
        var review = await SubmitAsync();
        await SayAsync(jonas, review.Id, DecisionKind.Approve);
        var bytes = System.Text.Encoding.UTF8.GetBytes(TestDesk.Refund().ToJsonString());
        var revised = await _desk.Sources.ReviseAsync(
            _desk.Source, review.Id, 1, new Incoming(ProposalReader.Read(bytes, ProposalLimits.Default).Proposal!, bytes, null), null, TestDesk.Cancellation);
        Assert.Null(revised.Refusal);
        Withheld(review.Id, jonas.Id);
        Assert.IsType<Refusal.JudgementRequired>((await _desk.DecideAsync(jonas, review.Id, DecisionKind.Approve)).Refusal);
        await SayAsync(jonas, review.Id, DecisionKind.Correct, revision: 2, operation: "second");
        Assert.Null((await _desk.DecideAsync(jonas, review.Id, DecisionKind.Approve)).Refusal);
    }

    private Task<ReviewState> SubmitAsync(Action<JsonObject>? change = null) => _desk.SubmitAsync(body =>
    {
        body["caseId"] = "first";
        body["signals"]![0]!["value"] = 0.31;
        change?.Invoke(body);
    });

    private async Task SayAsync(PersonActor person, Guid review, DecisionKind decision, int revision = 1, string operation = "say")
    {
        var claim = (await _desk.Reviewers.ClaimAsync(person, review, Via.Api, TestDesk.Cancellation)).Value!;
        Assert.Null((await JudgeAsync(person, review, decision, claim.Token, revision, operation)).Refusal);
    }

    private Task<Result<JudgementAnswer>> JudgeAsync(PersonActor person, Guid review, DecisionKind decision, Guid? claim, int revision = 1, string operation = "say") =>
        _desk.Reviewers.JudgeAsync(person, review, new Judging(revision, decision, "It does not look right.", claim, operation, Via.Api), TestDesk.Cancellation);

    private void Withheld(Guid review, string? person)
    {
        var detail = _desk.Reviews.Read(review, person)!;
        var (proposal, gate) = (detail.Content!.Proposal, detail.Content.Gate);
        Assert.True(detail.Withheld);
        Assert.Null(proposal.Title);
        Assert.Null(proposal.Reasoning);
        Assert.Empty(proposal.Signals);
        Assert.Empty(proposal.Alternatives);
        Assert.All(proposal.Fields ?? [], static field => Assert.Null(field.Confidence));
        Assert.DoesNotContain("Refund the order", proposal.Body.GetRawText(), StringComparison.Ordinal);
        Assert.Contains("Cannot be undone", gate.Reasons);
        Assert.DoesNotContain(gate.Reasons, static reason => reason.Contains("signal", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(gate.Trace.SelectMany(static rule => rule.Conditions), static condition => condition.Field.StartsWith("signals", StringComparison.Ordinal));
        Assert.Equal("1250.00", detail.Content.Effective.Arguments.GetProperty("amount").GetString());
    }
}
