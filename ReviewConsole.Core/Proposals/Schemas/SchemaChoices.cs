using System.Text;
using System.Text.Json;
using ReviewConsole.Core.Ledger;

namespace ReviewConsole.Core.Proposals.Schemas;

/// <summary>The only values that a schema allows. Their RFC 8785 texts are made once: a list of many values is compared with them item by item.</summary>
internal sealed class SchemaChoices(IReadOnlyList<JsonElement> values)
{
    private readonly Lazy<Dictionary<string, int>> _places = new(() =>
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < values.Count; i++)
        {
            places.TryAdd(Text(values[i]), i);
        }

        return places;
    });

    public static readonly SchemaChoices Booleans = new([JsonLiterals.True, JsonLiterals.False]);

    public IReadOnlyList<JsonElement> Values => values;

    /// <summary>Where the same value stands; -1 when it is none of them.</summary>
    public int IndexOf(JsonElement value) => _places.Value.GetValueOrDefault(Text(value), -1);

    public bool Contains(JsonElement value) => IndexOf(value) >= 0;

    /// <summary>All of them as JSON, one after the other.</summary>
    public override string ToString() => string.Join(", ", _places.Value.Keys);

    private static string Text(JsonElement value) => Encoding.UTF8.GetString(CanonicalJson.Of(value));
}
