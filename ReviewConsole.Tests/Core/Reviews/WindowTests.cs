using System.Text.Json;
using System.Text.Json.Nodes;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;
using ReviewConsole.Tests.Core.Gate;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Core.Reviews;

/// <summary>Rates and sums in a window of time: counted outside of the Writer, checked inside, sealed with the verdict.</summary>
public sealed class WindowTests
{
    private const string Catalogue = """
        catalogue: { pay: { kind: refund, amount: /amount, currency: /currency, recipient: /to, reversible: true, external: false } }

        """;

    private const string Windows = """
        windows: { refunds: { over: recipient, kind: refund, period: 24 h } }
        rules:
          - { rule: second, when: { field: windows/refunds.count, atLeast: 1 }, then: { verdict: review, risk: high }, reason: Not the first today }
          - { rule: much, when: { field: windows/refunds.amount, above: 50 }, then: { verdict: block }, reason: Too much today }
          - { rule: audit-sample, when: { field: facts.sampleDraw, below: 0 }, then: { verdict: review } }

        """;

    [Fact]
    public async Task Two_in_one_batch_cannot_both_be_the_first()
    {
        await using var desk = new TestDesk(policy: Policy());

        var (one, other) = await desk.TogetherAsync(() => desk.TrySubmitAsync(body => Pay(body, "mia", "5.00")), () => desk.TrySubmitAsync(body => Pay(body, "mia", "6.00")));

        Assert.Equal((ReviewStatus.Released, ReviewStatus.Pending), (State(desk, one).Status, State(desk, other).Status));
        var gate = desk.Reviews.Content(State(desk, other))!.Gate;
        Assert.Equal(new WindowFact(1, 5.00m), gate.Facts.Windows["refunds"]);
        Assert.Equal(["Not the first today"], gate.Reasons);
    }

    [Fact]
    public async Task Many_in_one_batch_count_one_another_and_what_came_in_anew_counts_once()
    {
        await using var desk = new TestDesk(policy: Policy());
        var first = await PayAsync(desk, "mia", "5.00");
        var waiting = await PayAsync(desk, "mia", "6.00");
        Assert.Equal((ReviewStatus.Released, ReviewStatus.Pending), (first.Status, waiting.Status));

        var (sent, revised) = await desk.TogetherAsync(
            () => Task.WhenAll(Enumerable.Range(0, 5).Select(_ => desk.TrySubmitAsync(body => Pay(body, "mia", "1.00")))),
            async () =>
            {
                await ReviseAsync(desk, waiting, "7.00");
                return await desk.TrySubmitAsync(body => Pay(body, "mia", "1.00"));
            });

        // Two were there; each of the five is told of those before it, of both kinds of money.
        var facts = sent.Select(result => desk.Reviews.Content(State(desk, result))!.Gate.Facts.Windows["refunds"]).OrderBy(static fact => fact.Count).ToList();
        Assert.Equal(Enumerable.Range(2, 5), facts.Select(static fact => fact.Count!.Value));
        Assert.Equal([11m, 12m, 13m, 14m, 15m], facts.Select(static fact => fact.Amount!.Value));
        Assert.Equal(new WindowFact(7, 17.00m), desk.Reviews.Content(State(desk, revised))!.Gate.Facts.Windows["refunds"]);
    }

    [Fact]
    public async Task What_was_counted_and_comes_in_anew_within_the_batch_is_counted_once()
    {
        await using var desk = new TestDesk(policy: Policy());
        await PayAsync(desk, "mia", "5.00");
        var waiting = await PayAsync(desk, "mia", "6.00");

        var (_, next) = await desk.TogetherAsync(() => ReviseAsync(desk, waiting, "7.00"), () => desk.TrySubmitAsync(body => Pay(body, "mia", "1.00")));

        Assert.Equal(new WindowFact(2, 12.00m), desk.Reviews.Content(State(desk, next))!.Gate.Facts.Windows["refunds"]);
    }

    [Fact]
    public async Task What_is_noted_is_that_of_the_newest_policy_though_several_follow_one_another_in_one_batch()
    {
        await using var desk = new TestDesk(policy: Policy());
        await PayAsync(desk, "mia", "5.00");
        var review = await PayAsync(desk, "mia", "6.00");
        var (proposal, now) = (desk.Reviews.Content(review)!.Proposal, Policy());
        var other = GateCases.Policy(Catalogue + "windows: { acts: { over: action, period: 24 h } }\n");
        var book = new WindowBook(new byte[32]);

        for (var turn = 1; turn < 3; turn++)
        {
            await desk.Store.Writer.RunAsync(scope =>
            {
                book.Note(scope, now, proposal, review.Id, 1, 10_000 + (10 * turn));
                book.Note(scope, other, proposal, review.Id, 1, 10_001 + (10 * turn));
                book.Note(scope, now, proposal, review.Id, 1, 10_002 + (10 * turn));
                using var noted = scope.Connection.CreateCommand();
                noted.CommandText = "SELECT group_concat(over) FROM window_since";
                Assert.Equal("recipient", noted.ExecuteScalar());
                return true;
            }, TestDesk.Cancellation);
        }
    }

