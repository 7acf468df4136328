using ReviewConsole.Core.Gate;

namespace ReviewConsole.Core.Oversight;

/// <summary>
/// The rules that draw an audit sample: <c>sample: true</c> and <c>verdict: review</c> under a condition that compares the draw, alone or as one part of <c>all</c>, and
/// that some draw from 0 to 1 meets; one that looks at the draw anywhere else too could take back what it draws, and is none. An automation rule draws its own.
/// </summary>
internal static class AuditDraw
{
    public static bool IsOne(PolicyRule rule) => rule is { Sample: true, Verdict: Verdict.Review } && Share(rule) > 0 && !Rest(rule).Any(static part => RuleParts.Uses(part, GateField.SampleDraw));

    /// <summary>The policy without the rules that draw; null where it has none.</summary>
    public static GatePolicy? Undrawn(GatePolicy policy) =>
        policy.Rules.Any(static rule => IsOne(rule) || rule.Automation is not null)
            ? policy with { Rules = [.. policy.Rules.Where(static rule => !IsOne(rule)).Select(static rule => rule.Automation is { } own ? rule with { Automation = own with { Sample = 0 } } : rule)] }
            : null;

    /// <summary>Between two of these numbers one draw is as good as another, wherever in a condition a rule compares it.</summary>
    public static IEnumerable<decimal> Ends(GatePolicy policy) => policy.Rules.SelectMany(static rule => RuleParts.All(rule.When)
        .Where(static part => Field(part) == GateField.SampleDraw).Select(NumberRange.Of).OfType<NumberRange>().SelectMany(static range => new[] { range.Low, range.High })
        .Concat(rule.Automation is { } own ? [(decimal)own.Sample] : []));

    /// <summary>The share of what the rest of its condition meets that the rule draws, from 0 to 1; null for a rule that does not look at the draw.</summary>
    public static decimal? Share(PolicyRule rule)
    {
        var draws = RuleParts.Of(rule.When).Where(static part => Field(part) == GateField.SampleDraw).Select(NumberRange.Of).ToList();
        return draws.Count == 0 || draws.Contains(null) ? null
            : draws.Aggregate(new NumberRange(0, true, 1, false), static (all, one) => all.And(one!.Value)).Width;
    }

    /// <summary>What has to hold beside the draw.</summary>
    public static IEnumerable<Condition> Rest(PolicyRule rule) => RuleParts.Of(rule.When).Where(static part => Field(part) != GateField.SampleDraw);

    private static string? Field(Condition condition) => (condition as FieldCondition)?.Field.Name;
}
