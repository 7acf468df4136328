using System.Text.Json;

namespace ReviewConsole.Core.Proposals.Schemas;

[Flags]
internal enum SchemaTypes
{
    None = 0,
    Null = 1,
    Boolean = 2,
    Integer = 4,
    Number = 8,
    String = 16,
    Array = 32,
    Object = 64,
    Any = Null | Boolean | Integer | Number | String | Array | Object,
}

internal enum SchemaFormat
{
    None,
    Date,
    Email,
}

/// <summary>What a schema says of one place, as far as it is checked here. Everything that it does not say is allowed.</summary>
internal sealed record SchemaNode
{
    public static readonly SchemaNode Anything = new();

    /// <summary>The schema <c>false</c>: no value will do.</summary>
    public static readonly SchemaNode Nothing = new() { Types = SchemaTypes.None };

    public SchemaTypes Types { get; init; } = SchemaTypes.Any;

    public string? Title { get; init; }

    public string? Description { get; init; }

    /// <summary>In the order of the schema: that is the order of the form.</summary>
    public OrderedDictionary<string, SchemaNode> Properties { get; init; } = new(StringComparer.Ordinal);

    public IReadOnlySet<string> Required { get; init; } = new HashSet<string>();

    /// <summary>Of members without a property; null allows any.</summary>
    public SchemaNode? Additional { get; init; }

    public SchemaNode? Items { get; init; }

    /// <summary>The only values that will do; <c>const</c> is one of them.</summary>
    public SchemaChoices? Choices { get; init; }

    public JsonElement? Default { get; init; }

    public JsonDecimal? Minimum { get; init; }

    public JsonDecimal? Maximum { get; init; }

    public JsonDecimal? Above { get; init; }

    public JsonDecimal? Below { get; init; }

    public JsonDecimal? MultipleOf { get; init; }

    /// <summary>In code points, as JSON Schema counts.</summary>
    public int? MinLength { get; init; }

    public int? MaxLength { get; init; }

    public int? MinItems { get; init; }

    public int? MaxItems { get; init; }

    public SchemaPattern? Pattern { get; init; }

    public SchemaFormat Format { get; init; }

    /// <summary>A pointer into the schema (<c>#/$defs/address</c>) whose rules hold as well.</summary>
    public string? Reference { get; init; }

    public SchemaNode? Property(string name) => Properties.GetValueOrDefault(name);
}
