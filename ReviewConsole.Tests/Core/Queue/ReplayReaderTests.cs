using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Queue;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;
using ReviewConsole.Tests.Core.Gate;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Core.Queue;

/// <summary>A decision is shown again as it was made, from the log alone, whatever has happened since.</summary>
public sealed class ReplayReaderTests : IAsyncLifetime
{
    private readonly TestDesk _desk = new(policy: GateCases.Policy(PolicyFile.CommitFirst));

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    private ReplayReader Replay => new(_desk.Store.Database, _desk.Contents);

    [Fact]
    public async Task What_was_seen_comes_back_in_its_order_with_what_was_hidden_and_what_was_edited()
    {
        var jonas = await _desk.PersonAsync("jonas");
        var id = (await _desk.SubmitAsync(static body =>
        {
            body["tags"] = new JsonArray("first");
            body["evidence"] = new JsonArray(Piece("a"), Piece("b"), Piece("c"));
        })).Id;
        var claim = (await _desk.Reviewers.ClaimAsync(jonas, id, Via.Screen, TestDesk.Cancellation)).Value!.Token;
        _desk.Time.Advance(TimeSpan.FromSeconds(10));
        // In one report, at one moment: c before a.
        await LookAsync(jonas, id, ("c", 2_000), ("a", 1_500));
        await _desk.Reviewers.JudgeAsync(jonas, id, new Judging(1, DecisionKind.Approve, "Looks fine.", claim, "say", Via.Screen), TestDesk.Cancellation);
        _desk.Time.Advance(TimeSpan.FromSeconds(10));
        await LookAsync(jonas, id, ("b", 3_000), ("c", 500));
        var decided = await _desk.Reviewers.DecideAsync(jonas, id, _desk.Decision(id, DecisionKind.Correct, claim) with { Acknowledged = new HashSet<string> { "console:declared-amount" } }, TestDesk.Cancellation);
        Assert.Null(decided.Refusal);
        await _desk.ReleaseAsync();

        var shown = Replay.Read(id, decided.Value!.Seq, null)!;
        Assert.Equal([("c", 2_500L), ("a", 1_500L), ("b", 3_000L)], shown.Seen.Select(static piece => (piece.Evidence, piece.Milliseconds)));
        Assert.Equal(["c", "a"], shown.Judgement!.Value.Seen.Select(static piece => piece.Evidence));
        Assert.Equal(["title", "signals", "alternatives"], shown.Judgement.Value.Judged.Withheld);
        Assert.Equal((DecisionKind.Approve, "Looks fine."), (shown.Judgement.Value.Judged.Decision, shown.Judgement.Value.Entry.Texts[SealedNames.Note]));
        Assert.Equal(("1250.00", "900.00"), (Amount(shown.Content!.Effective), Amount(shown.After!)));
        Assert.Equal(["console:declared-amount"], shown.Acknowledged);
        Assert.Equal(ReviewerDesk.Renderer, shown.Decided.Renderer);
        Assert.Equal("Refund the order", shown.Content.Proposal.Title);
    }

    [Fact]
    public async Task Later_revisions_decisions_and_policies_change_nothing_of_it()
    {
        var (jonas, mia) = (await _desk.PersonAsync("jonas"), await _desk.PersonAsync("mia"));
        var id = (await _desk.SubmitAsync()).Id;
        var first = (await _desk.DecideAsync(jonas, id, DecisionKind.Approve)).Value!.Seq;
        var bytes = Encoding.UTF8.GetBytes(Revised().ToJsonString());
        await _desk.Sources.ReviseAsync(_desk.Source, id, 1, new Incoming(ProposalReader.Read(bytes, ProposalLimits.Default).Proposal!, bytes, null), null, TestDesk.Cancellation);

        // Open again: what he decided is his alone to see.
        Assert.NotNull(Replay.Read(id, first, jonas.Id));
        Assert.Null(Replay.Read(id, first, mia.Id));
        Assert.Null(Replay.Read(id, first, null));
        var second = (await _desk.DecideAsync(mia, id, DecisionKind.Reject)).Value!.Seq;
        await _desk.ReleaseAsync();

        var (then, now) = (Replay.Read(id, first, mia.Id)!, Replay.Read(id, second, mia.Id)!);
        Assert.Equal((1, "1250.00", "Please give me my money back."), (then.Before.Revision, Amount(then.Content!.Effective), then.Content.Proposal.Evidence[0].Content!.Value.GetString()));
        Assert.Equal((2, "2000.00", "It is not yours."), (now.Before.Revision, Amount(now.Content!.Effective), now.Content.Proposal.Evidence[0].Content!.Value.GetString()));
        Assert.Equal(ReviewStatus.Pending, then.Before.Status);
        Assert.DoesNotContain(then.Timeline, entry => entry.Seq >= first);
        Assert.Equal("Please give me my money back.", Replay.Revision(id, 1)!.Evidence[0].Content!.Value.GetString());
        Assert.Null(Replay.Revision(id, 3));
        Assert.Null(Replay.Read(id, first - 1, mia.Id));
        Assert.Null(Replay.Read(Guid.Empty, first, mia.Id));
    }

