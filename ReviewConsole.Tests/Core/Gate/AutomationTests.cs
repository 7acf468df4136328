using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Oversight;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Reviews;
using Xunit;

namespace ReviewConsole.Tests.Core.Gate;

/// <summary>A rule that stands for people: what it takes the place of, what it never does, and what becomes of it when it is demoted.</summary>
public sealed class AutomationTests
{
    private const string Rules = """
        automation: { decisions: 5, bar: 0.9, below: 100 }
        rules:
          - { rule: asked, when: { field: tags, contains: ask }, then: { verdict: review, risk: medium }, reason: Somebody looks }
          - { rule: other, when: { field: tags, contains: other }, then: { verdict: review }, reason: Somebody else looks }
          - { rule: unknown, when: { all: [ { field: tags, contains: unknown }, { field: checks/X, equals: fail } ] }, then: { verdict: review } }
          - { rule: grave, when: { field: tags, contains: grave }, then: { risk: high } }
          - { rule: two, when: { field: tags, contains: two }, then: { approvals: 2 } }
          - { rule: stop, when: { field: tags, contains: stop }, then: { verdict: block } }
          - { rule: auto-1, when: { field: tags, contains: auto }, then: { verdict: proceed }, automation: { instead: [asked], sample: 0.1 } }
          - { rule: auto-2, when: { field: tags, contains: more }, then: { verdict: proceed }, automation: { instead: [other], sample: 0.1 } }

        """;

    private static readonly GatePolicy s_policy = GateCases.Policy(Rules);

    [Fact]
    public void It_takes_the_place_of_the_reviews_that_it_names_and_of_no_other()
    {
        Assert.Equal(Verdict.Review, Ask("ask").Verdict);
        Assert.Equal("Proceed by auto-1", Said(Ask("ask", "auto")));
        Assert.Equal("Proceed by auto-1", Said(Ask("auto")));
        Assert.Equal("Review", Said(Ask("ask", "auto", "other")));
        Assert.Equal("Review", Said(Ask("ask", "auto", "unknown")));
        Assert.Equal("Block", Said(Ask("ask", "auto", "stop")));
        // Each stands alone: what one was proven for and what another one was are not proven together.
        Assert.Equal("Review", Said(Ask("ask", "other", "auto", "more")));
    }

    [Fact]
    public void A_share_of_it_goes_to_a_person_all_the_same_as_an_audit_sample()
    {
        var drawn = Ask(new Facts(GateCases.Now, 0.09), "ask", "auto");
        Assert.Equal((Verdict.Review, true, Risk.Medium), (drawn.Verdict, drawn.AuditSample, drawn.Risk));
        Assert.Equal(["auto-1"], drawn.Automated);
        Assert.Contains("Audit sample of the automation rule “auto-1”", drawn.Reasons);
        Assert.Equal((Verdict.Proceed, false), (Ask(new Facts(GateCases.Now, 0.1), "ask", "auto").Verdict, Ask("ask", "auto").AuditSample));
    }

    [Fact]
    public void Whatever_its_text_says_it_lets_nothing_grave_through()
    {
        Assert.Equal("Review", Said(Ask("ask", "auto", "grave")));
        Assert.Equal("Review", Said(Ask("ask", "auto", "two")));
        Assert.All(
            (string[])
            [
                """{"reversible":true,"externallyVisible":false,"legallySensitive":true}""",
                """{"reversible":false,"externallyVisible":true}""",
                """{"reversible":true,"externallyVisible":false,"affectsTrust":true}""",
                """{"reversible":true,"externallyVisible":false,"amount":{"value":"100.00","currency":"USD"}}""",
                """{"reversible":true,"externallyVisible":false,"amount":{"value":"1.00","currency":"EUR"}}""",
            ],
            impact => Assert.Equal("Review", Said(GateCases.Ask(GateCases.Certain(impact: impact) with { Tags = ["auto"] }, policy: Lone()))));
        Assert.Equal("Review", Said(GateCases.Ask(GateCases.Certain("format_disk") with { Tags = ["auto"] }, policy: Lone())));
        Assert.Equal("Review", Said(GateCases.Ask(GateCases.Certain(more: """ "checks":[{"id":"A","name":"a","result":"warn"}]""") with { Tags = ["auto"] }, policy: Lone())));
        Assert.Equal(Verdict.Proceed, GateCases.Ask(GateCases.Certain(impact: """{"amount":{"value":"99.99","currency":"USD"}}""") with { Tags = ["auto"] }, policy: Lone()).Verdict);
    }

