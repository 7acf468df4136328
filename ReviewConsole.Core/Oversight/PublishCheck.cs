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
        var rules = policy.Rules.Index().ToList();
        var draws = rules.Where(static rule => AuditDraw.IsOne(rule.Item)).Select(static rule => (Place: rule.Index, Beside: AuditDraw.Rest(rule.Item).ToList())).ToList();
        // Above the first rule that matches without sending to a person, nothing has matched what was not sent to one.
        var open = rules.FindIndex(static rule => rule.Item.IsMatch && rule.Item.Verdict is not (Verdict.Review or Verdict.Block)) is >= 0 and var first ? first : rules.Count;
        return
        [
            .. rules.Where(static rule => rule.Item is { Verdict: Verdict.Proceed, Automation: null }).Where(rule => !IsAudited(rule)).Select(static rule =>
                new PolicyFinding(
                    FindingCodes.NoAudit, rule.Item.Name,
                    "Lets actions through of which no random sample goes to a person. Add a rule with the same conditions and { field: facts.sampleDraw, below: 0.05 }, "
                    + "then: { verdict: review, sample: true }.",
                    RefusesPublishing: true)),
        ];

        bool IsAudited((int Place, PolicyRule Rule) proceeding)
        {
            var given = RuleParts.Of(proceeding.Rule.When).ToList();
            var asksForIt = given.Any(IsUnmatched);
            // A proceeding rule that matches above the drawing one is itself a match.
            return draws.Any(draw => draw.Beside.All(part => IsUnmatched(part) ? draw.Place < proceeding.Place && (asksForIt || draw.Place <= open) : proof.Imply(given, part)));
        }
    }

    private static bool IsUnmatched(Condition condition) =>
        condition is FieldCondition { Field.Name: Matched, Comparison: { Op: "equals", Value: { Kind: GateValueKind.Flag, Flag: false } } };
}
