using System.Globalization;
using Microsoft.Extensions.Localization;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Oversight;

namespace ReviewConsole.Components.Review;

/// <summary>What people made of proposals whose signal lay in the same tenth: how many were approved unchanged of how many, with the interval and the label set.</summary>
internal static class CalibrationWords
{
    public static string Of(IStringLocalizer words, CalibratedFact known, decimal value)
    {
        var (tenth, rate) = (Calibration.TenthOf(value), new Rate(known.Approved, known.Decided));
        return words[
            "Signals.Calibrated", End(tenth), End(tenth + 1), rate.Count, rate.Of, Percent(rate.Share!.Value), Percent(rate.Interval!.Value.Low), Percent(rate.Interval!.Value.High)];
    }

    private static string End(int tenth) => (tenth / 10m).ToString("0.0", CultureInfo.CurrentCulture);

    private static string Percent(double share) => (share * 100).ToString("0", CultureInfo.CurrentCulture);
}
