namespace ReviewConsole.Core.Gate;

/// <summary>
/// What keeps the gate monotone: a rule that looks at what the rules above came to (<c>risk</c>, <c>rules.matched</c>) and holds because they came to little would stop holding when
/// a stricter rule is added above. Such a rule may let through, or ask a person at low risk (an audit sample); what is stricter than that would be lost.
/// </summary>
internal static class Upward
{
    public static bool IsMonotone(PolicyRule rule) =>
        (Is(rule.When, negated: false) || rule is { Verdict: not Verdict.Block, Risk: null or Risk.Low, Approvals: null or 1, DueMinutes: null, Rationale: null,
            ExpiryMinutes: null, Evidence: [], NotBy: NotBy.Nobody, Skills: [], ReasonCodes.Count: 0 })
        && (rule is { HoldSeconds: null, ExpiryOutcome: null } || !Looks(rule.When));

    // A hold may be shorter than the policy's, and an expiry that escalates later than one that rejects.
    private static bool Looks(Condition condition) => condition switch
    {
        AllCondition all => all.Parts.Any(Looks),
        AnyCondition any => any.Parts.Any(Looks),
        NotCondition not => Looks(not.Part),
        FieldCondition { Field.Name: "risk" or "rules.matched" } or ChangedCondition { Field.Name: "risk" or "rules.matched" } => true,
        _ => false,
    };

    private static bool Is(Condition condition, bool negated) => condition switch
    {
        AllCondition all => all.Parts.All(part => Is(part, negated)),
        AnyCondition any => any.Parts.All(part => Is(part, negated)),
        NotCondition not => Is(not.Part, !negated),
        FieldCondition { Field.Name: "risk", Comparison: var comparison } => Risks(comparison) is { } risks && (negated ? IsBottom(risks) : IsTop(risks)),
        FieldCondition { Field.Name: "rules.matched", Comparison: { Op: "equals", Value.Flag: var matched } } => matched != negated,
        FieldCondition { Field.Name: "rules.matched" } or ChangedCondition { Field.Name: "risk" or "rules.matched" } => false,
        _ => true,
    };

    private static HashSet<string>? Risks(Comparison comparison) => comparison.Op switch
    {
        "equals" => [comparison.Value.Text!],
        "oneOf" => [.. comparison.Value.Items!.Select(static item => item.Text!)],
        _ => null,
    };

    private static bool IsTop(HashSet<string> risks) =>
        (!risks.Contains(Risk.Low.Wire()) || risks.Contains(Risk.Medium.Wire())) && (!risks.Contains(Risk.Medium.Wire()) || risks.Contains(Risk.High.Wire()));

    private static bool IsBottom(HashSet<string> risks) =>
        (!risks.Contains(Risk.High.Wire()) || risks.Contains(Risk.Medium.Wire())) && (!risks.Contains(Risk.Medium.Wire()) || risks.Contains(Risk.Low.Wire()));
}
