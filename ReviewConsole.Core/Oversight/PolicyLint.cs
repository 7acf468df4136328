using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Proposals;

namespace ReviewConsole.Core.Oversight;

/// <summary>
/// What can be proven of a policy from its rules alone: a condition that never holds, a <c>proceed</c> that a stricter rule always takes away, a rule that changes nothing
/// but the reasons, a kind that no rule speaks of, and what <see cref="PublishCheck"/> refuses. No finding is no proof that all is well.
/// </summary>
internal static class PolicyLint
{
    private const string Kind = "kind";

    /// <param name="proof">Whoever may want to give up brings one.</param>
    public static IReadOnlyList<PolicyFinding> Of(GatePolicy policy, RuleProof? proof = null)
    {
        proof ??= new RuleProof(CancellationToken.None);
        var rules = policy.Rules.Select(static (rule, place) => new Placed(rule, place, [.. RuleParts.Of(rule.When)])).ToList();
        var index = new RuleIndex([.. rules.Select(static rule => rule.Parts)]);
        return [.. rules.Select(rule => Of(rule, [.. index.Around(rule.Place).Select(place => rules[place])], proof)).OfType<PolicyFinding>(), .. Kinds(policy), .. PublishCheck.Of(policy, proof.Anew())];
    }

    /// <param name="rules">Those that may hold whenever it does, in their order.</param>
    private static PolicyFinding? Of(Placed rule, IReadOnlyList<Placed> rules, RuleProof proof)
    {
        if (Contradiction(rule.Parts) is { } field)
        {
            return new PolicyFinding(FindingCodes.Contradictory, rule.Name, $"Asks two things of {field} that no value meets: it never holds. Mend one of them, or use any.");
        }

        if (rule.Rule.Verdict == Verdict.Proceed && rules.FirstOrDefault(other => TakesAway(other, rule, proof)) is { } stricter)
        {
            return new PolicyFinding(
                FindingCodes.Unreachable, rule.Name, $"Never lets anything through: whenever it holds, “{stricter.Name}” holds too and is stricter. Narrow that one, or remove this one.");
        }

        return rules.FirstOrDefault(other => Covers(other, rule, proof) && (other.Place < rule.Place || !Covers(rule, other, proof))) is { } same
            ? new PolicyFinding(FindingCodes.Shadowed, rule.Name, $"Adds nothing but its reason: whenever it holds, “{same.Name}” holds too and asks for as much. Remove one of them.")
            : null;
    }

    /// <summary>A field of which the parts ask what no value can meet; null where none is found.</summary>
    private static string? Contradiction(IReadOnlyList<Condition> parts)
    {
        foreach (var group in parts.OfType<FieldCondition>().GroupBy(static part => part.Field.Name, StringComparer.Ordinal))
        {
            var ranges = group.Select(static part => NumberRange.Of(part)).OfType<NumberRange>().ToList();
            var words = group.Where(static part => part.Field.Kind != GateValueKind.List).Select(static part => RuleParts.Words(part.Comparison)).OfType<IEnumerable<string>>().ToList();
            var missing = group.Any(static part => part.Comparison is { Op: "missing", Value.Flag: true });
            if ((ranges.Count > 0 && ranges.Aggregate(static (all, one) => all.And(one)).IsEmpty)
                || (words.Count > 0 && !words.Aggregate(static (all, one) => all.Intersect(one, StringComparer.Ordinal)).Any())
                || (missing && group.Any(static part => part.Comparison is { Op: not "missing" } or { Op: "missing", Value.Flag: false })))
            {
                return group.Key;
            }
        }

        return null;
    }

    // "No rule has matched" at a lower place says the same of a higher one.
    private static bool TakesAway(Placed stricter, Placed rule, RuleProof proof) =>
        stricter.Rule.Verdict is Verdict.Review or Verdict.Block && rule.Rule.Automation?.Instead.Contains(stricter.Name) != true
        && !stricter.UsesRisk && (stricter.Place < rule.Place || !stricter.UsesMatched)
        && stricter.Parts.All(part => proof.Imply(rule.Parts, part));

    private static bool Covers(Placed other, Placed rule, RuleProof proof)
    {
        var (more, less) = (other.Rule, rule.Rule);
        return !ReferenceEquals(other, rule) && !other.IsByPlace && !rule.IsByPlace
            && (less.Verdict is null || more.Verdict >= less.Verdict)
            && (less.Risk is null || more.Risk >= less.Risk)
            && (less.Queue is null || (more.Queue is not null && other.Place < rule.Place))
            && (less.Approvals ?? 1) <= (more.Approvals ?? 1)
            && (less.HoldSeconds is null || more.HoldSeconds >= less.HoldSeconds)
            && (!less.Sample || more.Sample)
            && (less.DueMinutes is null || more.DueMinutes <= less.DueMinutes)
            && (less.Rationale ?? 0) <= (more.Rationale ?? 0)
            && less.Message is null && less.Automation is null
            && (less.ExpiryMinutes is null || more.ExpiryMinutes <= less.ExpiryMinutes)
            && (less.ExpiryOutcome is null || more.ExpiryOutcome == ExpiryOutcome.Reject || less.ExpiryOutcome == more.ExpiryOutcome)
            && less.Evidence.All(more.Evidence.Contains)
            && more.NotBy.HasFlag(less.NotBy)
            && less.Skills.All(more.Skills.Contains)
            && less.ReasonCodes.Count == 0
            && (less.CommitFirst ?? 0) <= (more.CommitFirst ?? 0)
            && other.Parts.All(part => proof.Imply(rule.Parts, part));
    }

    private static IEnumerable<PolicyFinding> Kinds(GatePolicy policy) =>
        policy.Catalogue.Values.Select(static action => action.Kind).OfType<string>().Concat(policy.QueueList.SelectMany(static queue => queue.Kinds))
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Where(kind => policy.Rules.Where(static rule => rule.Verdict is not null).All(rule => Excludes(rule, kind)))
            .Select(static kind => new PolicyFinding(
                FindingCodes.KindWithoutRule, null, $"No rule with a verdict speaks of the kind “{kind}”: all of it goes to a person. Write a rule for it if that is not meant."));

    private static bool Excludes(PolicyRule rule, string kind) => RuleParts.Of(rule.When).Any(part =>
        part is FieldCondition { Field.Name: Kind, Comparison: var comparison }
        && (comparison.Op switch
        {
            "equals" => comparison.Value.Text != kind,
            "oneOf" => comparison.Value.Items!.All(item => item.Text != kind),
            _ => false,
        }));

    private sealed record Placed(PolicyRule Rule, int Place, IReadOnlyList<Condition> Parts)
    {
        public string Name => Rule.Name;

        // What these say depends on the rules above; what holds at one place need not at another.
        public bool UsesRisk { get; } = RuleParts.Uses(Rule.When, "risk");

        public bool UsesMatched { get; } = RuleParts.Uses(Rule.When, "rules.matched");

        public bool IsByPlace => UsesRisk || UsesMatched;
    }
}
