using System.Text.Json;
using System.Text.Json.Nodes;
using ReviewConsole.Core.Ledger;

namespace ReviewConsole.Core.Proposals;

/// <summary>
/// Where a correction says that fields stand: <c>[{name, page?, box}]</c> for those whose place it changed. A place is no part of what runs; it is kept for whoever
/// looks at the corrected action next.
/// </summary>
internal static class FieldPlaces
{
    /// <summary>RFC 8785 bytes, or null when every field stands where it stood.</summary>
    public static byte[]? Bytes(IReadOnlyList<Field>? from, IReadOnlyList<Field>? to)
    {
        var moved = (to ?? []).Where(field => field.Box is not null
            && (from ?? []).FirstOrDefault(old => old.Name == field.Name) is var old && (old?.Box != field.Box || old?.Page != field.Page)).ToList();
        return moved.Count == 0 ? null : CanonicalJson.Of(new JsonArray([.. moved.Select(Node)]));
    }

    /// <summary>The fields where <see cref="Bytes"/> says that they stand.</summary>
    public static IReadOnlyList<Field>? Apply(IReadOnlyList<Field>? fields, ReadOnlySpan<byte> places)
    {
        if (fields is null)
        {
            return null;
        }

        var moved = JsonElement.Parse(places).EnumerateArray().ToDictionary(static place => place.GetProperty("name").GetString()!, StringComparer.Ordinal);
        return [.. fields.Select(field => !moved.TryGetValue(field.Name, out var place) ? field : field with
        {
            Page = place.TryGetProperty("page", out var page) ? page.GetInt32() : field.Page,
            Box = place.GetProperty("box").EnumerateArray().Select(static side => side.GetDouble()).ToArray() is [var x, var y, var width, var height] ? new Box(x, y, width, height) : field.Box,
        })];
    }

    private static JsonObject Node(Field field)
    {
        var box = field.Box!.Value;
        var node = new JsonObject { ["name"] = field.Name, ["box"] = new JsonArray(box.X, box.Y, box.Width, box.Height) };
        if (field.Page is { } page)
        {
            node["page"] = page;
        }

        return node;
    }
}
