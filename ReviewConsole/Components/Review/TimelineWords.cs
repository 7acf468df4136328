using Microsoft.Extensions.Localization;
using ReviewConsole.Core.Queue;
using ReviewConsole.Core.Reviews;

namespace ReviewConsole.Components.Review;

/// <summary>An entry of the ledger as a line of the history.</summary>
internal static class TimelineWords
{
    public static TimelineLine Of(IStringLocalizer words, TimelineEntry entry, Workspace work) =>
        new(DateTimeOffset.FromUnixTimeMilliseconds(entry.At), What(words, entry), work.NameOf(entry.By), entry.Texts.GetValueOrDefault(SealedNames.Note));

    /// <summary>What happened, without who and when.</summary>
    public static string What(IStringLocalizer words, TimelineEntry entry) => entry.Event switch
    {
        Judged judged => words["Event.judgedAs", words["First." + judged.Decision]],
        Decided { Decision: { } decision } => words["Event.decidedAs", words["Decided." + decision]],
        Noted { Asks: true } => words["Event.notedAsks"],
        ClaimReleased { Skip: { } reason } => words["Event.skipped", words["Skip." + reason]],
        OutcomeReleased released => words["Event.outcomeReleased", words["Outcome." + released.Decision], words["Instruction." + released.Instruction]],
        RuleDemoted demoted => words["Event.ruleDemoted", Rendering.HiddenText.Plain(demoted.Rule)],
        ExecutionReported { Mismatch: true } => words["Event.mismatch"],
        ExecutionReported reported => words["Event.executionReported", words["Execution." + reported.Status]],
        _ => words["Event." + entry.Type],
    };
}
