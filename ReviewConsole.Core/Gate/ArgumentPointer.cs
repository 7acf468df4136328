using System.Globalization;
using System.Text.Json;
using ReviewConsole.Core.Ledger;

namespace ReviewConsole.Core.Gate;

/// <summary>RFC 6901 pointers into the arguments.</summary>
internal static class ArgumentPointer
{
    /// <summary>True for <c>/amount</c> or <c>/payment/0/amount</c>; the whole of the arguments is not meant.</summary>
    public static bool IsValid(string pointer) => pointer.Length > 1 && pointer[0] == '/';

    /// <summary>The steps of a pointer, for whoever goes its way more than once.</summary>
    public static string[] Steps(string pointer) =>
        [.. pointer[1..].Split('/').Select(static step => step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))];

    public static JsonElement? Find(JsonElement value, string? pointer) => pointer is null ? null : Find(value, Steps(pointer));

    public static JsonElement? Find(JsonElement value, string[] steps)
    {
        foreach (var name in steps)
        {
            switch (value.ValueKind)
            {
                case JsonValueKind.Object when value.TryGetProperty(name, out var member):
                    value = member;
                    break;
                case JsonValueKind.Array when int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < value.GetArrayLength():
                    value = value[index];
                    break;
                default:
                    return null;
            }
        }

        return value;
    }

    /// <summary>The text there, or the number as it is sealed.</summary>
    public static string? Text(JsonElement arguments, string? pointer) => Find(arguments, pointer) switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Number } number => CanonicalNumber.Text(number),
        _ => null,
    };

    /// <summary>A number, or a text that is a plain decimal number.</summary>
    public static decimal? Money(JsonElement? value) => value switch
    {
        { ValueKind: JsonValueKind.Number } number when number.TryGetDecimal(out var amount) => amount,
        { ValueKind: JsonValueKind.String } text when decimal.TryParse(
            text.GetString(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) => amount,
        _ => null,
    };

    /// <summary>Any value as a condition sees it.</summary>
    public static GateValue Value(JsonElement? found) => found is not { } value ? GateValue.Missing : value.ValueKind switch
    {
        JsonValueKind.Null => GateValue.Missing,
        JsonValueKind.True or JsonValueKind.False => GateValue.Of(value.GetBoolean()),
        JsonValueKind.Number => value.TryGetDecimal(out var number) ? GateValue.Of(number) : GateValue.Of(CanonicalNumber.Text(value)),
        JsonValueKind.String => GateValue.Of(value.GetString()),
        // A list that holds what nobody here can read may hold anything.
        JsonValueKind.Array when value.EnumerateArray().All(static item => item.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array)) =>
            GateValue.Of([.. value.EnumerateArray().Select(static item => Value(item))]),
        _ => GateValue.Unknown,
    };
}
