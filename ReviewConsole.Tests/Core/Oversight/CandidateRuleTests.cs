using System.Collections.Frozen;
using System.Globalization;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Oversight;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Tests.Core.Gate;
using Xunit;

namespace ReviewConsole.Tests.Core.Oversight;

/// <summary>A candidate as one rule more in the text of a policy: it lets through its class and nothing else, and the rest of the text stays as it is.</summary>
public sealed class CandidateRuleTests
{
    private const string Block = """
        # Ours, since the spring.
        extends: default
        policy: test
        version: 3   # as of May
        automation: { decisions: 2, bar: 0.5 }
        catalogue: { act: { reversible: true, external: false } }
        rules:   # the short list
          # Somebody looks.
          - rule: asked
            when: { field: tags, contains: ask }
            then: { verdict: review }     # at any risk

          - { rule: other, when: { field: tags, contains: other }, then: { verdict: review } }
        # The end.

        """;

    private const string Flow = """
        extends: default
        policy: test
        version: 3
        automation: { decisions: 2, bar: 0.5 }
        catalogue: { act: { reversible: true, external: false } }
        rules: [ { rule: asked, when: { field: tags, contains: ask }, then: { verdict: review } }, { rule: other, when: { field: tags, contains: other }, then: { verdict: review } } ]

        """;

    [Theory]
    [InlineData(Block)]
    [InlineData(Flow)]
    public void Everything_else_of_the_text_stays_as_it_is_written(string text)
    {
        foreach (var line in (string[])["\n", "\r\n"])
        {
            var before = text.ReplaceLineEndings(line);
            var draft = Draft(before)!;
            var (start, end) = Added(draft);
            Assert.Equal(before.Replace("version: 3", "version: 4", StringComparison.Ordinal), draft[..start] + draft[end..]);
            var (old, now) = (PolicyReader.Read(before).Policy!, PolicyReader.Read(draft).Policy!);
            Assert.Equal((4, "automation-1"), (now.Version, now.Rules[0].Name));
            Assert.Equal(old.Rules.Select(static rule => rule.Name), now.Rules.Skip(1).Select(static rule => rule.Name));
            Assert.Equal(["asked"], now.Rules[0].Automation!.Instead);
            Assert.Empty(PublishCheck.Of(now));
            Assert.DoesNotContain(PolicyLint.Of(now), static finding => finding.Rule == "automation-1");
        }
    }

    [Fact]
    public void A_text_without_rules_of_its_own_gets_a_list_of_them()
    {
        var draft = Draft("extends: default\npolicy: test\nversion: 3\n", Found("cannot-undo"))!;
        Assert.Equal("automation-1", PolicyReader.Read(draft).Policy!.Rules[0].Name);
        Assert.StartsWith("extends: default\npolicy: test\nversion: 4\nrules:\n", draft, StringComparison.Ordinal);
    }

    [Fact]
    public void It_takes_no_name_that_was_ever_one()
    {
        var draft = CandidateRule.Draft(Block, Found(), 4, ["automation-1", "automation-2"])!;
        Assert.Equal("automation-3", PolicyReader.Read(draft).Policy!.Rules[0].Name);
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("it's \"quoted\": # not a comment")]
    [InlineData("line\nbreak: {}\n- rule: mine")]
    [InlineData("2024-05")]
    [InlineData("true")]
    [InlineData("\u202eevil\u0007\u2028 😀 ' [x], *a &b !c %d @e `f`")]
    public void Whatever_a_source_calls_itself_is_one_value_in_it(string hostile)
    {
        var key = Found().Key with { System = hostile, Version = hostile, Kind = hostile };
        foreach (var text in (string[])[Block, Flow])
        {
            var policy = PolicyReader.Read(Draft(text, Found() with { Key = key })!).Policy!;
            Assert.Equal(3, policy.Rules.Count - PolicyReader.Default.Rules.Count);
            Assert.Equal("Proceed by automation-1", Said(policy, Proposal(system: hostile, version: hostile, kind: hostile)));
            Assert.Equal("Review", Said(policy, Proposal(system: hostile + "x", version: hostile, kind: hostile)));
        }
    }

