using System.Buffers;
using System.Globalization;

namespace ReviewConsole.Core.Gate;

/// <summary>
/// How many parts a regular expression has with its counts written out: <c>(a{0,99}){99}</c> has 9,801. An engine without backtracking takes time in proportion to that and to the
/// text, so that no pattern can be slow whose weight is small. Where a pattern is not well made the answer does not matter: it is refused anyway. What is read here otherwise than the engine
/// reads it could hide a part, so that whatever is rare and hard to read is refused.
/// </summary>
internal static class PatternWeight
{
    public const int Most = 250;

    /// <summary>What all patterns of a file may come to: each is looked for in every proposal.</summary>
    public const int MostInFile = 5_000;

    /// <param name="part">With what it became too much: a rule or a schema.</param>
    public static string TooMuch(string part) => string.Create(
        CultureInfo.InvariantCulture,
        $"With this {part} the patterns of the file have more than {MostInFile:N0} parts, with their counts written out: they would take too long of a long text. Make them fewer, shorter, or their counts smaller.");

    private static readonly SearchValues<char> s_options = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ+-");

    /// <summary>What all patterns of a condition come to.</summary>
    public static long Of(Condition condition) => condition switch
    {
        AllCondition all => all.Parts.Sum(Of),
        AnyCondition any => any.Parts.Sum(Of),
        NotCondition not => Of(not.Part),
        FieldCondition { Comparison: { Pattern: not null, Value.Text: { } pattern } } => Of(pattern) ?? 0,
        _ => 0,
    };

    /// <summary>The weight; null where parts could hide: in a comment, behind the option x, a control character, or a [ inside of brackets.</summary>
    public static long? Of(string pattern)
    {
        var groups = new Stack<(long Sum, long Last)>();
        var (sum, last) = (0L, 0L);
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '(' when IsComment(pattern, i):
                    return null;
                case '(':
                    groups.Push((sum + last, 0));
                    (sum, last) = (0, 1);
                    break;
                case ')' when groups.TryPop(out var outer):
                    (sum, last) = (outer.Sum, sum + last);
                    break;
                case '{' when Count(pattern, i) is var (count, end) && end > 0:
                    last = Math.Min(last, Most + 1) * Math.Max(count, 1);
                    i = end;
                    break;
                case '[':
                    (sum, last) = (sum + last, 1);
                    i = Close(pattern, i);
                    if (i < 0)
                    {
                        return null;
                    }

                    break;
                case '\\' when i + 1 < pattern.Length && pattern[i + 1] == 'c':
                    return null;
                case '\\':
                    (sum, last) = (sum + last, 1);
                    i++;
                    break;
                default:
                    (sum, last) = (sum + last, 1);
                    break;
            }
        }

        return sum + last + groups.Sum(static group => group.Sum);
    }

    // (?#…), and (?x) or (?i-x:…), after which a # begins one.
    private static bool IsComment(string pattern, int open)
    {
        if (open + 2 >= pattern.Length || pattern[open + 1] != '?')
        {
            return false;
        }

        var options = pattern.AsSpan(open + 2);
        var end = options.IndexOfAnyExcept(s_options);
        return options[0] == '#' || (end < 0 ? options : options[..end]).ContainsAny('x', 'X');
    }

    // {3}, {3,} and {3,5}; anything else is a text. The end is 0 for that.
    private static (long Count, int End) Count(string pattern, int open)
    {
        var end = pattern.IndexOf('}', open);
        if (end < 0)
        {
            return (0, 0);
        }

        long most = 0;
        foreach (var part in pattern[(open + 1)..end].Split(','))
        {
            if (part.Length > 0 && !part.All(char.IsAsciiDigit))
            {
                return (0, 0);
            }

            most = Math.Max(most, part.Length == 0 ? most + 1 : int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : int.MaxValue);
        }

        return (most, end);
    }

    // The ] that ends the brackets; the first character is never that one. Below 0 for what is refused.
    private static int Close(string pattern, int open)
    {
        var first = open + 1 < pattern.Length && pattern[open + 1] == '^' ? open + 2 : open + 1;
        for (var i = first; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '[':
                case '\\' when i + 1 < pattern.Length && pattern[i + 1] == 'c':
                    return -1;
                case '\\':
                    i++;
                    break;
                case ']' when i > first:
                    return i;
            }
        }

        return pattern.Length;
    }
}
