using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using ReviewConsole.Core.Ledger;

namespace ReviewConsole.Core.Store;

/// <summary>
/// Compares the tables that say who may do what and where outcomes go (owners, people and their roles, keys, endpoints, modes of lines, policies, demoted rules) with the entries that made
/// their rows: what somebody changed there with a tool of their own is no entry, and is named.
/// </summary>
internal static class RegistryCheck
{
    private const int PageSize = 10_000;

    // Scopes stand in the entry in order and in the row as they were asked for.
    private static readonly (string Table, Func<SqliteDataReader, string> Id, string Sql)[] s_tables =
    [
        ("owner", Numbered, "SELECT 'o' || number, name FROM owner"),
        ("person", Numbered, "SELECT 'p' || number, subject, email, name, roles, active, skills FROM person"),
        ("api_key", Numbered, """
            SELECT 'k' || number, name, hash, systems, (SELECT json_group_array(value) FROM (SELECT value FROM json_each(scopes) ORDER BY value)) AS scopes, created,
              expires, revoked
            FROM api_key
            """),
        ("endpoint", Numbered, "SELECT 'e' || number, name, url, secret, previous, previous_until, added, disabled, removed FROM endpoint"),
        (RegistryFold.LineTable, static row => RegistryFold.LineId(row.GetString(0), row.GetString(1), row.GetString(2)), "SELECT system, kind, mode, reason, by, since, until FROM line_mode"),
        ("policy", Numbered, "SELECT 'd' || number, name, version, digest, text, base, state, authors, saved, shadow_since FROM policy"),
        ("demotion", static row => RegistryFold.EntryId(row.GetInt64(0)), "SELECT seq, rule, digest, review, cause, at FROM demotion"),
        ("policy_force", static row => RegistryFold.EntryId(row.GetInt64(0)), "SELECT seq, act, by, made, effective, 'd' || policy AS policy FROM policy_force"),
    ];

    /// <summary>What differs, each with the entry that says otherwise; empty when nothing does. Works beside a live server.</summary>
    public static IReadOnlyList<string> Run(SqliteConnection connection, CancellationToken cancellation)
    {
        // No read transaction lasts: pages first, and then what is left of the entries and the tables in one moment.
        var next = 0L;
        var entries = new List<StoredEntry>();
        using (var log = new LedgerReader(connection))
        {
            for (var size = log.Size(); next + PageSize < size; next += PageSize)
            {
                cancellation.ThrowIfCancellationRequested();
                entries.AddRange(Registered(log, next, next + PageSize));
            }
        }

        using var moment = connection.BeginTransaction(deferred: true);
        using var ledger = new LedgerReader(connection);
        entries.AddRange(Registered(ledger, next, long.MaxValue));
        var fold = new RegistryFold(ledger.Opening);
        entries.ForEach(fold.Add);
        var faults = new List<string>(fold.Faults);
        var missing = fold.Rows.Keys.ToHashSet();
        foreach (var (table, id, sql) in s_tables)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            using var rows = command.ExecuteReader();
            while (rows.Read())
            {
                var key = (table, id(rows));
                missing.Remove(key);
                Compare(key, fold.Rows.GetValueOrDefault(key), rows, faults);
            }
        }

        faults.AddRange(missing.Select(key => $"entry {fold.Rows[key].Seq}: {key.Table} {key.Id} has no row"));
        return faults;
    }

    private static List<StoredEntry> Registered(LedgerReader ledger, long from, long to)
    {
        using var rows = ledger.Query(
            """
            SELECT seq, entry, leaf_hash FROM ledger_entry
            WHERE seq >= $0 AND seq < $1 AND (instr(entry, CAST('"review":' AS BLOB)) = 0 OR instr(entry, CAST('"type":"ruleDemoted"' AS BLOB)) > 0) ORDER BY seq
            """,
            from,
            to);
        var entries = new List<StoredEntry>();
        while (rows.Read())
        {
            entries.Add(new StoredEntry(rows.GetInt64(0), rows.GetFieldValue<byte[]>(1), rows.GetFieldValue<byte[]>(2)));
        }

        return entries;
    }

    private static void Compare((string Table, string Id) key, RegistryRow? expected, SqliteDataReader row, List<string> faults)
    {
        if (expected is null)
        {
            faults.Add($"{key.Table} {key.Id}: has a row and no entry");
            return;
        }

        if (expected.Erased is { } erased)
        {
            faults.Add($"entry {erased}: what names {key.Table} {key.Id} is erased there and still stands in its row");
        }

        var different = Enumerable.Range(0, row.FieldCount).Where(i => expected.Columns.TryGetValue(row.GetName(i), out var says) && !Equals(says, Value(row, i)))
            .Select(row.GetName).ToArray();
        if (different.Length > 0)
        {
            faults.Add($"entry {expected.Seq}: {key.Table} {key.Id} is not as it was made, in {string.Join(", ", different)}");
        }
    }

    private static object? Value(SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetValue(column) is byte[] bytes ? Convert.ToHexStringLower(SHA256.HashData(bytes)) : row.GetValue(column);

    private static string Numbered(SqliteDataReader row) => row.GetString(0);
}
