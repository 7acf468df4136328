using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Oversight;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Core.Oversight;

/// <summary>What can be proven of a policy, and what may not be published.</summary>
public sealed class PolicyLintTests
{
    private const string Sample = "sample: true, verdict: review";

    [Fact]
    public void The_policy_that_ships_has_nothing_to_mend() => Assert.Empty(PolicyLint.Of(PolicyReader.Default));

    [Theory]
    [InlineData("{ field: facts.sampleDraw, below: 0.05 }", Sample)]
    [InlineData("{ all: [{ field: kind, equals: refund }, { field: facts.sampleDraw, below: 0.05 }] }", Sample)]
    [InlineData("{ all: [{ field: signals.lowest, atLeast: 0.8 }, { field: facts.sampleDraw, below: 0.05 }] }", Sample)]
    [InlineData("{ all: [{ field: kind, oneOf: [refund, email] }, { field: facts.sampleDraw, between: [0.5, 0.6] }] }", Sample)]
    [InlineData("{ all: [{ any: [{ field: kind, equals: email }, { field: signals.lowest, above: 0.5 }] }, { field: facts.sampleDraw, atMost: 0.01 }] }", Sample)]
    [InlineData("{ all: [{ field: rules.matched, equals: false }, { field: facts.sampleDraw, below: 0.05 }] }", Sample)]
    public void A_proceeding_rule_with_a_random_audit_may_be_published(string when, string then) => Assert.Empty(PublishCheck.Of(Read(Audit(when, then) + Proceed)));

    [Theory]
    [InlineData("{ field: facts.sampleDraw, below: 0 }", Sample)]
    [InlineData("{ all: [{ field: facts.sampleDraw, below: 0.1 }, { field: facts.sampleDraw, above: 0.2 }] }", Sample)]
    [InlineData("{ field: facts.sampleDraw, above: 1 }", Sample)]
    [InlineData("{ field: facts.sampleDraw, below: 0.05 }", "sample: true")]
    [InlineData("{ field: facts.sampleDraw, below: 0.05 }", "verdict: review")]
    [InlineData("{ field: kind, equals: refund }", Sample)]
    [InlineData("{ any: [{ field: facts.sampleDraw, below: 0.05 }, { field: kind, equals: email }] }", Sample)]
    [InlineData("{ all: [{ field: kind, equals: email }, { field: facts.sampleDraw, below: 0.05 }] }", Sample)]
    [InlineData("{ all: [{ field: signals.lowest, atLeast: 0.95 }, { field: facts.sampleDraw, below: 0.05 }] }", Sample)]
    [InlineData("{ all: [{ field: subject.id, equals: x }, { field: facts.sampleDraw, below: 0.05 }] }", Sample)]
    [InlineData("{ all: [{ field: kind, equals: refund }, { field: facts.sampleDraw, below: 0.05 }, { not: { field: facts.sampleDraw, below: 0.05 } }] }", Sample)]
    [InlineData("{ all: [{ field: facts.sampleDraw, below: 0.05 }, { any: [{ field: facts.sampleDraw, above: 0.5 }, { field: signals.lowest, atLeast: 0.9 }] }] }", Sample)]
    public void A_proceeding_rule_without_one_is_refused_by_name(string when, string then)
    {
        var finding = Assert.Single(PublishCheck.Of(Read(Audit(when, then) + Proceed)));
        Assert.Equal((FindingCodes.NoAudit, "let", true), (finding.Code, finding.Rule, finding.RefusesPublishing));
    }

    [Fact]
    public void An_audit_of_what_nothing_has_matched_does_not_reach_a_rule_above_it_or_beside_another_match()
    {
        const string Unmatched = "{ all: [{ field: rules.matched, equals: false }, { field: facts.sampleDraw, below: 0.05 }] }";
        Assert.NotEmpty(PublishCheck.Of(Read(Proceed + Audit(Unmatched, Sample))));
        Assert.NotEmpty(PublishCheck.Of(Read("  - { rule: risky, when: { field: kind, equals: refund }, then: { risk: high } }\n" + Audit(Unmatched, Sample) + Proceed)));
        Assert.Empty(PublishCheck.Of(Read("  - { rule: stop, when: { field: kind, equals: refund }, then: { verdict: block } }\n" + Audit(Unmatched, Sample) + Proceed)));
    }

