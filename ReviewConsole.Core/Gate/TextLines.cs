namespace ReviewConsole.Core.Gate;

/// <summary>Lines of a text by places in it.</summary>
internal static class TextLines
{
    /// <summary>Where the line of a place begins.</summary>
    public static int StartOf(string text, int place) => place == 0 ? 0 : text.LastIndexOf('\n', place - 1) + 1;

    /// <summary>Where it ends, before its line break.</summary>
    public static int EndOf(string text, int place)
    {
        var end = text.IndexOf('\n', place);
        return end < 0 ? text.Length : end > place && text[end - 1] == '\r' ? end - 1 : end;
    }

    /// <summary>Where the line after it begins.</summary>
    public static int AfterLine(string text, int place)
    {
        var end = text.IndexOf('\n', place);
        return end < 0 ? text.Length : end + 1;
    }

    /// <summary>How lines end in this text.</summary>
    public static string BreakOf(string text) => text.IndexOf('\n', StringComparison.Ordinal) is > 0 and var first && text[first - 1] == '\r' ? "\r\n" : "\n";

    public static string Replace(string text, int start, int end, string by) => string.Concat(text.AsSpan(0, start), by, text.AsSpan(end));

    /// <summary>Puts whole lines in; the line before them is ended where it is the last one and open.</summary>
    public static string Insert(string text, int place, string lines) =>
        place == text.Length && place > 0 && text[^1] != '\n' && lines.EndsWith('\n')
            ? text + BreakOf(text) + lines
            : text.Insert(place, lines);

    public static string RemoveIndent(this string line, int most)
    {
        var indent = 0;
        while (indent < most && indent < line.Length && line[indent] == ' ')
        {
            indent++;
        }

        return line[indent..];
    }
}
