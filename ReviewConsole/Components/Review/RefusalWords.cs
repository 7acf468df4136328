using System.Globalization;
using Microsoft.Extensions.Localization;
using ReviewConsole.Core.Reviews;

namespace ReviewConsole.Components.Review;

/// <summary>A refusal as a sentence for the person: who or what, and what to do.</summary>
internal static class RefusalWords
{
    public static string Of(IStringLocalizer words, Refusal refusal, Workspace work) => refusal switch
    {
        Refusal.NotPermitted => words["Refusal.NotPermitted"],
        Refusal.SkillMissing skill => words["Refusal.Skill", string.Join(", ", skill.Skills)],
        Refusal.ConflictOfInterest conflict => work.State.Approvals.Any(a => a.By == work.Me?.Id) ? words["Refusal.SecondTime"] : words["Refusal.Conflict", conflict.Why],
        Refusal.StaleRevision stale => words["Refusal.Stale", stale.Current],
        Refusal.HeldByAnother other => words["Refusal.HeldByAnother", work.NameOf(other.Who), Time(other.Until)],
        Refusal.ClaimLost => words["Refusal.ClaimLost"],
        Refusal.AlreadyDecided decided => words["Refusal.AlreadyDecided", work.NameOf(decided.By), Time(decided.At)],
        Refusal.AlreadyReleased => words["Refusal.AlreadyReleased"],
        Refusal.NotHeld => words["Refusal.NotHeld"],
        Refusal.WaitingOnSource => words["Refusal.Waiting"],
        Refusal.Cancelled => words["Refusal.Cancelled"],
        Refusal.Expired => words["Refusal.Expired"],
        Refusal.LineStopped line => words["Refusal.LineStopped", line.Reason],
        Refusal.JudgementRequired => words["Refusal.JudgementRequired"],
        Refusal.AlreadyJudged judged => words["Refusal.AlreadyJudged", Time(judged.At)],
        Refusal.EvidenceNotSeen unseen => words["Refusal.Evidence", string.Join(", ", unseen.Which.Select(id =>
            work.Review.NumberOf(id)?.ToString(CultureInfo.CurrentCulture) ?? id))],
        Refusal.RationaleRequired rationale => words["Refusal.Rationale", rationale.Minimum],
        Refusal.ChecksNotAcknowledged checks => words["Refusal.Checks", string.Join(", ", checks.Which.Select(id => CheckWords.Short(words, id)))],
        Refusal.ReasonUnknown => words["Refusal.Reason"],
        Refusal.NothingChanged => words["Refusal.NothingChanged"],
        Refusal.Invalid invalid => words["Refusal.Invalid", invalid.Detail],
        Refusal.InvalidNow { Errors: [{ Pointer: var pointer }, ..] } when pointer.StartsWith("#/fields", StringComparison.Ordinal) => words["Refusal.UnfitField"],
        Refusal.InvalidNow { Errors: [var first, ..] } => words["Refusal.Unfit", Rendering.HiddenText.Plain(first.Pointer.Replace("#/arguments/", "", StringComparison.Ordinal))],
        Refusal.UnknownReview => words["Refusal.Unknown"],
        _ => words["Refusal.Other", refusal.GetType().Name],
    };

    private static string Time(long milliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).UtcDateTime.ToString("HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
