using System.Globalization;

namespace ReviewConsole.Core.Ledger;

/// <summary>What can be said about a receipt. Only the first two mean that it holds.</summary>
internal enum ReceiptStanding
{
    /// <summary>The bytes are as issued, the entry is in the tree, the pinned key signed the head.</summary>
    Verified,

    /// <summary>And a head that left the installation covers the entry and agrees.</summary>
    VerifiedAnchored,

    /// <summary>A byte is not as issued.</summary>
    Tampered,

    /// <summary>Sound in itself, but no key was given to hold it against.</summary>
    Unpinned,

    /// <summary>Signed for another log or by another key.</summary>
    NotThisLog,

    /// <summary>Signed by this log's key, yet a known head or the log itself says otherwise.</summary>
    Diverged,
}

/// <summary>A verdict with its reason in words; the receipt is there when it could be read.</summary>
internal sealed record ReceiptVerdict(ReceiptStanding Standing, string Detail, Receipt? Receipt)
{
    /// <summary>The first line that <c>verify</c> prints.</summary>
    public string Word => Standing switch
    {
        ReceiptStanding.Verified => "VERIFIED",
        ReceiptStanding.VerifiedAnchored => "VERIFIED-ANCHORED",
        ReceiptStanding.Unpinned => "UNPINNED",
        ReceiptStanding.NotThisLog => "NOT-THIS-LOG",
        ReceiptStanding.Diverged => "DIVERGED",
        _ => "TAMPERED",
    };

    /// <summary>The exit code of <c>verify</c>.</summary>
    public int ExitCode => Standing switch
    {
        ReceiptStanding.Verified or ReceiptStanding.VerifiedAnchored => 0,
        ReceiptStanding.Unpinned => 3,
        ReceiptStanding.NotThisLog => 4,
        ReceiptStanding.Diverged => 5,
        _ => 2,
    };
}

/// <summary>The root over the first so many entries of the log at hand, or null when it has not so many.</summary>
internal delegate byte[]? LogRoot(long size);

/// <summary>
/// Verifies a receipt without asking anybody. In this order: the form of every byte, the inclusion proof, the key, the signature; then whether known heads and the log at
/// hand agree. Whatever contradicts counts more than whatever confirms.
/// </summary>
internal static class ReceiptVerifier
{
    /// <param name="receipt">The text, as it was handed out.</param>
    /// <param name="key">The pinned key; null gives <see cref="ReceiptStanding.Unpinned"/> at best.</param>
    /// <param name="knownHeads">Heads from elsewhere. Those that the key did not sign say nothing.</param>
    /// <param name="log">The log's own roots, when its data is at hand.</param>
    public static ReceiptVerdict Verify(ReadOnlySpan<byte> receipt, VerifierKey? key, IReadOnlyList<Checkpoint>? knownHeads = null, LogRoot? log = null)
    {
        if (!Receipt.TryParse(receipt, out var read))
        {
            return new(ReceiptStanding.Tampered, "The text is not a receipt as it was issued.", null);
        }

        var head = read.Checkpoint;
        var leaf = MerkleHash.Leaf(read.Entry);
        if (!MerkleProof.VerifyInclusion(leaf, read.Index, head.Size, read.Hashes, head.Root)
            || !LedgerEntry.TryScan(read.Entry, out var seq, out _) || seq != read.Index)
        {
            return new(ReceiptStanding.Tampered, $"The entry is not number {read.Index} of the {head.Size} that the head covers.", read);
        }

        if (key is null)
        {
            return new(
                ReceiptStanding.Unpinned,
                $"No key was given. The receipt names {head.Origin}+{head.KeyId.ToString("x8", CultureInfo.InvariantCulture)}; get that log's verifier key from its administrator.",
                read);
        }

        if (!key.IsNamedBy(head))
        {
            return new(ReceiptStanding.NotThisLog, $"The head is of {head.Origin}, signed by another key than the pinned one of {key.Origin}.", read);
        }

        return !key.Verifies(head)
            ? new(ReceiptStanding.Tampered, "The head's signature does not hold.", read)
            : Compare(read, leaf, [.. (knownHeads ?? []).Where(key.Verifies)], log);
    }

    private static ReceiptVerdict Compare(Receipt receipt, byte[] leaf, List<Checkpoint> heads, LogRoot? log)
    {
        var head = receipt.Checkpoint;
        if (log is not null)
        {
            if (log(head.Size) is not { } own)
            {
                return new(ReceiptStanding.Diverged, $"The log at hand is shorter than the {head.Size} entries of the receipt's head: it was cut or restored.", receipt);
            }

            if (!own.AsSpan().SequenceEqual(head.Root))
            {
                return new(ReceiptStanding.Diverged, $"The log at hand has other entries among its first {head.Size} than the receipt's head.", receipt);
            }
        }

        var roots = MerkleProof.RootsWithin(leaf, receipt.Index, head.Size, receipt.Hashes).Append((head.Size, head.Root))
            .DistinctBy(static root => root.Item1).ToDictionary();
        Checkpoint? witness = null;
        foreach (var known in heads)
        {
            // The log agrees with the receipt by now, so a head that agrees with the log agrees with both.
            var root = roots.GetValueOrDefault(known.Size) ?? log?.Invoke(known.Size);
            if (root is null && log is null)
            {
                continue;
            }

            if (root is null || !root.AsSpan().SequenceEqual(known.Root))
            {
                return new(ReceiptStanding.Diverged, $"A known head over {known.Size} entries, signed by the same key, has another history.", receipt);
            }

            witness = known.Size > receipt.Index && known.Size > (witness?.Size ?? 0) ? known : witness;
        }

        return witness is null
            ? new(ReceiptStanding.Verified, $"Entry {receipt.Index} under the head over {head.Size} entries of {head.Origin}.", receipt)
            : new(ReceiptStanding.VerifiedAnchored, $"Entry {receipt.Index} of {head.Origin}, and the known head over {witness.Size} entries agrees.", receipt);
    }
}
