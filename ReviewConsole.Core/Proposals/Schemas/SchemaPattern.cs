using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ReviewConsole.Core.Proposals.Schemas;

/// <summary>
/// A pattern of ECMAScript as JSON Schema means it, run by an engine whose time grows with the text alone. What that engine cannot do (looking around, going
/// back to a group), and what the two languages read differently, is no pattern here.
/// </summary>
internal sealed class SchemaPattern
{
    private const int MostLength = 500;

    // What nested repetitions may multiply to: each turn is a state of the automaton.
    private const long MostTurns = 2_000;

    private static readonly TimeSpan s_longest = TimeSpan.FromMilliseconds(500);

    private readonly Regex _regex;

    private SchemaPattern(string source, Regex regex) => (Source, _regex) = (source, regex);

    public string Source { get; }

    /// <summary>As .NET reads it.</summary>
    public string Translated => _regex.ToString();

    /// <param name="timed">A text that takes too long is not one of its texts. Without a clock it says the same on every machine; its weight has to be bounded then.</param>
    public static SchemaPattern? TryRead(string source, bool timed = true)
    {
        if (source.Length > MostLength || Translate(source) is not { } translated)
        {
            return null;
        }

        try
        {
            return new SchemaPattern(source, new Regex(translated, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, timed ? s_longest : Regex.InfiniteMatchTimeout));
        }
        catch (Exception unfit) when (unfit is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    public bool Matches(string text)
    {
        try
        {
            return _regex.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    // \d, \w and $ mean ASCII and the very end there; .NET means every script and the end before a line break.
    private static string? Translate(string source)
    {
        var target = new StringBuilder(source.Length + 16);
        var inClass = false;
        var turns = 1L;
        for (var i = 0; i < source.Length; i++)
        {
            var c = source[i];
            if (c == '\\')
            {
                if (++i == source.Length || Escape(source[i], inClass) is not { } escaped)
                {
                    return null;
                }

                target.Append(escaped);
            }
            else if (inClass)
            {
                // "[a-z-[aeiou]]" takes letters away in .NET alone.
                if (c == '[')
                {
                    target.Append('\\');
                }

                inClass = c != ']';
                target.Append(c);
            }
            else if (c == '[')
            {
                var negated = i + 1 < source.Length && source[i + 1] == '^';
                if (i + (negated ? 2 : 1) < source.Length && source[i + (negated ? 2 : 1)] == ']')
                {
                    return null;
                }

                inClass = true;
                target.Append(negated ? "[^" : "[");
                i += negated ? 1 : 0;
            }
            else if (c == '(' && i + 1 < source.Length && source[i + 1] == '?' && !source.AsSpan(i + 2).StartsWith(":") && !IsNamed(source.AsSpan(i + 2)))
            {
                return null;
            }
            else if (c == '{' && Turns(source.AsSpan(i + 1)) is { } most)
            {
                turns *= Math.Max(1, most);
                if (turns > MostTurns)
                {
                    return null;
                }

                target.Append(c);
            }
            else
            {
                target.Append(c == '$' ? "\\z" : c.ToString());
            }
        }

        return target.ToString();
    }

    private static string? Escape(char c, bool inClass) => c switch
    {
        'd' => inClass ? "0-9" : "[0-9]",
        'w' => inClass ? "A-Za-z0-9_" : "[A-Za-z0-9_]",
        'D' => inClass ? null : "[^0-9]",
        'W' => inClass ? null : "[^A-Za-z0-9_]",
        's' or 'S' or 'n' or 'r' or 't' or 'f' or 'v' or 'u' or 'x' or 'p' or 'P' => "\\" + c,
        'b' or 'B' => inClass ? null : "\\" + c,
        _ when char.IsAsciiLetterOrDigit(c) => null,
        _ => "\\" + c,
    };

    private static bool IsNamed(ReadOnlySpan<char> rest) => rest.Length > 1 && rest[0] == '<' && rest[1] is not ('=' or '!');

    // The greatest count of {n}, {n,} and {n,m}; null for a brace that is none.
    private static long? Turns(ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOf('}');
        if (end < 1)
        {
            return null;
        }

        var most = 0L;
        foreach (var part in rest[..end].Split(','))
        {
            var number = rest[..end][part];
            if (number.Length > 0 && !(long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && (most = Math.Max(most, Math.Min(count, MostTurns + 1))) >= 0))
            {
                return null;
            }
        }

        return most;
    }
}
