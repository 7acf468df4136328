using System.Globalization;
using System.Text;

namespace ReviewConsole.Core.Gate;

/// <summary>
/// What a window counts by, so that the same thing written otherwise counts as the same: compatibility forms become one, and capitals, white space and characters that nobody sees do not
/// tell two things apart.
/// </summary>
internal static class WindowKey
{
    public static string Of(string value) => Seen(Seen(value).Normalize(NormalizationForm.FormKC)).ToLowerInvariant();

    private static string Seen(string text)
    {
        var seen = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (!IsUnseen(rune))
            {
                seen.Append(rune.ToString());
            }
        }

        return seen.ToString();
    }

    // Unicode's default-ignorable code points are format characters, and these.
    private static bool IsUnseen(Rune rune) =>
        Rune.IsWhiteSpace(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.Control
        || rune.Value is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F) or 0x2065 or 0x3164 or (>= 0xFE00 and <= 0xFE0F) or 0xFFA0
            or (>= 0xFFF0 and <= 0xFFF8) or (>= 0xE0000 and <= 0xE0FFF);
}
