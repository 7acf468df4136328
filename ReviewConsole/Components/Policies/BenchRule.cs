using Microsoft.Extensions.Localization;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Store;

namespace ReviewConsole.Components.Policies;

/// <summary>A rule as each policy has it; null where one has none of that name.</summary>
internal sealed record BenchRule(string Name, TracedRule? Asked, TracedRule? Current)
{
    /// <summary>It says something else, or comes to something else.</summary>
    public bool Differs => Asked is null || Current is null || Asked.Then != Current.Then || !Asked.Lines.SequenceEqual(Current.Lines);

    /// <summary>It differs, or has a part in what either policy says.</summary>
    public bool Matters => Differs || Asked?.Holds != false;

    /// <summary>The rules of the policy on the bench, then those that only the one in force has.</summary>
    public static IReadOnlyList<BenchRule> Of(IStringLocalizer sentences, IStringLocalizer gate, BenchAnswer answer)
    {
        var asked = Traced(sentences, gate, answer.Asked);
        var current = Traced(sentences, gate, answer.InForce).ToDictionary(static rule => rule.Name, StringComparer.Ordinal);
        var names = asked.Select(static rule => rule.Name).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. asked.Select(rule => new BenchRule(rule.Name, rule, current.GetValueOrDefault(rule.Name))),
            .. current.Values.Where(rule => !names.Contains(rule.Name)).Select(static rule => new BenchRule(rule.Name, null, rule)),
        ];
    }

    /// <summary>So many of them, in their order; where there are more, those that matter first.</summary>
    public static IEnumerable<BenchRule> First(IReadOnlyList<BenchRule> rules, int most) => rules.Count <= most ? rules : rules.OrderByDescending(static rule => rule.Matters).Take(most);

    private static List<TracedRule> Traced(IStringLocalizer sentences, IStringLocalizer gate, BenchSide side) =>
        [.. side.Result.Trace.Join(side.Policy.Rules, static trace => trace.Rule, static rule => rule.Name, (trace, rule) => new TracedRule(
            rule.Name, TraceLine.Of(sentences, gate, rule, trace), string.Join(" · ", RuleSentence.Then(sentences, rule)), TracedRule.WordOf(rule, trace)))];
}

/// <summary>One rule under one policy.</summary>
/// <param name="Unknown">The word for what it means where nobody knows whether it holds.</param>
internal sealed record TracedRule(string Name, IReadOnlyList<TraceLine> Lines, string Then, string Unknown)
{
    public bool? Holds => Lines[0].Holds;

    /// <summary>Not to know the draw sends nobody to look, nor does a rule that would only have let through.</summary>
    public static string WordOf(PolicyRule rule, RuleTrace trace)
    {
        var unknown = trace.Conditions.Where(static condition => condition.Holds is null).Select(static condition => condition.Field).Distinct().ToList();
        return rule is { Sample: true, Verdict: Verdict.Review } && unknown is [GateField.SampleDraw] ? "drawn" : rule.Verdict == Verdict.Proceed ? "idle" : "unknown";
    }
}
