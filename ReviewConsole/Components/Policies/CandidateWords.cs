using System.Globalization;
using Microsoft.Extensions.Localization;
using ReviewConsole.Core.Oversight;
using ReviewConsole.Rendering;

namespace ReviewConsole.Components.Policies;

/// <summary>What a class lacks to be a candidate, in words.</summary>
internal static class CandidateWords
{
    /// <summary>More approvals than that nobody waits for.</summary>
    private const long Many = 10_000;

    public static string Of(IStringLocalizer words, AutomationGap gap, Func<decimal, string> money) => gap switch
    {
        AutomationGap.TooFew few => words["Gap.TooFew", few.More],
        AutomationGap.UnderBar { More: > Many } far => words["Gap.FarUnderBar", Share(far.Low)],
        AutomationGap.UnderBar under => words["Gap.UnderBar", Share(under.Low), under.More],
        AutomationGap.Severe severe => words["Gap.Severe." + severe.Barrier],
        AutomationGap.Amounts amounts => words["Gap.Amounts", money(amounts.Below)],
        AutomationGap.NoVersion => words["Gap.NoVersion"],
        AutomationGap.AskedBy asked => words["Gap.AskedBy", HiddenText.Plain(asked.Rule)],
        AutomationGap.Demoted demoted => words["Gap.Demoted", HiddenText.Plain(demoted.Rule)],
        _ => words["Gap.Proceeds"],
    };

    // Rounded down: what is under the bar is never said to reach it.
    private static string Share(double share) => (Math.Floor(share * 1000) / 10).ToString("0.0", CultureInfo.CurrentCulture);
}
