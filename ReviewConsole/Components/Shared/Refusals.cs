using System.Globalization;
using Microsoft.Extensions.Localization;
using ReviewConsole.Core.Reviews;

namespace ReviewConsole.Components.Shared;

/// <summary>Why a command from a list was not carried out: a bold sentence, and what to know or do.</summary>
internal static class Refusals
{
    public static (string Title, string Text) Of(IStringLocalizer words, Refusal refusal, Func<string, string> nameOf) => refusal switch
    {
        Refusal.HeldByAnother(var who, var until) => (words["Refused.Held", nameOf(who), Clock(until)], words["Refused.HeldText"]),
        Refusal.AlreadyDecided(var by, var at, _) => (by.Length == 0 ? words["Refused.Decided", Clock(at)] : words["Refused.DecidedBy", nameOf(by), Clock(at)], words["Refused.DecidedText"]),
        Refusal.WaitingOnSource => (words["Refused.Waiting"], words["Refused.WaitingText"]),
        Refusal.Cancelled => (words["Refused.Cancelled"], words["Refused.DecidedText"]),
        Refusal.Expired => (words["Refused.Expired"], words["Refused.DecidedText"]),
        Refusal.ClaimLost => (words["Refused.ClaimLost"], words["Refused.ClaimLostText"]),
        Refusal.AlreadyReleased or Refusal.NotHeld => (words["Refused.Released"], words["Refused.ReleasedText"]),
        Refusal.LineStopped(var reason, _) => (words["Refused.Stopped"], reason),
        Refusal.RationaleRequired(var minimum) => (words["Refused.Rationale", minimum], ""),
        Refusal.ConflictOfInterest(var why) => (words["Refused.Conflict"], why),
        Refusal.SkillMissing(var skills) => (words["Refused.Skill", string.Join(", ", skills)], words["Refused.SkillText"]),
        Refusal.NotPermitted => (words["Refused.NotPermitted"], words["Refused.NotPermittedText"]),
        Refusal.Invalid(_, var detail) => (words["Refused.Other"], detail),
        Refusal.UnknownReview => (words["Refused.Unknown"], ""),
        _ => (words["Refused.Other"], refusal.GetType().Name),
    };

    // TimeText cannot stand inside a sentence; UTC says its zone.
    private static string Clock(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).UtcDateTime.ToString("HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
