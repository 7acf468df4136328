using Microsoft.Data.Sqlite;

namespace ReviewConsole.Core.Ledger;

/// <summary>
/// Verifies the whole log over a read-only connection, beside a live server: every entry from its stored bytes, every interior node, every checkpoint's size, root and
/// signature, every opening against its commitment, every known head. Reads in pages by key, so that no read transaction lasts.
/// </summary>
internal sealed class LedgerVerifier
{
    private readonly LedgerReader _reader;
    private readonly LedgerExpectation _expected;
    private readonly FaultList _faults = new();
    private readonly TreeCheck _tree;
    private readonly OpeningCheck _openings;

    private LedgerVerifier(LedgerReader reader, LedgerExpectation expected)
    {
        (_reader, _expected) = (reader, expected);
        _tree = new TreeCheck(reader, expected.Key, expected.KnownHeads, _faults);
        _openings = new OpeningCheck(reader, expected.BlobIsWhole, _faults);
    }

    /// <summary>Verifies what the log holds at this moment.</summary>
    public static LedgerVerification Run(SqliteConnection connection, LedgerExpectation expected, CancellationToken cancellation)
    {
        using var reader = new LedgerReader(connection);
        return new LedgerVerifier(reader, expected).Run(cancellation);
    }

    private LedgerVerification Run(CancellationToken cancellation)
    {
        var extent = Extent();
        for (long next = 0; next < extent.Entries;)
        {
            cancellation.ThrowIfCancellationRequested();
            next = Page(next, Math.Min(next + TreeCheck.PageSize, extent.Entries));
            _expected.Progress?.Invoke(next);
        }

        if (extent.Covered > extent.Entries)
        {
            _faults.Add(extent.Entries, $"missing: the newest checkpoint covers {extent.Covered} entries");
        }
        else if (extent.Covered < extent.Entries)
        {
            _faults.Add(extent.Covered, "no checkpoint covers it");
        }

        if (extent.Strays > 0)
        {
            _faults.Add(0, $"{extent.Strays} rows have a number that no entry can have");
        }

        if (extent.LastOpening >= extent.Entries)
        {
            _faults.Add(extent.LastOpening, "an opening without an entry");
        }

        // Every row that belongs to the tree has been compared by now: one more belongs to nothing.
        var nodes = extent.Entries - long.PopCount(extent.Entries);
        if (extent.Nodes > nodes)
        {
            _faults.Add(extent.Entries, $"the tree has {extent.Nodes} interior nodes, {nodes} belong to its entries");
        }

        _tree.End(extent.Entries);
        return new LedgerVerification(_tree.Size, _tree.Checkpoints, _openings.Count, _tree.Heads, _faults.InOrder());
    }

    // One statement is one moment: entries and checkpoints of a batch appear together. 2^48 entries are more than there will ever be; the bound keeps a
    // forged row from sending the verification on an endless way.
    private Extents Extent()
    {
        using var row = _reader.Query("""
            SELECT coalesce((SELECT max(seq) + 1 FROM ledger_entry WHERE seq BETWEEN 0 AND 281474976710656), 0),
                   coalesce((SELECT max(size) FROM ledger_checkpoint), 0),
                   (SELECT count(*) FROM ledger_node),
                   coalesce((SELECT max(seq) FROM sealed), -1),
                   (SELECT count(*) FROM ledger_entry WHERE seq < 0) + (SELECT count(*) FROM ledger_entry WHERE seq > 281474976710656)
                   + (SELECT count(*) FROM ledger_checkpoint WHERE size < 1) + (SELECT count(*) FROM sealed WHERE seq < 0)
            """);
        row.Read();
        return new Extents(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4));
    }

    /// <summary>Verifies the entries of one page and answers where the next begins.</summary>
    private long Page(long from, long to)
    {
        var stored = _reader.Entries(from, (int)(to - from));
        if (stored.Count > 0 && stored[0].Seq >= to)
        {
            Missing(from);
            return stored[0].Seq / TreeCheck.PageSize * TreeCheck.PageSize;
        }

        var entries = new CheckedEntry[stored.Count];
        Parallel.For(0, stored.Count, i => entries[i] = CheckedEntry.Of(stored[i]));
        _tree.Page(from, to);
        var next = from;
        foreach (var entry in entries.TakeWhile(entry => entry.Seq < to))
        {
            for (; next < entry.Seq; next++)
            {
                Missing(next);
            }

            if (entry.Fault is { } fault)
            {
                _faults.Add(entry.Seq, fault);
            }

            // The stored hash goes on: a changed entry is named once, not with everything above it.
            _tree.Grow(entry.LeafHash);
            next++;
        }

        for (; next < to; next++)
        {
            Missing(next);
        }

        _tree.EndPage();
        _openings.Page(from, to, entries);
        return to;
    }

    private void Missing(long seq)
    {
        _faults.Add(seq, "missing");
        _tree.Lose();
    }

    private readonly record struct Extents(long Entries, long Covered, long Nodes, long LastOpening, long Strays);
}
