using System.Text.Json;

namespace ReviewConsole.Core.Proposals.Schemas;

/// <summary>Reads a schema of a stranger: within bounds, once for each place, and without believing that a keyword has the right shape.</summary>
/// <param name="timed">Of patterns: <see cref="SchemaPattern.TryRead"/>.</param>
internal sealed class SchemaReader(JsonElement root, bool timed)
{
    private const int MostNodes = 1_000;
    private const int MostDepth = 32;
    private const int MostChoices = 500;
    private const int MostNamed = 50;

    private readonly Dictionary<string, SchemaNode> _definitions = new(StringComparer.Ordinal);
    private readonly Queue<string> _wanted = new();
    private readonly List<UncheckedKeyword> _notChecked = [];
    private readonly List<PlacedPattern> _patterns = [];
    private int _nodes;

    public IReadOnlyDictionary<string, SchemaNode> Definitions => _definitions;

    public IReadOnlyList<UncheckedKeyword> NotChecked => _notChecked;

    public IReadOnlyList<PlacedPattern> Patterns => _patterns;

    public SchemaTrouble Trouble { get; private set; }

    public SchemaNode Read()
    {
        var node = Node(root, Place.Root, 0);
        while (Trouble == SchemaTrouble.None && _wanted.TryDequeue(out var pointer))
        {
            if (!_definitions.ContainsKey(pointer) && Find(pointer) is { } target)
            {
                _definitions[pointer] = Node(target, Steps(pointer).Aggregate(Place.Root, static (place, step) => place.At(step)), 0);
            }
        }

        return node;
    }

    private SchemaNode Node(JsonElement schema, Place at, int depth)
    {
        if (Trouble != SchemaTrouble.None || ++_nodes > MostNodes || depth > MostDepth)
        {
            Trouble = Trouble != SchemaTrouble.None ? Trouble : depth > MostDepth ? SchemaTrouble.TooDeep : SchemaTrouble.TooLarge;
            return SchemaNode.Anything;
        }

        switch (schema.ValueKind)
        {
            case JsonValueKind.False:
                return SchemaNode.Nothing;
            case JsonValueKind.Object:
                var node = SchemaNode.Anything;
                foreach (var keyword in schema.EnumerateObject())
                {
                    node = Keyword(node, keyword, at, depth) ?? Name(node, keyword.Name, at);
                }

                return node;
            case JsonValueKind.True:
                return SchemaNode.Anything;
            default:
                return Name(SchemaNode.Anything, "schema", at);
        }
    }

    // Null when the keyword is unknown or has another shape than it should have.
    private SchemaNode? Keyword(SchemaNode node, JsonProperty keyword, Place at, int depth)
    {
        var value = keyword.Value;
        switch (keyword.Name)
        {
            case "type": return Types(value) is { } types ? node with { Types = types } : null;
            case "title": return value.ValueKind == JsonValueKind.String ? node with { Title = value.GetString() } : null;
            case "description": return value.ValueKind == JsonValueKind.String ? node with { Description = value.GetString() } : null;
            case "properties": return Properties(value, at.At("properties"), depth) is { } properties ? node with { Properties = properties } : null;
            case "required": return Names(value) is { } names ? node with { Required = names } : null;
            case "additionalProperties": return IsSchema(value) ? node with { Additional = Node(value, at.At(keyword.Name), depth + 1) } : null;
            case "items": return IsSchema(value) ? node with { Items = Node(value, at.At(keyword.Name), depth + 1) } : null;
            case "enum": return value.ValueKind == JsonValueKind.Array && value.GetArrayLength() <= MostChoices ? Choose(node, new SchemaChoices([.. value.EnumerateArray()])) : null;
            case "const": return Choose(node, new SchemaChoices([value]));
            case "default": return node with { Default = value };
            case "minimum": return JsonDecimal.Of(value) is { } minimum ? node with { Minimum = minimum } : null;
            case "maximum": return JsonDecimal.Of(value) is { } maximum ? node with { Maximum = maximum } : null;
            case "exclusiveMinimum": return JsonDecimal.Of(value) is { } above ? node with { Above = above } : null;
            case "exclusiveMaximum": return JsonDecimal.Of(value) is { } below ? node with { Below = below } : null;
            case "multipleOf": return JsonDecimal.Of(value) is { } unit && unit.CompareTo(default) > 0 ? node with { MultipleOf = unit } : null;
            case "minLength": return Count(value) is { } minLength ? node with { MinLength = minLength } : null;
            case "maxLength": return Count(value) is { } maxLength ? node with { MaxLength = maxLength } : null;
            case "minItems": return Count(value) is { } minItems ? node with { MinItems = minItems } : null;
            case "maxItems": return Count(value) is { } maxItems ? node with { MaxItems = maxItems } : null;
            case "pattern": return Pattern(value, at) is { } pattern ? node with { Pattern = pattern } : null;
            case "format": return Format(value) is { } format ? node with { Format = format } : null;
            case "$ref": return Reference(value) is { } reference ? node with { Reference = reference } : null;
            case "$schema" or "$id" or "$comment" or "$defs" or "definitions" or "examples" or "deprecated" or "readOnly" or "writeOnly": return node;
            default: return keyword.Name.StartsWith("x-", StringComparison.Ordinal) ? node : null;
        }
    }

