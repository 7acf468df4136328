using FsCheck;
using FsCheck.Fluent;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Ledger;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Reviews;
using Xunit;

namespace ReviewConsole.Tests.Core.Gate;

/// <summary>What holds for every policy, every proposal and every facts; and that each law is broken by the bug it is for.</summary>
public sealed class GateLawTests
{
    private static readonly Config s_some = Config.QuickThrowOnFailure.WithMaxTest(400).WithQuietOnSuccess(true);

    [Fact]
    public void Total_and_deterministic() => Hold(TotalAndDeterministic);

    [Fact]
    public void A_stricter_rule_never_loosens_anything() => Hold(Monotone);

    /// <summary>A policy of many rules is judged without a trace of what does not hold, and each comparison once; it says the same as one of few.</summary>
    [Fact]
    public void Many_rules_that_do_not_hold_change_nothing_but_how_many_there_are() => Hold(static (item, _) =>
    {
        var few = GateCases.Ask(item.Proposal, item.Facts, item.Policy);
        var many = GateCases.Ask(item.Proposal, item.Facts, item.Crowded);
        var told = few.Trace.Where(rule => many.Trace.Any(other => other.Rule == rule.Rule)).ToList();
        var silent = few.Trace.Except(told).ToList();
        return many.RuleCount > ReviewConsole.Core.Gate.Gate.MostTraced && few.RuleCount == few.Trace.Count
            && silent.All(rule => !rule.Matched && Holds(item.Policy.Rules.Single(it => it.Name == rule.Rule).When, new Queue<ConditionTrace>(rule.Conditions), item) == false)
            && SealedGate.Write(many with { Policy = few.Policy, RuleCount = 0 }).AsSpan().SequenceEqual(SealedGate.Write(few with { Trace = told, RuleCount = 0 }))
            && SealedGate.Read(SealedGate.Write(many)).RuleCount == many.RuleCount;
    });

    [Fact]
    public void Of_what_rules_ask_of_whoever_decides_the_strictest_counts() => Hold(Demands);

