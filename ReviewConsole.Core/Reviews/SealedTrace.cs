using System.Globalization;
using System.Text.Json;
using ReviewConsole.Core.Gate;

namespace ReviewConsole.Core.Reviews;

/// <summary>
/// Reads a rule of the trace as <see cref="SealedGateWriter"/> wrote it: <c>[rule, matched, field, op, value, seen, holds, …]</c>, five members a condition. Every submit seals
/// the whole trace, and with named members it is larger than the proposal that it judges. Money is <c>{"money": "1250.00"}</c> (a number could lose digits), unknown
/// <c>{"unknown": true}</c>, missing null.
/// </summary>
internal static class SealedTrace
{
    private const int Head = 2;
    private const int PerCondition = 5;

    public static RuleTrace Read(JsonElement row)
    {
        var conditions = new ConditionTrace[(row.GetArrayLength() - Head) / PerCondition];
        for (var i = 0; i < conditions.Length; i++)
        {
            var at = Head + (i * PerCondition);
            conditions[i] = new ConditionTrace(
                row[at].GetString()!, row[at + 1].GetString()!, Value(row[at + 2]), Value(row[at + 3]),
                row[at + 4].ValueKind == JsonValueKind.Null ? null : row[at + 4].GetBoolean());
        }

        return new RuleTrace(row[0].GetString()!, row[1].GetBoolean(), conditions);
    }

    private static GateValue Value(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => GateValue.Of(json.GetBoolean()),
        JsonValueKind.Number => GateValue.Of(json.GetDecimal()),
        JsonValueKind.String => GateValue.Of(json.GetString()),
        JsonValueKind.Array => GateValue.Of([.. json.EnumerateArray().Select(Value)]),
        JsonValueKind.Object when json.TryGetProperty("money", out var money) =>
            GateValue.Money(decimal.Parse(money.GetString()!, NumberStyles.Number, CultureInfo.InvariantCulture)),
        JsonValueKind.Object => GateValue.Unknown,
        _ => GateValue.Missing,
    };
}
