using Microsoft.Data.Sqlite;

namespace ReviewConsole.Core.Ledger;

/// <summary>
/// What a server checks before it is ready: the newest checkpoint, the newest anchor, and the entries since it. The whole log follows in the background.
/// </summary>
internal static class LedgerStart
{
    // An anchor is at most seconds behind; a log that never had one starts from this far back.
    private const int Tail = 10_000;

    /// <summary>The first thing that is wrong, or null.</summary>
    /// <param name="connection">Any connection to the log; nobody writes meanwhile.</param>
    /// <param name="key">The log's own key.</param>
    /// <param name="anchor">The newest anchored head, if there is one.</param>
    public static LedgerFault? Check(SqliteConnection connection, VerifierKey key, Checkpoint? anchor)
    {
        using var reader = new LedgerReader(connection);
        try
        {
            return Check(reader, key, anchor);
        }
        catch (LedgerDamagedException e)
        {
            return e.Fault;
        }
    }

    private static LedgerFault? Check(LedgerReader reader, VerifierKey key, Checkpoint? anchor)
    {
        var size = reader.Size();
        var newest = reader.Newest();
        if ((newest?.Size ?? 0) != size)
        {
            return new LedgerFault(Math.Min(newest?.Size ?? 0, size), $"the log has {size} entries, its newest checkpoint covers {newest?.Size ?? 0}");
        }

        if (newest is not null && !key.Verifies(newest))
        {
            return new LedgerFault(size - 1, "the newest checkpoint is not signed by this log's key");
        }

        if (anchor is not null && !key.Verifies(anchor))
        {
            return new LedgerFault(Math.Max(anchor.Size - 1, 0), "the newest anchor is not signed by this log's key");
        }

        if (anchor?.Size > size)
        {
            return new LedgerFault(size, $"missing: the newest anchor covers {anchor.Size} entries");
        }

        if (anchor is not null && !anchor.Root.AsSpan().SequenceEqual(reader.Root(anchor.Size)))
        {
            return new LedgerFault(0, $"the first {anchor.Size} entries do not give the root of the newest anchor");
        }

        return CheckTail(reader, Math.Max(anchor?.Size ?? 0, size - Tail), newest);
    }

    private static LedgerFault? CheckTail(LedgerReader reader, long from, Checkpoint? newest)
    {
        var frontier = reader.Frontier(from);
        var scratch = new byte[MerkleFrontier.MaxLevels * MerkleHash.Size];
        for (var size = newest?.Size ?? 0; frontier.Size < size;)
        {
            foreach (var stored in reader.Entries(frontier.Size, 1000))
            {
                var entry = CheckedEntry.Of(stored);
                if (stored.Seq != frontier.Size || entry.Fault is not null)
                {
                    return new LedgerFault(frontier.Size, stored.Seq != frontier.Size ? "missing" : entry.Fault!);
                }

                frontier.Append(entry.LeafHash, scratch);
            }
        }

        return newest is null || newest.Root.AsSpan().SequenceEqual(frontier.Root()) ? null
            : new LedgerFault(from, $"the entries {from} to {newest.Size - 1} do not give the root of the newest checkpoint");
    }
}
