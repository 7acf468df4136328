using System.Globalization;
using Microsoft.Extensions.Localization;

namespace ReviewConsole.Components.Shared;

/// <summary>Spans in words, in whole minutes. wwwroot-assets/js/ticker.js does the same in the browser.</summary>
internal static class Durations
{
    /// <summary>Due within this is drawn as soon.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromMinutes(15);

    public static string Span(IStringLocalizer words, long minutes) => minutes switch
    {
        < 60 => words["Time.Minutes", minutes],
        < 1440 => words["Time.Hours", minutes / 60, (minutes % 60).ToString("00", CultureInfo.InvariantCulture)],
        _ => words["Time.Days", minutes / 1440, minutes % 1440 / 60],
    };

    /// <summary>"11 min" or "18 min over".</summary>
    public static string Due(IStringLocalizer words, TimeSpan left) => left > TimeSpan.Zero
        ? Span(words, (long)Math.Ceiling(left.TotalMinutes))
        : words["Time.Over", Span(words, Math.Max(1, (long)Math.Floor(-left.TotalMinutes)))];
}
