using System.Security.Cryptography;
using Microsoft.Data.Sqlite;

namespace ReviewConsole.Core.Ledger;

/// <summary>
/// Adds entries to the log over the one write connection, inside a transaction that the caller began with <c>BEGIN IMMEDIATE</c>. Not thread-safe:
/// it belongs to the Writer's thread. After a failed statement or a rolled-back transaction it is thrown away and opened anew.
/// </summary>
internal sealed class LedgerAppender : IDisposable
{
    private const int SaltBytes = 32;

    private readonly LedgerSigner _signer;
    private readonly MerkleFrontier _frontier;
    private readonly SqliteCommand _entry;
    private readonly SqliteCommand _node;
    private readonly SqliteCommand _sealed;
    private readonly SqliteCommand _checkpoint;
    private long _sealedSize;

    private LedgerAppender(SqliteConnection connection, LedgerSigner signer, MerkleFrontier frontier)
    {
        (_signer, _frontier, _sealedSize) = (signer, frontier, frontier.Size);
        _entry = Command(connection, "INSERT INTO ledger_entry(seq, entry, leaf_hash) VALUES($0, $1, $2)", 3);
        _node = Command(connection, "INSERT INTO ledger_node(level, idx, hash) VALUES($0, $1, $2)", 3);
        _sealed = Command(connection, "INSERT INTO sealed(seq, name, review, salt, bytes) VALUES($0, $1, $2, $3, $4)", 5);
        _checkpoint = Command(connection, "INSERT INTO ledger_checkpoint(size, note) VALUES($0, $1)", 2);
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
        var parts = draft.Sealed.Count;
        var salts = parts == 0 ? [] : RandomNumberGenerator.GetBytes(parts * SaltBytes);
        var commitments = parts == 0 ? [] : new (string Name, string Hash)[parts];
        for (var i = 0; i < parts; i++)
        {
            var part = draft.Sealed[i];
            commitments[i] = (part.Name, Commitment.Of(salts.AsSpan(i * SaltBytes, SaltBytes), part.Bytes));
        }

        Array.Sort(commitments, static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        for (var i = 1; i < parts; i++)
        {
            if (commitments[i].Name == commitments[i - 1].Name)
            {
                throw new ArgumentException($"Two sealed parts are named {commitments[i].Name}.", nameof(draft));
            }
        }

        Insert(draft, seq, at, commitments);
        for (var i = 0; i < parts; i++)
        {
            var part = draft.Sealed[i];
            Run(_sealed, seq, part.Name, (object?)draft.Review?.ToString("D") ?? DBNull.Value, salts[(i * SaltBytes)..((i + 1) * SaltBytes)], part.Bytes);
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
        Run(_checkpoint, checkpoint.Size, checkpoint.Note);
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

    private void Insert(EntryDraft draft, long seq, long at, ReadOnlySpan<(string Name, string Hash)> commitments)
    {
        byte[] entry;
        var writer = CanonicalJsonWriter.Rent();
        try
        {
            LedgerEntry.Write(writer, draft, seq, at, commitments);
            entry = writer.Written.ToArray();
        }
        finally
        {
            CanonicalJsonWriter.Return(writer);
        }

        var leaf = MerkleHash.Leaf(entry);
        Run(_entry, seq, entry, leaf);
        Span<byte> completed = stackalloc byte[MerkleFrontier.MaxLevels * MerkleHash.Size];
        var levels = _frontier.Append(leaf, completed);
        for (var level = 1; level <= levels; level++)
        {
            Run(_node, level, seq >> level, completed.Slice((level - 1) * MerkleHash.Size, MerkleHash.Size).ToArray());
        }
    }

    private static void Run(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }

        command.ExecuteNonQuery();
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql, int parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < parameters; i++)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = "$" + (char)('0' + i) });
        }

        return command;
    }
}
