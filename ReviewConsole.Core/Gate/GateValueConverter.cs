using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ReviewConsole.Core.Gate;

/// <summary>
/// A value as it is sealed, so that it comes back as it was: flags, numbers, texts and lists as JSON has them, money as <c>{"money": "1250.00"}</c> (a
/// number could lose digits), unknown as <c>{"unknown": true}</c>, missing as null.
/// </summary>
internal sealed class GateValueConverter : JsonConverter<GateValue>
{
    public override bool HandleNull => true;

    public override GateValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Of(JsonElement.ParseValue(ref reader));

    public override void Write(Utf8JsonWriter writer, GateValue value, JsonSerializerOptions options)
    {
        switch (value.Kind)
        {
            case GateValueKind.Money:
                writer.WriteStartObject();
                writer.WritePropertyName("money");
                value.Write(writer);
                writer.WriteEndObject();
                break;
            case GateValueKind.Unknown:
                writer.WriteStartObject();
                writer.WriteBoolean("unknown", true);
                writer.WriteEndObject();
                break;
            case GateValueKind.List:
                writer.WriteStartArray();
                foreach (var item in value.Items!)
                {
                    Write(writer, item, options);
                }

                writer.WriteEndArray();
                break;
            default:
                value.Write(writer);
                break;
        }
    }

    /// <summary>The value that was written so.</summary>
    public static GateValue Of(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => GateValue.Of(json.GetBoolean()),
        JsonValueKind.Number => GateValue.Of(json.GetDecimal()),
        JsonValueKind.String => GateValue.Of(json.GetString()),
        JsonValueKind.Array => GateValue.Of([.. json.EnumerateArray().Select(Of)]),
        JsonValueKind.Object when json.TryGetProperty("money", out var money) => GateValue.Money(decimal.Parse(money.GetString()!, NumberStyles.Number, CultureInfo.InvariantCulture)),
        JsonValueKind.Object => GateValue.Unknown,
        _ => GateValue.Missing,
    };
}
