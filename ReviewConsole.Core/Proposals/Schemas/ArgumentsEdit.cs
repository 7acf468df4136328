using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ReviewConsole.Core.Proposals.Schemas;

/// <summary>One change of the arguments. What is not changed is copied as it stands, numbers by their digits.</summary>
internal static class ArgumentsEdit
{
    private static readonly JsonWriterOptions s_options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The value at the end of <paramref name="steps"/> replaced; where nothing is there, it becomes the last of its object or list.</summary>
    public static JsonElement Set(JsonElement arguments, IReadOnlyList<string> steps, JsonElement value) => Rewrite(arguments, steps, value);

    /// <summary>Without the member or item at the end of <paramref name="steps"/>.</summary>
    public static JsonElement Remove(JsonElement arguments, IReadOnlyList<string> steps) => Rewrite(arguments, steps, null);

    /// <summary>As it is shown and typed: indented.</summary>
    public static string Text(JsonElement arguments)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, s_options))
        {
            arguments.WriteTo(writer);
        }

        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static JsonElement Rewrite(JsonElement root, IReadOnlyList<string> steps, JsonElement? value)
    {
        if (steps.Count == 0)
        {
            return value ?? root;
        }

        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, s_options))
        {
            Copy(root, steps, 0, value, writer);
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }

    private static void Copy(JsonElement here, IReadOnlyList<string> steps, int depth, JsonElement? value, Utf8JsonWriter writer)
    {
        var found = false;
        if (here.ValueKind == JsonValueKind.Object)
        {
            writer.WriteStartObject();
            foreach (var member in here.EnumerateObject())
            {
                var mine = member.NameEquals(steps[depth]);
                found |= mine;
                if (!mine || depth < steps.Count - 1 || value is not null)
                {
                    writer.WritePropertyName(member.Name);
                    Next(member.Value, mine);
                }
            }

            if (!found && depth == steps.Count - 1 && value is { } added)
            {
                writer.WritePropertyName(steps[depth]);
                added.WriteTo(writer);
            }

            writer.WriteEndObject();
        }
        else
        {
            writer.WriteStartArray();
            var index = 0;
            foreach (var item in here.EnumerateArray())
            {
                var mine = index++.ToString(CultureInfo.InvariantCulture) == steps[depth];
                found |= mine;
                if (!mine || depth < steps.Count - 1 || value is not null)
                {
                    Next(item, mine);
                }
            }

            if (!found && depth == steps.Count - 1 && value is { } added)
            {
                added.WriteTo(writer);
            }

            writer.WriteEndArray();
        }

        void Next(JsonElement child, bool mine)
        {
            if (!mine)
            {
                child.WriteTo(writer);
            }
            else if (depth == steps.Count - 1)
            {
                value!.Value.WriteTo(writer);
            }
            else
            {
                Copy(child, steps, depth + 1, value, writer);
            }
        }
    }
}