    /// <summary>What the reader reads and the cases never have would be a law that nobody tried.</summary>
    [Fact]
    public void The_cases_have_every_effect_every_operator_every_field_and_every_way_to_join_that_a_file_can_have()
    {
        var rules = string.Concat(GateLaws.Cases.Generator.Sample(1_500).Select(static item => item.Rules + item.Stricter));
        var joins = typeof(Condition).Assembly.GetTypes().Where(static type => type.IsSubclassOf(typeof(Condition))).Select(static type => type.Name);
        var fields = GateField.Names.Select(static name => name.Contains('/', StringComparison.Ordinal) ? name[..(name.IndexOf('/', StringComparison.Ordinal) + 1)] : name + ",").Distinct(StringComparer.Ordinal);

        Assert.All(EffectReader.Names, effect => Assert.Contains($" {effect}: ", rules, StringComparison.Ordinal));
        Assert.All(Comparison.Ops, op => Assert.Contains($", {op}: ", rules, StringComparison.Ordinal));
        Assert.All(fields, field => Assert.Contains($"field: {field}", rules, StringComparison.Ordinal));
        Assert.All(["all: [", "any: [", "not: {", "/confidence, ", "w.count, ", "w.amount, "], part => Assert.Contains(part, rules, StringComparison.Ordinal));
        Assert.Equal([nameof(AllCondition), nameof(AnyCondition), nameof(ChangedCondition), nameof(FieldCondition), nameof(NotCondition)], joins.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Block_over_review_over_proceed_the_strictest_effect_and_a_person_where_nobody_knows() => Hold(Precedence);

    [Fact]
    public void A_stricter_mode_of_the_line_never_loosens_anything() => Hold(Modes);

    [Theory]
    [InlineData(nameof(GateBug.ThrowsWithoutDraft), nameof(TotalAndDeterministic))]
    [InlineData(nameof(GateBug.AnswersDifferently), nameof(TotalAndDeterministic))]
    [InlineData(nameof(GateBug.LastVerdictWins), nameof(Monotone))]
    [InlineData(nameof(GateBug.MildestRiskWins), nameof(Monotone))]
    [InlineData(nameof(GateBug.ShortestHoldWins), nameof(Monotone))]
    [InlineData(nameof(GateBug.LastApprovalsWin), nameof(Monotone))]
    [InlineData(nameof(GateBug.LastExpiryWins), nameof(Monotone))]
    [InlineData(nameof(GateBug.CodesAreForgotten), nameof(Monotone))]
    [InlineData(nameof(GateBug.LastBarWins), nameof(Monotone))]
    [InlineData(nameof(GateBug.LastExpiryWins), nameof(Demands))]
    [InlineData(nameof(GateBug.EscalationWins), nameof(Demands))]
    [InlineData(nameof(GateBug.EvidenceIsForgotten), nameof(Demands))]
    [InlineData(nameof(GateBug.LastBarWins), nameof(Demands))]
    [InlineData(nameof(GateBug.CodesAreForgotten), nameof(Demands))]
    [InlineData(nameof(GateBug.MissingEvidenceProceeds), nameof(Precedence))]
    [InlineData(nameof(GateBug.UnknownProceeds), nameof(Precedence))]
    [InlineData(nameof(GateBug.NothingProceeds), nameof(Precedence))]
    [InlineData(nameof(GateBug.LastVerdictWins), nameof(Precedence))]
    [InlineData(nameof(GateBug.MildestRiskWins), nameof(Precedence))]
    [InlineData(nameof(GateBug.LastApprovalsWin), nameof(Precedence))]
    [InlineData(nameof(GateBug.ShortestHoldWins), nameof(Precedence))]
    [InlineData(nameof(GateBug.AutomationStandsForAll), nameof(Precedence))]
    [InlineData(nameof(GateBug.DemotedStands), nameof(Precedence))]
    [InlineData(nameof(GateBug.StoppedLineProceeds), nameof(Precedence))]
    [InlineData(nameof(GateBug.EverythingToReviewProceeds), nameof(Precedence))]
    [InlineData(nameof(GateBug.TwoPersonForgotten), nameof(Precedence))]
    [InlineData(nameof(GateBug.StoppedLineProceeds), nameof(Modes))]
    [InlineData(nameof(GateBug.EverythingToReviewProceeds), nameof(Modes))]
    [InlineData(nameof(GateBug.TwoPersonForgotten), nameof(Modes))]
    [InlineData(nameof(GateBug.RevisionProceeds), nameof(Precedence))]
    public void A_switched_on_bug_breaks_its_law(string bug, string law)
    {
        Func<GateCase, GateBug, bool> broken = law switch
        {
            nameof(TotalAndDeterministic) => TotalAndDeterministic,
            nameof(Monotone) => Monotone,
            nameof(Demands) => Demands,
            nameof(Modes) => Modes,
            _ => Precedence,
        };

        Assert.ThrowsAny<Exception>(() => Hold(broken, Enum.Parse<GateBug>(bug)));
    }

    private static void Hold(Func<GateCase, GateBug, bool> law, GateBug bug = GateBug.None) =>
        FsCheck.Check.One(s_some.WithMaxTest(bug == GateBug.None ? 400 : 3_000), Prop.ForAll(GateLaws.Cases, item => law(item, bug)));

    private static bool TotalAndDeterministic(GateCase item, GateBug bug)
    {
        var first = GateLaws.Ask(item.Policy, item.Proposal, item.Facts, bug);
        var sealedNow = SealedGate.Write(first);
        return first.Trace.Count == item.Policy.Rules.Count
            && sealedNow.AsSpan().SequenceEqual(CanonicalJson.Of(System.Text.Json.JsonElement.Parse(sealedNow)))
            && sealedNow.AsSpan().SequenceEqual(SealedGate.Write(GateLaws.Ask(item.Policy, item.Proposal, SealedGate.Read(sealedNow).Facts, bug, turn: 1)));
    }

    private static bool Monotone(GateCase item, GateBug bug)
    {
        var before = GateLaws.Ask(item.Policy, item.Proposal, item.Facts, bug);
        var after = GateLaws.Ask(item.StricterPolicy, item.Proposal, item.Facts, bug);
        return Tightens(before, after);
    }

    // Rules may ask for the stop itself, and then say what they like of it; of the other modes they know nothing.
    private static bool Modes(GateCase item, GateBug bug)
    {
        var (two, everything) = (new LineFact("p3", null), new LineFact("p4", GateCases.Now));
        var running = item.Facts with { TwoPerson = null, EverythingToReview = null };
        Facts[] steps = [running, running with { TwoPerson = two }, running with { TwoPerson = two, EverythingToReview = everything }];
        var said = steps.Select(facts => GateLaws.Ask(item.Policy, item.Proposal, facts, bug)).ToList();
        var alone = GateLaws.Ask(item.Policy, item.Proposal, running with { EverythingToReview = everything }, bug);
        var stopped = GateLaws.Ask(item.Policy, item.Proposal, running with { LineStopped = true }, bug);
        return said.Zip(said.Skip(1)).Append((said[0], alone)).Append((alone, said[2])).All(static pair => Tightens(pair.Item1, pair.Item2))
            && new[] { alone, said[2], stopped }.All(static gate => gate.Verdict >= Verdict.Review)
            && said.Skip(1).All(static gate => gate.Verdict != Verdict.Review || gate.Approvals >= 2);
    }

    // What a rule stops asks nobody, so that two-person mode has nobody to ask for there.
    private static bool Tightens(GateResult before, GateResult after) =>
        after.Verdict >= before.Verdict && after.Risk >= before.Risk && (after.Approvals >= before.Approvals || after.Verdict == Verdict.Block) && after.HoldSeconds >= before.HoldSeconds
            && after.DueMinutes <= before.DueMinutes && after.RationaleMinimum >= before.RationaleMinimum
            && after.ExpiresAt <= before.ExpiresAt && (after.ExpiryOutcome == ExpiryOutcome.Reject || after.ExpiryOutcome == before.ExpiryOutcome)
            && after.NotBy.HasFlag(before.NotBy) && Skill.Missing(before.Skills, (after.Skills ?? []).ToHashSet()).Count == 0 && before.DemandedEvidence.All(after.DemandedEvidence.Contains)
            && before.ReasonCodes.All(had => after.ReasonCodes.GetValueOrDefault(had.Key) is { Count: > 0 } left && left.All(had.Value.Contains));

    // What rules ask of whoever decides, put together by another hand.
    private static bool Demands(GateCase item, GateBug bug)
    {
        var said = GateLaws.Ask(item.Policy, item.Proposal, item.Facts, bug);
        var matched = item.Policy.Rules.Where((_, i) => said.Trace[i].Matched).ToList();
        var demands = matched.SelectMany(static rule => rule.Evidence).ToList();
        var minutes = matched.Select(static rule => rule.ExpiryMinutes).OfType<int>().Append(item.Policy.ExpiryMinutes).Min();
        var outcomes = matched.Select(static rule => rule.ExpiryOutcome).OfType<ExpiryOutcome>().ToHashSet();
        return said.ExpiresAt == item.Facts.Now + (minutes * 60_000L)
            && said.ExpiryOutcome == (outcomes.Contains(ExpiryOutcome.Reject) || outcomes.Count == 0 ? ExpiryOutcome.Reject : ExpiryOutcome.Escalate)
            && (said.Skills ?? []).SequenceEqual(matched.SelectMany(static rule => rule.Skills).Distinct().Order(StringComparer.Ordinal))
            && said.NotBy == matched.Aggregate(NotBy.Nobody, static (all, rule) => all | rule.NotBy)
            && said.DemandedEvidence.SequenceEqual(item.Proposal.Evidence.Where(piece => demands.Any(demand => demand.Wants(piece))).Select(static piece => piece.Id))
            && said.DemandedEvidence.All(said.RequiredEvidence.Contains)
            && said.ConsoleChecks.Any(static check => check.Id == "console:demanded-evidence") == demands.Any(demand => !item.Proposal.Evidence.Any(demand.Wants))
            && matched.SelectMany(static rule => rule.ReasonCodes).GroupBy(static codes => codes.Key, static codes => codes.Value, StringComparer.Ordinal)
                .All(lists => said.ReasonCodes[lists.Key].SequenceEqual(lists.Aggregate(static (left, list) => left.Intersect(list).Any() ? [.. left.Intersect(list)] : left)));
    }

    // What the trace's leaves say, put together by another hand; what some of them say is read by another hand too.
    private static bool Precedence(GateCase item, GateBug bug)
    {
        var said = GateLaws.Ask(item.Policy, item.Proposal, item.Facts, bug);
        var judged = item.Policy.Rules.Zip(said.Trace, (rule, trace) => (Rule: rule, Holds: Holds(rule.When, new Queue<ConditionTrace>(trace.Conditions), item))).ToList();
        var matched = judged.Where(static pair => pair.Holds == true).Select(static pair => pair.Rule).ToList();
        var unknown = judged.Any(static pair => pair.Holds is null && pair.Rule.Verdict != Verdict.Proceed)
            || matched.SelectMany(static rule => rule.Evidence).Any(demand => !item.Proposal.Evidence.Any(demand.Wants));
        var demoted = matched.Where(rule => rule.Automation is not null && item.Facts.Demoted.Contains(rule.Name)).ToList();
        var verdicts = matched.Where(static rule => rule.Automation is null).Select(static rule => rule.Verdict).OfType<Verdict>().Concat(demoted.Select(static _ => Verdict.Review)).ToList();
        var standing = unknown || verdicts.Contains(Verdict.Block) || demoted.Count > 0 ? [] : Standing(item, matched);
        var covered = verdicts.Count > 0 || unknown || standing.Count > 0;
        var verdict = verdicts.Contains(Verdict.Block) ? Verdict.Block
            : standing.Count > 0 ? item.Facts.SampleDraw < 0.3 || item.Facts.LineStopped || item.Facts.EverythingToReview is not null || item.Facts.ReviewedBefore ? Verdict.Review : Verdict.Proceed
            : verdicts.Contains(Verdict.Review) || !covered || unknown || item.Facts.LineStopped || item.Facts.EverythingToReview is not null || item.Facts.ReviewedBefore ? Verdict.Review
            : Verdict.Proceed;
        var floor = item.Policy.Catalogue.GetValueOrDefault(item.Proposal.Action.Name)?.Floor ?? Risk.Low;
        var risk = matched.Select(static rule => rule.Risk).OfType<Risk>().Append(floor).Append(covered && !unknown && demoted.Count == 0 ? Risk.Low : Risk.Medium).Max();
        return said.Verdict == verdict && said.Risk == risk && said.Automated.SequenceEqual(standing)
            && said.Approvals == Math.Max(matched.Max(static rule => rule.Approvals).GetValueOrDefault(1), item.Facts.TwoPerson is null || verdict != Verdict.Review ? 1 : 2)
            && said.HoldSeconds == (matched.Max(static rule => rule.HoldSeconds) ?? item.Policy.HoldSeconds)
            && said.Trace.Select(static rule => rule.Matched).SequenceEqual(judged.Select(static pair => pair.Holds == true));
    }

    /// <summary>The automation rules that alone take the place of all that ask for a person, where nothing is too severe for them.</summary>
    private static List<string> Standing(GateCase item, List<PolicyRule> matched)
    {
        var (derived, impact) = (new DerivedFacts(item.Policy, item.Proposal), item.Proposal.Impact);
        var asking = matched.Where(static rule => rule is { Verdict: Verdict.Review, Automation: null }).ToList();
        var severe = matched.Any(static rule => rule.Risk == Risk.High || rule.Approvals > 1) || impact?.LegallySensitive == true || impact?.AffectsTrust == true || derived is { Reversible: false, External: true }
            || derived.AmountUnknown || (derived.Amount is { } amount && (amount.Currency != "USD" || amount.Number >= 100)) || !item.Policy.Catalogue.ContainsKey(item.Proposal.Action.Name)
            || derived.Differences.Count > 0 || item.Proposal.Checks.Any(static check => check.Result != CheckResult.Pass);
        return severe || asking.Any(static rule => rule.Risk == Risk.High || rule.Sample || rule.NotBy != NotBy.Nobody || rule.Skills.Count > 0 || rule.Evidence.Count > 0) ? []
            : [.. matched.Where(rule => rule.Automation is { } own && asking.All(asked => own.Instead.Contains(asked.Name))).Select(static rule => rule.Name)];
    }

    private static bool? Holds(Condition condition, Queue<ConditionTrace> leaves, GateCase item) => condition switch
    {
        AllCondition all => all.Parts.Select(part => Holds(part, leaves, item)).ToList() is var parts && parts.Contains(false) ? false : parts.Contains(null) ? null : true,
        AnyCondition any => any.Parts.Select(part => Holds(part, leaves, item)).ToList() is var parts && parts.Contains(true) ? true : parts.Contains(null) ? null : false,
        NotCondition not => Holds(not.Part, leaves, item) is { } holds ? !holds : null,
        _ => leaves.Dequeue().Holds is var traced && GateOracle.Judges(condition, item.Policy, item.Proposal, out var holds) ? holds : traced,
    };
}
