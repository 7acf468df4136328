using System.Globalization;
using System.Text.Json;

namespace ReviewConsole.Rendering;

/// <summary>Tables with a head that stays, numbers to the right, and a first screenful of rows until all are asked for.</summary>
internal static class TableRenderer
{
    private const int ManyRows = 20;

    /// <summary>Evidence of kind <c>table</c>: <c>{columns: [string], rows: [[scalar]]}</c>.</summary>
    public static void Write(RenderPass pass, JsonElement content)
    {
        var columns = content.GetProperty("columns").EnumerateArray().Select(c => c.GetString() ?? "").ToArray();
        var rows = content.GetProperty("rows");
        var width = rows.EnumerateArray().Select(r => r.GetArrayLength()).Append(columns.Length).Max();
        // A row longer than the head keeps its cells: nothing that was sent may vanish.
        Write(pass, [.. columns, .. Enumerable.Repeat("", width - columns.Length)], rows.EnumerateArray(),
            (row, column) => column < row.GetArrayLength() ? row[column] : null);
    }

    public static void Write(RenderPass pass, IReadOnlyList<string> columns, IEnumerable<JsonElement> rows, Func<JsonElement, int, JsonElement?> cell)
    {
        var all = rows.ToArray();
        var numeric = new bool[columns.Count];
        for (var c = 0; c < columns.Count; c++)
        {
            var column = c;
            numeric[c] = all.Length > 0 && all.All(row => cell(row, column) is not { } value || IsNumberOrNone(value))
                && all.Any(row => cell(row, column) is { ValueKind: not JsonValueKind.Null });
        }
        var writer = pass.Writer;
        if (all.Length >= ManyRows)
        {
            writer.Tag("<p class=\"rc-quiet rc-table-count\">").Text(pass.Words.TableOf(all.Length)).Tag("</p>");
        }
        writer.Tag("<div class=\"rc-scroll\" tabindex=\"0\" role=\"region\"").Attribute("aria-label", pass.Words.TableOf(all.Length)).Tag("><table class=\"rc-table\"><thead><tr>");
        for (var c = 0; c < columns.Count; c++)
        {
            writer.Tag(numeric[c], "<th scope=\"col\" class=\"rc-num\">", "<th scope=\"col\">").Text(columns[c], pass.Marks).Tag("</th>");
        }
        writer.Tag("</tr></thead><tbody>");
        foreach (var row in all)
        {
            if (!pass.IsSought(row) && !pass.TakeRow())
            {
                continue;
            }
            writer.Tag("<tr>");
            for (var c = 0; c < columns.Count; c++)
            {
                writer.Tag(numeric[c], "<td class=\"rc-num\">", "<td>");
                if (cell(row, c) is { } value)
                {
                    pass.Scalar(value);
                }
                writer.Tag("</td>");
            }
            writer.Tag("</tr>");
        }
        writer.Tag("</tbody></table></div>");
    }

    private static bool IsNumberOrNone(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number or JsonValueKind.Null => true,
        JsonValueKind.String => decimal.TryParse(value.GetString(), NumberStyles.Number, CultureInfo.InvariantCulture, out _),
        _ => false,
    };
}
