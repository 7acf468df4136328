using System.Globalization;
using Microsoft.Data.Sqlite;

namespace ReviewConsole.Core.Ledger;

/// <summary>A stored entry.</summary>
internal readonly record struct StoredEntry(long Seq, byte[] Entry, byte[] LeafHash);

/// <summary>The opening of a commitment: what is there until it is erased.</summary>
internal readonly record struct Opening(long Seq, string Name, byte[] Salt, byte[] Bytes);

/// <summary>
/// Reads the log over any connection, in statements that end at once: nothing here holds a read transaction. Not thread-safe, since it keeps its
/// prepared commands; the connection stays the caller's.
/// </summary>
internal sealed class LedgerReader(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> _commands = new(StringComparer.Ordinal);

    /// <summary>How many entries there are.</summary>
    public long Size() => Scalar<long?>("SELECT max(seq) + 1 FROM ledger_entry") ?? 0;

    /// <summary>The bytes of one entry, or null.</summary>
    public byte[]? Entry(long seq) => Scalar<byte[]>("SELECT entry FROM ledger_entry WHERE seq = $0", seq);

    /// <summary>The hash of one entry, or null.</summary>
    public byte[]? LeafHash(long seq) => Scalar<byte[]>("SELECT leaf_hash FROM ledger_entry WHERE seq = $0", seq);

    /// <summary>At most <paramref name="limit"/> entries from <paramref name="from"/> on, in order.</summary>
    public List<StoredEntry> Entries(long from, int limit)
    {
        using var rows = Query("SELECT seq, entry, leaf_hash FROM ledger_entry WHERE seq >= $0 ORDER BY seq LIMIT $1", from, limit);
        var entries = new List<StoredEntry>();
        while (rows.Read())
        {
            entries.Add(new StoredEntry(rows.GetInt64(0), rows.GetFieldValue<byte[]>(1), rows.GetFieldValue<byte[]>(2)));
        }

        return entries;
    }

    /// <summary>The newest signed head, or null before the first entry.</summary>
    public Checkpoint? Newest() => Head(Scalar<byte[]>("SELECT note FROM ledger_checkpoint ORDER BY size DESC LIMIT 1"));

    /// <summary>The smallest head that covers an entry, or null while there is none: the one that every retry of a receipt carries.</summary>
    public Checkpoint? Covering(long seq) => Head(Scalar<byte[]>("SELECT note FROM ledger_checkpoint WHERE size > $0 ORDER BY size LIMIT 1", seq));

    /// <summary>What can still be opened of an entry, by name.</summary>
    public List<Opening> Openings(long seq)
    {
        using var rows = Query("SELECT seq, name, salt, bytes FROM sealed WHERE seq = $0 ORDER BY name", seq);
        var openings = new List<Opening>();
        while (rows.Read())
        {
            openings.Add(Opening(rows));
        }

        return openings;
    }

    /// <summary>The bytes of one opening, or null when it was never there or is erased.</summary>
    public byte[]? Opening(long seq, string name) => Scalar<byte[]>("SELECT bytes FROM sealed WHERE seq = $0 AND name = $1", seq, name);

    /// <summary>The root over the first <paramref name="size"/> entries, from O(log n) rows; null when the log is shorter.</summary>
    public byte[]? Root(long size) => size < 0 || size > Size() ? null : MerkleProof.Root(size, Node);

    /// <summary>The proof that entry <paramref name="seq"/> is in the tree of <paramref name="size"/> entries.</summary>
    public IReadOnlyList<byte[]> Inclusion(long seq, long size) => MerkleProof.Inclusion(seq, size, Node);

    /// <summary>The proof that the tree of <paramref name="second"/> entries begins with that of <paramref name="first"/>.</summary>
    public IReadOnlyList<byte[]> Consistency(long first, long second) => MerkleProof.Consistency(first, second, Node);

    /// <summary>The receipt of an entry under the smallest head that covers it, the same bytes every time; null while there is none.</summary>
    public Receipt? Receipt(long seq) =>
        Entry(seq) is { } entry && Covering(seq) is { } head ? new Receipt(seq, entry, Inclusion(seq, head.Size), head) : null;

    /// <summary>The right edge of the tree.</summary>
    public MerkleFrontier Frontier() => Frontier(Size());

    /// <inheritdoc cref="Frontier()"/>
    public MerkleFrontier Frontier(long size) => MerkleFrontier.At(size, Node);

    public void Dispose()
    {
        foreach (var command in _commands.Values)
        {
            command.Dispose();
        }
    }

    internal static Opening Opening(SqliteDataReader row) => new(row.GetInt64(0), row.GetString(1), row.GetFieldValue<byte[]>(2), row.GetFieldValue<byte[]>(3));

    /// <summary>Runs a prepared statement with the parameters <c>$0</c>, <c>$1</c> …</summary>
    internal SqliteDataReader Query(string sql, params ReadOnlySpan<object> values) => Prepared(sql, values).ExecuteReader();

    private static Checkpoint? Head(byte[]? note) => note is null ? null : Checkpoint.TryParse(note, out var head)
        ? head : throw new LedgerDamagedException(new LedgerFault(0, "a stored checkpoint is no signed note"));

    private byte[] Node(int level, long index) =>
        (level == 0 ? LeafHash(index) : Scalar<byte[]>("SELECT hash FROM ledger_node WHERE level = $0 AND idx = $1", level, index))
        ?? throw new LedgerDamagedException(new LedgerFault(((index + 1) << level) - 1, $"the tree's node ({level}, {index}) is missing"));

    private T? Scalar<T>(string sql, params ReadOnlySpan<object> values)
    {
        var value = Prepared(sql, values).ExecuteScalar();
        return value is null or DBNull ? default : (T)value;
    }

    private SqliteCommand Prepared(string sql, ReadOnlySpan<object> values)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 0; i < values.Length; i++)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = "$" + i.ToString(CultureInfo.InvariantCulture) });
            }

            _commands.Add(sql, command);
        }

        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }

        return command;
    }
}
