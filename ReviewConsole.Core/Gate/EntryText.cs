using System.Globalization;
using System.Text;

namespace ReviewConsole.Core.Gate;

/// <summary>
/// What stands under one key of a policy's text, the items of a list or the keys of a map, with the places where they stand. What is changed is changed in the text: every character outside
/// of the entry stays. It need not be a policy yet, only YAML.
/// </summary>
internal abstract class EntryText
{
    private readonly YamlPart _root;
    private readonly string _key;

    protected EntryText(string text, YamlPart root, string key)
    {
        (Text, _root, _key) = (text, root, key);
        Entries = root[key] switch
        {
            { Items: { } items } list => [.. items.Select(item => new YamlEntry(list.IsFlow ? item.Start : DashOf(text, item), null, item))],
            { Entries: { } entries } => [.. entries.Select(static entry => new YamlEntry(entry.Key.Start, entry.Key, entry.Value))],
            _ => [],
        };
    }

    public string Text { get; }

    /// <summary>The policy that it stands on, by name; null for none.</summary>
    public string? Extends => _root["extends"]?.Scalar;

    /// <summary>In the order of the text; empty for one that has none.</summary>
    public abstract IReadOnlyList<string> Names { get; }

    protected IReadOnlyList<YamlEntry> Entries { get; }

    /// <summary>What is written for none of them.</summary>
    protected abstract string Empty { get; }

    private bool IsFlow => _root[_key] is { IsFlow: true };

    private int Colon => Text.IndexOf(':', _root.Entries!.First(entry => entry.Key.Scalar == _key).Key.End) + 1;

    /// <summary>The text with a new entry at the end.</summary>
    public abstract string Add();

    /// <summary>The text with an entry once more, right behind it, under a name that is free; null where its name is in no form.</summary>
    public abstract string? Copy(int entry);

    /// <summary>Names of what stands in an entry and is in no form.</summary>
    public abstract IReadOnlyList<string> Untouched(int entry);

    /// <summary>The entry that an error is about, with the path below it; null for one that is about none of them.</summary>
    public abstract (int Entry, string Path)? Find(PolicyError error);

    /// <summary>The lines of an entry, 1-based, its first and its last.</summary>
    public (int First, int Last) Lines(int entry) => (LineOf(Entries[entry].Start), LineOf(Entries[entry].End));

    /// <summary>The entry as it stands, indented as if it stood alone.</summary>
    public string Source(int entry)
    {
        var (start, end) = (Entries[entry].Start, Entries[entry].End);
        if (IsFlow)
        {
            return (Entries[entry].Key is null ? "- " : "") + Text[start..end];
        }

        var indent = start - TextLines.StartOf(Text, start);
        return string.Join('\n', Text[start..TextLines.EndOf(Text, end)].Split('\n').Select((line, i) => i == 0 ? line.TrimEnd('\r') : line.TrimEnd('\r').RemoveIndent(indent)));
    }

    /// <summary>The text with one entry more before the one of that number, or at the end.</summary>
    /// <param name="source">As <see cref="Source"/> gives it.</param>
    public string Insert(int at, string source)
    {
        var line = TextLines.BreakOf(Text);
        if (Entries.Count == 0)
        {
            var under = line + Indented(source, "  ", line);
            return _root[_key] is { } empty
                ? TextLines.Replace(Text, Colon, empty.End, under)
                : TextLines.Insert(Text, TextLines.AfterLine(Text, _root.End), $"{_key}:{under}{line}");
        }

        if (IsFlow)
        {
            return at < Entries.Count ? TextLines.Insert(Text, Entries[at].Start, Flow(source) + ", ") : TextLines.Insert(Text, Entries[^1].End, ", " + Flow(source));
        }

        var first = Entries[0];
        var indent = new string(' ', first.Start - TextLines.StartOf(Text, first.Start));
        var gap = Entries.Count > 1 && Text[first.End..Entries[1].Start].Split('\n') is { Length: > 2 } lines && lines[1..^1].Any(string.IsNullOrWhiteSpace) ? line : "";
        return at < Entries.Count
            ? TextLines.Insert(Text, ChunkOf(at).Start, Indented(source, indent, line) + line + gap)
            : TextLines.Insert(Text, TextLines.AfterLine(Text, Entries[^1].End), gap + Indented(source, indent, line) + line);
    }

