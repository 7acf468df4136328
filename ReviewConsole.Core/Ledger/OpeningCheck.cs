using System.Text.Json;

namespace ReviewConsole.Core.Ledger;

/// <summary>An entry as verification sees it: hashed from its stored bytes.</summary>
internal readonly record struct CheckedEntry(long Seq, byte[] LeafHash, Dictionary<string, string>? Commitments, string? Fault)
{
    public static CheckedEntry Of(StoredEntry stored)
    {
        Span<byte> hash = stackalloc byte[MerkleHash.Size];
        MerkleHash.Leaf(stored.Entry, hash);
        var readable = LedgerEntry.TryScan(stored.Entry, out var seq, out var commitments);
        var fault = !hash.SequenceEqual(stored.LeafHash) ? "its bytes do not give its hash"
            : !readable ? "its bytes are no entry"
            : seq != stored.Seq ? $"its bytes are those of entry {seq}"
            : null;
        return new CheckedEntry(stored.Seq, stored.LeafHash, commitments, fault);
    }
}

/// <summary>
/// Holds every opening against the commitment in its entry. A commitment without an opening is erased, which is lawful; an opening without a commitment, or another
/// than the committed, would show a forged text under a valid root.
/// </summary>
internal sealed class OpeningCheck(LedgerReader reader, Func<string, bool>? blobIsWhole, FaultList faults)
{
    private const int Rows = 512;
    private const int Bytes = 16 << 20;
    private const string Evidence = "evidence/";

    public long Count { get; private set; }

    public void Page(long from, long to, ReadOnlySpan<CheckedEntry> entries)
    {
        var (seq, name) = (from, "");
        var at = 0;
        while (true)
        {
            var (openings, more) = Read(seq, name, to);
            foreach (var opening in openings)
            {
                Count++;
                while (at < entries.Length && entries[at].Seq < opening.Seq)
                {
                    at++;
                }

                Check(opening, at < entries.Length && entries[at].Seq == opening.Seq ? entries[at].Commitments : null);
            }

            if (!more)
            {
                return;
            }

            (seq, name) = (openings[^1].Seq, openings[^1].Name);
        }
    }

    // A page ends by rows or by bytes: a part may be as large as a whole proposal.
    private (List<Opening> Openings, bool More) Read(long seq, string name, long to)
    {
        var openings = new List<Opening>();
        var bytes = 0;
        using var rows = reader.Query(
            "SELECT seq, name, salt, bytes FROM sealed WHERE (seq, name) > ($0, $1) AND seq < $2 ORDER BY seq, name", seq, name, to);
        while (rows.Read())
        {
            openings.Add(LedgerReader.Opening(rows));
            bytes += openings[^1].Bytes.Length;
            if (openings.Count == Rows || bytes >= Bytes)
            {
                return (openings, true);
            }
        }

        return (openings, false);
    }

    private void Check(Opening opening, Dictionary<string, string>? commitments)
    {
        if (commitments is null || !commitments.TryGetValue(opening.Name, out var committed))
        {
            faults.Add(opening.Seq, $"the opening \"{opening.Name}\" was never committed");
        }
        else if (Commitment.Of(opening.Salt, opening.Bytes) != committed)
        {
            faults.Add(opening.Seq, $"the opening \"{opening.Name}\" is not what was committed");
        }
        else if (blobIsWhole is not null && opening.Name.StartsWith(Evidence, StringComparison.Ordinal)
            && BlobOf(opening.Bytes) is { } blob && !blobIsWhole(blob))
        {
            faults.Add(opening.Seq, $"the blob {blob} of \"{opening.Name}\" is missing or changed");
        }
    }

    // The evidence's JSON names its bytes in a member of its own; deeper members of that name are the source's content.
    private static string? BlobOf(byte[] evidence)
    {
        try
        {
            using var document = JsonDocument.Parse(evidence);
            return document.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("blob", out var blob)
                && blob.ValueKind == JsonValueKind.String ? blob.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
