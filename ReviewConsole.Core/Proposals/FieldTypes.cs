using System.Globalization;
using System.Text.RegularExpressions;

namespace ReviewConsole.Core.Proposals;

/// <summary>What can be said of a field's text by its type. Dates and amounts of documents come in many shapes: any of them will do.</summary>
internal static partial class FieldTypes
{
    private static readonly string[] s_dates =
    [
        "yyyy-MM-dd", "d/M/yyyy", "d/M/yy", "M/d/yyyy", "d-M-yyyy", "d-M-yy", "d.M.yyyy", "d.M.yy", "yyyy/M/d", "d MMM yyyy", "d MMM yy", "dd-MMM-yyyy",
        "dd/MMM/yyyy", "MMM d, yyyy", "MMM d yyyy", "d MMMM yyyy", "MMMM d, yyyy", "dd-MMM-yy", "ddMMyyyy", "yyyyMMdd",
    ];

    public static bool Accepts(string type, string text) => type switch
    {
        "date" => DateTime.TryParseExact(text.Trim(), s_dates, CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "money" => Money().IsMatch(text.Trim()),
        "number" or "decimal" => Number().IsMatch(text.Trim()),
        "percent" => Number().IsMatch(text.Trim().TrimEnd('%').TrimEnd()),
        "integer" => Integer().IsMatch(text.Trim()),
        "currency" => Currency().IsMatch(text.Trim()),
        "iban" => IsIban(text),
        "email" => Email().IsMatch(text.Trim()),
        "boolean" => Boolean().IsMatch(text.Trim()),
        _ => true,
    };

    /// <summary>What one of this type looks like, for a message.</summary>
    public static string Example(string type) => type switch
    {
        "date" => "2026-05-20 or 20.05.2026",
        "money" => "1250.00 or 9.00 EUR",
        "number" or "decimal" => "12.5",
        "percent" => "7.5 %",
        "integer" => "12",
        "currency" => "EUR",
        "iban" => "GB29 NWBK 6016 1331 9268 19, whose check digits fit",
        "email" => "ana@example.org",
        _ => "true or false",
    };

    // ISO 13616: country, two check digits, up to 30 letters and digits; with the first four behind, letters as 10 to 35, it is 1 modulo 97.
    private static bool IsIban(string text)
    {
        var plain = text.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
        if (!Iban().IsMatch(plain))
        {
            return false;
        }

        var rest = 0;
        foreach (var c in plain[4..] + plain[..4])
        {
            var value = char.IsAsciiDigit(c) ? c - '0' : c - 'A' + 10;
            rest = ((rest * (value > 9 ? 100 : 10)) + value) % 97;
        }

        return rest == 1;
    }

    // 1,250.00 · 1.250,00 · 1 250.00 · RM 9.00 · -3.50 EUR · 9.00-: groups of three or none, at most four decimals.
    [GeneratedRegex(@"^[-+(]? ?(?:[A-Za-z]{1,3}|\p{Sc})?[ .:]{0,2}[-+]?(?:[0-9]{1,3}(?:[,.' \u00A0\u202F][0-9]{3})+|[0-9]{1,15})(?:[.,][0-9]{1,4})?[-)]?[ \u00A0]?(?:[A-Za-z]{1,3}|\p{Sc})?$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Money();

    [GeneratedRegex(@"^[-+]?(?:[0-9]{1,3}(?:[,.' \u00A0\u202F][0-9]{3})+|[0-9]{1,15})(?:[.,][0-9]{1,10})?$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    [GeneratedRegex(@"^[-+]?[0-9]{1,18}$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Integer();

    [GeneratedRegex("^(?:[A-Z]{3}|[A-Z]{0,2}\\p{Sc})$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Currency();

    [GeneratedRegex("^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Iban();

    [GeneratedRegex(@"^[^\s@<>,;""]{1,64}@[^\s@<>,;""]{1,190}$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Email();

    [GeneratedRegex("^(?:true|false|yes|no)$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Boolean();
}
