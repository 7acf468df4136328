using ReviewConsole.Core.Gate;

namespace ReviewConsole.Core.Oversight;

/// <summary>
/// Whoever lets actions through without a person has to look at some of them, drawn at random: else nobody ever learns what it lets through, and no back-test can say. So every
/// rule with <c>verdict: proceed</c> needs a rule that draws an audit sample (<see cref="AuditDraw"/>) and of which each condition beside the draw holds whenever the
/// proceeding rule's does. <c>rules.matched equals false</c> of the drawing rule counts as held where the proceeding rule stands below it and asks for the same, or where no rule
/// above the drawing one can match without sending the action to a person anyway. What cannot be proven so from the rules alone is refused. An automation rule draws its own sample.
/// </summary>
internal static class PublishCheck
{
    private const string Matched = "rules.matched";

    /// <summary>A finding for each rule that lets actions through unaudited; none for a policy that may be published.</summary>
    public static IReadOnlyList<PolicyFinding> Of(GatePolicy policy, RuleProof? proof = null)
    {
        proof ??= new RuleProof(CancellationToken.None);
        var draws = policy.Rules.Where(AuditDraw.IsOne).ToList();
        return
        [
            .. policy.Rules.Where(static rule => rule is { Verdict: Verdict.Proceed, Automation: null }).Where(rule => !draws.Any(draw => Audits(policy, draw, rule, proof))).Select(static rule =>
                new PolicyFinding(
                    FindingCodes.NoAudit, rule.Name,
                    "Lets actions through of which no random sample goes to a person. Add a rule with the same conditions and { field: facts.sampleDraw, below: 0.05 }, "
                    + "then: { verdict: review, sample: true }.",
                    RefusesPublishing: true)),
        ];
    }

    private static bool Audits(GatePolicy policy, PolicyRule draw, PolicyRule proceeding, RuleProof proof)
    {
        var given = RuleParts.Of(proceeding.When).ToList();
        return AuditDraw.Rest(draw).All(part => IsUnmatched(part) ? IsUnmatchedAt(policy, draw, proceeding, given) : proof.Imply(given, part));
    }

    // A proceeding rule that matches above the drawing one is itself a match.
    private static bool IsUnmatchedAt(GatePolicy policy, PolicyRule draw, PolicyRule proceeding, List<Condition> given)
    {
        var above = policy.Rules.TakeWhile(rule => !ReferenceEquals(rule, draw)).ToList();
        return !above.Contains(proceeding) && (given.Any(IsUnmatched) || above.All(static rule => rule.Verdict is Verdict.Review or Verdict.Block || !rule.IsMatch));
    }

    private static bool IsUnmatched(Condition condition) =>
        condition is FieldCondition { Field.Name: Matched, Comparison: { Op: "equals", Value: { Kind: GateValueKind.Flag, Flag: false } } };
}