    [Fact]
    public async Task The_same_recipient_counts_and_another_one_another_kind_and_yesterday_do_not()
    {
        await using var desk = new TestDesk(policy: Policy());
        await PayAsync(desk, "mia", "5.00");

        Assert.Equal(0, await CountAsync(desk, "noah", "1.00"));
        Assert.Equal(1, await CountAsync(desk, "MIA", "6.00"));
        var other = await desk.SubmitAsync(body => Pay(body, "mia", "7.00", "email"));
        Assert.Empty(desk.Reviews.Content(other)!.Gate.Facts.Windows);
        desk.Time.Advance(TimeSpan.FromHours(25));
        Assert.Equal(0, await CountAsync(desk, "mia", "8.00"));
    }

    [Fact]
    public async Task What_was_rejected_or_withdrawn_does_not_count_and_what_waits_does()
    {
        await using var desk = new TestDesk(policy: Policy());
        var person = await desk.PersonAsync("jonas");
        await PayAsync(desk, "mia", "5.00");
        var (rejected, withdrawn) = (await PayAsync(desk, "mia", "6.00"), await PayAsync(desk, "mia", "7.00"));
        Assert.Equal(3, await CountAsync(desk, "mia", "8.00"));

        Assert.Null((await desk.DecideAsync(person, rejected.Id, DecisionKind.Reject)).Refusal);
        await desk.ReleaseAsync();
        Assert.Null((await desk.Sources.CancelAsync(desk.Source, withdrawn.Id, "no", TestDesk.Cancellation)).Refusal);

        Assert.Equal(2, await CountAsync(desk, "mia", "9.00"));
    }

    [Fact]
    public async Task Sums_are_in_the_currency_of_the_policy_and_unknown_with_another_one_among_them()
    {
        await using var desk = new TestDesk(policy: Policy());
        await PayAsync(desk, "mia", "30.00");
        Assert.Equal(Verdict.Review, (await PayAsync(desk, "mia", "20.50")).Gate.Verdict);
        Assert.Equal(Verdict.Block, (await PayAsync(desk, "mia", "0.10")).Gate.Verdict);

        await PayAsync(desk, "eva", "1.00", "EUR");
        var next = await PayAsync(desk, "eva", "1.00");

        var gate = desk.Reviews.Content(next)!.Gate;
        Assert.Equal(new WindowFact(1, null), gate.Facts.Windows["refunds"]);
        Assert.Contains("Not known: windows/refunds.amount", gate.Reasons);
    }

    [Fact]
    public async Task A_revision_does_not_count_itself_and_a_replay_of_its_facts_says_the_same()
    {
        var policy = Policy();
        await using var desk = new TestDesk(policy: policy);
        await PayAsync(desk, "mia", "5.00");
        var second = await PayAsync(desk, "mia", "6.00");

        var revised = await ReviseAsync(desk, second, "7.00");

        var content = desk.Reviews.Content(revised)!;
        Assert.Equal(new WindowFact(1, 5.00m), content.Gate.Facts.Windows["refunds"]);
        Assert.Equal(SealedGate.Write(content.Gate), SealedGate.Write(ReviewConsole.Core.Gate.Gate.Evaluate(policy, content.Proposal, content.Gate.Facts)));
        Assert.Equal(2, await CountAsync(desk, "mia", "8.00"));
    }

    [Fact]
    public async Task A_window_that_reaches_back_before_anything_was_noted_is_not_known()
    {
        await using var desk = new TestDesk(policy: Policy());
        await PayAsync(desk, "mia", "5.00");
        // As after a while under a policy without windows.
        await desk.Store.Writer.RunAsync(scope => scope.Prepare("UPDATE window_since SET since = $since").With("$since", scope.Now + 1).ExecuteNonQuery(), TestDesk.Cancellation);

        var unknown = await PayAsync(desk, "noah", "1.00");
        desk.Time.Advance(TimeSpan.FromHours(25));
        var known = await PayAsync(desk, "noah", "2.00");

        Assert.Contains("Not known: windows/refunds.count", desk.Reviews.Content(unknown)!.Gate.Reasons);
        Assert.Equal(ReviewStatus.Released, known.Status);
    }

