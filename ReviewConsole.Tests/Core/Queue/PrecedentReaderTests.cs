using System.Collections;
using System.Text.Json.Nodes;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Queue;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Core.Queue;

/// <summary>What was decided before of the same action, on a real file.</summary>
public sealed class PrecedentReaderTests : IAsyncDisposable
{
    private readonly TestDesk _desk = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task The_likest_decided_ones_come_first_with_outcome_reason_and_what_differs()
    {
        var person = await _desk.PersonAsync("jonas");
        var far = await DecidedAsync(person, DecisionKind.Reject, "9000.00");
        var near = await DecidedAsync(person, DecisionKind.Approve, "1200.00", failed: false);
        var same = await DecidedAsync(person, DecisionKind.Correct, "1250.00");
        var open = await SubmitAsync("1250.00");
        var other = await _desk.SubmitAsync(static body => body["action"]!["name"] = "transfer");
        await _desk.DecideAsync(person, other.Id, DecisionKind.Reject);
        await _desk.ReleaseAsync();
        await SubmitAsync("1250.00");

        var found = Read(person, open);
        Assert.Equal([same, far, near], found.Select(static precedent => precedent.Id));
        Assert.Equal([OutcomeDecision.Corrected, OutcomeDecision.Rejected, OutcomeDecision.Approved], found.Select(static precedent => precedent.Decision));
        Assert.Equal(["AMOUNT_WRONG", "POLICY_VIOLATION", "EVIDENCE_SUPPORTS"], found.Select(static precedent => precedent.ReasonCode));
        Assert.Empty(found[0].Arguments);
        Assert.Empty(found[0].Checks);
        Assert.Equal(("amount", "9000.00", "1250.00"), Texts(Assert.Single(found[1].Arguments)));
        Assert.Equal(("REF-2", CheckResult.Pass, CheckResult.Fail), Outcome(Assert.Single(found[2].Checks)));
    }

    [Fact]
    public async Task Nobody_without_leave_to_read_reviews_gets_one_and_what_was_erased_is_left_out()
    {
        var (person, admin) = (await _desk.PersonAsync("jonas"), await _desk.PersonAsync("ada", Role.Admin));
        var decided = await DecidedAsync(person, DecisionKind.Reject, "1250.00");
        var open = await SubmitAsync("1250.00");
        Assert.Single(Read(person, open));
        Assert.Empty(Read(admin, open));

        var content = _desk.Reviews.Find(decided)!.State.ContentSeq;
        await _desk.Store.Writer.RunAsync(scope => scope.Prepare("DELETE FROM sealed WHERE seq = $seq").With("$seq", content).ExecuteNonQuery(), Cancellation);
        Assert.Empty(Read(person, open));
    }

    [Fact]
    public async Task At_most_five_of_the_newest_and_the_newer_first_among_equals()
    {
        var person = await _desk.PersonAsync("jonas");
        var decided = new List<Guid>();
        for (var i = 0; i < PrecedentReader.Shown + 2; i++)
        {
            decided.Add(await DecidedAsync(person, DecisionKind.Reject, "1250.00"));
        }

        decided.Reverse();
        Assert.Equal(decided.Take(PrecedentReader.Shown), Read(person, await SubmitAsync("1250.00")).Select(static precedent => precedent.Id));
    }

