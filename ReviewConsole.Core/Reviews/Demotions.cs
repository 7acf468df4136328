using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Identity;

namespace ReviewConsole.Core.Reviews;

/// <summary>
/// An automation rule is demoted in the write in which a person corrects or rejects what it lets through, or asks for that to be undone: at once and not when the hold is over, since what comes in
/// meanwhile would run. A recall takes the decision back and not the doubt.
/// </summary>
internal static class Demotions
{
    public static DemotionCause? CauseOf(DecisionKind decision) => decision switch
    {
        DecisionKind.Correct => DemotionCause.Corrected,
        DecisionKind.Reject => DemotionCause.Rejected,
        _ => null,
    };

    /// <param name="judged">What the gate said of what the person found fault with.</param>
    public static IEnumerable<ReviewEvent> Of(GateResult judged, DemotionCause? cause) => cause is not { } known ? [] : judged.Automated.Select(rule => new RuleDemoted
    {
        Rule = rule,
        Policy = judged.Policy.Reference(),
        Cause = known,
        Author = Actor.System.Id,
    });
}