    [Fact]
    public async Task What_came_in_while_nothing_was_noted_makes_the_window_unknown_though_it_was_submitted_before()
    {
        await using var desk = new TestDesk(policy: Policy());
        await PayAsync(desk, "mia", "5.00");
        var old = await PayAsync(desk, "mia", "6.00");
        desk.Time.Advance(TimeSpan.FromHours(25));
        // As under a policy without windows, which a revision came in under.
        await RunAsync(desk, "DELETE FROM window_since");
        desk.Time.Advance(TimeSpan.FromHours(1));
        await ReviseAsync(desk, old, "7.00");
        desk.Time.Advance(TimeSpan.FromHours(1));

        var next = await PayAsync(desk, "mia", "8.00");

        Assert.Equal(new WindowFact(null, null), desk.Reviews.Content(next)!.Gate.Facts.Windows["refunds"]);
    }

    [Theory]
    [InlineData(" mia ")]
    [InlineData("M I\u00A0A")]
    [InlineData("\uFF4D\uFF49\uFF41")]
    [InlineData("m\u200Bi\u00ADa\uFE0F")]
    [InlineData("mi\u034Fa\u3164")]
    public async Task The_same_recipient_written_otherwise_counts_as_the_same(string written)
    {
        await using var desk = new TestDesk(policy: Policy());
        await PayAsync(desk, "mia", "5.00");

        Assert.Equal(1, await CountAsync(desk, written, "1.00"));
    }

    [Theory]
    [InlineData("4711")]
    [InlineData("4711.0")]
    [InlineData("47.11e2")]
    public async Task The_same_number_written_otherwise_counts_as_the_same(string number)
    {
        await using var desk = new TestDesk(policy: Policy());
        await PayAsync(desk, "4711", "5.00");

        var other = await desk.SubmitAsync(body =>
        {
            Pay(body, "", "1.00");
            body["action"]!["arguments"]!["to"] = JsonNode.Parse(number);
        });

        Assert.Equal(1, desk.Reviews.Content(other)!.Gate.Facts.Windows["refunds"].Count);
    }

    [Fact]
    public async Task A_clock_that_was_set_back_hides_none_of_the_others()
    {
        await using var desk = new TestDesk(policy: Policy());
        await PayAsync(desk, "mia", "5.00");
        await PayAsync(desk, "mia", "6.00");
        await RunAsync(desk, "UPDATE window_item SET at = at - 172800000 WHERE seq = (SELECT max(seq) FROM window_item)");

        Assert.Equal(1, await CountAsync(desk, "mia", "7.00"));
    }

    [Fact]
    public async Task More_rows_than_are_read_are_not_known_though_none_of_them_counts()
    {
        await using var desk = new TestDesk(policy: Policy());
        await PayAsync(desk, "mia", "5.00");
        await RunAsync(desk, $"""
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {PolicyWindow.Most})
            INSERT INTO window_item SELECT over, key, -i, at, 'none', 1 FROM window_item, n
            """);

        var next = await PayAsync(desk, "mia", "6.00");

        Assert.Equal(new WindowFact(null, null), desk.Reviews.Content(next)!.Gate.Facts.Windows["refunds"]);
    }

    [Theory]
    [InlineData(WindowBook.HowMany, "at")]
    [InlineData(WindowBook.Others, "at")]
    [InlineData(WindowBook.Later, "seq")]
    public async Task Counting_reads_by_an_index_what_lies_in_the_window_and_nothing_else(string question, string by)
    {
        await using var desk = new TestDesk(policy: Policy());
        using var connection = desk.Store.Database.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + question;
        foreach (var name in new[] { "$over", "$key", "$from", "$most", "$after", "$self", "$kind", "$action" }.Where(name => question.Contains(name, StringComparison.Ordinal)))
        {
            command.With(name, 0);
        }

        var steps = new List<string>();
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            steps.Add(reader.GetString(3));
        }

