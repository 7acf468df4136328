using System.Globalization;
using System.Text.Json;

namespace ReviewConsole.Rendering;

/// <summary>
/// JSON as a tree that reads like a form: members under each other, small flat objects on a line, lists of alike flat objects as tables. Every part folds.
/// Order, names and the raw text of numbers are the source's.
/// </summary>
internal static class JsonRenderer
{
    private const int DeepestOpen = 3;
    private const int MostDepth = 64;
    private const int MostColumns = 12;
    private const int MostOnALine = 8;
    private const int LongestLine = 120;

    public static void Write(RenderPass pass, JsonElement value) => Value(pass, value, 0);

    private static void Value(RenderPass pass, JsonElement value, int depth)
    {
        if (depth > MostDepth)
        {
            pass.Writer.Tag("<span class=\"rc-blocked\">").Text(pass.Words.TooDeep(MostDepth)).Tag("</span>");
            return;
        }
        switch (value.ValueKind)
        {
            case JsonValueKind.Object when value.EnumerateObject().Any(): Members(pass, value, depth, depth > 0 && IsLine(value)); break;
            case JsonValueKind.Object: Nothing(pass, "{}", pass.Words.Members(0)); break;
            case JsonValueKind.Array when value.GetArrayLength() == 0: Nothing(pass, "[]", pass.Words.Items(0)); break;
            case JsonValueKind.Array: Items(pass, value, depth); break;
            default: pass.Scalar(value); break;
        }
    }

    private static void Nothing(RenderPass pass, string literal, string count) =>
        pass.Writer.Tag("<span class=\"rc-literal\">").Text(literal).Tag("</span> <span class=\"rc-quiet\">").Text(count).Tag("</span>");

    private static void Members(RenderPass pass, JsonElement value, int depth, bool line)
    {
        var writer = pass.Writer;
        writer.Tag(line, "<dl class=\"rc-json-line\">", "<dl class=\"rc-json\">");
        // Beside what the reader looks for stands what it belongs to.
        var holds = value.EnumerateObject().Any(member => !IsContainer(member.Value) && pass.IsSought(member.Value, member.Name));
        foreach (var member in value.EnumerateObject())
        {
            var nested = IsNested(member.Value);
            if (!(holds && !nested) && !pass.IsSought(member.Value, member.Name) && !pass.TakeRow(nested))
            {
                continue;
            }
            writer.Tag(nested, "<div class=\"rc-json-part\"><dt>", "<div><dt>").Text(member.Name, pass.Marks).Tag("</dt><dd>");
            if (nested)
            {
                Fold(pass, member.Value, depth + 1);
            }
            else
            {
                Value(pass, member.Value, depth + 1);
            }
            writer.Tag("</dd></div>");
        }
        writer.Tag("</dl>");
    }

    private static void Items(RenderPass pass, JsonElement value, int depth)
    {
        var writer = pass.Writer;
        if (!value.EnumerateArray().Any(IsContainer))
        {
            Scalars(pass, value);
            return;
        }
        if (TableColumns(value) is { } columns)
        {
            TableRenderer.Write(pass, columns, value.EnumerateArray(), (row, column) => row.TryGetProperty(columns[column], out var cell) ? cell : null);
            return;
        }
        writer.Tag("<dl class=\"rc-json\">");
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            var nested = IsNested(item);
            if (pass.IsSought(item) || pass.TakeRow(nested))
            {
                writer.Tag(nested, "<div class=\"rc-json-part\"><dt class=\"rc-quiet\">", "<div><dt class=\"rc-quiet\">").Text((index + 1).ToString(CultureInfo.InvariantCulture)).Tag("</dt><dd>");
                Fold(pass, item, depth + 1);
                writer.Tag("</dd></div>");
            }
            index++;
        }
        writer.Tag("</dl>");
    }

    private static void Scalars(RenderPass pass, JsonElement value)
    {
        var first = true;
        foreach (var item in value.EnumerateArray())
        {
            if (!pass.IsSought(item) && !pass.TakeRow())
            {
                continue;
            }
            pass.Writer.Tag(first, "", ", ");
            pass.Scalar(item);
            first = false;
        }
    }

    // Every part opens and closes; deeper ones are closed at first, unless they lead to what the reader looks for.
    private static void Fold(RenderPass pass, JsonElement value, int depth)
    {
        if (!IsNested(value))
        {
            Value(pass, value, depth);
            return;
        }
        var count = value.ValueKind == JsonValueKind.Array ? value.GetArrayLength() : value.EnumerateObject().Count();
        pass.Writer.Tag(depth <= DeepestOpen || pass.IsSought(value), "<details class=\"rc-fold\" open><summary>", "<details class=\"rc-fold\"><summary>")
            .Text(value.ValueKind == JsonValueKind.Array ? pass.Words.Items(count) : pass.Words.Members(count)).Tag("</summary>");
        Value(pass, value, depth);
        pass.Writer.Tag("</details>");
    }

    // The columns of a list of at least two flat objects that are alike, else null.
    private static IReadOnlyList<string>? TableColumns(JsonElement array)
    {
        if (array.GetArrayLength() < 2)
        {
            return null;
        }
        var columns = new List<string>();
        foreach (var item in array.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Object)
            {
                return null;
            }
            foreach (var member in item.EnumerateObject())
            {
                if (IsContainer(member.Value))
                {
                    return null;
                }
                if (!columns.Contains(member.Name, StringComparer.Ordinal))
                {
                    columns.Add(member.Name);
                }
            }
            if (columns.Count > MostColumns)
            {
                return null;
            }
        }
        return columns.Count == 0 ? null : columns;
    }

    private static bool IsContainer(JsonElement value) => value.ValueKind is JsonValueKind.Object or JsonValueKind.Array;

    // A list of plain values and a small flat object read as one line; everything else with parts gets its own block.
    private static bool IsNested(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().Any() && !IsLine(value),
        JsonValueKind.Array => value.EnumerateArray().Any(IsContainer),
        _ => false,
    };

    private static bool IsLine(JsonElement value)
    {
        var (members, length) = (0, 0);
        foreach (var member in value.EnumerateObject())
        {
            length += member.Name.Length + (IsContainer(member.Value) ? LongestLine : member.Value.GetRawText().Length);
            if (++members > MostOnALine || length > LongestLine)
            {
                return false;
            }
        }
        return true;
    }
}
