using System.Globalization;

namespace ReviewConsole.Components.Review;

/// <summary>What can be said of a field's text by its type. Dates of documents come in many shapes: any of them will do.</summary>
internal static class FieldTypes
{
    private static readonly string[] s_dates =
    [
        "yyyy-MM-dd", "d/M/yyyy", "d/M/yy", "M/d/yyyy", "d-M-yyyy", "d-M-yy", "d.M.yyyy", "d.M.yy", "yyyy/M/d", "d MMM yyyy", "d MMM yy", "dd-MMM-yyyy",
        "dd/MMM/yyyy", "MMM d, yyyy", "MMM d yyyy", "d MMMM yyyy", "MMMM d, yyyy", "dd-MMM-yy", "ddMMyyyy", "yyyyMMdd",
    ];

    public static bool Accepts(string type, string text) => type switch
    {
        "date" => DateTime.TryParseExact(text.Trim(), s_dates, CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "money" or "number" or "decimal" or "integer" =>
            decimal.TryParse(text.Trim(), NumberStyles.Number | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        _ => true,
    };
}
