using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ReviewConsole.Core.Gate;

/// <summary>
/// A value of a YAML text with the place where it stands, so that a change can be made there and nowhere else. Of what has values in it, the place ends with the last of them:
/// comments and empty lines after it are not part of it.
/// </summary>
/// <param name="Start">Its first character in the text.</param>
/// <param name="End">The one behind its last; line breaks at its end do not count.</param>
internal sealed record YamlPart(int Start, int End)
{
    /// <summary>The value of a scalar; null for a map or a list.</summary>
    public string? Scalar { get; private init; }

    public ScalarStyle Style { get; private init; }

    /// <summary>Written with brackets or braces.</summary>
    public bool IsFlow { get; private init; }

    public IReadOnlyList<YamlPart>? Items { get; private init; }

    public IReadOnlyList<(YamlPart Key, YamlPart Value)>? Entries { get; private init; }

    /// <summary>The value of a key of a map; null where there is none.</summary>
    public YamlPart? this[string key] => Entries?.FirstOrDefault(entry => entry.Key.Scalar == key).Value;

    /// <summary>The text's only document; null where it is not YAML of one document, or has what a policy may not have.</summary>
    public static YamlPart? Read(string text)
    {
        try
        {
            if (!PolicyText.Check(text, []))
            {
                return null;
            }

            var events = new Parser(new StringReader(text));
            events.Consume<StreamStart>();
            if (!events.TryConsume<DocumentStart>(out _))
            {
                return null;
            }

            var root = Next(events, text);
            events.Consume<DocumentEnd>();
            return events.TryConsume<StreamEnd>(out _) ? root : null;
        }
        catch (YamlException)
        {
            return null;
        }
    }

    /// <summary>In one line, as it is written where that is one.</summary>
    public string Flow(string text) =>
        IsFlow && !text.AsSpan(Start, End - Start).Contains('\n') ? text[Start..End]
        : Entries is { } entries ? entries.Count == 0 ? "{}" : $"{{ {string.Join(", ", entries.Select(entry => $"{YamlScalar.Of(entry.Key.Scalar ?? "")}: {entry.Value.Flow(text)}"))} }}"
        : Items is { } items ? $"[{string.Join(", ", items.Select(item => item.Flow(text)))}]"
        : YamlScalar.Of(Scalar!, Style is not ScalarStyle.Plain && YamlScalar.IsAmbiguous(Scalar!));

    private static YamlPart Next(Parser events, string text)
    {
        if (events.TryConsume<Scalar>(out var scalar))
        {
            return new YamlPart((int)scalar.Start.Index, Trimmed(text, (int)scalar.Start.Index, (int)scalar.End.Index)) { Scalar = scalar.Value, Style = scalar.Style };
        }

        if (events.TryConsume<SequenceStart>(out var list))
        {
            var items = new List<YamlPart>();
            while (!events.Accept<SequenceEnd>(out _))
            {
                items.Add(Next(events, text));
            }

            var end = events.Consume<SequenceEnd>();
            var flow = list.Style == SequenceStyle.Flow;
            return new YamlPart((int)list.Start.Index, flow ? (int)end.Start.Index + 1 : items.Count == 0 ? (int)list.Start.Index : items[^1].End) { Items = items, IsFlow = flow };
        }

        var map = events.Consume<MappingStart>();
        var entries = new List<(YamlPart, YamlPart)>();
        while (!events.Accept<MappingEnd>(out _))
        {
            var key = Next(events, text);
            var value = Next(events, text);
            // An empty value stands where the next thing begins; its place is behind its colon.
            var colon = text.IndexOf(':', key.End);
            var place = colon >= 0 && text.AsSpan(key.End, colon - key.End).IsWhiteSpace() ? colon + 1 : key.End;
            entries.Add((key, value is { Scalar.Length: 0, Style: ScalarStyle.Plain } ? value with { Start = place, End = place } : value));
        }

        var last = events.Consume<MappingEnd>();
        var braces = map.Style == MappingStyle.Flow;
        return new YamlPart((int)map.Start.Index, braces ? (int)last.Start.Index + 1 : entries.Count == 0 ? (int)map.Start.Index : entries[^1].Item2.End) { Entries = entries, IsFlow = braces };
    }

    private static int Trimmed(string text, int start, int end)
    {
        while (end > start && text[end - 1] is '\n' or '\r')
        {
            end--;
        }

        return end;
    }
}
