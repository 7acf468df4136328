using Microsoft.Data.Sqlite;

namespace ReviewConsole.Core.Ledger;

/// <summary>
/// Verifies the whole log over a read-only connection, beside a live server: every entry from its stored bytes, every interior node, every checkpoint's size, root and
/// signature, every opening against its commitment, every known head. Reads in pages by key, so that no read transaction lasts.
/// </summary>
internal sealed class LedgerVerifier
{
    // A power of two: the nodes that a page completes below its own level are then exactly those of its own leaves.
    private const int PageSize = 4096;
    private const int MaxFaults = 1000;

    private readonly LedgerReader _reader;
    private readonly LedgerExpectation _expected;
    private readonly OpeningCheck _openings;
    private readonly List<LedgerFault> _faults = [];
    private readonly MerkleFrontier _frontier = new();
    private readonly Queue<Checkpoint> _known;
    private readonly Dictionary<(int Level, long Index), byte[]> _nodes = [];
    private long _checkpoints;
    private long _heads;

    // The tree is known up to here, by checkpoints and by known heads.
    private long _sealedUpTo;
    private long _anchoredUpTo;

    // A missing entry or a false root spoils every root after it; that is said once.
    private bool _treeLost;
    private bool _anchorLost;

    private LedgerVerifier(LedgerReader reader, LedgerExpectation expected)
    {
        (_reader, _expected) = (reader, expected);
        _openings = new OpeningCheck(reader, expected.BlobIsWhole, Fault);
        _known = KnownHeads();
    }

    /// <summary>Verifies what the log holds at this moment.</summary>
    public static LedgerVerification Run(SqliteConnection connection, LedgerExpectation expected, CancellationToken cancellation)
    {
        using var reader = new LedgerReader(connection);
        return new LedgerVerifier(reader, expected).Run(cancellation);
    }

    private LedgerVerification Run(CancellationToken cancellation)
    {
        var (entries, covered, nodes, lastOpening, strays) = Extent();
        for (long next = 0; next < entries; next += PageSize)
        {
            cancellation.ThrowIfCancellationRequested();
            Page(next, Math.Min(next + PageSize, entries));
            _expected.Progress?.Invoke(Math.Min(next + PageSize, entries));
        }

        if (covered > entries)
        {
            Fault(entries, $"missing: the newest checkpoint covers {covered} entries");
        }
        else if (covered < entries)
        {
            Fault(covered, "no checkpoint covers it");
        }

        if (_known.TryDequeue(out var beyond))
        {
            Fault(entries, $"missing: a known head covers {beyond.Size} entries");
        }

        if (strays > 0)
        {
            Fault(0, $"{strays} rows stand before the first entry");
        }

        if (lastOpening >= entries)
        {
            Fault(lastOpening, "an opening without an entry");
        }

        // Rows above the tree would otherwise go unseen: every row in it has been compared by now.
        if (nodes > entries - long.PopCount(entries))
        {
            Fault(entries, $"the tree has {nodes} interior nodes, {entries - long.PopCount(entries)} belong to its entries");
        }

        return new LedgerVerification(_frontier.Size, _checkpoints, _openings.Count, _heads, [.. _faults.OrderBy(static fault => fault.Seq)]);
    }

    private Queue<Checkpoint> KnownHeads()
    {
        var heads = _expected.KnownHeads.OrderBy(static head => head.Size).ToList();
        var holds = _expected.Key.Verify(heads);
        for (var i = 0; i < heads.Count; i++)
        {
            if (!holds[i])
            {
                Fault(Math.Max(heads[i].Size - 1, 0), $"the known head over {heads[i].Size} entries is not signed by this log's key");
            }
        }

        return new Queue<Checkpoint>(heads.Where((_, i) => holds[i]));
    }