    [Fact]
    public async Task Whoever_goes_on_stops_the_reading()
    {
        var person = await _desk.PersonAsync("jonas");
        await DecidedAsync(person, DecisionKind.Reject, "1250.00");
        var open = _desk.Reviews.Content(await SubmitAsync("1250.00"))!;
        Assert.Throws<OperationCanceledException>(() => new PrecedentReader(_desk.Store.Database).Read(person, "refund", open, new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task What_differs_is_kept_as_far_as_it_is_shown_and_the_rest_is_counted()
    {
        var person = await _desk.PersonAsync("jonas");
        await DecidedAsync(person, DecisionKind.Reject, "1250.00");
        var found = Assert.Single(Read(person, await LongAsync(members: 20, checks: 10)));
        Assert.Equal((PrecedentReader.Differences, PrecedentReader.Differences), (found.Arguments.Count, found.Checks.Count));
        // REF-2 was made there only.
        Assert.Equal(20 + 10 + 1 - (2 * PrecedentReader.Differences), found.More);
    }

    [Fact]
    public async Task What_is_too_long_itself_is_compared_with_nothing()
    {
        var person = await _desk.PersonAsync("jonas");
        await DecidedAsync(person, DecisionKind.Reject, "1250.00");
        Assert.Empty(Read(person, await LongAsync(members: PrecedentReader.Longest / 8, checks: 1)));
    }

    [Fact]
    public async Task Whoever_goes_on_stops_the_comparing_too()
    {
        var person = await _desk.PersonAsync("jonas");
        await DecidedAsync(person, DecisionKind.Reject, "1250.00");
        using var leaving = new CancellationTokenSource();
        var open = _desk.Reviews.Content(await SubmitAsync("1250.00"))!;
        open = open with { Proposal = open.Proposal with { Checks = new LeftWhenRead(leaving) } };
        Assert.Throws<OperationCanceledException>(() => new PrecedentReader(_desk.Store.Database).Read(person, "refund", open, leaving.Token));
    }

    /// <summary>The candidates come off their index in order: neither the table nor what was decided of other actions is walked.</summary>
    [Fact]
    public async Task The_candidates_run_on_their_index()
    {
        await _desk.PersonAsync("jonas");
        using var connection = _desk.Store.Database.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + PrecedentReader.NewestOfAction;
        command.With("$kind", "refund").With("$action", "issue_refund").With("$id", "").With("$most", PrecedentReader.Candidates);
        using var rows = command.ExecuteReader();
        var plan = new List<string>();
        while (rows.Read())
        {
            plan.Add(rows.GetString(3));
        }

        Assert.Equal("SEARCH review USING INDEX review_precedent (kind=? AND action=?)", Assert.Single(plan));
    }

    private IReadOnlyList<Precedent> Read(PersonActor person, ReviewState review) =>
        new PrecedentReader(_desk.Store.Database).Read(person, "refund", _desk.Reviews.Content(review)!, Cancellation);

    private Task<ReviewState> SubmitAsync(string amount, bool failed = true) => _desk.SubmitAsync(body =>
    {
        body["action"]!["arguments"]!["amount"] = amount;
        body["impact"]!["amount"]!["value"] = amount;
        body["checks"] = new JsonArray(new JsonObject { ["id"] = "REF-2", ["name"] = "Cabin", ["result"] = failed ? "fail" : "pass" });
    });

    private Task<ReviewState> LongAsync(int members, int checks) => _desk.SubmitAsync(body =>
    {
        var arguments = body["action"]!["arguments"]!.AsObject();
        arguments["amount"] = "1250.00";
        body["impact"]!["amount"]!["value"] = "1250.00";
        foreach (var i in Enumerable.Range(0, members))
        {
            arguments[$"m{i}"] = i;
        }

        body["checks"] = new JsonArray([.. Enumerable.Range(0, checks).Select(static i => new JsonObject { ["id"] = $"NEW-{i}", ["name"] = "Cabin", ["result"] = "pass" })]);
    });

    private async Task<Guid> DecidedAsync(PersonActor person, DecisionKind decision, string amount, bool failed = true)
    {
        var review = await SubmitAsync(amount, failed);
        Assert.Null((await _desk.DecideAsync(person, review.Id, decision, static d => d with { Acknowledged = new HashSet<string> { "REF-2" } })).Refusal);
        await _desk.ReleaseAsync();
        return review.Id;
    }

    /// <summary>Checks of a review that is left while they are read.</summary>
    private sealed class LeftWhenRead(CancellationTokenSource leaving) : IReadOnlyList<Check>
    {
        public int Count => 0;

        public Check this[int index] => throw new ArgumentOutOfRangeException(nameof(index));

        public IEnumerator<Check> GetEnumerator()
        {
            leaving.Cancel();
            return Enumerable.Empty<Check>().GetEnumerator();
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    private static (string, string?, string?) Texts(ArgumentDifference argument) => (argument.Path, argument.Theirs?.GetString(), argument.Ours?.GetString());

    private static (string, CheckResult?, CheckResult?) Outcome(CheckDifference check) => (check.Id, check.Theirs, check.Ours);
}
