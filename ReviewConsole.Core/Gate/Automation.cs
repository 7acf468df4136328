using ReviewConsole.Core.Proposals;

namespace ReviewConsole.Core.Gate;

/// <summary>
/// What makes a rule one that stands for people: it lets through what they used to approve, draws some of it for them all the same, and is demoted by itself when they
/// find fault with that.
/// </summary>
/// <param name="Instead">Names of the rules whose review it takes the place of.</param>
/// <param name="Sample">The share, above 0, that a person looks at all the same.</param>
internal sealed record RuleAutomation(IReadOnlyList<string> Instead, double Sample)
{
    /// <summary>A review that asks for no more than one person's look at no more than medium risk; what asks for more is never taken away from people.</summary>
    public static bool MayStandFor(PolicyRule rule) =>
        rule is { Verdict: Verdict.Review, Sample: false, Automation: null, Risk: not Risk.High, Approvals: null or 1, NotBy: NotBy.Nobody, Skills: [], Evidence: [] };
}

/// <summary>What a policy says of automation as a whole.</summary>
/// <param name="Decisions">About how many different actions people have to have decided before a class of them is proposed.</param>
/// <param name="Bar">What the lower end of the 95 % interval of "approved unchanged" has to reach.</param>
/// <param name="Below">Amounts in the policy's currency that automation rules may let through.</param>
internal sealed record AutomationLimits(int Decisions, double Bar, decimal Below)
{
    public static readonly AutomationLimits Default = new(50, 0.95, 100);

    /// <summary>Never by an automation rule, whatever its text says: why not, in words for programs; null for what may be.</summary>
    public AutomationBarrier? Barrier(GateInput input, Risk risk, int approvals)
    {
        var derived = input.Derived;
        return risk == Risk.High ? AutomationBarrier.HighRisk
            : approvals > 1 ? AutomationBarrier.SeveralPeople
            : derived.Legal ? AutomationBarrier.Legal
            : derived is { Reversible: false, External: true } ? AutomationBarrier.NoWayBack
            : input.Proposal.Impact?.AffectsTrust == true ? AutomationBarrier.Trust
            : derived is { Amount: { } amount, InPolicyCurrency: true } && amount.Number >= Below ? AutomationBarrier.Amount
            : derived.AmountUnknown || derived.InPolicyCurrency == false ? AutomationBarrier.AmountUnknown
            : derived.Action is null ? AutomationBarrier.NotListed
            : input.Count(CheckResult.Fail) + input.Count(CheckResult.Warn) + input.Count(CheckResult.NotRun) > 0 ? AutomationBarrier.Checks
            : null;
    }
}

/// <summary>What stands against automation; the first that is found.</summary>
internal enum AutomationBarrier
{
    HighRisk,
    SeveralPeople,
    Legal,
    NoWayBack,
    Trust,
    Amount,
    AmountUnknown,
    NotListed,
    Checks,
}

/// <summary>Collects, while the gate goes through the rules, what automation rules rest on.</summary>
internal struct Automating
{
    private List<PolicyRule>? _automations;
    private List<string>? _asking;

    /// <summary>A rule that would ask for a person, or stop, could not be judged: no automation rule stands for that.</summary>
    public bool IsNotKnown { get; private set; }

    public void NotKnown() => IsNotKnown = true;

    /// <param name="demoted">It asks for a person itself.</param>
    public void Holds(PolicyRule rule, bool demoted)
    {
        if (rule.Automation is not null && !demoted)
        {
            (_automations ??= []).Add(rule);
        }
        else if (demoted || rule.Verdict == Verdict.Review)
        {
            (_asking ??= []).Add(rule.Name);
        }
    }

    /// <summary>The automation rules that let this through: each stands alone for every rule that asks for a person.</summary>
    public readonly IReadOnlyList<PolicyRule> Standing(GatePolicy policy, GateInput input, int approvals)
    {
        if (_automations is null || IsNotKnown || policy.Automation.Barrier(input, input.Risk, approvals) is not null)
        {
            return [];
        }

        var asking = _asking ?? [];
        return [.. _automations.Where(rule => asking.All(name => rule.Automation!.Instead.Contains(name) && policy.Rules.Any(asked => asked.Name == name && RuleAutomation.MayStandFor(asked))))];
    }
}
