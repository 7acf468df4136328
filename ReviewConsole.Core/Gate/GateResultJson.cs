using System.Text.Json;

namespace ReviewConsole.Core.Gate;

/// <summary>The <c>gate</c> object of WIRE.md §1.</summary>
internal static class GateResultJson
{
    // Encoded once: an answer names them a hundred times.
    private static readonly JsonEncodedText s_rule = JsonEncodedText.Encode("rule"), s_matched = JsonEncodedText.Encode("matched"), s_conditions = JsonEncodedText.Encode("conditions"),
        s_field = JsonEncodedText.Encode("field"), s_op = JsonEncodedText.Encode("op"), s_value = JsonEncodedText.Encode("value"), s_seen = JsonEncodedText.Encode("seen"),
        s_holds = JsonEncodedText.Encode("holds");

    /// <summary>
    /// Writes <c>{verdict, policy: {name, version}, risk, approvals, skills?: […], reasons: […], trace: [{rule, matched, conditions: [{field, op, value, seen?, holds}]}]}</c>.
    /// A condition that nobody can know does not hold and has no <c>seen</c>; so it is with the draw of the audit sample and with calibrated
    /// signals, of which only that they hold is said, and only where their rule has matched: neither the draw nor what people approved is a source's to know.
    /// </summary>
    /// <param name="withTrace">Lists leave it out.</param>
    public static void WriteTo(this GateResult gate, Utf8JsonWriter writer, bool withTrace = true)
    {
        writer.WriteStartObject();
        writer.WriteString("verdict", gate.Verdict.Wire());
        writer.WriteStartObject("policy");
        writer.WriteString("name", gate.Policy.Name);
        writer.WriteNumber("version", gate.Policy.Version);
        writer.WriteEndObject();
        writer.WriteString("risk", gate.Risk.Wire());
        writer.WriteNumber("approvals", gate.Approvals);
        if (gate.Skills is { } skills)
        {
            writer.WriteStartArray("skills");
            foreach (var skill in skills)
            {
                writer.WriteStringValue(skill);
            }

            writer.WriteEndArray();
        }

        writer.WriteStartArray("reasons");
        foreach (var reason in gate.Reasons)
        {
            writer.WriteStringValue(reason);
        }

        writer.WriteEndArray();
        if (withTrace)
        {
            WriteTrace(gate, writer);
        }

        writer.WriteEndObject();
    }

    private static void WriteTrace(GateResult gate, Utf8JsonWriter writer)
    {
        writer.WriteStartArray("trace");
        foreach (var rule in gate.Trace)
        {
            writer.WriteStartObject();
            writer.WriteString(s_rule, rule.Rule);
            writer.WriteBoolean(s_matched, rule.Matched);
            writer.WriteStartArray(s_conditions);
            foreach (var condition in rule.Conditions)
            {
                Write(writer, GateField.IsHiddenFromSources(condition.Field) ? condition with { Seen = GateValue.Unknown, Holds = rule.Matched && condition.Holds == true } : condition);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>The object as UTF-8.</summary>
    public static byte[] ToJson(this GateResult gate)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            gate.WriteTo(writer);
        }

        return buffer.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, ConditionTrace condition)
    {
        writer.WriteStartObject();
        writer.WriteString(s_field, condition.Field);
        writer.WriteString(s_op, condition.Op);
        writer.WritePropertyName(s_value);
        condition.Value.Write(writer);
        if (condition.Seen.Kind is not (GateValueKind.Missing or GateValueKind.Unknown))
        {
            writer.WritePropertyName(s_seen);
            condition.Seen.Write(writer);
        }

        writer.WriteBoolean(s_holds, condition.Holds == true);
        writer.WriteEndObject();
    }
}
