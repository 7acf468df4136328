using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using ReviewConsole.Benchmarks.Servers;
using ReviewConsole.Core.Store;

namespace ReviewConsole.Benchmarks;

/// <summary>
/// <c>ledger append</c>: entries a second that the Writer appends in one durable transaction (canonical JSON, salted commitments, tree, signed head), against the bare
/// limit: the same bytes hashed once and inserted into two plain tables, in one durable transaction of their own file. Options: <c>--entries 10000 --rounds 5 --folder DIR</c>.
/// </summary>
internal static class LedgerAppendBenchmark
{
    public static async Task<int> RunAsync(Arguments arguments)
    {
        var entries = arguments.Number("--entries", 10_000);
        var rounds = arguments.Number("--rounds", 5);
        using var folder = new BenchmarkFolder(arguments.Text("--folder"));
        await using var ledger = new BenchmarkLedger(folder);
        // Not kept: a draft's parts are salted and hashed when it is made, which belongs to what is measured.
        var drafts = Enumerable.Range(0, entries).Select(static number => BenchmarkLedger.Draft(number));
        ledger.Append(drafts);
        var (texts, openings) = Stored(ledger.Path);
        using var bare = new SqliteConnection($"Data Source={folder.At("bare.db")}");
        bare.Open();
        Execute(bare, "PRAGMA page_size=8192; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE entry(seq INTEGER PRIMARY KEY, body BLOB, hash BLOB) STRICT; CREATE TABLE opening(id INTEGER PRIMARY KEY, body BLOB, hash BLOB) STRICT");

        var (own, limit) = Turns.Seconds(rounds, () => ledger.Append(drafts), () => Insert(bare, texts, openings));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"ledger append: {entries / own:N0} entries a second in one transaction, {openings.Count / own:N0} sealed parts with them; bare inserts of the same bytes {entries / limit:N0}: ratio {limit / own:F3} (medians of {rounds})"));
        return 0;
    }

    private static (List<byte[]> Entries, List<byte[]> Openings) Stored(string path)
    {
        using var database = new ReadDatabase(path);
        using var connection = database.Open();
        return (Read(connection, "SELECT entry FROM ledger_entry ORDER BY seq"), Read(connection, "SELECT bytes FROM sealed ORDER BY seq, name"));
    }

    private static List<byte[]> Read(SqliteConnection connection, string sql)
    {
        using var command = new SqliteCommand(sql, connection);
        using var rows = command.ExecuteReader();
        var all = new List<byte[]>();
        while (rows.Read())
        {
            all.Add(rows.GetFieldValue<byte[]>(0));
        }

        return all;
    }

    private static void Insert(SqliteConnection connection, List<byte[]> entries, List<byte[]> openings)
    {
        using var transaction = connection.BeginTransaction();
        Insert(connection, transaction, "INSERT INTO entry(body, hash) VALUES($body, $hash)", entries);
        Insert(connection, transaction, "INSERT INTO opening(body, hash) VALUES($body, $hash)", openings);
        transaction.Commit();
    }

    private static void Insert(SqliteConnection connection, SqliteTransaction transaction, string sql, List<byte[]> rows)
    {
        using var insert = new SqliteCommand(sql, connection, transaction);
        var (body, hash) = (insert.Parameters.Add("$body", SqliteType.Blob), insert.Parameters.Add("$hash", SqliteType.Blob));
        foreach (var row in rows)
        {
            (body.Value, hash.Value) = (row, SHA256.HashData(row));
            insert.ExecuteNonQuery();
        }
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = new SqliteCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
