namespace ReviewConsole.Core.Gate;

/// <summary>Single changes of a map or a list where it stands, in the way in which it is written: with braces and commas, or line by line.</summary>
internal static class YamlEdit
{
    /// <summary>Writes a value under a key of a map, or takes the key away. A map that would be left without keys becomes <c>{}</c>.</summary>
    /// <param name="value">As it is to stand there, on one line; null to take it away.</param>
    public static string Set(string text, YamlPart map, string key, string? value)
    {
        var entries = map.Entries!;
        var index = entries.Select(static entry => entry.Key.Scalar).ToList().IndexOf(key);
        if (value is null)
        {
            return index < 0 ? text : Remove(text, map, [.. entries.Select(static entry => (entry.Key.Start, entry.Value.End))], index, "{}");
        }

        if (index < 0)
        {
            return Append(text, map, [.. entries.Select(static entry => (entry.Key.Start, entry.Value.End))], $"{key}: {value}", "{ ", " }", ColumnOf(text, map.Start));
        }

        var old = entries[index].Value;
        var start = old.Scalar is not null ? old.Start : text.IndexOf(':', entries[index].Key.End) + 1;
        return TextLines.Replace(text, start, old.End, (text[start - 1] == ':' ? " " : "") + value);
    }

    /// <summary>Puts an item into a list before the one of that number, or at its end.</summary>
    public static string Insert(string text, YamlPart list, int at, string item)
    {
        var items = list.Items!;
        if (at >= items.Count)
        {
            var dash = items.Count == 0 || list.IsFlow ? 0 : ColumnOf(text, DashOf(text, items[^1]));
            return Append(text, list, [.. items.Select(static one => (one.Start, one.End))], list.IsFlow ? item : "- " + item, "[", "]", dash);
        }

        return list.IsFlow
            ? text.Insert(items[at].Start, item + ", ")
            : DashOf(text, items[at]) is var before ? text.Insert(before, $"- {item}{TextLines.BreakOf(text)}{new string(' ', ColumnOf(text, before))}") : text;
    }

    /// <summary>Takes an item out of a list; one that would be left empty becomes <c>[]</c>.</summary>
    public static string Remove(string text, YamlPart list, int at) => Remove(
        text, list, [.. list.Items!.Select(item => (list.IsFlow ? item.Start : DashOf(text, item), item.End))], at, "[]");

    private static string Append(string text, YamlPart part, IReadOnlyList<(int Start, int End)> parts, string written, string open, string close, int column)
    {
        if (parts.Count == 0)
        {
            return TextLines.Replace(text, part.Start, part.End, open + written + close);
        }

        return part.IsFlow
            ? text.Insert(parts[^1].End, ", " + written)
            : TextLines.Insert(text, TextLines.AfterLine(text, parts[^1].End), new string(' ', column) + written + TextLines.BreakOf(text));
    }

    private static string Remove(string text, YamlPart part, IReadOnlyList<(int Start, int End)> parts, int at, string empty)
    {
        var (start, end) = parts[at];
        if (parts.Count == 1)
        {
            return TextLines.Replace(text, part.IsFlow ? part.Start : start, part.End, empty);
        }

        if (part.IsFlow)
        {
            return at == 0 ? TextLines.Replace(text, start, parts[1].Start, "") : TextLines.Replace(text, parts[at - 1].End, end, "");
        }

        var line = TextLines.StartOf(text, start);
        return string.IsNullOrWhiteSpace(text[line..start])
            ? TextLines.Replace(text, line, TextLines.AfterLine(text, end), "")
            : TextLines.Replace(text, start, parts[at + 1].Start, "");
    }

    private static int DashOf(string text, YamlPart item)
    {
        var line = TextLines.StartOf(text, item.Start);
        while (line > 0 && !text.AsSpan(line).TrimStart().StartsWith("-"))
        {
            line = TextLines.StartOf(text, line - 1);
        }

        // Lists of lists share a line: the last dash before the item is its own.
        return text.LastIndexOf('-', item.Start - 1, item.Start - line);
    }

    private static int ColumnOf(string text, int place) => place - TextLines.StartOf(text, place);
}
