using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using ReviewConsole.Core.Ledger;

namespace ReviewConsole.Tests.Core.Ledger;

/// <summary>
/// A copy of a log in memory, in the hands of somebody who owns the file: triggers are dropped, hashes and nodes are made to fit again where the
/// tampering is of that kind. Each kind answers the range in which the first fault must be named.
/// </summary>
internal sealed class Tampering : IDisposable
{
    private readonly Random _random;
    private readonly TestLog _log;

    public Tampering(TestLog log, int seed)
    {
        (_log, _random) = (log, new Random(seed));
        Connection = new SqliteConnection("Data Source=:memory:");
        Connection.Open();
        log.Connection.BackupDatabase(Connection);
        Execute("PRAGMA foreign_keys=OFF");
        Known = [.. log.Heads.Where((_, i) => i % 3 == 0 || i == log.Heads.Count - 1)];
        foreach (var trigger in LedgerTriggers.Names)
        {
            Execute("DROP TRIGGER " + trigger);
        }
    }

    public SqliteConnection Connection { get; }

    /// <summary>The heads that left before the tampering: every third and the newest.</summary>
    public IReadOnlyList<Checkpoint> Known { get; }

    public static IReadOnlyList<string> Kinds { get; } =
        ["bit", "delete", "insert", "reorder", "truncate", "rollback", "receipt", "foreignkey", "resign", "edit", "checkpoint", "opening"];

    public void Dispose() => Connection.Dispose();

    /// <summary>Does it at a random place and answers where the first fault may be named.</summary>
    public (long From, long To) Do(string kind)
    {
        var size = _log.Appender.Size;
        var k = _random.NextInt64(size - 1);
        switch (kind)
        {
            case "bit":
                Execute("UPDATE ledger_entry SET entry = $1 WHERE seq = $0", k, Flipped(Entry(k)));
                return (k, k);
            case "delete":
                Execute("DELETE FROM ledger_entry WHERE seq = $0", k);
                return (k, k);
            case "insert":
                var forged = Forge(k);
                Execute("UPDATE ledger_entry SET seq = -seq - 2 WHERE seq >= $0", k);
                Execute("UPDATE ledger_entry SET seq = -seq - 1 WHERE seq < 0");
                Execute("INSERT INTO ledger_entry VALUES($0, $1, $2)", k, forged, MerkleHash.Leaf(forged));
                return (Sealed(k), k + 1);
            case "reorder":
                var (first, second) = (Entry(k), Entry(k + 1));
                Put(k, second);
                Put(k + 1, first);
                return (k, k);
            case "truncate":
                Execute("DELETE FROM ledger_entry WHERE seq >= $0", k);
                return (k, k);
            case "rollback":
                var back = _log.Heads[_random.Next(_log.Heads.Count - 1)].Size;
                Execute("DELETE FROM ledger_entry WHERE seq >= $0", back);
                Execute("DELETE FROM ledger_checkpoint WHERE size > $0", back);
                Execute("DELETE FROM ledger_node WHERE ((idx + 1) << level) > $0", back);
                Execute("DELETE FROM sealed WHERE seq >= $0", back);
                return (back, back);
            case "foreignkey":
                using (var foreign = LedgerSigner.OpenOrCreate(Path.Combine(_log.Folder, "foreign.pem"), _log.Signer.Origin))
                {
                    var resigned = _log.Heads.Where(head => head.Size > k).ToList();
                    foreach (var head in resigned)
                    {
                        Execute("UPDATE ledger_checkpoint SET note = $1 WHERE size = $0", head.Size, foreign.Sign(head.Size, head.Root).Note);
                    }

                    return (resigned[0].Size - 1, resigned[0].Size - 1);
                }

            case "resign":
                Put(k, Forge(k));
                Execute("DELETE FROM sealed WHERE seq = $0", k);
                Rebuild();
                return (Anchored(k), Anchored(k));
            case "edit":
                Put(k, Forge(k));
                Execute("DELETE FROM sealed WHERE seq = $0", k);
                return (Sealed(k), k | 1);
            case "checkpoint":
                var edited = _log.Heads[_random.Next(_log.Heads.Count)];
                Execute("UPDATE ledger_checkpoint SET note = $1 WHERE size = $0", edited.Size, Flipped(edited.Note));
                return (edited.Size - 1, edited.Size - 1);
            case "opening":
                var column = _random.Next(2) == 0 ? "salt" : "bytes";
                using (var reader = new LedgerReader(Connection))
                {
                    while (reader.Openings(k).Count == 0)
                    {
                        k = (k + 1) % size;
                    }

                    var opening = reader.Openings(k)[_random.Next(reader.Openings(k).Count)];
                    Execute($"UPDATE sealed SET {column} = $2 WHERE seq = $0 AND name = $1", k, opening.Name, Flipped(column == "salt" ? opening.Salt : opening.Bytes));
                }

                return (k, k);
            default:
                throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such tampering.");
        }
    }

