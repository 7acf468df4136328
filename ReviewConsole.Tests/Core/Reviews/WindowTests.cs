using System.Text.Json.Nodes;
using ReviewConsole.Core.Gate;
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
    public async Task A_policy_without_windows_notes_nothing()
    {
        await using var desk = new TestDesk(policy: GateCases.Policy(Catalogue));
        await PayAsync(desk, "mia", "5.00");

        Assert.Equal(0L, await desk.Store.Writer.RunAsync(
            scope => (long)scope.Prepare("SELECT (SELECT count(*) FROM window_item) + (SELECT count(*) FROM window_since)").ExecuteScalar()!, TestDesk.Cancellation));
    }

    private static GatePolicy Policy() => GateCases.Policy(Catalogue + Windows);

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