    [Fact]
    public async Task The_second_reader_s_view_is_without_the_first_decision_and_with_the_corrected_action()
    {
        var (jonas, mia) = (await _desk.PersonAsync("jonas"), await _desk.PersonAsync("mia"));
        var id = (await _desk.SubmitAsync()).Id;
        var first = await _desk.DecideAsync(jonas, id, DecisionKind.Correct, static d => d with
        {
            Correction = new Correcting(JsonElement.Parse("""{"order":"4711","amount":"12500.00","currency":"USD"}"""), null, null),
            Acknowledged = new HashSet<string> { "console:declared-amount" },
        });
        var second = await _desk.DecideAsync(mia, id, DecisionKind.Approve, static d => d with { Acknowledged = new HashSet<string> { "console:declared-amount" } });
        Assert.Null(second.Refusal);
        await _desk.ReleaseAsync();

        var shown = Replay.Read(id, second.Value!.Seq, mia.Id)!;
        Assert.True(shown.SecondRead);
        Assert.DoesNotContain(shown.Timeline, static entry => entry.Type == "decided");
        Assert.Equal(("12500.00", "12500.00"), (Amount(shown.Content!.Effective), Amount(shown.After!)));
        Assert.Equal("1250.00", Amount(Replay.Read(id, first.Value!.Seq, mia.Id)!.Content!.Effective));
    }

    [Fact]
    public async Task The_draft_before_an_entry_is_the_one_that_was_there_and_while_the_review_is_open_only_its_author_has_it()
    {
        var (jonas, mia, priya) = (await _desk.PersonAsync("jonas"), await _desk.PersonAsync("mia"), await _desk.PersonAsync("priya"));
        var id = (await _desk.SubmitAsync(static body =>
        {
            body["action"]!["arguments"]!["amount"] = "12500.00";
            body["impact"]!["amount"]!["value"] = "12500.00";
            body["draft"] = new JsonObject { ["format"] = "html", ["content"] = "<p>As proposed</p>" };
        })).Id;
        var approved = (await _desk.DecideAsync(jonas, id, DecisionKind.Approve)).Value!.Seq;
        Assert.Equal("<p>As proposed</p>", Replay.Draft(id, approved, null)!.Content);
        var corrected = (await _desk.DecideAsync(mia, id, DecisionKind.Correct, static d => d with
        {
            Correction = new Correcting(null, new Draft(DraftFormat.Html, "<p>As corrected</p>"), null),
        })).Value!.Seq;
        var last = (await _desk.DecideAsync(priya, id, DecisionKind.Approve)).Value!.Seq;

        Assert.Equal("<p>As proposed</p>", Replay.Draft(id, approved, jonas.Id)!.Content);
        Assert.Equal("<p>As proposed</p>", Replay.Draft(id, corrected, mia.Id)!.Content);
        Assert.Equal("<p>As corrected</p>", Replay.Draft(id, last, null)!.Content);
        Assert.Equal("<p>As corrected</p>", Replay.Draft(id, last + 1, null)!.Content);
        Assert.Null(Replay.Draft(id, approved, priya.Id));
        Assert.Null(Replay.Draft(id, corrected, null));
        await _desk.ReleaseAsync();

        Assert.Equal(
            ["<p>As proposed</p>", "<p>As proposed</p>", "<p>As corrected</p>"], new[] { approved, corrected, last }.Select(entry => Replay.Draft(id, entry, null)!.Content));
        Assert.Null(Replay.Draft(id, 0, null));
        Assert.Null(Replay.Draft(Guid.Empty, last, null));
    }

    [Fact]
    public async Task An_earlier_revision_is_opened_once_and_no_later_entry_is_read_for_it()
    {
        var id = (await _desk.SubmitAsync()).Id;
        var bytes = Encoding.UTF8.GetBytes(Revised().ToJsonString());
        await _desk.Sources.ReviseAsync(_desk.Source, id, 1, new Incoming(ProposalReader.Read(bytes, ProposalLimits.Default).Proposal!, bytes, null), null, TestDesk.Cancellation);
        var claimed = (await _desk.Reviewers.ClaimAsync(await _desk.PersonAsync("jonas"), id, Via.Screen, TestDesk.Cancellation)).Value!;
        Assert.NotNull(claimed);
        _desk.Spoiled = true;
        await _desk.Store.Writer.RunAsync(
            static scope => scope.Prepare("DROP TRIGGER ledger_entry_no_update").ExecuteNonQuery() + scope.Prepare("UPDATE ledger_entry SET entry = x'7B' WHERE seq = (SELECT max(seq) FROM ledger_entry)").ExecuteNonQuery(),
            TestDesk.Cancellation);

        Assert.Equal("Please give me my money back.", Replay.Revision(id, 1)!.Evidence[0].Content!.Value.GetString());
        Assert.Same(Replay.Revision(id, 1), Replay.Revision(id, 1));
    }

    private async Task LookAsync(PersonActor person, Guid id, params (string Evidence, long Milliseconds)[] looks)
    {
        foreach (var (evidence, milliseconds) in looks)
        {
            Assert.Null((await _desk.Reviewers.SeenAsync(person, id, evidence, milliseconds, TestDesk.Cancellation)).Refusal);
        }
    }

    private static JsonObject Piece(string id) => new() { ["id"] = id, ["kind"] = "text", ["content"] = "Words of " + id, ["required"] = true };

    private static JsonObject Revised()
    {
        var body = TestDesk.Refund();
        body["action"]!["arguments"]!["amount"] = "2000.00";
        body["impact"]!["amount"]!["value"] = "2000.00";
        body["evidence"]![0]!["content"] = "It is not yours.";
        return body;
    }

    private static string? Amount(EffectiveAction action) => action.Arguments.GetProperty("amount").GetString();
}