    [Theory]
    [InlineData("  - { rule: r, when: { all: [{ field: impact.amount, above: 10 }, { field: impact.amount, below: 5 }] }, then: { verdict: review } }\n", "contradictory r")]
    [InlineData("  - { rule: r, when: { all: [{ field: impact.amount, above: 10 }, { field: impact.amount, atMost: 10 }] }, then: { verdict: review } }\n", "contradictory r")]
    [InlineData("  - { rule: r, when: { all: [{ field: kind, equals: a }, { field: kind, oneOf: [b, c] }] }, then: { verdict: review } }\n", "contradictory r")]
    [InlineData("  - { rule: r, when: { all: [{ field: title, missing: true }, { field: title, contains: x }] }, then: { verdict: review } }\n", "contradictory r")]
    [InlineData("  - { rule: r, when: { all: [{ field: impact.amount, atLeast: 10 }, { field: impact.amount, atMost: 10 }] }, then: { verdict: review } }\n", "")]
    [InlineData("  - { rule: r, when: { any: [{ field: impact.amount, above: 10 }, { field: impact.amount, below: 5 }] }, then: { verdict: review } }\n", "")]
    [InlineData("  - { rule: r, when: { all: [{ field: tags, contains: a }, { field: tags, contains: b }] }, then: { verdict: review } }\n", "")]
    public void Two_things_that_no_value_meets_are_named(string rules, string expected) => Assert.Equal(expected, Found(rules));

    [Theory]
    [InlineData("field: kind, oneOf: ['a, Text:0:b']", "field: kind, oneOf: [a, b]")]
    [InlineData("field: kind, oneOf: ['a, Text:0b']", "field: kind, oneOf: [a, b]")]
    [InlineData("field: arguments/a, equals: 'b equals Text:0c'", "field: 'arguments/a equals Text:0b', equals: c")]
    [InlineData("field: arguments/a, equals: 'b equals Text:0:c'", "field: 'arguments/a equals Text:0:b', equals: c")]
    public void Two_conditions_with_the_same_signs_in_them_are_not_the_same(string one, string other) => Assert.Equal("", Found($$"""
          - { rule: one, when: { not: { {{one}} } }, then: { verdict: review } }
          - { rule: other, when: { not: { {{other}} } }, then: { verdict: review } }

        """));

