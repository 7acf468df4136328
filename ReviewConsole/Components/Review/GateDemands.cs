using Microsoft.Extensions.Localization;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Reviews;

namespace ReviewConsole.Components.Review;

/// <summary>What rules ask of whoever decides, beside what the risk asks, as sentences.</summary>
internal static class GateDemands
{
    public static IEnumerable<string> Of(IStringLocalizer words, GateResult gate, Proposal proposal)
    {
        if (gate.DemandedEvidence.Count > 0)
        {
            yield return words["Gate.Evidence", string.Join(", ", proposal.Evidence.Where(item => gate.DemandedEvidence.Contains(item.Id)).Select(static item => item.Label))];
        }

        if (gate.Skills is { } skills)
        {
            yield return words["Gate.Skill", string.Join(", ", skills)];
        }

        if (gate.NotBy.HasFlag(NotBy.Editor))
        {
            yield return words["Gate.NotBy.Editor"];
        }

        if (gate.NotBy.HasFlag(NotBy.PolicyAuthor))
        {
            yield return words["Gate.NotBy.PolicyAuthor"];
        }

        if (gate.RationaleMinimum > 1)
        {
            yield return words["Gate.Rationale", gate.RationaleMinimum];
        }

        if (gate.ReasonCodes.Count > 0)
        {
            yield return words["Gate.Codes", string.Join(", ", Enum.GetValues<DecisionKind>().Where(kind => gate.ReasonCodes.ContainsKey(kind.Word())).Select(kind => words["Decision." + kind].Value))];
        }
    }
}
