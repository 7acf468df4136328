using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ReviewConsole.Client;

/// <summary>
/// The digest that binds a decision to what runs: <c>sha256:</c> and the hex SHA-256 of the RFC 8785 bytes of <c>{name, arguments}</c>, with <c>draft</c> as
/// <c>{format, content, target}</c> and <c>fields</c> as <c>[{name, value}]</c> where there are any.
/// </summary>
public static class ActionDigest
{
    /// <summary>Digest of an action with the draft and the fields that belong to it.</summary>
    /// <exception cref="CanonicalJsonException">It holds a number that cannot be carried exactly.</exception>
    public static string Of(ProposedAction action, Draft? draft = null, IReadOnlyList<EffectiveField>? fields = null)
    {
        var whole = new JsonObject { ["name"] = action.Name, ["arguments"] = Node(action.Arguments) };
        if (draft is not null)
        {
            var part = new JsonObject { ["format"] = draft.Format, ["content"] = draft.Content };
            if (Node(draft.Target) is { } target)
            {
                part["target"] = target;
            }

            whole["draft"] = part;
        }

        if (fields is not null)
        {
            whole["fields"] = new JsonArray([.. fields.Select(static f => new JsonObject { ["name"] = f.Name, ["value"] = Node(f.Value) })]);
        }

        return $"sha256:{Convert.ToHexStringLower(SHA256.HashData(CanonicalJson.Of(JsonSerializer.SerializeToElement(whole, Wire.Json))))}";
    }

    private static JsonNode? Node(JsonElement? value) => value?.ValueKind switch
    {
        JsonValueKind.Object => JsonObject.Create(value.Value),
        JsonValueKind.Array => JsonArray.Create(value.Value),
        null or JsonValueKind.Null or JsonValueKind.Undefined => null,
        _ => JsonValue.Create(value.Value),
    };
}
