using Microsoft.Data.Sqlite;

namespace ReviewConsole.Core.Ledger;

/// <summary>
/// Adds entries to the log over the one write connection, inside a transaction that the caller began with <c>BEGIN IMMEDIATE</c>. Not thread-safe:
/// it belongs to the Writer's thread. After a failed statement or a rolled-back transaction it is thrown away and opened anew.
/// </summary>
internal sealed class LedgerAppender : IDisposable
{
    private readonly LedgerSigner _signer;
    private readonly MerkleFrontier _frontier;
    private readonly Statement _entry;
    private readonly Statement _node;
    private readonly Statement _sealed;
    private readonly Statement _checkpoint;
    private long _sealedSize;

    private LedgerAppender(SqliteConnection connection, LedgerSigner signer, MerkleFrontier frontier)
    {
        (_signer, _frontier, _sealedSize) = (signer, frontier, frontier.Size);
        _entry = new Statement(connection, "INSERT INTO ledger_entry(seq, entry, leaf_hash) VALUES(?, ?, ?)");
        _node = new Statement(connection, "INSERT INTO ledger_node(level, idx, hash) VALUES(?, ?, ?)");
        _sealed = new Statement(connection, "INSERT INTO sealed(seq, name, review, salt, bytes) VALUES(?, ?, ?, ?, ?)");
        _checkpoint = new Statement(connection, "INSERT INTO ledger_checkpoint(size, note) VALUES(?, ?)");
    }

    /// <summary>How many entries there are, those of the open transaction included. The next entry gets this number.</summary>
    public long Size => _frontier.Size;

    /// <summary>Whether there are entries that no checkpoint covers yet.</summary>
    public bool HasGrown => Size > _sealedSize;

    /// <summary>Takes up the log where it ends.</summary>
    /// <exception cref="LedgerDamagedException">A row that the right edge needs is missing, or the newest checkpoint does not fit the tree.</exception>
    public static LedgerAppender Open(SqliteConnection connection, LedgerSigner signer)
    {
        using var reader = new LedgerReader(connection);
        var frontier = reader.Frontier();
        var newest = reader.Newest();
        if ((newest?.Size ?? 0) != frontier.Size || (newest is not null && !newest.Root.AsSpan().SequenceEqual(frontier.Root())))
        {
            throw new LedgerDamagedException(new LedgerFault(
                Math.Max(frontier.Size - 1, 0), $"the log has {frontier.Size} entries, which the newest checkpoint does not cover with its root"));
        }

        return new LedgerAppender(connection, signer, frontier);
    }

    /// <summary>Records one event and answers its number.</summary>
    /// <param name="draft">What happened.</param>
    /// <param name="at">When, Unix milliseconds UTC.</param>
    /// <exception cref="CanonicalJsonException">The data has no exact canonical form; nothing was written.</exception>
    public long Append(EntryDraft draft, long at)
    {
        var seq = _frontier.Size;
        var parts = draft.Sealed.ToArray();
        Array.Sort(parts, static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        for (var i = 1; i < parts.Length; i++)
        {
            if (parts[i].Name == parts[i - 1].Name)
            {
                throw new ArgumentException($"Two sealed parts are named {parts[i].Name}.", nameof(draft));
            }
        }

        Insert(draft, seq, at, parts);
        foreach (var part in parts)
        {
            _sealed.Add(seq).Add(part.Name).Add(draft.Review).Add(part.Salt).Add(part.Bytes).Run();
        }

        return seq;
    }

    /// <summary>The state to come back to when the caller's savepoint is undone.</summary>
    public object Mark() => _frontier.Copy();

    /// <summary>Forgets every entry since <paramref name="mark"/>, after <c>ROLLBACK TO</c> has removed their rows.</summary>
    public void Return(object mark) => _frontier.Become((MerkleFrontier)mark);

    /// <summary>Signs the head over all entries so far and stores it: once a batch, just before <c>COMMIT</c>, and only when the log has grown.</summary>
    public Checkpoint Seal()
    {
        if (Size == _sealedSize)
        {
            throw new InvalidOperationException("The log has not grown since its last checkpoint.");
        }

        var checkpoint = _signer.Sign(Size, _frontier.Root());
        _checkpoint.Add(checkpoint.Size).Add(checkpoint.Note).Run();
        _sealedSize = Size;
        return checkpoint;
    }

    public void Dispose()
    {
        _entry.Dispose();
        _node.Dispose();
        _sealed.Dispose();
        _checkpoint.Dispose();
    }

    private void Insert(EntryDraft draft, long seq, long at, ReadOnlySpan<SealedPart> parts)
    {
        Span<byte> leaf = stackalloc byte[MerkleHash.Size];
        var writer = CanonicalJsonWriter.Rent();
        try
        {
            LedgerEntry.Write(writer, draft, seq, at, parts);
            MerkleHash.Leaf(writer.Written, leaf);
            _entry.Add(seq).Add(writer.Written).Add(leaf).Run();
        }
        finally
        {
            CanonicalJsonWriter.Return(writer);
        }

        Span<byte> completed = stackalloc byte[MerkleFrontier.MaxLevels * MerkleHash.Size];
        var levels = _frontier.Append(leaf, completed);
        for (var level = 1; level <= levels; level++)
        {
            _node.Add(level).Add(seq >> level).Add(completed.Slice((level - 1) * MerkleHash.Size, MerkleHash.Size)).Run();
        }
    }
}
