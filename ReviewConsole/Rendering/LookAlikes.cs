using System.Collections.Frozen;
using System.Text;

namespace ReviewConsole.Rendering;

/// <summary>
/// Letters that look like Latin ones (a small set: Cyrillic, Greek and all compatibility forms), to explain a change that the
/// eye cannot see. It explains, it never judges: an unknown look-alike is still shown as the change it is.
/// </summary>
internal static class LookAlikes
{
    private const string Foreign =
        "АВЕЅІЈКМНОРСТХУаеѕіјорсухһԁԛԝѵɡɑΑΒΕΖΗΙΚΜΝΟΡΤΥΧονιυρ";
    private const string Latin =
        "ABESIJKMHOPCTXYaesijopcyxhdqwvgaABEZHIKMNOPTYXoviup";

    // Phonetic letters below it are Latin themselves.
    private const char FirstForeign = '\u0370';

    private static readonly FrozenDictionary<char, char> s_latin =
        Foreign.Zip(Latin).ToFrozenDictionary(p => p.First, p => p.Second);

    // Longer than any word: a text without spaces is not walked through for each of its letters.
    private const int Word = 64;

    /// <summary>Whether the letter there is of another alphabet, looks like a Latin one, and stands in a word that has Latin ones.</summary>
    public static bool IsDisguised(string text, int index)
    {
        if (text[index] < FirstForeign || !s_latin.ContainsKey(text[index]))
        {
            return false;
        }
        return HasLatin(-1) || HasLatin(1);

        bool HasLatin(int step)
        {
            for (int at = index + step, left = Word; at >= 0 && at < text.Length && left > 0 && char.IsLetter(text[at]); at += step, left--)
            {
                if (char.IsAsciiLetter(text[at]))
                {
                    return true;
                }
            }
            return false;
        }
    }

    /// <summary>The Latin letter that it looks like; null for any other.</summary>
    public static char? LatinOf(int codePoint) => codePoint is >= FirstForeign and <= char.MaxValue && s_latin.TryGetValue((char)codePoint, out var latin) ? latin : null;

    /// <summary>Why two different texts may look the same.</summary>
    public static HiddenDifference Explain(string old, string now)
    {
        if (old == now)
        {
            return HiddenDifference.None;
        }
        if (Same(old, now, s => s.Normalize(NormalizationForm.FormC)))
        {
            return HiddenDifference.Normalisation;
        }
        if (Same(old, now, Visible))
        {
            return HiddenDifference.HiddenCharacters;
        }
        if (Same(old, now, s => new string([.. s.Where(c => !char.IsWhiteSpace(c))])))
        {
            return HiddenDifference.WhiteSpace;
        }
        return Same(old, now, Skeleton) ? HiddenDifference.LookAlike : HiddenDifference.None;
    }

    private static bool Same(string old, string now, Func<string, string> form)
    {
        try
        {
            return string.Equals(form(old), form(now), StringComparison.Ordinal);
        }
        catch (ArgumentException)
        {
            // A lone surrogate has no normal form.
            return false;
        }
    }

    private static string Visible(string text)
    {
        var visible = new StringBuilder(text.Length);
        var from = 0;
        foreach (var spot in HiddenText.Find(text))
        {
            visible.Append(text, from, spot.Index - from);
            from = spot.Index + spot.Length;
        }
        return visible.Append(text, from, text.Length - from).ToString();
    }

    private static string Skeleton(string text) =>
        new([.. Visible(text.Normalize(NormalizationForm.FormKC)).Select(c => s_latin.GetValueOrDefault(c, c))]);
}
