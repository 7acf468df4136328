using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ReviewConsole.Core.Gate;

/// <summary>A text as a YAML scalar on one line: plain where nobody could read it otherwise, else in quotes.</summary>
internal static partial class YamlScalar
{
    /// <param name="quoted">In quotes even if it could do without.</param>
    public static string Of(string text, bool quoted = false)
    {
        if (!quoted && Plain().IsMatch(text))
        {
            return text;
        }

        return text.Any(static c => char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse)
            ? Escaped(text)
            : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
    }

    /// <summary>Written without quotes it would be a number, or true or false.</summary>
    public static bool IsAmbiguous(string text) => text is "true" or "false"
        || decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _);

    private static string Escaped(string text)
    {
        var written = new StringBuilder("\"");
        foreach (var rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '"' => written.Append("\\\""),
                '\\' => written.Append("\\\\"),
                '\n' => written.Append("\\n"),
                '\t' => written.Append("\\t"),
                _ when rune.Value is >= ' ' and < 0x7f || Rune.IsLetterOrDigit(rune) && rune.IsBmp => written.Append(rune),
                _ when rune.IsBmp => written.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}"),
                _ => written.Append(CultureInfo.InvariantCulture, $"\\U{rune.Value:x8}"),
            };
        }

        return written.Append('"').ToString();
    }

    [GeneratedRegex(@"\A([+-]?([0-9]+\.?[0-9]*|\.[0-9]+)|[\p{L}\p{N}_/][\p{L}\p{N}_./+%-]*( [\p{L}\p{N}_./+%()-]+)*)\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Plain();
}
