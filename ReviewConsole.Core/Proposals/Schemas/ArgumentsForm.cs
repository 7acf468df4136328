using System.Globalization;
using System.Text.Json;

namespace ReviewConsole.Core.Proposals.Schemas;

/// <summary>
/// Arguments as a form: the properties of the schema in its order, then what was sent beside them. Every entry is a change of the JSON, so form and JSON are
/// two looks at the same text.
/// </summary>
internal static class ArgumentsForm
{
    /// <summary>More inputs than this nobody fills in; the JSON is easier to read.</summary>
    public const int MostParts = 300;

    private const int MostDepth = 8;

    /// <summary>The arguments as one group; null when they, or the schema, make no form.</summary>
    /// <param name="proposed">As the source sent them: where the schema leaves the kind open, a value keeps the kind it came with while it is typed.</param>
    public static FormPart? Of(ArgumentsSchema schema, JsonElement arguments, JsonElement proposed)
    {
        if (schema.Trouble != SchemaTrouble.None || schema.Together(schema.Root).Properties.Count == 0)
        {
            return null;
        }

        var count = 0;
        var form = Part(schema, schema.Root, arguments, proposed, [], Place.Root.At("arguments"), "", true, false, ref count);
        return count <= MostParts && form.Kind == FormKind.Group ? form : null;
    }

    private static FormPart Part(
        ArgumentsSchema schema, SchemaNode start, JsonElement? value, JsonElement? was, IReadOnlyList<string> steps, Place at, string name, bool required, bool removable, ref int count)
    {
        var shape = schema.Together(start);
        var kind = steps.Count > MostDepth || ++count > MostParts ? FormKind.Json : KindOf(shape, value, was);
        var part = new FormPart(
            steps, at.ToString(), name, kind, shape, value, kind is FormKind.Text or FormKind.Number && value is { } some ? Text(some) : "", required, removable && value is not null,
            kind switch
            {
                FormKind.Group when value is { } members => Members(schema, shape, members, was, steps, at, ref count),
                FormKind.List when value is { } items => Items(schema, shape, items, was, steps, at, ref count),
                _ => [],
            });
        return kind switch
        {
            FormKind.Choice => Choosing(part, was),
            FormKind.List when steps.Count < MostDepth => part with { NewItem = NewItem(schema, shape) },
            _ => part,
        };
    }

    private static JsonElement NewItem(ArgumentsSchema schema, SchemaNode list)
    {
        var none = 0;
        return Part(schema, list.Items ?? SchemaNode.Anything, null, null, [], Place.Root, "", true, false, ref none).Initial;
    }

    private static List<FormPart> Members(ArgumentsSchema schema, SchemaNode shape, JsonElement value, JsonElement? was, IReadOnlyList<string> steps, Place at, ref int count)
    {
        var parts = new List<FormPart>();
        if (IsTooMuch(value.GetPropertyCount(), ref count))
        {
            return parts;
        }

        foreach (var (name, property) in shape.Properties)
        {
            var required = shape.Required.Contains(name);
            parts.Add(Part(schema, property, Member(value, name), Member(was, name), [.. steps, name], at.At(name), name, required, !required, ref count));
        }

        foreach (var member in value.EnumerateObject().Where(member => shape.Property(member.Name) is null))
        {
            parts.Add(Part(schema, shape.Additional ?? SchemaNode.Anything, member.Value, Member(was, member.Name), [.. steps, member.Name], at.At(member.Name), member.Name, false, true, ref count));
        }

        return parts;
    }

    private static List<FormPart> Items(ArgumentsSchema schema, SchemaNode shape, JsonElement value, JsonElement? was, IReadOnlyList<string> steps, Place at, ref int count)
    {
        var parts = new List<FormPart>();
        if (IsTooMuch(value.GetArrayLength(), ref count))
        {
            return parts;
        }

        var before = was is { ValueKind: JsonValueKind.Array } list ? list : JsonLiterals.EmptyArray;
        foreach (var item in value.EnumerateArray())
        {
            var index = parts.Count.ToString(CultureInfo.InvariantCulture);
            parts.Add(Part(schema, shape.Items ?? SchemaNode.Anything, item, parts.Count < before.GetArrayLength() ? before[parts.Count] : null, [.. steps, index], at.At(parts.Count), index, true, true, ref count));
        }

        return parts;
    }