    /// <summary>The text without an entry and the comment right above it.</summary>
    public string Remove(int entry)
    {
        if (Entries.Count == 1)
        {
            var (from, to) = IsFlow ? (_root[_key]!.Start, _root[_key]!.End) : ChunkOf(0);
            return TextLines.Replace(Text, from, to, "").Insert(Colon, " " + Empty);
        }

        if (IsFlow)
        {
            return entry == 0 ? TextLines.Replace(Text, Entries[0].Start, Entries[1].Start, "") : TextLines.Replace(Text, Entries[entry - 1].End, Entries[entry].End, "");
        }

        var (start, end) = ChunkOf(entry);
        var blank = end;
        while (blank < Text.Length && string.IsNullOrWhiteSpace(Text[blank..TextLines.EndOf(Text, blank)]) && TextLines.EndOf(Text, blank) < Text.Length)
        {
            blank = TextLines.AfterLine(Text, blank);
        }

        return TextLines.Replace(Text, start, entry < Entries.Count - 1 ? blank : end, "");
    }

    /// <summary>The text in which this entry and the one after it have changed places, each with the comment right above it.</summary>
    public string Swap(int entry)
    {
        var (a, b) = IsFlow ? ((Entries[entry].Start, Entries[entry].End), (Entries[entry + 1].Start, Entries[entry + 1].End)) : (ChunkOf(entry), ChunkOf(entry + 1));
        var (first, second) = (Text[a.Item1..a.Item2], Text[b.Item1..b.Item2]);
        var open = !IsFlow && !second.EndsWith('\n') ? TextLines.BreakOf(Text) : "";
        return Text[..a.Item1] + second + open + Text[a.Item2..b.Item1] + first + Text[b.Item2..];
    }

    /// <summary>A name that no entry has.</summary>
    public string Unused(string name)
    {
        var taken = Names.ToHashSet(StringComparer.Ordinal);
        return taken.Contains(name)
            ? Enumerable.Range(2, taken.Count + 1).Select(i => string.Create(CultureInfo.InvariantCulture, $"{name}-{i}")).First(other => !taken.Contains(other))
            : name;
    }

    /// <summary>The text with an entry written anew.</summary>
    protected string Rewritten(int entry, string source)
    {
        var (start, end) = (Entries[entry].Start, Entries[entry].End);
        return TextLines.Replace(
            Text, start, end, IsFlow ? Flow(source) : Indented(source, new string(' ', start - TextLines.StartOf(Text, start)), TextLines.BreakOf(Text)).TrimStart());
    }

    /// <summary>Whether another text has every character of this one outside of an entry's lines.</summary>
    protected bool KeepsAround(int entry, string text)
    {
        var (start, end) = (Entries[entry].Start, IsFlow ? Entries[entry].End : TextLines.EndOf(Text, Entries[entry].End));
        return text.Length >= start + Text.Length - end && text.AsSpan().StartsWith(Text.AsSpan(0, start)) && text.AsSpan().EndsWith(Text.AsSpan(end));
    }

    // An entry's lines and the comments right above it.
    private (int Start, int End) ChunkOf(int entry)
    {
        var start = TextLines.StartOf(Text, Entries[entry].Start);
        while (start > 0 && TextLines.StartOf(Text, start - 1) is var above && Text[above..start].TrimStart().StartsWith('#'))
        {
            start = above;
        }

        return (start, TextLines.AfterLine(Text, Entries[entry].End));
    }

    protected int LineOf(int place) => Text.AsSpan(0, place).Count('\n') + 1;

    private static int DashOf(string text, YamlPart item)
    {
        var line = TextLines.StartOf(text, item.Start);
        while (line > 0 && !text.AsSpan(line).TrimStart().StartsWith("-"))
        {
            line = TextLines.StartOf(text, line - 1);
        }

        return text.IndexOf('-', line);
    }

    private static string Flow(string source) => YamlPart.Read(source) switch
    {
        { Items: [var item, ..] } => item.Flow(source),
        { Entries: [var (key, value), ..] } => $"{YamlScalar.Of(key.Scalar!)}: {value.Flow(source)}",
        _ => source,
    };

    private static string Indented(string source, string indent, string line) =>
        string.Join(line, source.Split('\n').Select(text => text.Length == 0 ? text : new StringBuilder(indent).Append(text).ToString()));
}

/// <summary>An item of a list, from its dash, or a key of a map with its value.</summary>
internal sealed record YamlEntry(int Start, YamlPart? Key, YamlPart Value)
{
    public int End => Value.End;
}
