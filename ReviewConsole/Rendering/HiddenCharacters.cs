using System.Globalization;

namespace ReviewConsole.Rendering;

/// <summary>
/// Which code points a reader cannot see, or which change how the text around them is read: controls, formats, bidi
/// and tag characters, variation selectors, fillers, every space but U+0020, line separators, private and unassigned
/// points, lone surrogates. TRUST.md §4: each of them is drawn, never obeyed.
/// </summary>
internal static class HiddenCharacters
{
    /// <summary>True for a code point that must be drawn as a chip. Line feed and tab are layout and stay.</summary>
    public static bool IsHidden(int codePoint)
    {
        if (codePoint is >= 0x20 and < 0x7F or '\n' or '\t')
        {
            return false;
        }
        return IsFiller(codePoint) || CategoryOf(codePoint) switch
        {
            UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.SpaceSeparator
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse
                or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate => true,
            _ => false,
        };
    }

    /// <summary>True for a mark that stacks on the letter before it; more than a few of them paint over other lines.</summary>
    public static bool IsStackingMark(int codePoint) =>
        codePoint >= 0x300 && CategoryOf(codePoint) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;

    /// <summary>The name in capitals that explains a hidden code point, for the chip's title.</summary>
    public static string Name(int codePoint) => HiddenNames.Of(codePoint);

    /// <summary>U+ and at least four hexadecimal digits.</summary>
    public static string Code(int codePoint) =>
        string.Create(CultureInfo.InvariantCulture, $"U+{codePoint:X4}");

    // Default-ignorable or blank points whose category says "letter", "mark" or "symbol".
    private static bool IsFiller(int codePoint) => codePoint is
        0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F) or 0x2800 or 0x3164
        or (>= 0xFE00 and <= 0xFE0F) or 0xFFA0 or (>= 0xFFF0 and <= 0xFFFC) or 0x1D159 or (>= 0xE0000 and <= 0xE0FFF);

    private static UnicodeCategory CategoryOf(int codePoint) =>
        codePoint is >= 0xD800 and <= 0xDFFF ? UnicodeCategory.Surrogate : CharUnicodeInfo.GetUnicodeCategory(codePoint);
}
