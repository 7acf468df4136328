using Microsoft.Extensions.Localization;
using ReviewConsole.Core.Reviews;

namespace ReviewConsole.Components.Review;

/// <summary>What became of what this person decided.</summary>
internal static class BecameWords
{
    /// <summary>Which of how many approvals was theirs.</summary>
    public static string Given(IStringLocalizer words, Workspace work) =>
        words["Given.Title", words["Decided." + (work.Given?.Decision ?? DecisionKind.Approve)], work.State.Approvals.Count, Math.Max(work.Approvals, work.State.Approvals.Count)];

    /// <summary>What they decided, and where that stands now; null where they decided nothing.</summary>
    public static string? Of(IStringLocalizer words, Workspace work)
    {
        if (work.LastDecision is not { } decision)
        {
            return null;
        }
        var now = work.Standing switch
        {
            Standing.Waiting => words["Became.Waiting"].Value,
            Standing.Ended => string.Join(' ', new[]
            {
                work.State.Outcomes is [.., var outcome] ? words["Became.Outcome", words["Outcome." + outcome.Decision]].Value : words["Ended." + work.State.Status].Value,
                work.State.Execution is { } execution ? words["Ended.Execution", words["Execution." + execution.Status]].Value : null,
            }.Where(static part => part is not null)),
            Standing.Another => words["Another.Title", work.NameOf(work.State.Claim!.By)].Value,
            _ => null,
        };
        return now is null ? null : $"{words["Held.Title", words["Decided." + decision], words["Held.You"]]} {now}";
    }
}
