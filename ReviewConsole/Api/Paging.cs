using System.Globalization;
using System.Text.Json;
using ReviewConsole.Core.Queue;

namespace ReviewConsole.Api;

/// <summary><c>after</c> and <c>limit</c> of every list: cursors as the page before gave them (empty is the first page), 1 to 200 items, by default 50.</summary>
internal static class Paging
{
    public static (Cursor? After, int Limit, Problem? Problem) Read(HttpContext http)
    {
        var (limit, problem) = Limit(http);
        return !Cursor.TryParse(http.Request.Query["after"].ToString(), out var after)
            ? (null, 0, Bodies.Invalid("#/after", "Is no cursor of ours; use “next” of the page before, or leave it out."))
            : (after, limit, problem);
    }

    public static (int Limit, Problem? Problem) Limit(HttpContext http)
    {
        var text = http.Request.Query["limit"].ToString();
        return text.Length == 0 ? (QueueReader.DefaultLimit, null)
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= QueueReader.MaxLimit ? (limit, null)
            : (0, Bodies.Invalid("#/limit", "Must be a whole number from 1 to 200."));
    }

    /// <summary>A whole number of the query that may be left out.</summary>
    public static (long Value, Problem? Problem) Number(HttpContext http, string name, long least, long most, long? absent)
    {
        var text = http.Request.Query[name].ToString();
        return text.Length == 0 && absent is { } value ? (value, null)
            : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? (number, null)
            : (0, Bodies.Invalid("#/" + name, string.Create(CultureInfo.InvariantCulture, $"Must be a whole number from {least} to {most}.")));
    }

    /// <summary><c>{items, next?}</c>.</summary>
    public static Json Page<T>(Page<T> page, Action<Utf8JsonWriter, T> write) => Json.Object(writer =>
    {
        writer.WriteStartArray("items");
        foreach (var item in page.Items)
        {
            write(writer, item);
        }

        writer.WriteEndArray();
        if (page.Next is not null)
        {
            writer.WriteString("next", page.Next);
        }
    });
}
