using System.Collections.Frozen;
using System.Globalization;

namespace ReviewConsole.Rendering;

/// <summary>Names of the hidden code points that are met in practice; the rest are named by what they do.</summary>
internal static class HiddenNames
{
    private static readonly FrozenDictionary<int, string> s_names = new Dictionary<int, string>
    {
        [0x00] = "NULL", [0x07] = "BELL", [0x08] = "BACKSPACE", [0x0B] = "LINE TABULATION", [0x0C] = "FORM FEED",
        [0x0D] = "CARRIAGE RETURN", [0x1B] = "ESCAPE", [0x7F] = "DELETE", [0x85] = "NEXT LINE",
        [0xA0] = "NO-BREAK SPACE", [0xAD] = "SOFT HYPHEN", [0x34F] = "COMBINING GRAPHEME JOINER",
        [0x61C] = "ARABIC LETTER MARK", [0x115F] = "HANGUL CHOSEONG FILLER", [0x1160] = "HANGUL JUNGSEONG FILLER",
        [0x1680] = "OGHAM SPACE MARK", [0x17B4] = "KHMER VOWEL INHERENT AQ", [0x17B5] = "KHMER VOWEL INHERENT AA",
        [0x180E] = "MONGOLIAN VOWEL SEPARATOR", [0x2000] = "EN QUAD", [0x2001] = "EM QUAD", [0x2002] = "EN SPACE",
        [0x2003] = "EM SPACE", [0x2004] = "THREE-PER-EM SPACE", [0x2005] = "FOUR-PER-EM SPACE",
        [0x2006] = "SIX-PER-EM SPACE", [0x2007] = "FIGURE SPACE", [0x2008] = "PUNCTUATION SPACE",
        [0x2009] = "THIN SPACE", [0x200A] = "HAIR SPACE", [0x200B] = "ZERO WIDTH SPACE",
        [0x200C] = "ZERO WIDTH NON-JOINER", [0x200D] = "ZERO WIDTH JOINER", [0x200E] = "LEFT-TO-RIGHT MARK",
        [0x200F] = "RIGHT-TO-LEFT MARK", [0x2028] = "LINE SEPARATOR", [0x2029] = "PARAGRAPH SEPARATOR",
        [0x202A] = "LEFT-TO-RIGHT EMBEDDING", [0x202B] = "RIGHT-TO-LEFT EMBEDDING",
        [0x202C] = "POP DIRECTIONAL FORMATTING", [0x202D] = "LEFT-TO-RIGHT OVERRIDE",
        [0x202E] = "RIGHT-TO-LEFT OVERRIDE", [0x202F] = "NARROW NO-BREAK SPACE", [0x205F] = "MEDIUM MATHEMATICAL SPACE",
        [0x2060] = "WORD JOINER", [0x2061] = "FUNCTION APPLICATION", [0x2062] = "INVISIBLE TIMES",
        [0x2063] = "INVISIBLE SEPARATOR", [0x2064] = "INVISIBLE PLUS", [0x2066] = "LEFT-TO-RIGHT ISOLATE",
        [0x2067] = "RIGHT-TO-LEFT ISOLATE", [0x2068] = "FIRST STRONG ISOLATE", [0x2069] = "POP DIRECTIONAL ISOLATE",
        [0x206A] = "INHIBIT SYMMETRIC SWAPPING", [0x206B] = "ACTIVATE SYMMETRIC SWAPPING",
        [0x206C] = "INHIBIT ARABIC FORM SHAPING", [0x206D] = "ACTIVATE ARABIC FORM SHAPING",
        [0x206E] = "NATIONAL DIGIT SHAPES", [0x206F] = "NOMINAL DIGIT SHAPES", [0x2800] = "BRAILLE PATTERN BLANK",
        [0x3000] = "IDEOGRAPHIC SPACE", [0x3164] = "HANGUL FILLER", [0xFEFF] = "ZERO WIDTH NO-BREAK SPACE",
        [0xFFA0] = "HALFWIDTH HANGUL FILLER", [0xFFF9] = "INTERLINEAR ANNOTATION ANCHOR",
        [0xFFFA] = "INTERLINEAR ANNOTATION SEPARATOR", [0xFFFB] = "INTERLINEAR ANNOTATION TERMINATOR",
        [0xFFFC] = "OBJECT REPLACEMENT CHARACTER", [0x1D159] = "MUSICAL SYMBOL NULL NOTEHEAD",
        [0xE0001] = "LANGUAGE TAG", [0xE007F] = "CANCEL TAG",
    }.ToFrozenDictionary();

    public static string Of(int codePoint)
    {
        if (s_names.TryGetValue(codePoint, out var name))
        {
            return name;
        }
        return codePoint switch
        {
            // A tag character is a hidden copy of an ASCII one: naming it shows what the invisible text says.
            >= 0xE0020 and <= 0xE007E => $"TAG CHARACTER {(char)(codePoint - 0xE0000)}",
            >= 0xFE00 and <= 0xFE0F => Numbered("VARIATION SELECTOR", codePoint - 0xFE00 + 1),
            >= 0xE0100 and <= 0xE01EF => Numbered("VARIATION SELECTOR", codePoint - 0xE0100 + 17),
            >= 0x180B and <= 0x180F => "MONGOLIAN FREE VARIATION SELECTOR",
            >= 0xD800 and <= 0xDFFF => "LONE SURROGATE",
            _ when LookAlikes.LatinOf(codePoint) is { } latin => $"{(codePoint < 0x0400 ? "GREEK" : "CYRILLIC")} LETTER THAT LOOKS LIKE {latin}",
            _ => ByCategory(codePoint),
        };
    }

    private static string ByCategory(int codePoint) => CharUnicodeInfo.GetUnicodeCategory(codePoint) switch
    {
        UnicodeCategory.Control => "CONTROL CHARACTER",
        UnicodeCategory.Format => "FORMAT CHARACTER",
        UnicodeCategory.SpaceSeparator => "UNUSUAL SPACE",
        UnicodeCategory.PrivateUse => "PRIVATE USE CHARACTER",
        UnicodeCategory.OtherNotAssigned => "UNASSIGNED CHARACTER",
        UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark => "STACKED COMBINING MARK",
        _ => "INVISIBLE CHARACTER",
    };

    private static string Numbered(string name, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{name}-{number}");
}
