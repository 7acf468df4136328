using System.Text.Json;
using System.Text.Json.Serialization;
using ReviewConsole.Core.Gate;

namespace ReviewConsole.Core.Reviews;

/// <summary>
/// A rule of the trace as it is sealed: <c>[rule, matched, field, op, value, seen, holds, …]</c>, five members a condition. Every submit seals the whole trace, and with
/// named members it is larger than the proposal that it judges.
/// </summary>
internal sealed class SealedTrace : JsonConverter<RuleTrace>
{
    private const int Head = 2;
    private const int PerCondition = 5;
    private static readonly GateValueConverter s_value = new();

    public override RuleTrace Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var row = JsonElement.ParseValue(ref reader);
        var conditions = new ConditionTrace[(row.GetArrayLength() - Head) / PerCondition];
        for (var i = 0; i < conditions.Length; i++)
        {
            var at = Head + (i * PerCondition);
            conditions[i] = new ConditionTrace(
                row[at].GetString()!, row[at + 1].GetString()!, GateValueConverter.Of(row[at + 2]), GateValueConverter.Of(row[at + 3]),
                row[at + 4].ValueKind == JsonValueKind.Null ? null : row[at + 4].GetBoolean());
        }

        return new RuleTrace(row[0].GetString()!, row[1].GetBoolean(), conditions);
    }

    public override void Write(Utf8JsonWriter writer, RuleTrace value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        writer.WriteStringValue(value.Rule);
        writer.WriteBooleanValue(value.Matched);
        foreach (var condition in value.Conditions)
        {
            writer.WriteStringValue(condition.Field);
            writer.WriteStringValue(condition.Op);
            s_value.Write(writer, condition.Value, options);
            s_value.Write(writer, condition.Seen, options);
            if (condition.Holds is { } holds)
            {
                writer.WriteBooleanValue(holds);
            }
            else
            {
                writer.WriteNullValue();
            }
        }

        writer.WriteEndArray();
    }
}