    [Fact]
    public void A_proof_that_asks_for_more_steps_than_there_are_is_given_up()
    {
        var given = Nested("any", 17, "{ field: kind, equals: refund }");
        var wanted = Nested("any", 17, "{ field: kind, equals: email }");
        var bushy = (Nested("any", 12, "{ field: kind, equals: a }", "{ field: title, equals: a }"), Nested("any", 12, "{ field: kind, equals: b }", "{ field: title, equals: b }"));
        var policy = Read($"  - {{ rule: one, when: {given}, then: {{ verdict: review }} }}\n  - {{ rule: other, when: {wanted}, then: {{ verdict: review }} }}\n"
            + $"  - {{ rule: third, when: {bushy.Item1}, then: {{ verdict: review }} }}\n  - {{ rule: fourth, when: {bushy.Item2}, then: {{ verdict: review }} }}\n");
        var start = System.Diagnostics.Stopwatch.GetTimestamp();

        Assert.Empty(PolicyLint.Of(policy));

        Assert.True(System.Diagnostics.Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(30), $"took {System.Diagnostics.Stopwatch.GetElapsedTime(start)}");
        Assert.Throws<OperationCanceledException>(() => PolicyLint.Of(policy, new RuleProof(new CancellationToken(canceled: true))));

        static string Nested(string kind, int depth, string leaf, string? beside = null) =>
            depth == 0 ? leaf : $"{{ {kind}: [{Nested(kind, depth - 1, leaf, beside)}{(beside is null ? "" : $", {beside[..^2]}{depth} }}")}] }}";
    }

    [Fact]
    public void Among_two_thousand_rules_what_covers_what_is_still_found_within_the_steps_there_are()
    {
        var rules = string.Concat(Enumerable.Range(0, 1_999).Select(static i =>
            $"  - {{ rule: r{i}, when: {{ all: [{{ field: kind, equals: k{i} }}, {{ any: [{{ field: impact.amount, above: {i} }}, {{ field: title, contains: t{i} }}] }}] }}, then: {{ verdict: review }} }}\n"));

        Assert.Equal("shadowed last", Found(rules + "  - { rule: last, when: { all: [{ field: kind, equals: k7 }, { field: impact.amount, above: 10 }] }, then: { verdict: review } }\n"));
    }

    /// <summary>What is not compared could not have been proven: the findings are those of every rule with every other.</summary>
    [Fact]
    public void Rules_that_are_passed_over_hold_for_something_else()
    {
        var (random, proven, compared) = (new Random(7), 0, 0);
        for (var run = 0; run < 40; run++)
        {
            var policy = Read(string.Concat(Enumerable.Range(0, 30).Select(i => $"  - {{ rule: r{i}, when: {{ all: [{When(2)}, {When(2)}] }}, then: {{ verdict: review }} }}\n")));
            var parts = policy.Rules.Select(static rule => (IReadOnlyList<Condition>)[.. RuleParts.Of(rule.When)]).ToList();
            var (index, proof) = (new RuleIndex(parts), new RuleProof(CancellationToken.None));
            for (var rule = 0; rule < parts.Count; rule++)
            {
                var whenever = Enumerable.Range(0, parts.Count).Where(other => parts[other].All(part => proof.Imply(parts[rule], part))).ToList();
                var around = index.Around(rule);
                Assert.Empty(whenever.Except(around));
                Assert.Equal(around.Order(), around);
                (proven, compared) = (proven + whenever.Count - 1, compared + around.Count);
            }
        }

        Assert.True(proven > 1_000 && compared < 40 * 46 * 46 * 0.8, $"{proven} {compared}");

        string When(int depth) => random.Next(depth == 0 ? 5 : 7) switch
        {
            0 => $"{{ field: kind, equals: k{random.Next(3)} }}",
            1 => $"{{ field: kind, oneOf: [k{random.Next(3)}, k{random.Next(3)}] }}",
            2 => $"{{ field: impact.amount, {(random.Next(2) == 0 ? "equals: 5" : "between: [5, 5]")} }}",
            3 => $"{{ field: arguments/a, equals: {(random.Next(2) == 0 ? "5" : "'5'")} }}",
            4 => $"{{ field: impact.reversible, equals: {(random.Next(2) == 0 ? "true" : "false")} }}",
            5 => $"{{ any: [{When(depth - 1)}, {When(depth - 1)}] }}",
            _ => $"{{ not: {When(depth - 1)} }}",
        };
    }

    [Theory]
    [InlineData("above: 100", "above: 50", "shadowed narrow")]
    [InlineData("equals: 100", "between: [50, 200]", "shadowed narrow")]
    [InlineData("above: 50", "above: 100", "shadowed wide")]
    [InlineData("below: 100", "above: 50", "")]
    public void A_rule_that_another_covers_is_named(string narrow, string wide, string expected) => Assert.Equal(expected, Found($$"""
          - { rule: wide, when: { field: impact.amount, {{wide}} }, then: { verdict: review, risk: high } }
          - { rule: narrow, when: { field: impact.amount, {{narrow}} }, then: { verdict: review, risk: high } }

        """));

    [Theory]
    [InlineData("verdict: review, risk: high, approvals: 2")]
    [InlineData("verdict: block")]
    [InlineData("verdict: review, hold: 60 s")]
    [InlineData("verdict: review, commitFirst: 0.5")]
    [InlineData("verdict: review, queue: experts")]
    public void A_rule_that_asks_for_more_is_not_covered(string then) => Assert.Equal("", Found($$"""
          - { rule: wide, when: { field: impact.amount, above: 50 }, then: { verdict: review, risk: high } }
          - { rule: narrow, when: { field: impact.amount, above: 100 }, then: { {{then}} } }

        """));

    [Fact]
    public void A_proceed_that_is_always_taken_away_is_named() => Assert.Equal("unreachable let", Found(
        Audit("{ field: facts.sampleDraw, below: 0.05 }", Sample) + Proceed + "  - { rule: stop, when: { field: signals.lowest, above: 0.5 }, then: { verdict: review } }\n"));

    [Fact]
    public void A_kind_that_no_rule_speaks_of_is_named() => Assert.Equal(
        "kind-without-rule ",
        string.Join("; ", PolicyLint.Of(PolicyReader.Read(SurePolicy.Text(
            "  - { rule: r, when: { field: kind, equals: refund }, then: { verdict: review } }\n", "catalogue: { send: { kind: email }, pay: { kind: refund } }")).Policy!)
            .Select(finding => $"{finding.Code} {finding.Rule}")));

    private const string Proceed = "  - { rule: let, when: { all: [{ field: kind, equals: refund }, { field: signals.lowest, atLeast: 0.9 }] }, then: { verdict: proceed } }\n";

    private static string Audit(string when, string then) => $"  - {{ rule: audit, when: {when}, then: {{ {then} }} }}\n";

    private static string Found(string rules) => string.Join("; ", PolicyLint.Of(Read(rules)).Select(finding => $"{finding.Code} {finding.Rule}"));

    private static GatePolicy Read(string rules)
    {
        var reading = PolicyReader.Read(SurePolicy.Text(rules));
        Assert.Empty(reading.Errors);
        return reading.Policy!;
    }
}