    /// <summary>One receipt with a part of another: the entry, the index, the proof or the head.</summary>
    public string SwappedReceipt()
    {
        using var reader = new LedgerReader(Connection);
        while (true)
        {
            var a = reader.Receipt(_random.NextInt64(_log.Appender.Size))!;
            var b = reader.Receipt(_random.NextInt64(_log.Appender.Size))!;
            var swapped = _random.Next(4) switch
            {
                0 => a with { Entry = b.Entry },
                1 => a with { Index = b.Index },
                2 => a with { Hashes = b.Hashes },
                _ => a with { Checkpoint = b.Checkpoint },
            };
            if (swapped.Print() != a.Print())
            {
                return swapped.Print();
            }
        }
    }

    // Everything that the key's owner can make fit: nodes, roots, signatures.
    private void Rebuild()
    {
        Execute("DELETE FROM ledger_node");
        Execute("DELETE FROM ledger_checkpoint");
        using var reader = new LedgerReader(Connection);
        var frontier = new MerkleFrontier();
        var scratch = new byte[MerkleFrontier.MaxLevels * MerkleHash.Size];
        var sizes = _log.Heads.Select(static head => head.Size).ToHashSet();
        foreach (var entry in reader.Entries(0, int.MaxValue))
        {
            var levels = frontier.Append(entry.LeafHash, scratch);
            for (var level = 1; level <= levels; level++)
            {
                Execute("INSERT INTO ledger_node VALUES($0, $1, $2)", level, entry.Seq >> level, scratch[((level - 1) * 32)..(level * 32)]);
            }

            if (sizes.Contains(frontier.Size))
            {
                Execute("INSERT INTO ledger_checkpoint VALUES($0, $1)", frontier.Size, _log.Signer.Sign(frontier.Size, frontier.Root()).Note);
            }
        }
    }

    private long Sealed(long k) => _log.Heads.Select(static head => head.Size).Where(size => size <= k).DefaultIfEmpty(0).Max();

    private long Anchored(long k) => Known.Select(static head => head.Size).Where(size => size <= k).DefaultIfEmpty(0).Max();

    // A well-formed entry of that number that never happened.
    private static byte[] Forge(long k) => CanonicalJson.Of(JsonNode.Parse(
        $$$"""{"at":1,"by":"p9","data":{"decision":"approved"},"sealed":{},"seq":{{{k.ToString(CultureInfo.InvariantCulture)}}},"type":"decided","v":1}"""));

    private byte[] Entry(long seq)
    {
        using var reader = new LedgerReader(Connection);
        return reader.Entry(seq)!;
    }

    private void Put(long seq, byte[] entry) => Execute("UPDATE ledger_entry SET entry = $1, leaf_hash = $2 WHERE seq = $0", seq, entry, MerkleHash.Leaf(entry));

    private byte[] Flipped(byte[] bytes)
    {
        var changed = bytes.ToArray();
        changed[_random.Next(changed.Length)] ^= (byte)(1 << _random.Next(8));
        return changed;
    }

    private void Execute(string sql, params object[] values)
    {
        using var command = Connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters.AddWithValue("$" + i.ToString(CultureInfo.InvariantCulture), values[i]);
        }

        command.ExecuteNonQuery();
    }
}