    [Fact]
    public void Demoted_it_asks_for_a_person_itself_and_says_why()
    {
        var demoted = GateCases.Facts with { Demoted = ["auto-1"] };
        var gate = Ask(demoted, "auto");
        Assert.Equal((Verdict.Review, Risk.Medium, false), (gate.Verdict, gate.Risk, gate.AuditSample));
        Assert.Empty(gate.Automated);
        Assert.Equal(["The automation rule “auto-1” is demoted: people found fault with what it lets through"], gate.Reasons);
        Assert.Equal(Verdict.Review, Ask(demoted, "auto", "more").Verdict);
        Assert.Equal(Verdict.Proceed, Ask(demoted, "other", "more").Verdict);
    }

    [Fact]
    public void A_replay_of_what_was_sealed_says_the_same_and_knows_what_was_demoted()
    {
        foreach (var facts in (Facts[])[GateCases.Facts, new Facts(GateCases.Now, 0.01), GateCases.Facts with { Demoted = ["auto-2", "auto-1"] }])
        {
            var gate = Ask(facts, "ask", "auto");
            var read = SealedGate.Read(SealedGate.Write(gate));
            Assert.Equal(gate.Automated, read.Automated);
            Assert.Equal(facts.Demoted, read.Facts.Demoted);
            Assert.Equal(gate.Verdict, GateCases.Ask(Proposal("ask", "auto"), read.Facts, s_policy).Verdict);
        }
    }

    [Fact]
    public void It_may_be_published_since_it_draws_its_own_sample_and_is_not_unreachable()
    {
        Assert.Empty(PublishCheck.Of(s_policy));
        var first = GateCases.Policy("""
            rules:
              - { rule: asked, when: { field: tags, contains: ask }, then: { verdict: review } }
              - { rule: auto-1, when: { all: [ { field: tags, contains: ask }, { field: kind, equals: refund } ] }, then: { verdict: proceed }, automation: { instead: [asked], sample: 0.1 } }
            """);
        Assert.DoesNotContain(PolicyLint.Of(first), finding => finding.Rule == "auto-1");
    }

    [Theory]
    [InlineData("then: { verdict: proceed }, automation: { instead: [nobody], sample: 0.1 }", "There is no rule “nobody”")]
    [InlineData("then: { verdict: proceed }, automation: { instead: [large-amount], sample: 0.1 }", "No automation rule takes the place of “large-amount”")]
    [InlineData("then: { verdict: proceed }, automation: { instead: [four-eyes], sample: 0.1 }", "No automation rule takes the place of “four-eyes”")]
    [InlineData("then: { verdict: proceed }, automation: { instead: [audit-sample], sample: 0.1 }", "No automation rule takes the place of “audit-sample”")]
    [InlineData("then: { verdict: proceed }, automation: { instead: [skilled], sample: 0.1 } }\n  - { rule: skilled, when: { field: kind, equals: email }, then: { verdict: review, skill: german }", "No automation rule takes the place of “skilled”")]
    [InlineData("then: { verdict: proceed }, automation: { instead: [rest], sample: 0.1 }", "No automation rule takes the place of “rest”")]
    [InlineData("then: { verdict: proceed }, automation: { instead: [outside] }", "Is required")]
    [InlineData("then: { verdict: proceed }, automation: { instead: [outside], sample: 0 }", "Must be above 0")]
    [InlineData("then: { verdict: review }, automation: { sample: 0.1 }", "Belongs to a rule with verdict: proceed")]
    [InlineData("then: { verdict: proceed }, automation: { sample: 0.1, unless: x }", "“unless” is not known here")]
    public void What_is_wrong_with_one_is_named_with_its_line(string rule, string words)
    {
        var reading = PolicyReader.Read($"extends: default\npolicy: test\nversion: 1\nrules:\n  - {{ rule: auto, when: {{ field: kind, equals: refund }}, {rule} }}\n");
        Assert.Contains(reading.Errors, error => error.Line == 5 && error.Detail.Contains(words, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("automation: { bar: 0.4 }", "Must be at least 0.5")]
    [InlineData("automation: { decisions: 0 }", "Must be a whole number from 1")]
    [InlineData("automation: { most: 1 }", "“most” is not known here")]
    public void What_is_wrong_with_the_limits_is_named(string line, string words) =>
        Assert.Contains(PolicyReader.Read($"extends: default\npolicy: test\nversion: 1\n{line}\n").Errors, error => error.Line == 4 && error.Detail.Contains(words, StringComparison.Ordinal));

    // Nothing but the automation rule says anything: what it does not let through, nobody lets through.
    private static GatePolicy Lone() => s_policy with { Rules = [s_policy.Rules.Single(rule => rule.Name == "auto-1")] };

    private static string Said(GateResult gate) => $"{gate.Verdict}{(gate.Automated.Count > 0 ? " by " : "")}{string.Join(", ", gate.Automated)}";

    private static Proposal Proposal(params string[] tags) => GateCases.Certain() with { Tags = tags };

    private static GateResult Ask(params string[] tags) => Ask(GateCases.Facts, tags);

    private static GateResult Ask(Facts facts, params string[] tags) => GateCases.Ask(Proposal(tags), facts, s_policy);
}
