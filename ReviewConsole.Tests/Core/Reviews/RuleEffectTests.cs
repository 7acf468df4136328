using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Tests.Core.Gate;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Core.Reviews;

/// <summary>What a rule asks of a decision is pinned with the verdict and held by the command.</summary>
public sealed class RuleEffectTests
{
    private const string Rules = """
        rules:
          - { rule: soon, when: { field: tags, contains: a }, then: { verdict: review, sla: 20 min, rationale: 60 } }
          - { rule: sooner, when: { field: tags, contains: b }, then: { verdict: review, sla: 5 min, rationale: 45 } }
          - { rule: later, when: { field: tags, contains: c }, then: { verdict: review, sla: 7 d, rationale: 1 } }
          - { rule: one, when: { field: tags, contains: d }, then: { verdict: block, message: Ask for less. } }
          - { rule: two, when: { field: tags, contains: e }, then: { verdict: block, message: Never. } }
          - { rule: three, when: { field: tags, contains: f }, then: { verdict: proceed, message: Go on. } }

        """;

    [Fact]
    public void The_soonest_due_time_the_longest_rationale_and_the_first_message_of_the_verdict_win()
    {
        var policy = GateCases.Policy(Rules);
        Assert.Equal((5, 60, null), Ask("a", "b", "c"));
        // No later than by the risk.
        Assert.Equal((24 * 60, 1, null), Ask("c"));
        Assert.Equal("Ask for less.", Ask("d", "e", "f").Message);
        Assert.Equal("Go on.", Ask("f").Message);
        Assert.Null(Ask("a", "f").Message);

        (int Due, int Rationale, string? Message) Ask(params string[] tags)
        {
            var gate = SealedGate.Read(SealedGate.Write(GateCases.Ask(GateCases.Certain() with { Tags = tags }, policy: policy)));
            return (gate.DueMinutes, gate.RationaleMinimum, gate.Message);
        }
    }

    [Theory]
    [InlineData(nameof(DecisionKind.Approve))]
    [InlineData(nameof(DecisionKind.Correct))]
    [InlineData(nameof(DecisionKind.Reject))]
    public async Task A_decision_is_explained_in_as_many_characters_as_a_rule_asks_for(string kind)
    {
        await using var desk = new TestDesk(policy: GateCases.Policy(Rules));
        var (person, decision) = (await desk.PersonAsync("jonas"), Enum.Parse<DecisionKind>(kind));
        var review = await desk.SubmitAsync(static body => body["tags"] = new System.Text.Json.Nodes.JsonArray("b"));
        Assert.Equal(5 * 60_000, review.DueAt - review.SubmittedAt);

        var refused = await desk.DecideAsync(person, review.Id, decision, deciding => deciding with { Rationale = new string('x', 44) });
        var taken = await desk.DecideAsync(person, review.Id, decision, deciding => deciding with { Rationale = new string('x', 45) });

        Assert.Equal(new Refusal.RationaleRequired(45), refused.Refusal);
        Assert.Null(taken.Refusal);
    }

    [Fact]
    public async Task A_blocked_proposal_says_to_the_AI_what_the_rule_says()
    {
        await using var desk = new TestDesk(policy: GateCases.Policy(Rules));
        var review = await desk.SubmitAsync(static body => body["tags"] = new System.Text.Json.Nodes.JsonArray("d"));

        Assert.Equal("Ask for less.", desk.Outcome(review.Id)!.Value.GetProperty("message").GetString());
    }
}
