using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using ReviewConsole.Benchmarks.Servers;
using ReviewConsole.Core.Ledger;
using ReviewConsole.Core.Store;

namespace ReviewConsole.Benchmarks;

/// <summary>
/// <c>ledger verify</c>: the whole log verified (tree, every opening, every signed head, every known head), against the bare limit: one pass over the same rows of the same
/// file that only hashes them. The figure to reach on a machine of its own is 100,000 entries a second; the exit
/// code says only whether all of it verified. Options: <c>--entries 100000 --rounds 5 --folder DIR</c>.
/// </summary>
internal static class LedgerVerifyBenchmark
{
    private const int PerBatch = 100;

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var entries = arguments.Number("--entries", 100_000);
        var rounds = arguments.Number("--rounds", 5);
        using var folder = new BenchmarkFolder(arguments.Text("--folder"));
        await using var ledger = new BenchmarkLedger(folder);
        var heads = new List<Checkpoint>();
        for (var from = 0; from < entries; from += PerBatch)
        {
            ledger.Append(Enumerable.Range(from, Math.Min(PerBatch, entries - from)).Select(static number => BenchmarkLedger.Draft(number)));
            heads.Add(ledger.Head());
        }

        using var database = new ReadDatabase(ledger.Path);
        LedgerVerification found = null!;
        var hashed = 0L;
        var (own, limit) = Turns.Seconds(
            rounds,
            () =>
            {
                using var connection = database.Open();
                found = LedgerVerifier.Run(connection, new LedgerExpectation(ledger.Key) { KnownHeads = heads }, CancellationToken.None);
            },
            () =>
            {
                using var connection = database.Open();
                hashed = Hash(connection, "SELECT entry FROM ledger_entry ORDER BY seq") + Hash(connection, "SELECT salt || bytes FROM sealed ORDER BY seq, name");
            });
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"ledger verify: {found.Entries:N0} entries, {found.Openings:N0} openings, {found.Checkpoints:N0} signed heads, {found.Faults.Count} faults in {own:F3} s, {found.Entries / own:N0} entries a second; a bare pass of SHA-256 over the same {hashed / 1e6:F0} MB {limit:F3} s: ratio {limit / own:F3} (medians of {rounds})"));
        return found.Intact && found.Entries == entries ? 0 : 1;
    }

    private static long Hash(SqliteConnection connection, string sql)
    {
        using var command = new SqliteCommand(sql, connection);
        using var rows = command.ExecuteReader();
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        var bytes = 0L;
        while (rows.Read())
        {
            var row = rows.GetFieldValue<byte[]>(0);
            SHA256.HashData(row, hash);
            bytes += row.Length;
        }

        return bytes;
    }
}
