using System.Collections.Frozen;
using System.Globalization;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Oversight;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Tests.Core.Gate;
using Xunit;

namespace ReviewConsole.Tests.Core.Oversight;

/// <summary>Which classes of what people decided a rule may stand for, and what the others lack.</summary>
public sealed class AutomationClassesTests
{
    private const string Rules = """
        automation: { decisions: 8, bar: 0.5, below: 100 }
        rules:
          - { rule: asked, when: { field: tags, contains: ask }, then: { verdict: review, risk: medium } }
          - { rule: other, when: { field: tags, contains: other }, then: { verdict: review } }
          - { rule: grave, when: { field: tags, contains: grave }, then: { verdict: review, risk: high } }
          - { rule: stop, when: { field: tags, contains: stop }, then: { verdict: block } }

        """;

    private static readonly GatePolicy s_policy = GateCases.Policy(Rules);
    private int _made;

    [Fact]
    public void A_class_counted_by_hand()
    {
        var same = Item();
        var report = Run(
        [
            .. Enumerable.Range(0, 6).Select(_ => Item()), same, same, same,
            Item(OutcomeDecision.Corrected),
            Item(edit: static item => item with { Proposal = item.Proposal with { Checks = [new Check("A", "a", CheckResult.Fail, null, [])] } }),
            Item(edit: static item => item with { Decided = null }),
        ]);
        var found = Assert.Single(report.Classes);

        // Seven different actions of eight were approved: (7/8 + z²/16 − z·√((7/64 + z²/32)/8)) / (1 + z²/8), z = 1.96.
        Assert.Equal((10, 9, 1, 0, 0), (found.Decisions, found.Approved, found.Corrected, found.Rejected, found.Reversed));
        Assert.Equal((11, 1, 0), (report.Decided, report.Aside, report.LeftOut));
        Assert.Equal(new Rate(7, 8), found.Agreement);
        Assert.Equal(0.5291, found.Agreement.Interval!.Value.Low, 4);
        Assert.Equal(("agentDecision", "agent_decision", "shop", "v1", null, "asked"), Key(found));
        Assert.Equal(Risk.Medium, found.Risk);
        Assert.True(found.IsCandidate);
    }

    [Fact]
    public void What_is_missing_is_said_in_numbers()
    {
        var few = Assert.Single(Run([.. Enumerable.Range(0, 3).Select(_ => Item())]).Classes);
        Assert.Equal([new AutomationGap.TooFew(5), new AutomationGap.UnderBar(few.Agreement.Interval!.Value.Low, 1)], few.Gaps);
        var wrong = Assert.Single(Run([.. Enumerable.Range(0, 8).Select(i => Item(i < 4 ? OutcomeDecision.Approved : OutcomeDecision.Rejected))]).Classes);
        var gap = Assert.IsType<AutomationGap.UnderBar>(Assert.Single(wrong.Gaps));
        Assert.True(new Rate(4 + gap.More, 8 + gap.More).Interval!.Value.Low >= 0.5);
        Assert.True(new Rate(4 + gap.More - 1, 8 + gap.More - 1).Interval!.Value.Low < 0.5);
    }

    [Fact]
    public void Reversed_downstream_is_wrong_and_an_action_that_was_wrong_once_is_none_that_was_right()
    {
        var twice = Item();
        var found = Assert.Single(Run([.. Enumerable.Range(0, 8).Select(_ => Item()), twice, twice with { Reversed = true }]).Classes);
        Assert.Equal((9, 1), (found.Approved, found.Reversed));
        Assert.Equal(new Rate(8, 9), found.Agreement);
    }