    [Fact]
    public void It_lets_its_class_through_and_nothing_beside_it()
    {
        var policy = PolicyReader.Read(Draft(Block, Found(new AmountBand(20, 50)))!).Policy!;
        Assert.Equal("Proceed by automation-1", Said(policy, Proposal(amount: "20")));
        Assert.Equal("Proceed by automation-1", Said(policy, Proposal(amount: "49.99")));
        foreach (var other in (Proposal[])
        [
            Proposal(amount: "19.99"), Proposal(amount: "50"), Proposal(), Proposal(amount: "20", version: "v2"), Proposal(amount: "20", system: "bot"), Proposal(amount: "20", kind: "other"),
            Proposal(amount: "20", action: "post_invoice"), Proposal(amount: "20", currency: "EUR"), Proposal(amount: "20") with { Tags = ["ask", "other"] },
            Proposal(amount: "20") with { Signals = [new Signal("model", 0.84m, null)] }, Proposal(amount: "20") with { Signals = [] },
            Proposal(amount: "20") with { Checks = [new Check("A", "a", CheckResult.NotRun, null, [])] },
        ])
        {
            Assert.StartsWith("Review", Said(policy, other), StringComparison.Ordinal);
        }

        Assert.Equal("Review by automation-1", Said(policy, Proposal(amount: "20"), new Facts(GateCases.Now, 0.09)));
        Assert.Equal("Review", Said(PolicyReader.Read(Draft(Block)!).Policy!, Proposal(amount: "20")));
        var mixed = PolicyReader.Read(Draft(Block, Found() with { Key = Found().Key with { Asked = ["asked", "unsure"] }, Signals = new SignalSpan(0.85m, true) })!).Policy!;
        Assert.Equal("Proceed by automation-1", Said(mixed, Proposal() with { Signals = [] }));
        Assert.Equal("Review", Said(mixed, Proposal() with { Signals = [new Signal("model", 0.84m, null)] }));
    }

    private static string? Draft(string text, AutomationClass? found = null) => CandidateRule.Draft(text, found ?? Found(), 4, []);

    private static (int Start, int End) Added(string draft)
    {
        var comment = draft.IndexOf("  # Out of the automation candidates", StringComparison.Ordinal);
        if (comment < 0)
        {
            var start = draft.IndexOf("{ rule: automation-1", StringComparison.Ordinal);
            return (start, draft.IndexOf("{ rule: asked", StringComparison.Ordinal));
        }

        return (comment, draft.IndexOf("  # Somebody looks.", StringComparison.Ordinal));
    }

    private static AutomationClass Found(AmountBand? band = null) => new(
        new AutomationKey("decision", "act", "shop", "v1", band, ["asked"]), 210, new Rate(195, 200), 205, 3, 2, 0, Risk.Medium, new SignalSpan(0.85m, false), []);

    private static AutomationClass Found(string asked) => Found() with { Key = Found().Key with { Asked = [asked] } };

    private static Proposal Proposal(
        string? amount = null, string system = "shop", string version = "v1", string kind = "decision", string action = "act", string currency = "USD")
    {
        var impact = amount is null ? """{"reversible":true,"externallyVisible":false}"""
            : string.Create(CultureInfo.InvariantCulture, $$$"""{"reversible":true,"externallyVisible":false,"amount":{"value":"{{{amount}}}","currency":"{{{currency}}}"}}""");
        var proposal = GateCases.Certain(action, impact: impact) with { Kind = kind, Tags = ["ask"] };
        return proposal with { Source = proposal.Source with { System = system, Version = version } };
    }

    private static string Said(GatePolicy policy, Proposal proposal, Facts? facts = null)
    {
        var gate = GateCases.Ask(proposal, facts, policy);
        return $"{gate.Verdict}{(gate.Automated.Count > 0 ? " by " : "")}{string.Join(", ", gate.Automated)}";
    }
}