        Assert.Contains(steps, step => step.Contains($"(over=? AND key=? AND {by}>?)", StringComparison.Ordinal));
        Assert.DoesNotContain(steps, static step => step.StartsWith("SCAN review", StringComparison.Ordinal) || step.StartsWith("SCAN r", StringComparison.Ordinal) || step.StartsWith("SCAN window_item", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_no_window_reaches_back_to_is_deleted_in_steps()
    {
        await using var desk = new TestDesk(policy: Policy());
        await PayAsync(desk, "mia", "5.00");
        await RunAsync(desk, $"""
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {2 * WindowBook.AtOnce})
            INSERT INTO window_item SELECT over, key, -i, at, 'none', 1 FROM window_item, n
            """);
        desk.Time.Advance(TimeSpan.FromDays(32));
        await PayAsync(desk, "mia", "6.00");

        await desk.Clock.ForgetAsync(TestDesk.Cancellation);

        Assert.Equal(1L, await desk.Store.Writer.RunAsync(scope => (long)scope.Prepare("SELECT count(*) FROM window_item").ExecuteScalar()!, TestDesk.Cancellation));
    }

    [Fact]
    public async Task Two_corrections_at_the_same_moment_cannot_both_be_the_first()
    {
        await using var desk = new TestDesk(policy: Policy());
        var (jonas, lena) = (await desk.PersonAsync("jonas"), await desk.PersonAsync("lena"));
        await PayAsync(desk, "mia", "5.00");
        await PayAsync(desk, "noah", "5.00");
        var (first, second) = (await PayAsync(desk, "mia", "6.00"), await PayAsync(desk, "noah", "6.00"));
        var (one, other) = (await CorrectionAsync(desk, jonas, first.Id), await CorrectionAsync(desk, lena, second.Id));

        var (done, also) = await desk.TogetherAsync(
            () => desk.Reviewers.DecideAsync(jonas, first.Id, one, TestDesk.Cancellation), () => desk.Reviewers.DecideAsync(lena, second.Id, other, TestDesk.Cancellation));

        Assert.Null(done.Refusal);
        Assert.Null(also.Refusal);
        Assert.Equal([0, 1], new[] { first, second }.Select(it => desk.Reviews.Content(desk.Reviews.Find(it.Id)!.State)!.Judged.Facts.Windows["refunds"].Count));
        Assert.Equal(2, await CountAsync(desk, "zoe", "7.00"));
    }

    [Fact]
    public async Task A_policy_without_windows_notes_nothing()
    {
        await using var desk = new TestDesk(policy: GateCases.Policy(Catalogue));
        await PayAsync(desk, "mia", "5.00");

        Assert.Equal(0L, await desk.Store.Writer.RunAsync(
            scope => (long)scope.Prepare("SELECT (SELECT count(*) FROM window_item) + (SELECT count(*) FROM window_since)").ExecuteScalar()!, TestDesk.Cancellation));
    }

    private static GatePolicy Policy() => GateCases.Policy(Catalogue + Windows);

    private static Task<int> RunAsync(TestDesk desk, string sql) => desk.Store.Writer.RunAsync(scope => scope.Prepare(sql).ExecuteNonQuery(), TestDesk.Cancellation);

    private static async Task<Deciding> CorrectionAsync(TestDesk desk, PersonActor person, Guid id)
    {
        var claim = await desk.Reviewers.ClaimAsync(person, id, Via.Api, TestDesk.Cancellation);
        await desk.LookAsync(person, id);
        return desk.Decision(id, DecisionKind.Correct, claim.Value!.Token) with
        {
            Correction = new Correcting(JsonElement.Parse("""{"amount":"6.00","currency":"USD","to":"zoe"}"""), null, null),
        };
    }

    private static ReviewState State(TestDesk desk, Result<Submitted201> submitted) => desk.Reviews.Find(submitted.Value!.Id)!.State;

    private static Task<ReviewState> PayAsync(TestDesk desk, string to, string amount, string currency = "USD") => desk.SubmitAsync(body => Pay(body, to, amount, "refund", currency));

    private static async Task<int?> CountAsync(TestDesk desk, string to, string amount)
    {
        var state = await PayAsync(desk, to, amount);
        return desk.Reviews.Content(state)!.Gate.Facts.Windows["refunds"].Count;
    }

    private static async Task<ReviewState> ReviseAsync(TestDesk desk, ReviewState state, string amount)
    {
        var body = TestDesk.Refund();
        Pay(body, "mia", amount);
        var bytes = System.Text.Encoding.UTF8.GetBytes(body.ToJsonString());
        var proposal = ReviewConsole.Core.Proposals.ProposalReader.Read(bytes, ReviewConsole.Core.Proposals.ProposalLimits.Default).Proposal!;
        var result = await desk.Sources.ReviseAsync(desk.Source, state.Id, 1, new Incoming(proposal, bytes, null), null, TestDesk.Cancellation);
        Assert.Null(result.Refusal);
        return result.Value!;
    }

    private static void Pay(JsonObject body, string to, string amount, string kind = "refund", string currency = "USD")
    {
        body["kind"] = kind;
        body["action"] = new JsonObject { ["name"] = "pay", ["arguments"] = new JsonObject { ["amount"] = amount, ["currency"] = currency, ["to"] = to } };
        body["impact"] = new JsonObject { ["reversible"] = true, ["externallyVisible"] = false };
        body.Remove("alternatives");
    }
}
