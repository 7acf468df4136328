using ReviewConsole.Core.Gate;

namespace ReviewConsole.Components.Review;

/// <summary>An amount at which a rule of the policy counts, as the gate recorded it for this review: never today's policy.</summary>
/// <param name="Op">As in the rule: <c>atLeast</c>, <c>above</c>, <c>atMost</c> or <c>below</c>.</param>
/// <param name="Left">What is missing to it; zero or less where it is reached.</param>
internal sealed record MoneyLimit(string Rule, string Op, decimal Value, decimal Left)
{
    private const string Field = "impact.amount";

    public bool IsReached => Left <= 0;

    /// <summary>All that are reached, and the next one above.</summary>
    public static IReadOnlyList<MoneyLimit> Of(GateResult gate)
    {
        var limits = Asked(gate).Where(asked => asked.Condition.Seen.Kind == GateValueKind.Money)
            .Select(asked => new MoneyLimit(asked.Rule, asked.Condition.Op, asked.Condition.Value.Number, asked.Condition.Value.Number - asked.Condition.Seen.Number))
            .Distinct().OrderBy(limit => limit.Value).ToList();
        return [.. limits.Where(limit => limit.IsReached), .. limits.Where(limit => !limit.IsReached).Take(1)];
    }

    /// <summary>The policy has limits, and this amount is in another or an unknown currency: nothing was compared.</summary>
    public static bool IsOtherCurrency(GateResult gate) => gate.Amount is not null && Asked(gate).Any(asked => asked.Condition.Seen.Kind == GateValueKind.Missing);

    private static IEnumerable<(string Rule, ConditionTrace Condition)> Asked(GateResult gate) => gate.Trace
        .SelectMany(rule => rule.Conditions.Select(condition => (rule.Rule, Condition: condition)))
        .Where(asked => asked.Condition is { Field: Field, Op: "atLeast" or "above" or "atMost" or "below" });
}
