using System.Globalization;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Oversight;

namespace ReviewConsole.Hosting.Verbs;

/// <summary>A back-test's report as the shell prints it. Every share has its 95 % interval and the number it rests on.</summary>
internal static class BacktestText
{
    public static IEnumerable<string> Lines(BacktestReport report, IEnumerable<string> about) =>
        [.. Head(report), .. about, "", .. Work(report), "", .. Errors(report), "", .. Kinds(report), .. Checks(report), "", .. Frontier(report), .. report.Findings.Select(Finding)];

    private static IEnumerable<string> Head(BacktestReport report)
    {
        yield return Say($"policy {report.Policy.Name} {report.Policy.Version} on {report.Items} items, {report.DistinctActions} distinct actions");
        foreach (var volume in report.Verdicts)
        {
            yield return Say($"{volume.Verdict.Wire(),-8} {volume.Items.Count,9}  {Share(volume.Items)}, {volume.DistinctActions} distinct actions");
        }
    }

    private static IEnumerable<string> Work(BacktestReport report)
    {
        var (load, time) = (report.Load, report.Time);
        yield return load.Known == 0 ? "reviews before: not known, the set records no verdicts"
            : Say($"reviews before: {load.ReviewedBefore} of {load.Known}{PerDay(load.ReviewedBefore, load)}; now: {load.ReviewedNow}{PerDay(load.ReviewedNow, load)}");
        yield return time.HoursNow is not { } hours ? "reviewer hours: not known, no time was recorded"
            : Say($"reviewer hours: {(time.HoursBefore is { } before ? Say($"{before:F1} before, ") : "")}{hours:F1} now ({time.Measured} measured, the mean of {time.MeanSeconds:F0} s for the rest)");
        foreach (var risk in report.Risks.Reverse())
        {
            yield return Say($"  {risk.Risk.Wire(),-6} {risk.Now,9} to people, due in {risk.DueNow} min{(load.Known == 0 ? "" : Say($"; before {risk.Before}{(risk.DueBefore is { } due ? Say($", due in {due} min") : "")}"))}");
        }
    }

    private static string PerDay(long reviews, LoadChange load) => load.Days is >= 1 and var days ? Say($" ({reviews / days:F0} a day)") : "";

    private static IEnumerable<string> Errors(BacktestReport report)
    {
        var labels = report.Labels;
        yield return Say($"labels: {labels.Right} right, {labels.Wrong} wrong, {labels.Unlabelled} without");
        if (labels.IsCensored)
        {
            yield return labels.LetThroughLabelled == 0
                ? Say($"censored: {labels.LetThrough} items proceeded before and nobody looked at one of them; no audit sample: what was wrong among them is unknown")
                : Say($"censored: of {labels.LetThrough} items that proceeded before, or would have, only the {labels.LetThroughLabelled} that an audit sample drew have a label; they stand for all of them");
        }

        if (labels.Blocked > 0)
        {
            yield return Say($"{labels.Blocked} items were blocked before: nobody knows what they would have been");
        }

        yield return "errors among what is let through: " + Estimate(report.Errors);
        yield return "  by distinct action: " + Share(report.DistinctErrors);
        yield return Say($"errors that slip: {Count(report.Slipped)}{(report.Drawn > 0 ? Say($"; {report.Drawn} more are drawn as audit samples") : "")}");
        foreach (var line in List(report.Slipped))
        {
            yield return line;
        }

        yield return "errors newly caught: " + (report.Caught is { } caught ? Count(caught)
            : report.Load.Known == 0 ? "not known, the set records no verdicts" : "not known, nobody looked at what proceeded");
        foreach (var line in List(report.Caught))
        {
            yield return line;
        }
    }

    private static string Count(KnownErrors errors) => Say($"{errors.Items} items, {errors.DistinctActions} distinct actions");

    private static IEnumerable<string> List(KnownErrors? errors) => errors is null ? [] :
    [
        .. errors.First.Select(static item => Say($"  {item.Id}  {item.Kind}  {Printable(item.Headline)}  {item.ActionDigest}")),
        .. errors.Items > errors.First.Count ? [Say($"  and {errors.Items - errors.First.Count} more")] : Array.Empty<string>(),
    ];

    private static IEnumerable<string> Kinds(BacktestReport report) => report.Kinds.Select(static kind => Say(
        $"kind {(kind.Kind.Length == 0 ? "(all others)" : Printable(kind.Kind))}: {kind.Items} items, {kind.Blocked} blocked, to people {Share(kind.Reviewed)}; {kind.Slipped} errors slip, among what is let through {Estimate(kind.Errors)}"));

    private static IEnumerable<string> Checks(BacktestReport report) => report.Checks.Select(static check => Say(
        $"check {Printable(check.Check)} did not pass on {check.NotPassed}; right all the same: {Share(check.RightAllTheSame)}{(check.IsNoise ? " NOISE: as often right as the rest" : "")}"));

    private static IEnumerable<string> Frontier(BacktestReport report)
    {
        yield return $"frontier, {(report.Signal is { } signal ? $"signal {signal}" : "lowest signal")}: what proceeds at or above, and the errors among it";
        foreach (var point in report.Frontier)
        {
            yield return Say($"  {point.Value,-6:0.###} proceeds {Share(point.Proceeding)}; errors {Estimate(point.Errors)}; distinct {Share(point.DistinctErrors)}");
        }

        if (report.Frontier.Count == 0)
        {
            yield return "  no item has it";
        }
    }

    private static string Finding(PolicyFinding finding) => (finding.RefusesPublishing ? "refuses publishing: " : "finding: ") + finding;

    private static string Estimate(ErrorEstimate errors) => errors.Items == 0 ? "nothing is let through"
        : errors.Share is not { } share ? Say($"unknown, {errors.Labelled} of {errors.Items} have a label")
        : Say($"{errors.Wrong} of {errors.Labelled} labelled, {share * 100:F1} % {Range(errors.Interval)}{(errors.Unlabelled > 0 ? Say($", {errors.Unlabelled} more have no label") : "")}{(errors.Silent > 0 ? Say($"; it speaks for {errors.SpeaksFor} of {errors.Items}, of the other {errors.Silent} nobody knows") : "")}");

    private static string Share(Rate rate) => rate.Share is { } share ? Say($"{rate.Count} of {rate.Of}, {share * 100:F1} % {Range(rate.Interval)}") : "none";

    private static string Range(WilsonInterval? interval) => interval is { } at ? Say($"({at.Low * 100:F1} to {at.High * 100:F1})") : "";

    // A name is its sender's: it moves no cursor and makes no lines of its own.
    private static string Printable(string text) => string.Concat(text.Select(static letter => char.IsControl(letter) ? '·' : letter));

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
