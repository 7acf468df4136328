using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ReviewConsole.Tests.Contracts;

/// <summary>The served OpenAPI document as a judge of bodies: the part of JSON Schema that it uses, and no more.</summary>
internal sealed class WireSchemas(JsonObject document)
{
    private static readonly string[] s_known =
    [
        "$ref", "type", "enum", "anyOf", "required", "properties", "patternProperties", "additionalProperties", "items", "pattern", "minItems", "maxItems", "minProperties",
        "maxLength", "minimum", "maximum", "format", "description", "contentEncoding",
    ];

    /// <summary>Method and path of every call under <c>/api</c>, such as <c>POST /api/v1/reviews</c>.</summary>
    public IReadOnlyDictionary<string, JsonObject> Operations { get; } = document["paths"]!.AsObject()
        .Where(static path => path.Key.StartsWith("/api/", StringComparison.Ordinal))
        .SelectMany(static path => path.Value!.AsObject().Select(operation => ($"{operation.Key.ToUpperInvariant()} {path.Key}", operation.Value!.AsObject())))
        .ToDictionary(StringComparer.Ordinal);

    /// <summary>What is wrong with the body by the schema, each with its place; empty when it fits.</summary>
    public IReadOnlyList<string> Faults(JsonNode schema, JsonNode? body)
    {
        var faults = new List<string>();
        Check(schema.AsObject(), body, "#", faults);
        return faults;
    }

    private void Check(JsonObject schema, JsonNode? value, string at, List<string> faults)
    {
        faults.AddRange(schema.Select(static part => part.Key).Except(s_known, StringComparer.Ordinal).Select(word => $"{at}: the schema says {word}, which this check does not know"));
        if ((string?)schema["$ref"] is { } reference)
        {
            Check(document["components"]!["schemas"]![reference.Split('/')[^1]]!.AsObject(), value, at, faults);
            return;
        }

        if (schema["anyOf"] is JsonArray choices && choices.All(choice => Faults(choice!, value).Count > 0))
        {
            faults.Add($"{at}: fits none of the choices");
        }

        var type = TypeOf(value);
        if (schema["type"] is { } wanted && !Types(wanted).Any(word => word == type || (word == "number" && type == "integer")))
        {
            faults.Add($"{at}: is {type}, not {wanted.ToJsonString()}");
            return;
        }

        switch (value)
        {
            case JsonObject members: CheckObject(schema, members, at, faults); break;
            case JsonArray items: CheckArray(schema, items, at, faults); break;
            case JsonValue scalar: CheckScalar(schema, scalar, type, at, faults); break;
            default: break;
        }
    }

    private void CheckObject(JsonObject schema, JsonObject members, string at, List<string> faults)
    {
        faults.AddRange((schema["required"]?.AsArray() ?? []).Select(static name => (string)name!).Where(name => !members.ContainsKey(name)).Select(name => $"{at}: {name} is missing"));
        var (named, patterns) = (schema["properties"]?.AsObject(), schema["patternProperties"]?.AsObject());
        foreach (var (name, value) in members)
        {
            if (named?[name] is { } known)
            {
                Check(known.AsObject(), value, $"{at}/{name}", faults);
            }
            else if (schema["additionalProperties"] is JsonValue closed && !(bool)closed && patterns?.Any(pattern => Matches(name, pattern.Key)) != true)
            {
                faults.Add($"{at}: {name} is not in the schema");
            }
        }

        if (members.Count < ((int?)schema["minProperties"] ?? 0))
        {
            faults.Add($"{at}: has too few members");
        }
    }

    private void CheckArray(JsonObject schema, JsonArray items, string at, List<string> faults)
    {
        if (items.Count < ((int?)schema["minItems"] ?? 0) || items.Count > ((int?)schema["maxItems"] ?? int.MaxValue))
        {
            faults.Add($"{at}: has {items.Count} items");
        }

        for (var i = 0; i < items.Count && schema["items"] is { } item; i++)
        {
            Check(item.AsObject(), items[i], $"{at}/{i}", faults);
        }
    }

    private static void CheckScalar(JsonObject schema, JsonValue value, string type, string at, List<string> faults)
    {
        var text = type == "string" ? (string)value! : null;
        if (schema["enum"] is JsonArray words && !words.Any(word => (string?)word == text))
        {
            faults.Add($"{at}: {value.ToJsonString()} is none of {words.ToJsonString()}");
        }

        if (text is not null && (((string?)schema["pattern"] is { } pattern && !Matches(text, pattern)) || text.Length > ((int?)schema["maxLength"] ?? int.MaxValue) || !Fits(text, (string?)schema["format"])))
        {
            faults.Add($"{at}: “{text}” has not the form it should");
        }

        if (type is "number" or "integer" && (Number(value) < Number(schema["minimum"] ?? double.MinValue) || Number(value) > Number(schema["maximum"] ?? double.MaxValue)))
        {
            faults.Add($"{at}: {value.ToJsonString()} is out of bounds");
        }
    }

    private static bool Fits(string text, string? format) => format switch
    {
        "date-time" => text.Length >= 20 && text[10] == 'T' && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "uuid" => Guid.TryParseExact(text, "D", out _),
        _ => true,
    };

    private static double Number(JsonNode value) => double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture);

    private static bool Matches(string text, string pattern) => Regex.IsMatch(text, pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(10));

    private static IEnumerable<string> Types(JsonNode wanted) => wanted is JsonArray several ? several.Select(static one => (string)one!) : [(string)wanted!];

    private static string TypeOf(JsonNode? value) => value?.GetValueKind() switch
    {
        null or System.Text.Json.JsonValueKind.Null => "null",
        System.Text.Json.JsonValueKind.Object => "object",
        System.Text.Json.JsonValueKind.Array => "array",
        System.Text.Json.JsonValueKind.String => "string",
        System.Text.Json.JsonValueKind.Number => value.ToJsonString().AsSpan().ContainsAny('.', 'e', 'E') ? "number" : "integer",
        _ => "boolean",
    };
}
