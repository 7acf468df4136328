using System.Globalization;
using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ReviewConsole.Core.Gate;

/// <summary>
/// What a policy file has to be before its YAML is made into a tree, so that a hostile one costs nothing: its size, its encoding, no NUL (YAML would end there and hide the rest), no
/// anchors and aliases (they make a small file large, or endless), no tags, so many values and so deep at most.
/// </summary>
internal static class PolicyText
{
    /// <summary>A thousand rules are about 200 KB.</summary>
    public const int MaxBytes = 1024 * 1024;

    private const int MaxNodes = 60_000;
    private const int MaxDepth = 40;
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text, read no further than it may be long; null and an error when it is too long or not UTF-8.</summary>
    public static string? Read(Stream stream, List<PolicyError> errors)
    {
        var bytes = new byte[MaxBytes + 1];
        var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (length > MaxBytes)
        {
            errors.Add(TooLong());
            return null;
        }

        var start = bytes.AsSpan(0, length).StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
        try
        {
            return s_utf8.GetString(bytes, start, length - start);
        }
        catch (DecoderFallbackException fault)
        {
            var (line, column) = Place(Encoding.Latin1.GetString(bytes, start, Math.Max(0, fault.Index)));
            errors.Add(new PolicyError(line, column, "policy", "Is not UTF-8 here; save the file as UTF-8."));
            return null;
        }
    }

    /// <summary>True when a tree may be made of it; else there is an error.</summary>
    /// <exception cref="YamlException">It is not YAML.</exception>
    public static bool Check(string text, List<PolicyError> errors)
    {
        if (text.Length > MaxBytes)
        {
            errors.Add(TooLong());
            return false;
        }

        var control = text.AsSpan().IndexOfAnyInRange('\0', '\u0008');
        if (control >= 0)
        {
            var (line, column) = Place(text[..control]);
            errors.Add(new PolicyError(line, column, "policy", "Has a control character (NUL or alike) here; take it out."));
            return false;
        }

        var (nodes, depth) = (0, 0);
        var events = new Parser(new StringReader(text));
        while (Next(events))
        {
            var fault = events.Current switch
            {
                AnchorAlias or NodeEvent { Anchor.IsEmpty: false } => "Anchors and aliases are not used in policies; write the value out.",
                NodeEvent { Tag.IsEmpty: false } => "Tags are not used in policies; leave it out.",
                NodeEvent when ++nodes > MaxNodes => string.Create(CultureInfo.InvariantCulture, $"Has more than {MaxNodes:N0} values; make fewer rules of it."),
                _ => null,
            };
            depth += events.Current!.NestingIncrease;
            fault ??= depth > MaxDepth ? string.Create(CultureInfo.InvariantCulture, $"Is nested deeper than {MaxDepth}; write it flatter.") : null;
            if (fault is not null)
            {
                errors.Add(new PolicyError((int)events.Current.Start.Line, (int)events.Current.Start.Column, "policy", fault));
                return false;
            }
        }

        return true;
    }

    // An open brace before a key on a line of its own is no YAML, and the parser gives up on it in a way of its own.
    private static bool Next(Parser events)
    {
        try
        {
            return events.MoveNext();
        }
        catch (InvalidOperationException)
        {
            var at = events.Current?.End ?? Mark.Empty;
            throw new SyntaxErrorException(at, at, "a brace or a bracket that is opened before is not closed; close it, or put quotes around the value.");
        }
    }

    private static PolicyError TooLong() =>
        new(1, 1, "policy", string.Create(CultureInfo.InvariantCulture, $"Is longer than {MaxBytes:N0} bytes, which is the most that is read; make it shorter."));

    private static (int Line, int Column) Place(string before) => (before.Count(static letter => letter == '\n') + 1, before.Length - before.LastIndexOf('\n'));
}
