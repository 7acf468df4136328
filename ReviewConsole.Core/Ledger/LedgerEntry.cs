using System.Text.Json;

namespace ReviewConsole.Core.Ledger;

/// <summary>
/// One entry as it was recorded. Its bytes are the RFC 8785 form of
/// <c>{v: 1, seq, at, type, review?, revision?, by, via?, op?, data: {}, sealed: {}}</c>; <c>at</c> is Unix milliseconds, <c>sealed</c> maps names to the
/// hex of SHA-256(salt ‖ bytes).
/// </summary>
internal sealed record LedgerEntry(
    long Seq, long At, string Type, Guid? Review, int? Revision, string By, string? Via, string? Op, JsonElement Data, IReadOnlyDictionary<string, string> Sealed)
{
    /// <summary>The version of the form above.</summary>
    public const int Version = 1;

    /// <summary>Reads stored bytes. Verification never goes this way: it hashes the bytes themselves.</summary>
    /// <exception cref="FormatException">The bytes are no entry.</exception>
    public static LedgerEntry Parse(ReadOnlyMemory<byte> entry)
    {
        try
        {
            using var document = JsonDocument.Parse(entry);
            var root = document.RootElement;
            if (root.GetProperty("v").GetInt32() != Version)
            {
                throw new FormatException("The entry has a version that this program does not read.");
            }

            return new LedgerEntry(
                root.GetProperty("seq").GetInt64(),
                root.GetProperty("at").GetInt64(),
                root.GetProperty("type").GetString()!,
                Text(root, "review") is { } review ? Guid.ParseExact(review, "D") : null,
                root.TryGetProperty("revision", out var revision) ? revision.GetInt32() : null,
                root.GetProperty("by").GetString()!,
                Text(root, "via"),
                Text(root, "op"),
                root.GetProperty("data").Clone(),
                root.GetProperty("sealed").EnumerateObject().ToDictionary(static m => m.Name, static m => m.Value.GetString()!, StringComparer.Ordinal));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            throw new FormatException("The bytes are no ledger entry.", e);
        }
    }

    /// <summary>
    /// The two things that whole-log verification needs, in one pass and without a document: the number, and the commitments by name (null when
    /// there are none). False when the bytes have no such form.
    /// </summary>
    public static bool TryScan(ReadOnlySpan<byte> entry, out long seq, out Dictionary<string, string>? commitments)
    {
        seq = -1;
        commitments = null;
        try
        {
            var reader = new Utf8JsonReader(entry);
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("seq"u8))
                {
                    reader.Read();
                    seq = reader.GetInt64();
                }
                else if (reader.ValueTextEquals("sealed"u8))
                {
                    commitments = Commitments(ref reader);
                }
                else
                {
                    reader.Skip();
                }
            }

            return seq >= 0 && reader.BytesConsumed == entry.Length;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return false;
        }
    }

    /// <summary>Writes the entry's bytes. The members stand in the order that RFC 8785 gives them.</summary>
    /// <param name="parts">By name, in ordinal order.</param>
    internal static void Write(CanonicalJsonWriter writer, EntryDraft draft, long seq, long at, ReadOnlySpan<SealedPart> parts)
    {
        writer.Raw("{\"at\":"u8);
        writer.Integer(at);
        writer.Raw(",\"by\":"u8);
        writer.Text(draft.By);
        writer.Raw(",\"data\":"u8);
        writer.Value(draft.Data);
        if (draft.Op is not null)
        {
            writer.Raw(",\"op\":"u8);
            writer.Text(draft.Op);
        }

        if (draft.Review is { } review)
        {
            Span<byte> id = stackalloc byte[36];
            review.TryFormat(id, out _, "D");
            writer.Raw(",\"review\":\""u8);
            writer.Raw(id);
            writer.Raw("\""u8);
        }

        if (draft.Revision is { } revision)
        {
            writer.Raw(",\"revision\":"u8);
            writer.Integer(revision);
        }

        writer.Raw(",\"sealed\":{"u8);
        for (var i = 0; i < parts.Length; i++)
        {
            writer.Raw(i == 0 ? ""u8 : ","u8);
            writer.Text(parts[i].Name);
            writer.Raw(":"u8);
            writer.Text(parts[i].Commitment);
        }

        writer.Raw("},\"seq\":"u8);
        writer.Integer(seq);
        writer.Raw(",\"type\":"u8);
        writer.Text(draft.Type);
        writer.Raw(",\"v\":1"u8);
        if (draft.Via is not null)
        {
            writer.Raw(",\"via\":"u8);
            writer.Text(draft.Via);
        }

        writer.Raw("}"u8);
    }

    private static Dictionary<string, string>? Commitments(ref Utf8JsonReader reader)
    {
        Dictionary<string, string>? found = null;
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            (found ??= new(StringComparer.Ordinal))[name] = reader.GetString() ?? "";
        }

        return found;
    }

    private static string? Text(JsonElement root, string name) => root.TryGetProperty(name, out var value) ? value.GetString() : null;
}
