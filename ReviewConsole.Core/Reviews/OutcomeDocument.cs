using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using ReviewConsole.Core.Ledger;
using ReviewConsole.Core.Proposals;

namespace ReviewConsole.Core.Reviews;

/// <summary>Who decided, as an outcome says it: a person by pseudonym and role, a rule by id, the expiry and the source by role alone.</summary>
internal sealed record DecidedBy(string? Id, string Role, long At);

/// <summary>
/// The outcome of WIRE.md §2 without its receipt. The runnable members exist only with <see cref="Instruction.Resume"/>: a rejected outcome carries nothing that could run.
/// Nothing internal enters: no rationale, session, name or subject.
/// </summary>
internal sealed record OutcomeDocument
{
    public required Guid Review { get; init; }

    public string? ExternalId { get; init; }

    public required int Revision { get; init; }

    public required int Sequence { get; init; }

    public required OutcomeDecision Decision { get; init; }

    public required Instruction Instruction { get; init; }

    public required EffectiveAction Effective { get; init; }

    public required string ProposedDigest { get; init; }

    public required string EffectiveDigest { get; init; }

    /// <summary>RFC 8785 bytes of the list of changes; only of a correction.</summary>
    public byte[]? Changes { get; init; }

    public long? ValidUntil { get; init; }

    public required IReadOnlyList<Precondition> Preconditions { get; init; }

    public string? Message { get; init; }

    public string? ReasonCode { get; init; }

    public required IReadOnlyList<DecidedBy> By { get; init; }

    public required long DecidedAt { get; init; }

    public ProposedAction? Suggested { get; init; }

    /// <summary>The RFC 8785 bytes that are sealed, digested and sent.</summary>
    public byte[] ToBytes()
    {
        var root = new JsonObject
        {
            ["reviewId"] = Review.ToString(),
            ["revision"] = Revision,
            ["sequence"] = Sequence,
            ["decision"] = Decision.Word(),
            ["instruction"] = Instruction.Word(),
            ["proposedDigest"] = ProposedDigest,
            ["decidedAt"] = WireTime.Text(DecidedAt),
            ["decidedBy"] = new JsonArray([.. By.Select(Person)]),
        };
        Add(root, "externalId", ExternalId);
        Add(root, "message", Message);
        Add(root, "reasonCode", ReasonCode);
        if (Instruction == Instruction.Resume)
        {
            AddRunnable(root);
        }
        else if (Instruction == Instruction.Rollback)
        {
            root["actionDigest"] = EffectiveDigest;
        }

        if (Suggested is { } suggested)
        {
            root["suggestedAction"] = new JsonObject { ["name"] = suggested.Name, ["arguments"] = Node(suggested.Arguments) };
        }

        return CanonicalJson.Of(root);
    }

    /// <summary><c>sha256:</c> and the hex digest of the bytes.</summary>
    public static string DigestOf(ReadOnlySpan<byte> bytes) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(bytes));

    private void AddRunnable(JsonObject root)
    {
        root["action"] = new JsonObject { ["name"] = Effective.Name, ["arguments"] = Node(Effective.Arguments) };
        root["actionDigest"] = EffectiveDigest;
        if (Effective.Draft is { } draft)
        {
            var node = new JsonObject { ["format"] = draft.Format.Wire(), ["content"] = draft.Content };
            if (draft.Target is { ValueKind: not JsonValueKind.Null } target)
            {
                node["target"] = Node(target);
            }

            root["draft"] = node;
        }

        if (Effective.Fields is { } fields)
        {
            root["fields"] = new JsonArray([.. fields.Select(static field =>
                new JsonObject { ["name"] = field.Name, ["value"] = field.Value is { } value ? Node(value) : null })]);
        }

        if (Changes is not null)
        {
            root["changes"] = JsonNode.Parse(Changes);
        }

        if (ValidUntil is { } until)
        {
            root["validUntil"] = WireTime.Text(until);
        }

        if (Preconditions.Count > 0)
        {
            root["preconditions"] = new JsonArray([.. Preconditions.Select(static p => new JsonObject { ["name"] = p.Name, ["fingerprint"] = p.Fingerprint })]);
        }
    }

    private static JsonObject Person(DecidedBy by)
    {
        var node = new JsonObject { ["role"] = by.Role, ["at"] = WireTime.Text(by.At) };
        Add(node, "id", by.Id);
        return node;
    }

    private static void Add(JsonObject node, string name, string? value)
    {
        if (value is not null)
        {
            node[name] = value;
        }
    }

    private static JsonNode? Node(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => JsonObject.Create(element),
        JsonValueKind.Array => JsonArray.Create(element),
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        _ => JsonValue.Create(element),
    };
}
