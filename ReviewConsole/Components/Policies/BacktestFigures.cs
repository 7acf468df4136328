using System.Globalization;
using System.Text;
using Microsoft.Extensions.Localization;
using ReviewConsole.Components.Shared;
using ReviewConsole.Core.Oversight;

namespace ReviewConsole.Components.Policies;

/// <summary>What a back-test came to, in words: every share with the number it rests on and its interval.</summary>
internal static class BacktestFigures
{
    /// <summary>More points than that nobody walks through; the download has all.</summary>
    public const int MostDrawn = 24;

    public static (Tone Tone, string Title, string Text) Verdict(IStringLocalizer words, BacktestReport report) => report.Errors switch
    {
        { Items: 0 } => (Tone.Info, words["Verdict.Nothing"], words["Verdict.NothingText", report.Items]),
        { Share: null } unknown => (Tone.Look, words["Verdict.Unknown"], words["Verdict.UnknownText", unknown.Items]),
        { Wrong: 0 } none => (none.Silent > 0 ? Tone.Look : Tone.Info, words["Verdict.None", none.Labelled], words["Verdict.NoneText", Percent(none.Interval!.Value.High)] + Silent(words, none)),
        var some => (
            Tone.Stop, words["Verdict.Some", some.Wrong, some.Labelled],
            words["Verdict.SomeText", Percent(some.Share!.Value), Percent(some.Interval!.Value.Low), Percent(some.Interval!.Value.High)] + Silent(words, some)),
    };

    public static string Share(IStringLocalizer words, Rate rate) => rate.Share is { } share ? words["Share", Percent(share), Range(rate.Interval)] : words["Share.None"];

    public static string Errors(IStringLocalizer words, ErrorEstimate errors) => errors.Items == 0 ? words["Share.None"]
        : errors.Share is { } share ? words["Errors.Known", errors.Wrong, errors.Labelled, Percent(share), Range(errors.Interval)] + (errors.Silent > 0 ? words["Errors.SpeaksFor", errors.SpeaksFor, errors.Items] : "")
        : words["Errors.Unknown", errors.Labelled, errors.Items];

    public static string Percent(double share) => (share * 100).ToString("0.#", CultureInfo.CurrentCulture);

    /// <summary>At most <see cref="MostDrawn"/> points, the first and the last among them.</summary>
    public static IReadOnlyList<FrontierPoint> Drawn(IReadOnlyList<FrontierPoint> points) => points.Count <= MostDrawn ? points
        : [.. Enumerable.Range(0, MostDrawn).Select(i => points[i * (points.Count - 1) / (MostDrawn - 1)])];

    /// <summary>A point with the errors to expect; where a part has no label, up to the worst: all of it wrong.</summary>
    public static FrontierMark Mark(IStringLocalizer words, FrontierPoint point)
    {
        var (errors, name) = (point.Errors, (string)words["Plot.From", Value(point)]);
        return new FrontierMark(
            name, words["Plot.Point", name, point.Proceeding.Count, point.Proceeding.Of, Errors(words, errors)],
            point.Proceeding.Share ?? 0, errors.Share * errors.SpeaksFor, (errors.Interval?.Low ?? 0) * errors.SpeaksFor, ((errors.Interval?.High ?? 0) * errors.SpeaksFor) + errors.Silent);
    }

    public static string Value(FrontierPoint point) => point.Value.ToString("0.00#", CultureInfo.CurrentCulture);

    /// <summary>Every point, as a file for a spreadsheet: shares from 0 to 1, nothing where it is not known.</summary>
    public static string Csv(IReadOnlyList<FrontierPoint> points)
    {
        var text = new StringBuilder("signal,proceeding,items,distinctActions,wrong,labelled,share,low,high,speaksFor\r\n");
        foreach (var point in points)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"{point.Value},{point.Proceeding.Count},{point.Proceeding.Of},{point.DistinctProceeding},{point.Errors.Wrong},{point.Errors.Labelled},{point.Errors.Share},{point.Errors.Interval?.Low},{point.Errors.Interval?.High},{point.Errors.SpeaksFor}\r\n");
        }

        return "data:text/csv;charset=utf-8," + Uri.EscapeDataString(text.ToString());
    }

    private static string Silent(IStringLocalizer words, ErrorEstimate errors) => errors.Silent > 0 ? " " + words["Verdict.SpeaksFor", errors.SpeaksFor, errors.Items, errors.Silent] : "";

    private static string Range(WilsonInterval? interval) => interval is { } at ? $"{Percent(at.Low)}–{Percent(at.High)}" : "";
}
