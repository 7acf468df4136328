using System.Text;

namespace ReviewConsole.Rendering;

/// <summary>One hidden code point in a text: its place in UTF-16 units, its length there, and the point. A look-alike stays where it is: its spot is behind it and has no length.</summary>
internal readonly record struct HiddenSpot(int Index, int Length, int CodePoint);

/// <summary>
/// Finds hidden characters in a text and draws them: as chips in markup, or bracketed in plain text where markup
/// cannot stand (attributes, page titles). Emoji sequences lose their joiners to chips too: seen is safe. A letter of another alphabet in a word of Latin ones hides in the open:
/// it is drawn, and its chip behind it.
/// </summary>
internal static class HiddenText
{
    // Vietnamese and IPA need two or three marks on a letter; what is stacked higher covers its neighbours.
    private const int MarksAllowed = 3;

    /// <summary>The hidden characters of <paramref name="text"/> from left to right.</summary>
    public static IEnumerable<HiddenSpot> Find(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            yield break;
        }
        var at = 0;
        var marks = 0;
        while (Next(text, ref at, ref marks) is { } spot)
        {
            yield return spot;
        }
    }

    /// <summary>How many hidden characters stand in <paramref name="text"/>.</summary>
    public static int Count(string? text) => Find(text).Count();

    /// <summary>The escaped markup of <paramref name="text"/> with a chip for each hidden character.</summary>
    public static SafeMarkup Markup(string? text) => new MarkupWriter().Text(text).ToMarkup();

    /// <summary>The text with each hidden character written as ⟨U+202E⟩: for attributes, titles and file names.</summary>
    public static string Plain(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }
        StringBuilder? plain = null;
        var from = 0;
        foreach (var spot in Find(text))
        {
            plain ??= new StringBuilder(text.Length + 32);
            plain.Append(text, from, spot.Index - from).Append('\u27E8').Append(HiddenCharacters.Code(spot.CodePoint)).Append('\u27E9');
            from = spot.Index + spot.Length;
        }
        return plain is null ? text : plain.Append(text, from, text.Length - from).ToString();
    }

    // Moves `at` behind the next hidden character; `marks` counts the marks stacked at that place.
    private static HiddenSpot? Next(string text, ref int at, ref int marks)
    {
        while (at < text.Length)
        {
            var index = at;
            var unit = text[index];
            if (unit is >= ' ' and < '\u007F' or '\n' or '\t')
            {
                at++;
                marks = 0;
                continue;
            }
            var length = char.IsHighSurrogate(unit) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]) ? 2 : 1;
            var point = length == 2 ? char.ConvertToUtf32(unit, text[index + 1]) : unit;
            at += length;
            var endOfLine = point == '\r' && at < text.Length && text[at] == '\n';
            marks = HiddenCharacters.IsStackingMark(point) ? marks + 1 : 0;
            if (marks > MarksAllowed || (!endOfLine && HiddenCharacters.IsHidden(point)))
            {
                return new HiddenSpot(index, length, point);
            }
            if (LookAlikes.IsDisguised(text, index))
            {
                return new HiddenSpot(at, 0, point);
            }
        }
        return null;
    }
}