    private SchemaNode Name(SchemaNode node, string keyword, Place at)
    {
        if (_notChecked.Count < MostNamed)
        {
            _notChecked.Add(new UncheckedKeyword(keyword.Length <= 60 ? keyword : keyword[..60] + "…", at.ToString()));
        }

        return node;
    }

    private OrderedDictionary<string, SchemaNode>? Properties(JsonElement value, Place at, int depth)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var properties = new OrderedDictionary<string, SchemaNode>(StringComparer.Ordinal);
        foreach (var property in value.EnumerateObject())
        {
            properties.TryAdd(property.Name, Node(property.Value, at.At(property.Name), depth + 1));
            if (Trouble != SchemaTrouble.None)
            {
                break;
            }
        }

        return properties;
    }

    // Both enum and const: what both allow.
    private static SchemaNode Choose(SchemaNode node, SchemaChoices choices) => node with
    {
        Choices = node.Choices is null ? choices : new SchemaChoices([.. node.Choices.Values.Where(choices.Contains)]),
    };

    private static SchemaTypes? Types(JsonElement value)
    {
        var types = SchemaTypes.None;
        foreach (var type in value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Select(static item => item) : [value])
        {
            if (type.ValueKind != JsonValueKind.String || TypeOf(type.GetString()!) is not { } one)
            {
                return null;
            }

            types |= one;
        }

        return types == SchemaTypes.None ? null : types;
    }

    private static SchemaTypes? TypeOf(string word) => word switch
    {
        "null" => SchemaTypes.Null,
        "boolean" => SchemaTypes.Boolean,
        "integer" => SchemaTypes.Integer,
        "number" => SchemaTypes.Number | SchemaTypes.Integer,
        "string" => SchemaTypes.String,
        "array" => SchemaTypes.Array,
        "object" => SchemaTypes.Object,
        _ => null,
    };

    private SchemaPattern? Pattern(JsonElement value, Place at)
    {
        var pattern = value.ValueKind == JsonValueKind.String ? SchemaPattern.TryRead(value.GetString()!, timed) : null;
        if (pattern is not null)
        {
            _patterns.Add(new PlacedPattern(pattern, at.ToString()));
        }

        return pattern;
    }

    private static SchemaFormat? Format(JsonElement value) => value.ValueKind != JsonValueKind.String ? null : value.GetString() switch
    {
        "date" => SchemaFormat.Date,
        "email" => SchemaFormat.Email,
        _ => null,
    };

    private static HashSet<string>? Names(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array && value.GetArrayLength() <= MostNodes && value.EnumerateArray().All(static item => item.ValueKind == JsonValueKind.String)
            ? value.EnumerateArray().Select(static item => item.GetString()!).ToHashSet(StringComparer.Ordinal)
            : null;

    private static int? Count(JsonElement value) =>
        JsonDecimal.Of(value) is { IsWhole: true } number && number.CompareTo(default) >= 0 && value.TryGetDouble(out var count) && count <= int.MaxValue ? (int)count : null;

    private static bool IsSchema(JsonElement value) => value.ValueKind is JsonValueKind.Object or JsonValueKind.True or JsonValueKind.False;

    private string? Reference(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String || value.GetString() is not { } pointer || Find(pointer) is null)
        {
            return null;
        }

        _wanted.Enqueue(pointer);
        return pointer;
    }

    private JsonElement? Find(string pointer)
    {
        if (!pointer.StartsWith('#') || (pointer.Length > 1 && pointer[1] != '/'))
        {
            return null;
        }

        var found = root;
        foreach (var step in Steps(pointer))
        {
            if (found.ValueKind != JsonValueKind.Object || !found.TryGetProperty(step, out found))
            {
                return null;
            }
        }

        return IsSchema(found) ? found : null;
    }

    /// <summary>The names that a pointer in a fragment leads over.</summary>
    public static IEnumerable<string> Steps(string pointer) => pointer.Split('/').Skip(1)
        .Select(static step => Uri.UnescapeDataString(step).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal));
}
