namespace ReviewConsole.Core.Ledger;

/// <summary>Grows the tree again from its leaves and holds every stored node, every checkpoint and every known head against it on the way.</summary>
internal sealed class TreeCheck
{
    /// <summary>A power of two: the nodes that a page completes are then a range of each level.</summary>
    public const int PageSize = 4096;

    private readonly LedgerReader _reader;
    private readonly VerifierKey _key;
    private readonly FaultList _faults;
    private readonly MerkleFrontier _frontier = new();
    private readonly Dictionary<(int Level, long Index), byte[]> _nodes = [];
    private readonly Queue<Checkpoint> _known;
    private Queue<Checkpoint> _checkpoints = [];

    // The tree is known to be right up to here, by checkpoints and by known heads.
    private long _sealedUpTo;
    private long _anchoredUpTo;

    // A missing entry or a false root spoils every root after it; that is said once.
    private bool _lost;
    private bool _anchorLost;

    public TreeCheck(LedgerReader reader, VerifierKey key, IReadOnlyList<Checkpoint> knownHeads, FaultList faults)
    {
        (_reader, _key, _faults) = (reader, key, faults);
        _known = Signed([.. knownHeads.OrderBy(static head => head.Size)], static head => $"the known head over {head.Size} entries");
    }

    /// <summary>Leaves so far.</summary>
    public long Size => _frontier.Size;

    /// <summary>Checkpoints read.</summary>
    public long Checkpoints { get; private set; }

    /// <summary>Known heads compared.</summary>
    public long Heads { get; private set; }

    /// <summary>Reads what is stored about the entries of one page.</summary>
    public void Page(long from, long to)
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

        ReadCheckpoints(from, to);
    }

    /// <summary>Adds the next leaf.</summary>
    public void Grow(byte[] leaf)
    {
        Span<byte> completed = stackalloc byte[MerkleFrontier.MaxLevels * MerkleHash.Size];
        var seq = _frontier.Size;
        var levels = _frontier.Append(leaf, completed);
        for (var level = 1; level <= levels && !_lost; level++)
        {
            var node = completed.Slice((level - 1) * MerkleHash.Size, MerkleHash.Size);
            if (!_nodes.TryGetValue((level, seq >> level), out var stored))
            {
                _faults.Add(seq, $"the tree's node ({level}, {seq >> level}) is missing");
            }
            else if (!node.SequenceEqual(stored))
            {
                _faults.Add(seq, $"the tree's node ({level}, {seq >> level}) is not the hash of its two children");
            }
        }

        if (_checkpoints.TryPeek(out var checkpoint) && checkpoint.Size == _frontier.Size)
        {
            Compare(_checkpoints.Dequeue(), "checkpoint", ref _sealedUpTo, ref _lost);
        }

        while (_known.TryPeek(out var head) && head.Size <= _frontier.Size)
        {
            Heads++;
            Compare(_known.Dequeue(), "known head", ref _anchoredUpTo, ref _anchorLost);
        }
    }

    /// <summary>An entry is missing: from here on no root can be compared.</summary>
    public void Lose() => _lost = _anchorLost = true;

    public void EndPage()
    {
        if (!_lost && _checkpoints.TryDequeue(out var left))
        {
            _faults.Add(left.Size - 1, $"the checkpoint of size {left.Size} has no place in the log");
        }
    }

    /// <summary>The log has so many entries and no more.</summary>
    public void End(long entries)
    {
        if (_known.LastOrDefault() is { } beyond && beyond.Size > entries)
        {
            _faults.Add(entries, $"missing: a known head covers {beyond.Size} entries");
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
        if (!_faults.Names(upTo, head.Size))
        {
            _faults.Add(upTo, $"the entries {upTo} to {head.Size - 1} do not give the root of the {what} over {head.Size} entries");
        }
    }

    private void ReadCheckpoints(long from, long to)
    {
        var notes = new List<Checkpoint>();
        using (var rows = _reader.Query("SELECT size, note FROM ledger_checkpoint WHERE size > $0 AND size <= $1 ORDER BY size", from, to))
        {
            while (rows.Read())
            {
                Checkpoints++;
                if (Checkpoint.TryParse(rows.GetFieldValue<byte[]>(1), out var read) && read.Size == rows.GetInt64(0))
                {
                    notes.Add(read);
                }
                else
                {
                    _faults.Add(rows.GetInt64(0) - 1, $"the checkpoint of size {rows.GetInt64(0)} is no signed note of that size");
                }
            }
        }

        _checkpoints = Signed(notes, static head => $"the checkpoint of size {head.Size}");
    }

    private Queue<Checkpoint> Signed(List<Checkpoint> heads, Func<Checkpoint, string> name)
    {
        var holds = _key.Verify(heads);
        for (var i = 0; i < heads.Count; i++)
        {
            if (!holds[i])
            {
                _faults.Add(Math.Max(heads[i].Size - 1, 0), $"{name(heads[i])} is not signed by this log's key");
            }
        }

        return new Queue<Checkpoint>(heads.Where((_, i) => holds[i]));
    }
}
