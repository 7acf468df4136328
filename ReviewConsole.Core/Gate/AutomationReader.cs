namespace ReviewConsole.Core.Gate;

/// <summary>
/// What a policy file says of automation: of one rule, and of the policy as a whole.
/// <code>
/// automation: { decisions: 50, bar: 0.95, below: 100 }
/// rules:
///   - rule: auto-issue_refund-1
///     when: …
///     then: { verdict: proceed }
///     automation: { instead: [outside], sample: 0.1 }
/// </code>
/// </summary>
internal static class AutomationReader
{
    private const int MostDecisions = 1_000_000;
    private const double LowestBar = 0.5;

    public static AutomationLimits Limits(PolicyNode node, AutomationLimits? under)
    {
        node.Only("decisions", "bar", "below");
        var limits = under ?? AutomationLimits.Default;
        var bar = node["bar"].Rate();
        if (bar < LowestBar)
        {
            node["bar"].Fail("Must be at least 0.5: a class of which people change every second action is none for a rule.");
        }

        return new AutomationLimits(node["decisions"].Whole(1, MostDecisions) ?? limits.Decisions, bar ?? limits.Bar, node["below"].Whole(0, int.MaxValue) ?? limits.Below);
    }

    /// <summary>Null for a rule that is none; there is an error where it says so wrongly.</summary>
    public static RuleAutomation? Rule(PolicyNode node, Verdict? verdict)
    {
        if (!node.Exists)
        {
            return null;
        }

        node.Only("instead", "sample");
        if (verdict != Verdict.Proceed)
        {
            node.Fail("Belongs to a rule with verdict: proceed.");
        }

        var sample = node["sample"].Required().Rate();
        if (sample == 0)
        {
            node["sample"].Fail("Must be above 0: a rule that stands for people needs a share of what it lets through that they look at, like 0.1.");
        }

        var instead = node["instead"].Items().Select(static name => name.Text()).OfType<string>().ToList();
        return sample is { } share ? new RuleAutomation(instead, share) : null;
    }

    /// <summary>An error for each name that is no rule of the policy, or one whose review no automation rule takes the place of.</summary>
    public static void Check(PolicyNode node, RuleAutomation automation, IReadOnlyList<PolicyRule> rules)
    {
        foreach (var (name, item) in automation.Instead.Zip(node["instead"].Items()))
        {
            if (rules.FirstOrDefault(rule => rule.Name == name) is not { } rule)
            {
                item.Fail($"There is no rule “{name}”.");
            }
            else if (!RuleAutomation.MayStandFor(rule))
            {
                item.Fail($"No automation rule takes the place of “{name}”: only of a rule with verdict: review, at low or medium risk, with one approval, that draws no sample and demands no evidence, no skill and no other person.");
            }
        }
    }
}
