using System.Collections.Frozen;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Core.Gate;

public sealed class RevisionChangesTests
{
    private const string Before = """
        {"source":{"system":"s"},"title":"One","action":{"name":"a","arguments":{"amount":"5.00","to":{"iban":"DE1","name":"Mia"},"items":[1,2]}},
         "signals":[{"name":"model","value":0.9}],"checks":[{"id":"C","name":"c","result":"pass"}],"preconditions":[{"name":"order","fingerprint":"v1"}],
         "draft":{"format":"text","content":"Dear","target":{"to":"x@example.org"}},"tags":["a"],
         "fields":[{"name":"total","type":"money","value":"9.00","confidence":0.8}],"evidence":[{"id":"e","kind":"text","content":"x"}]}
        """;

    [Theory]
    [InlineData("DE1", "DE2", "arguments/to/iban arguments/to", "arguments/to/name arguments/amount draft.content")]
    [InlineData("[1,2]", "[1,2,3]", "arguments/items arguments/items/0", "arguments/amount")]
    [InlineData("5.00", "6.00", "arguments/amount", "arguments/items title")]
    [InlineData("\"One\"", "\"Two\"", "title", "tags")]
    [InlineData("0.9", "0.95", "signals/model signals.lowest", "signals.count fields/total/confidence")]
    [InlineData("\"pass\"", "\"fail\"", "checks/C checks.failed", "checks.count checks/D")]
    [InlineData("\"C\"", "\"D\"", "checks/C checks/D", "checks.count")]
    [InlineData("v1", "v2", "preconditions/order", "preconditions.count")]
    [InlineData("x@example.org", "y@example.org", "target/to", "draft.content")]
    [InlineData("Dear", "Hello", "draft.content", "target/to draft.format")]
    [InlineData("[\"a\"]", "[\"b\"]", "tags", "title")]
    [InlineData("9.00", "8.00", "fields/total", "fields/total/confidence fields.count")]
    [InlineData("0.8", "0.7", "fields/total/confidence", "fields/total")]
    public void What_changed_is_known_by_the_names_of_conditions(string was, string now, string changed, string unchanged)
    {
        var facts = GateCases.Facts with { ReviewedBefore = true, Changed = Between(Before.Replace(was, now, StringComparison.Ordinal)) };

        Assert.All(changed.Split(' '), name => Assert.True(RevisionChanges.Has(facts, name), name));
        Assert.All(unchanged.Split(' '), name => Assert.False(RevisionChanges.Has(facts, name), name));
    }

    [Fact]
    public void The_same_again_has_changed_nothing() => Assert.Empty(Between(Before));

    [Fact]
    public void A_number_is_its_value_however_it_is_written()
    {
        var (was, same, other) = (Total("1.50"), Total("1.5e0"), Total("1.51"));

        Assert.Empty(RevisionChanges.Between(PolicyReader.Default, was, same));
        Assert.Equal(["fields/total"], RevisionChanges.Between(PolicyReader.Default, was, other));

        static Proposal Total(string value) => GateCases.Read(Before.Replace("\"type\":\"money\",\"value\":\"9.00\"", $"\"type\":\"number\",\"value\":{value}", StringComparison.Ordinal));
    }

    [Fact]
    public void A_first_revision_has_changed_nothing_and_what_nobody_knows_asks_a_person()
    {
        var policy = GateCases.Policy("rules: [ { rule: moved, when: { field: arguments/to, changed: true }, then: { verdict: block }, reason: Moved } ]");
        var proposal = GateCases.Read(Before);

        Assert.DoesNotContain("moved", GateCases.Ask(proposal, policy: policy).Matched());
        var later = GateCases.Facts with { ReviewedBefore = true };
        Assert.Contains("Not known: arguments/to", GateCases.Ask(proposal, later, policy).Reasons);
        Assert.Equal(Verdict.Block, GateCases.Ask(proposal, later with { Changed = new[] { "arguments/to/iban" }.ToFrozenSet() }, policy).Verdict);
    }

    [Fact]
    public async Task A_revision_that_moves_the_money_is_caught_and_its_facts_are_sealed_for_a_replay()
    {
        var policy = GateCases.Policy("rules: [ { rule: moved, when: { field: arguments/customer, changed: true }, then: { verdict: review, approvals: 3 }, reason: Moved } ]");
        await using var desk = new TestDesk(policy: policy);
        var first = await desk.SubmitAsync(body => body["action"]!["arguments"]!["customer"] = "mia");

        var same = await ReviseAsync(desk, first, 1, "mia");
        var moved = await ReviseAsync(desk, same, 2, "eve");

        Assert.Equal((1, 3), (same.Gate.Approvals, moved.Gate.Approvals));
        var content = desk.Reviews.Content(moved)!;
        Assert.Contains("arguments/customer", content.Gate.Facts.Changed!.AsEnumerable());
        var again = ReviewConsole.Core.Gate.Gate.Evaluate(policy, content.Proposal, content.Gate.Facts);
        Assert.Equal(SealedGate.Write(content.Gate), SealedGate.Write(again));
    }

    private static async Task<ReviewState> ReviseAsync(TestDesk desk, ReviewState state, int revision, string customer)
    {
        var body = TestDesk.Refund();
        body["action"]!["arguments"]!["customer"] = customer;
        var bytes = System.Text.Encoding.UTF8.GetBytes(body.ToJsonString());
        var incoming = new ReviewConsole.Core.Store.Incoming(ProposalReader.Read(bytes, ProposalLimits.Default).Proposal!, bytes, null);
        var result = await desk.Sources.ReviseAsync(desk.Source, state.Id, revision, incoming, null, TestDesk.Cancellation);
        Assert.Null(result.Refusal);
        return result.Value!;
    }

    private static FrozenSet<string> Between(string now) => RevisionChanges.Between(PolicyReader.Default, GateCases.Read(Before), GateCases.Read(now));
}
