using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ReviewConsole.Core.Ledger;

namespace ReviewConsole.Core.Gate;

/// <summary>
/// A part of a policy file as JSON. What stands in quotes is a text; without them <c>true</c>, <c>false</c>, <c>null</c> and what JSON writes as a number are what they look like, and a number keeps
/// its digits. What YAML reads as one of these and JSON does not (<c>0x1F</c>, <c>.5</c>, <c>~</c>, <c>True</c>, nothing at all) could be meant either way, and is refused.
/// </summary>
internal static partial class PolicyJson
{
    /// <summary>Null where a value of it is refused.</summary>
    public static JsonElement? Read(PolicyNode node)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        if (!Write(node, writer))
        {
            return null;
        }

        writer.Flush();
        return JsonElement.Parse(buffer.WrittenSpan);
    }

    private static bool Write(PolicyNode node, Utf8JsonWriter writer)
    {
        if (node.IsMap)
        {
            return Members(node, writer);
        }

        if (!node.IsList)
        {
            return Leaf(node, node.Scalar!, writer);
        }

        var isGood = true;
        writer.WriteStartArray();
        foreach (var item in node.Items())
        {
            isGood &= Write(item, writer);
        }

        writer.WriteEndArray();
        return isGood;
    }

    private static bool Members(PolicyNode node, Utf8JsonWriter writer)
    {
        var members = node.Map().ToList();
        var isGood = members.Count == node.Count;
        writer.WriteStartObject();
        foreach (var (name, value) in members)
        {
            var isText = IsText(value, name);
            writer.WritePropertyName(isText ? name : "");
            isGood &= Write(value, writer) && isText;
        }

        writer.WriteEndObject();
        return isGood;
    }

    private static bool Leaf(PolicyNode node, string text, Utf8JsonWriter writer)
    {
        if (!node.IsPlain || !LooksTyped().IsMatch(text))
        {
            var isText = IsText(node, text);
            writer.WriteStringValue(isText ? text : "");
            return isText;
        }

        if (IsJson().IsMatch(text) && Carried(text))
        {
            writer.WriteRawValue(text);
            return true;
        }

        writer.WriteNullValue();
        node.Fail(text.Length == 0 ? "Is empty. Write a value, or '' for an empty text; a # begins a comment unless it stands in quotes."
            : IsJson().IsMatch(text) ? "RFC 8785 cannot carry this number without changing it; write fewer digits."
            : $"“{text}” is a number, true, false or null to YAML and not to JSON. Write it as JSON does, or in quotes if it is a text.");
        return false;
    }
    private static bool Carried(string value) => value is "null" or "true" or "false" || CanonicalNumber.TryWrite(Encoding.ASCII.GetBytes(value), stackalloc byte[CanonicalNumber.MaxLength], out _);

    // Half of a surrogate pair, which an escape can bring in, comes out as this character.
    private static bool IsText(PolicyNode node, string text)
    {
        if (!text.EnumerateRunes().Contains(Rune.ReplacementChar))
        {
            return true;
        }

        node.Fail("Has a character that is none, like half of a surrogate pair; write complete characters.");
        return false;
    }

    // The core schema of YAML 1.2.
    [GeneratedRegex(@"\A(|~|null|Null|NULL|true|True|TRUE|false|False|FALSE|[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))\z", RegexOptions.NonBacktracking)]
    private static partial Regex LooksTyped();

    [GeneratedRegex(@"\A(null|true|false|-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?)\z", RegexOptions.NonBacktracking)]
    private static partial Regex IsJson();
}