    [Fact]
    public void Other_versions_bands_sources_and_rules_that_ask_are_other_classes()
    {
        var report = Run(
        [
            Item(), Item(version: "v2"), Item(system: "bot"), Item(tags: ["ask", "other"]), Item(amount: 9.99m), Item(amount: 10), Item(amount: 49.99m), Item(amount: -60), Item(amount: 100),
            Item(currency: "EUR", amount: 10), Item(tags: []),
        ]);
        // Rules of the policy compare amounts, and what one in another currency comes to nobody knows.
        Assert.Equal(1, report.Aside);
        string[] expected =
        [
            "v1  asked", "v1  ", "v1  asked, other", "v1  asked bot", "v1 0-10 asked", "v1 10-20 asked", "v1 20-50 asked", "v1 50-100 asked", "v1 100-200 asked, material", "v2  asked",
        ];
        Assert.Equal(expected.Order(StringComparer.Ordinal), report.Classes.Select(static found => string.Create(
            CultureInfo.InvariantCulture,
            $"{found.Key.Version} {(found.Key.Band is { } band ? $"{band.From}-{band.Below}" : "")} {string.Join(", ", found.Key.Asked)}{(found.Key.System == "bot" ? " bot" : "")}")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_is_too_severe_or_cannot_be_pinned_is_never_proposed()
    {
        Assert.Equal(AutomationBarrier.HighRisk, Severe(Item(tags: ["ask", "grave"])));
        Assert.Equal(AutomationBarrier.Legal, Severe(Item(impact: """{"reversible":true,"externallyVisible":false,"legallySensitive":true}"""), "agent_decision", s_policy with
        {
            Rules = [.. s_policy.Rules.Where(static rule => rule.Name != "legal")],
        }));
        Assert.Equal(AutomationBarrier.NoWayBack, Severe(Item(impact: """{"reversible":false,"externallyVisible":true}"""), "agent_decision", s_policy with
        {
            Rules = [.. s_policy.Rules.Where(static rule => rule.Name != "no-way-back")],
        }));
        Assert.Equal(AutomationBarrier.Trust, Severe(Item(impact: """{"reversible":true,"externallyVisible":false,"affectsTrust":true}""")));
        Assert.Equal(AutomationBarrier.Amount, Severe(Item(amount: 150)));
        Assert.Equal(AutomationBarrier.AmountUnknown, Severe(Item(amount: 10, currency: "EUR"), policy: s_policy with
        {
            Rules = [.. s_policy.Rules.Where(static rule => rule.Name is "asked" or "rest")],
        }));
        Assert.Equal(AutomationBarrier.NotListed, Severe(Item(action: "format_disk"), "format_disk"));
        Assert.Contains(Run(Many(version: null)).Classes[0].Gaps, static gap => gap is AutomationGap.NoVersion);
        Assert.Contains(new AutomationGap.Proceeds(), Run(Many(tags: [])).Classes[0].Gaps);
        // A band that reaches above what may be let through.
        Assert.Contains(new AutomationGap.Amounts(70), Run(Many(amount: 60), s_policy with { Automation = s_policy.Automation with { Below = 70 } }).Classes[0].Gaps);
    }

    [Fact]
    public void Under_a_policy_of_many_rules_the_ones_that_ask_are_known_by_their_names()
    {
        var never = s_policy.Rules.Single(static rule => rule.Name == "stop");
        var many = s_policy with { Rules = [.. Enumerable.Range(0, 400).Select(i => never with { Name = $"never-{i}" }), .. s_policy.Rules] };
        Assert.Equal(["asked"], Assert.Single(Run(Many(), many).Classes).Key.Asked);
    }

    [Fact]
    public void Whoever_demoted_a_rule_is_where_its_class_begins_anew()
    {
        var failed = Item(OutcomeDecision.Rejected) with { Review = Guid.CreateVersion7() };
        var found = Assert.Single(Run([.. Many(), failed, .. Enumerable.Range(0, 3).Select(_ => Item())], doubted: [failed.Review!.Value]).Classes);
        Assert.Equal(new Rate(3, 4), found.Agreement);
    }

    [Fact]
    public void What_a_rule_let_through_and_was_undone_is_wrong_and_begins_its_class_anew()
    {
        var undone = Item(null) with { Reversed = true, Review = Guid.CreateVersion7() };
        BacktestItem[] items = [.. Many(), undone, .. Enumerable.Range(0, 3).Select(_ => Item())];

        var counted = Assert.Single(Run(items).Classes);
        Assert.Equal((24, 23, 1), (counted.Decisions, counted.Approved, counted.Reversed));
        Assert.Equal(new Rate(23, 24), counted.Agreement);
        Assert.Equal(new Rate(3, 4), Assert.Single(Run(items, doubted: [undone.Review!.Value]).Classes).Agreement);

        // A rejection that was recalled, and is nobody's decision now: the doubt stays.
        var recalled = undone with { Reversed = false };
        Assert.Equal(new Rate(3, 3), Assert.Single(Run([.. Many(), recalled, .. Enumerable.Range(0, 3).Select(_ => Item())], doubted: [recalled.Review!.Value]).Classes).Agreement);
    }

    [Fact]
    public void Fault_that_was_found_with_what_is_in_no_class_begins_every_class_of_what_it_is_anew()
    {
        var stopped = Item(OutcomeDecision.Rejected, tags: ["ask", "stop"]) with { Review = Guid.CreateVersion7() };
        var report = Run([.. Many(), .. Many(tags: ["other"]), .. Many(version: "v2"), stopped, Item()], doubted: [stopped.Review!.Value]);

        Assert.Equal([("v1", 1), ("v2", 20)], report.Classes.Select(static found => (found.Key.Version!, found.Decisions)).Order());
        Assert.Equal((62, 1), (report.Decided, report.Aside));
    }

    [Fact]
    public void While_a_rule_is_demoted_its_class_is_none()
    {
        var policy = GateCases.Policy(Rules + "  - { rule: automation-1, when: { field: tags, contains: ask }, then: { verdict: proceed }, automation: { instead: [asked], sample: 0.1 } }\n");
        Assert.Equal([new AutomationGap.Proceeds()], Assert.Single(Run(Many(), policy).Classes).Gaps);
        var found = Assert.Single(Run(Many(), policy, demoted: ["automation-1"]).Classes);
        Assert.Equal([new AutomationGap.Demoted("automation-1")], found.Gaps);
    }

    [Fact]
    public void Many_are_counted_as_an_independent_computation_counts_them()
    {
        var random = new Random(3);
        var items = Enumerable.Range(0, 4_000).Select(_ => Any(random)).ToList();
        var classes = Run(items).Classes;
        var groups = items.Where(static item => (item.Decided is not null || item.Reversed) && !item.Proposal.Tags.Contains("stop")).GroupBy(static item => (
            item.Proposal.Source.Version, Amount: item.Proposal.Impact!.Amount?.Number, Tags: string.Join(",", item.Proposal.Tags))).ToList();
        Assert.Equal(groups.Count, classes.Count(static found => found.Decisions > 0));
        foreach (var group in groups)
        {
            var (approved, decided) = (group.Count(static item => item.Decided == OutcomeDecision.Approved && !item.Reversed), group.Select(static item => item.Action).Distinct().Count());
            var wrong = group.Where(static item => item.Decided != OutcomeDecision.Approved || item.Reversed).Select(static item => item.Action).Distinct().Count();
            var found = classes.Single(one => one.Decisions > 0 && one.Key.Version == group.Key.Version && one.Key.Asked.Where(static rule => rule is "asked" or "other" or "grave").SequenceEqual(group.Key.Tags.Split(',').Select(static tag => tag == "ask" ? "asked" : tag).Where(static tag => tag.Length > 0))
                && (group.Key.Amount is { } amount ? one.Key.Band is { } band && band.From <= amount && amount < band.Below : one.Key.Band is null));
            Assert.Equal((group.Count(), approved), (found.Decisions, found.Approved));
            Assert.Equal(new Rate(decided - wrong, decided), found.Agreement);
            Assert.Equal(
                decided >= 8 && Low(decided - wrong, decided) >= 0.5 && !group.Key.Tags.Contains("grave", StringComparison.Ordinal) && group.Key.Tags.Length > 0 && group.Key.Amount is not >= 100,
                found.IsCandidate);
        }

        Assert.InRange(classes.Count(static found => found.IsCandidate), 3, classes.Count - 3);

        // Wilson's lower end in its other form: the smaller root of the quadratic.
        static double Low(double right, double of)
        {
            var (share, square) = (right / of, 1.959963984540054 * 1.959963984540054);
            var (a, b, c) = (1 + (square / of), -((2 * share) + (square / of)), share * share);
            return (-b - Math.Sqrt((b * b) - (4 * a * c))) / (2 * a);
        }
    }

    [Fact]
    public void None_is_proposed_at_or_over_the_ceiling_and_more_approvals_take_none_away()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            var items = Enumerable.Range(0, 400).Select(_ => Any(random)).ToList();
            var candidates = Run(items).Classes.Where(static found => found.IsCandidate).ToList();
            Assert.All(candidates, static found =>
            {
                Assert.True(found.Risk < Risk.High);
                Assert.True(found.Key.Band is null or { Below: <= 100 });
                Assert.DoesNotContain("grave", found.Key.Asked);
            });
            var approved = items.Select(item => item with { Action = (ulong)random.NextInt64(), Decided = OutcomeDecision.Approved, Reversed = false });
            Assert.Subset(Run([.. items, .. approved]).Classes.Where(static found => found.IsCandidate).Select(static found => found.Key).ToHashSet(), candidates.Select(static found => found.Key).ToHashSet());
        }
    }

    private static AutomationBarrier? Severe(BacktestItem item, string action = "agent_decision", GatePolicy? policy = null)
    {
        var found = Assert.Single(Run([item], policy).Classes);
        Assert.Equal(action, found.Key.Action);
        Assert.False(found.IsCandidate);
        return found.Gaps.OfType<AutomationGap.Severe>().SingleOrDefault()?.Barrier;
    }

    private static AutomationReport Run(IEnumerable<BacktestItem> items, GatePolicy? policy = null, FrozenSet<string>? demoted = null, FrozenSet<Guid>? doubted = null)
    {
        var classes = new AutomationClasses(policy ?? s_policy, demoted ?? [], doubted ?? []);
        foreach (var item in items)
        {
            classes.Add(item);
        }

        return classes.Report();
    }

    private static (string, string, string, string?, AmountBand?, string) Key(AutomationClass found) =>
        (found.Key.Kind, found.Key.Action, found.Key.System, found.Key.Version, found.Key.Band, string.Join(", ", found.Key.Asked));

    private List<BacktestItem> Many(string? version = "v1", string[]? tags = null, decimal? amount = null) => [.. Enumerable.Range(0, 20).Select(_ => Item(version: version, tags: tags, amount: amount))];

    private BacktestItem Any(Random random)
    {
        string[][] tags = [["ask"], ["other"], ["ask", "other"], ["ask", "grave"], [], ["ask", "stop"]];
        decimal?[] amounts = [null, 5, 15, 60, 150];
        OutcomeDecision?[] decisions = [.. Enumerable.Repeat<OutcomeDecision?>(OutcomeDecision.Approved, 12), OutcomeDecision.Corrected, OutcomeDecision.Rejected, null];
        var amount = amounts[random.Next(amounts.Length)];
        var item = Item(decisions[random.Next(decisions.Length)], random.Next(2) == 0 ? "v1" : "v2", tags[random.Next(tags.Length)], amount);
        return item with { Action = (ulong)random.Next(200), Reversed = random.Next(20) == 0 };
    }

    private BacktestItem Item(
        OutcomeDecision? decided = OutcomeDecision.Approved, string? version = "v1", string[]? tags = null, decimal? amount = null, string system = "shop", string action = "agent_decision",
        string? impact = null, string currency = "USD", Func<BacktestItem, BacktestItem>? edit = null)
    {
        impact ??= amount is null ? """{"reversible":true,"externallyVisible":false}"""
            : string.Create(CultureInfo.InvariantCulture, $$$"""{"reversible":true,"externallyVisible":false,"amount":{"value":"{{{amount}}}","currency":"{{{currency}}}"}}""");
        var proposal = GateCases.Certain(action, string.Create(CultureInfo.InvariantCulture, $$"""{"n":{{_made++}}}"""), impact) with { Tags = tags ?? ["ask"] };
        proposal = proposal with { Source = proposal.Source with { System = system, Version = version } };
        var item = new BacktestItem("i", proposal, GateCases.Facts, ActionKey.Of(proposal.Effective.Digest), Label.None) { Decided = decided };
        return edit?.Invoke(item) ?? item;
    }
}
