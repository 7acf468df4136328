using ReviewConsole.Core.Reviews;

namespace ReviewConsole.Core.Queue;

/// <summary>Which entries of an open review's history a person may read: nobody judges under somebody else's judgement (SCREENS.md §2).</summary>
internal static class VeiledTimeline
{
    public static bool Shows(ReviewState state, string? person, TimelineEntry entry)
    {
        if (!state.IsOpen || entry.By == person)
        {
            return true;
        }

        return entry.Event switch
        {
            // What somebody thought first says nothing to anybody before the end.
            Judged => false,
            _ when !state.IsSecondRead(person) => true,
            // A question to the source is known by its answer, and whoever resolves an escalation needs its reason.
            Decided { Decision: DecisionKind.Approve or DecisionKind.Correct or DecisionKind.Reject } or RuleDemoted => false,
            Recalled => false,
            // What is said to this person is theirs to read.
            Noted note => note.Mentions.Contains(person) || state.Approvals.All(approval => approval.By != entry.By),
            // Who had it in their hands just before would say who decided.
            Claimed or ClaimReleased => state.Approvals.All(approval => approval.By != entry.By),
            _ => true,
        };
    }
}