    // One statement is one moment: entries and checkpoints of a batch appear together.
    private (long Entries, long Covered, long Nodes, long LastOpening, long Strays) Extent()
    {
        using var row = _reader.Query("""
            SELECT coalesce((SELECT max(seq) + 1 FROM ledger_entry), 0), coalesce((SELECT max(size) FROM ledger_checkpoint), 0),
                   (SELECT count(*) FROM ledger_node), coalesce((SELECT max(seq) FROM sealed), -1),
                   (SELECT count(*) FROM ledger_entry WHERE seq < 0) + (SELECT count(*) FROM ledger_checkpoint WHERE size < 1) + (SELECT count(*) FROM sealed WHERE seq < 0)
            """);
        row.Read();
        return (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4));
    }

    private void Page(long from, long to)
    {
        var stored = _reader.Entries(from, (int)(to - from));
        var entries = new CheckedEntry[stored.Count];
        Parallel.For(0, stored.Count, i => entries[i] = CheckedEntry.Of(stored[i]));
        ReadNodes(from, to);
        var checkpoints = ReadCheckpoints(from, to);
        var next = from;
        foreach (var entry in entries)
        {
            if (entry.Seq >= to)
            {
                break;
            }

            for (; next < entry.Seq; next++)
            {
                Fault(next, "missing");
                _treeLost = _anchorLost = true;
            }

            if (entry.Fault is { } fault)
            {
                Fault(entry.Seq, fault);
            }

            // The stored hash goes on: a changed entry is named once, not with everything above it.
            Grow(entry.LeafHash, checkpoints);
            next = entry.Seq + 1;
        }

        for (; next < to; next++)
        {
            Fault(next, "missing");
            _treeLost = _anchorLost = true;
        }

        if (!_treeLost && checkpoints.TryDequeue(out var left))
        {
            Fault(left.Size - 1, $"the checkpoint of size {left.Size} has no place in the log");
        }

        _openings.Page(from, to, entries);
    }

    private void Grow(byte[] leaf, Queue<Checkpoint> checkpoints)
    {
        Span<byte> completed = stackalloc byte[MerkleFrontier.MaxLevels * MerkleHash.Size];
        var seq = _frontier.Size;
        var levels = _frontier.Append(leaf, completed);
        for (var level = 1; level <= levels && !_treeLost; level++)
        {
            var node = completed.Slice((level - 1) * MerkleHash.Size, MerkleHash.Size);
            if (!_nodes.TryGetValue((level, seq >> level), out var stored))
            {
                Fault(seq, $"the tree's node ({level}, {seq >> level}) is missing");
            }
            else if (!node.SequenceEqual(stored))
            {
                Fault(seq, $"the tree's node ({level}, {seq >> level}) is not the hash of its two children");
            }
        }

        while (checkpoints.TryPeek(out var checkpoint) && checkpoint.Size == _frontier.Size)
        {
            Compare(checkpoints.Dequeue(), "checkpoint", ref _sealedUpTo, ref _treeLost);
        }

        while (_known.TryPeek(out var head) && head.Size <= _frontier.Size)
        {
            _heads++;
            Compare(_known.Dequeue(), "known head", ref _anchoredUpTo, ref _anchorLost);
        }
    }

    private void Compare(Checkpoint head, string what, ref long upTo, ref bool lost)
    {
        if (lost || head.Size != _frontier.Size)
        {
            return;
        }

        if (head.Root.AsSpan().SequenceEqual(_frontier.Root()))
        {
            upTo = head.Size;
            return;
        }

        lost = true;

        // An entry that was found wrong already explains the root.
        var from = upTo;
        if (!_faults.Exists(fault => fault.Seq >= from && fault.Seq < head.Size))
        {
            Fault(from, $"the entries {from} to {head.Size - 1} do not give the root of the {what} over {head.Size} entries");
        }
    }

    private void ReadNodes(long from, long to)
    {
        _nodes.Clear();
        for (var level = 1; to >> level > 0; level++)
        {
            using var rows = _reader.Query(
                "SELECT idx, hash FROM ledger_node WHERE level = $0 AND idx >= $1 AND idx < $2", level, from >> level, to >> level);
            while (rows.Read())
            {
                _nodes[(level, rows.GetInt64(0))] = rows.GetFieldValue<byte[]>(1);
            }
        }
    }

    private Queue<Checkpoint> ReadCheckpoints(long from, long to)
    {
        var sizes = new List<long>();
        var notes = new List<Checkpoint?>();
        using (var rows = _reader.Query("SELECT size, note FROM ledger_checkpoint WHERE size > $0 AND size <= $1 ORDER BY size", from, to))
        {
            while (rows.Read())
            {
                sizes.Add(rows.GetInt64(0));
                notes.Add(Checkpoint.TryParse(rows.GetFieldValue<byte[]>(1), out var read) && read.Size == sizes[^1] ? read : null);
            }
        }

        _checkpoints += sizes.Count;
        var holds = _expected.Key.Verify(notes);
        var good = new Queue<Checkpoint>();
        for (var i = 0; i < notes.Count; i++)
        {
            if (holds[i])
            {
                good.Enqueue(notes[i]!);
            }
            else
            {
                Fault(sizes[i] - 1, notes[i] is null
                    ? $"the checkpoint of size {sizes[i]} is no signed note of that size"
                    : $"the checkpoint of size {sizes[i]} is not signed by this log's key");
            }
        }

        return good;
    }

    private void Fault(long seq, string detail)
    {
        if (_faults.Count < MaxFaults)
        {
            _faults.Add(new LedgerFault(seq, detail));
        }
    }
}
