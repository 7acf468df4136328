using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ReviewConsole.Client;

/// <summary>
/// JSON canonicalisation of RFC 8785: members sorted by UTF-16 code units, no white space, numbers as ECMAScript prints them. Stricter than the RFC where
/// silence would change a value: a number whose decimal value is not the one that would be written (9007199254740993, 1e400) is refused.
/// </summary>
public static class CanonicalJson
{
    /// <summary>The canonical UTF-8 bytes.</summary>
    /// <exception cref="CanonicalJsonException">A number that cannot be carried, a lone surrogate or a duplicate member.</exception>
    public static byte[] Of(JsonElement value)
    {
        var output = new ArrayBufferWriter<byte>(256);
        Write(value, output, "");
        return output.WrittenSpan.ToArray();
    }

    private static void Write(JsonElement value, ArrayBufferWriter<byte> output, string at)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(value, output, at);
                break;
            case JsonValueKind.Array:
                WriteArray(value, output, at);
                break;
            case JsonValueKind.String:
                WriteString(TextOf(value, at), output);
                break;
            case JsonValueKind.Number:
                Ascii(Number(value.GetRawText(), at), output);
                break;
            case JsonValueKind.True:
                Ascii("true", output);
                break;
            case JsonValueKind.False:
                Ascii("false", output);
                break;
            case JsonValueKind.Null:
                Ascii("null", output);
                break;
            default:
                throw new CanonicalJsonException(at, "There is no value here.");
        }
    }

    private static void WriteObject(JsonElement value, ArrayBufferWriter<byte> output, string at)
    {
        var members = new List<(string Name, JsonElement Value)>();
        foreach (var property in value.EnumerateObject())
        {
            members.Add((NameOf(property, at), property.Value));
        }

        members.Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        Ascii("{", output);
        for (var i = 0; i < members.Count; i++)
        {
            var (name, member) = members[i];
            var here = $"{at}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
            if (i > 0)
            {
                if (string.Equals(name, members[i - 1].Name, StringComparison.Ordinal))
                {
                    throw new CanonicalJsonException(here, "The member occurs twice.");
                }

                Ascii(",", output);
            }

            WriteString(name, output);
            Ascii(":", output);
            Write(member, output, here);
        }

        Ascii("}", output);
    }

    private static void WriteArray(JsonElement value, ArrayBufferWriter<byte> output, string at)
    {
        Ascii("[", output);
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            if (index > 0)
            {
                Ascii(",", output);
            }

            Write(item, output, string.Create(CultureInfo.InvariantCulture, $"{at}/{index++}"));
        }

        Ascii("]", output);
    }

    private static string TextOf(JsonElement value, string at)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new CanonicalJsonException(at, "The text holds half of a surrogate pair.");
        }
    }

    private static string NameOf(JsonProperty property, string at)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            throw new CanonicalJsonException(at, "The name of a member holds half of a surrogate pair.");
        }
    }

    private static void WriteString(string text, ArrayBufferWriter<byte> output)
    {
        var escaped = new StringBuilder(text.Length + 2).Append('"');
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' => escaped.Append("\\\""),
                '\\' => escaped.Append("\\\\"),
                '\b' => escaped.Append("\\b"),
                '\t' => escaped.Append("\\t"),
                '\n' => escaped.Append("\\n"),
                '\f' => escaped.Append("\\f"),
                '\r' => escaped.Append("\\r"),
                < ' ' => escaped.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)),
                _ => escaped.Append(c),
            };
        }

        output.Write(Encoding.UTF8.GetBytes(escaped.Append('"').ToString()));
    }

    private static string Number(string raw, string at)
    {
        var number = double.Parse(raw, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (double.IsFinite(number))
        {
            var text = EcmaNumber.Format(number);
            if (EcmaNumber.SameValue(raw, text))
            {
                return text;
            }
        }

        throw new CanonicalJsonException(at, $"The number {raw} cannot be carried exactly; send it as a string.");
    }

    private static void Ascii(string text, ArrayBufferWriter<byte> output)
    {
        var span = output.GetSpan(text.Length);
        output.Advance(Encoding.ASCII.GetBytes(text, span));
    }
}

/// <summary>JSON that has no canonical form.</summary>
public sealed class CanonicalJsonException : Exception
{
    /// <summary>Says where and what.</summary>
    public CanonicalJsonException(string pointer, string message)
        : base(message) => Pointer = pointer;

    /// <summary>RFC 6901 pointer to the value.</summary>
    public string Pointer { get; }
}
