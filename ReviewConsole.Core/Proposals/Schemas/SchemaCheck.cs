using System.Globalization;
using System.Net.Mail;
using System.Text.Json;
using ReviewConsole.Core.Ledger;

namespace ReviewConsole.Core.Proposals.Schemas;

/// <summary>Compares arguments with a schema.</summary>
internal static class SchemaCheck
{
    private const int MostListed = 200;

    /// <summary>What does not fit, in the order of the arguments; <paramref name="arguments"/> holds only numbers that RFC 8785 can carry.</summary>
    public static IReadOnlyList<SchemaFault> Of(ArgumentsSchema schema, JsonElement arguments)
    {
        var faults = new SchemaFaults();
        Value(schema, schema.Root, arguments, Place.Root.At("arguments"), faults);
        return faults.Items;
    }

    /// <summary>Equal as JSON Schema has it: by what RFC 8785 writes, so 1 is 1.0 and the order of members says nothing.</summary>
    public static bool Same(JsonElement a, JsonElement b) => a.ValueKind == b.ValueKind && CanonicalJson.Of(a).AsSpan().SequenceEqual(CanonicalJson.Of(b));

    private static void Value(ArgumentsSchema schema, SchemaNode start, JsonElement value, Place at, SchemaFaults faults)
    {
        foreach (var node in schema.All(start))
        {
            if (faults.Full || !faults.Visit(value, node.Choices is not null || value.ValueKind is JsonValueKind.String or JsonValueKind.Number))
            {
                return;
            }

            if (node.Types == SchemaTypes.None)
            {
                faults.Add(new SchemaFault(at, SchemaRule.Nothing));
            }
            else if ((node.Types & TypesOf(value)) == 0)
            {
                // What else it says is about another kind of value.
                faults.Add(new SchemaFault(at, SchemaRule.Type, Types: node.Types));
            }
            else if (node.Choices is { } choices && !choices.Contains(value))
            {
                faults.Add(new SchemaFault(at, SchemaRule.Choice, Listed(choices)));
            }
            else
            {
                Content(schema, node, value, at, faults);
            }
        }
    }

    private static void Content(ArgumentsSchema schema, SchemaNode node, JsonElement value, Place at, SchemaFaults faults)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                Text(node, value.GetString()!, at, faults);
                break;
            case JsonValueKind.Number:
                Number(node, value, at, faults);
                break;
            case JsonValueKind.Array:
                var count = value.GetArrayLength();
                Limit(node.MinItems > count, SchemaRule.MinItems, node.MinItems);
                Limit(node.MaxItems < count, SchemaRule.MaxItems, node.MaxItems);
                if (node.Items is { } items)
                {
                    var index = 0;
                    foreach (var item in value.EnumerateArray().TakeWhile(_ => !faults.Full))
                    {
                        Value(schema, items, item, at.At(index++), faults);
                    }
                }

                break;
            case JsonValueKind.Object:
                Members(schema, node, value, at, faults);
                break;
        }

        void Limit(bool broken, SchemaRule rule, int? limit)
        {
            if (broken)
            {
                faults.Add(new SchemaFault(at, rule, limit!.Value.ToString(CultureInfo.InvariantCulture)));
            }
        }
    }

    private static void Members(ArgumentsSchema schema, SchemaNode node, JsonElement value, Place at, SchemaFaults faults)
    {
        var present = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
        {
            if (faults.Full || !faults.Visit(value, whole: false))
            {
                return;
            }

            present.Add(member.Name);
            if (node.Property(member.Name) is { } property)
            {
                Value(schema, property, member.Value, at.At(member.Name), faults);
            }
            else if (node.Additional == SchemaNode.Nothing)
            {
                faults.Add(new SchemaFault(at.At(member.Name), SchemaRule.Additional));
            }
            else if (node.Additional is { } additional)
            {
                Value(schema, additional, member.Value, at.At(member.Name), faults);
            }
        }

        foreach (var name in node.Required.Where(name => !present.Contains(name)))
        {
            faults.Add(new SchemaFault(at.At(name), SchemaRule.Required));
        }
    }

    private static void Text(SchemaNode node, string text, Place at, SchemaFaults faults)
    {
        var length = text.EnumerateRunes().Count();
        Check(node.MinLength > length, SchemaRule.MinLength, node.MinLength);
        Check(node.MaxLength < length, SchemaRule.MaxLength, node.MaxLength);
        if (node.Pattern is { } pattern && !pattern.Matches(text))
        {
            faults.Add(new SchemaFault(at, SchemaRule.Pattern, pattern.Source));
        }

        Check(node.Format == SchemaFormat.Date && !DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _), SchemaRule.Date, null);
        Check(node.Format == SchemaFormat.Email && !IsEmail(text), SchemaRule.Email, null);

        void Check(bool broken, SchemaRule rule, int? limit)
        {
            if (broken)
            {
                faults.Add(new SchemaFault(at, rule, limit?.ToString(CultureInfo.InvariantCulture) ?? ""));
            }
        }
    }

    private static void Number(SchemaNode node, JsonElement value, Place at, SchemaFaults faults)
    {
        if (JsonDecimal.Of(value) is not { } number)
        {
            return;
        }

        Check(node.Minimum is { } minimum && number.CompareTo(minimum) < 0, SchemaRule.Minimum, node.Minimum);
        Check(node.Maximum is { } maximum && number.CompareTo(maximum) > 0, SchemaRule.Maximum, node.Maximum);
        Check(node.Above is { } above && number.CompareTo(above) <= 0, SchemaRule.Above, node.Above);
        Check(node.Below is { } below && number.CompareTo(below) >= 0, SchemaRule.Below, node.Below);
        Check(node.MultipleOf is { } unit && !number.IsMultipleOf(unit), SchemaRule.MultipleOf, node.MultipleOf);

        void Check(bool broken, SchemaRule rule, JsonDecimal? limit)
        {
            if (broken)
            {
                faults.Add(new SchemaFault(at, rule, limit!.Value.Text));
            }
        }
    }

    // A mailbox alone: no display name, no spaces, a domain with a dot or a single word.
    private static bool IsEmail(string text) => text.Length <= 254 && !text.Any(static c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '<' or '>' or '"' or ',' or ';')
        && MailAddress.TryCreate(text, out var address) && address.Address == text;

    private static SchemaTypes TypesOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => SchemaTypes.Null,
        JsonValueKind.True or JsonValueKind.False => SchemaTypes.Boolean,
        JsonValueKind.Number => JsonDecimal.Of(value) is { IsWhole: false } ? SchemaTypes.Number : SchemaTypes.Number | SchemaTypes.Integer,
        JsonValueKind.String => SchemaTypes.String,
        JsonValueKind.Array => SchemaTypes.Array,
        _ => SchemaTypes.Object,
    };

    private static string Listed(SchemaChoices choices)
    {
        var text = choices.ToString();
        return text.Length <= MostListed ? text : text[..MostListed] + "…";
    }
}