    // Each child is a part at least: what will be too many is not begun.
    private static bool IsTooMuch(int children, ref int count)
    {
        count += count + children > MostParts ? MostParts : 0;
        return count > MostParts;
    }

    private static JsonElement? Member(JsonElement? of, string name) => of is { ValueKind: JsonValueKind.Object } members && members.TryGetProperty(name, out var member) ? member : null;

    private static FormKind KindOf(SchemaNode shape, JsonElement? value, JsonElement? was)
    {
        if (value is { ValueKind: JsonValueKind.Null } && shape.Types != SchemaTypes.Null)
        {
            return FormKind.Null;
        }

        var kind = shape.Choices is { } choices && choices.Values.All(IsScalar) ? FormKind.Choice : (shape.Types & ~SchemaTypes.Null) switch
        {
            SchemaTypes.Object => FormKind.Group,
            SchemaTypes.Array => FormKind.List,
            SchemaTypes.String => FormKind.Text,
            SchemaTypes.Number or SchemaTypes.Integer or (SchemaTypes.Number | SchemaTypes.Integer) => FormKind.Number,
            SchemaTypes.Boolean => FormKind.Choice,
            _ => OfValue(shape, value, was),
        };
        return value is { } some && !Fits(kind, some) ? FormKind.Json : kind;
    }

    private static FormKind OfValue(SchemaNode shape, JsonElement? value, JsonElement? was) => value?.ValueKind switch
    {
        null or JsonValueKind.Object when shape.Properties.Count > 0 => FormKind.Group,
        null or JsonValueKind.Array when shape.Items is not null => FormKind.List,
        // "900." is a number on its way to another.
        JsonValueKind.String when was is { ValueKind: JsonValueKind.Number } => FormKind.Number,
        JsonValueKind.String => FormKind.Text,
        JsonValueKind.Number => FormKind.Number,
        JsonValueKind.True or JsonValueKind.False => FormKind.Choice,
        _ => FormKind.Json,
    };

    // A value of another kind than the schema wants is shown where an input can show it.
    private static bool Fits(FormKind kind, JsonElement value) => kind switch
    {
        FormKind.Group => value.ValueKind == JsonValueKind.Object,
        FormKind.List => value.ValueKind == JsonValueKind.Array,
        FormKind.Text => value.ValueKind == JsonValueKind.String && IsTypable(value.GetString()!),
        FormKind.Number => value.ValueKind == JsonValueKind.Number || (value.ValueKind == JsonValueKind.String && value.GetString()!.All(static c => !char.IsControl(c))),
        FormKind.Choice => IsScalar(value),
        _ => true,
    };

    /// <summary>True for a text that an input gives back as it got it: no control characters, one kind of line end.</summary>
    private static bool IsTypable(string text)
    {
        var plain = text.Replace("\r\n", "\n", StringComparison.Ordinal);
        return !plain.Any(static c => char.IsControl(c) && c is not ('\n' or '\t')) && (plain.Length == text.Length || plain.Count('\n') == text.Length - plain.Length);
    }

    private static bool IsScalar(JsonElement value) => value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.Undefined);

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private static FormPart Choosing(FormPart part, JsonElement? was)
    {
        var allowed = part.Shape.Choices ?? SchemaChoices.Booleans;
        // What the source sent can be chosen again, and stays where it was in the list.
        JsonElement[] sent = was is { } one && IsScalar(one) && !allowed.Contains(one) ? [one] : [];
        if (part.Value is not { } value)
        {
            return part with { Choices = [.. sent, .. allowed.Values] };
        }

        var chosen = sent is [var own] && SchemaCheck.Same(own, value) ? 0 : allowed.IndexOf(value) is >= 0 and var index ? index + sent.Length : -1;
        if (chosen < 0)
        {
            return part with { Choices = [value, .. sent, .. allowed.Values], Chosen = 0, Text = "0" };
        }

        // The value that is there keeps its own form: 1.0 does not become the schema's 1 by being looked at.
        JsonElement[] choices = [.. sent, .. allowed.Values];
        choices[chosen] = value;
        return part with { Choices = choices, Chosen = chosen, Text = chosen.ToString(CultureInfo.InvariantCulture) };
    }
}
