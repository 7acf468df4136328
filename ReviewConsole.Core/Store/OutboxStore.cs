using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using ReviewConsole.Core.Delivery;

namespace ReviewConsole.Core.Store;

/// <summary>What is still to be told, and how it went. Every attempt is working state: the ledger hears of endpoints, not of attempts.</summary>
internal sealed class OutboxStore(Writer writer, ReadDatabase database)
{
    private const string Columns = "entry, review, endpoint, type, message, attempts, made";

    private const string Waiting =
        "state = 'due' AND entry NOT IN (SELECT value FROM json_each($entries)) AND endpoint NOT IN (SELECT value FROM json_each($endpoints))";

    /// <summary>What is due, the longest first, without <paramref name="entries"/> (under way) and <paramref name="endpoints"/> (busy enough).</summary>
    public IReadOnlyList<OutboxRow> Due(long now, int limit, IReadOnlyCollection<long> entries, IReadOnlyCollection<string> endpoints)
    {
        using var connection = database.Open();
        using var command = Excluding(connection, $"SELECT {Columns} FROM outbox WHERE {Waiting} AND next <= $now ORDER BY next LIMIT $limit", entries, endpoints);
        command.Parameters.AddWithValue("$now", now);
        command.Parameters.AddWithValue("$limit", limit);
        using var rows = command.ExecuteReader();
        var due = new List<OutboxRow>();
        while (rows.Read())
        {
            due.Add(Row(rows));
        }

        return due;
    }

    /// <summary>When the next of the others is due; null when none is.</summary>
    public long? NextDue(IReadOnlyCollection<long> entries, IReadOnlyCollection<string> endpoints)
    {
        using var connection = database.Open();
        using var command = Excluding(connection, $"SELECT next FROM outbox WHERE {Waiting} ORDER BY next LIMIT 1", entries, endpoints);
        return (long?)command.ExecuteScalar();
    }

    public Task DeliveredAsync(OutboxRow row, int status, CancellationToken cancellation) =>
        SettleAsync(row, "delivered", row.Attempts, TimeSpan.Zero, status, null, cancellation);

    /// <summary>One more attempt has failed; the next one is <paramref name="wait"/> from now.</summary>
    public Task AgainAsync(OutboxRow row, TimeSpan wait, int? status, string? fault, CancellationToken cancellation) =>
        SettleAsync(row, "due", row.Attempts + 1, wait, status, fault, cancellation);

    public Task DeadAsync(OutboxRow row, int? status, string? fault, CancellationToken cancellation) =>
        SettleAsync(row, "dead", row.Attempts + 1, TimeSpan.Zero, status, fault, cancellation);

    /// <summary>Starts a dead letter afresh, with the same id and the whole schedule. False when there is no such dead letter.</summary>
    public Task<bool> ReplayAsync(long entry, CancellationToken cancellation) => writer.RunAsync(
        scope =>
        {
            scope.Touch(ChangeSignal.Outbox);
            return scope.Prepare("UPDATE outbox SET state = 'due', attempts = 0, next = $now, settled = NULL WHERE entry = $entry AND state = 'dead'")
                .With("$now", scope.Now).With("$entry", entry).ExecuteNonQuery() > 0;
        },
        cancellation);

    /// <summary>A page of dead letters, newest entry first, those below <paramref name="before"/>.</summary>
    public IReadOnlyList<DeadLetter> DeadLetters(long? before, int limit) => DeadLetters(database, before, limit);

    /// <inheritdoc cref="DeadLetters(long?, int)"/>
    public static IReadOnlyList<DeadLetter> DeadLetters(ReadDatabase database, long? before, int limit)
    {
        using var connection = database.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {Columns}, settled, status, fault FROM outbox WHERE state = 'dead' AND entry < $before ORDER BY entry DESC LIMIT $limit";
        command.Parameters.AddWithValue("$before", before ?? long.MaxValue);
        command.Parameters.AddWithValue("$limit", limit);
        using var rows = command.ExecuteReader();
        var letters = new List<DeadLetter>();
        while (rows.Read())
        {
            letters.Add(new DeadLetter(
                Row(rows), rows.GetInt64(7), rows.IsDBNull(8) ? null : rows.GetInt32(8), rows.IsDBNull(9) ? null : rows.GetString(9)));
        }

        return letters;
    }

    public OutboxSummary Summary()
    {
        using var connection = database.Open();
        using var command = connection.CreateCommand();
        command.CommandText =
            """
            SELECT (SELECT count(*) FROM outbox WHERE state = 'due'), (SELECT count(*) FROM outbox WHERE state = 'dead'), (SELECT min(made) FROM outbox WHERE state = 'due')
            """;
        using var row = command.ExecuteReader();
        row.Read();
        return new OutboxSummary(row.GetInt64(0), row.GetInt64(1), row.IsDBNull(2) ? null : row.GetInt64(2));
    }

    // The row may have been picked up while the attempt was under way: then nothing changes.
    private Task SettleAsync(OutboxRow row, string state, int attempts, TimeSpan wait, int? status, string? fault, CancellationToken cancellation) => writer.RunAsync(
        scope =>
        {
            scope.Touch(ChangeSignal.Outbox);
            return scope.Prepare(
                """
                UPDATE outbox SET state = $state, attempts = $attempts, next = $next, settled = CASE $state WHEN 'due' THEN NULL ELSE $now END, status = $status, fault = $fault
                WHERE entry = $entry AND state = 'due'
                """)
                .With("$state", state).With("$attempts", attempts).With("$next", scope.Now + (long)wait.TotalMilliseconds).With("$now", scope.Now)
                .With("$status", status).With("$fault", fault).With("$entry", row.Entry).ExecuteNonQuery();
        },
        cancellation);

    private static SqliteCommand Excluding(SqliteConnection connection, string sql, IReadOnlyCollection<long> entries, IReadOnlyCollection<string> endpoints)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("$entries", Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes(entries)));
        command.Parameters.AddWithValue("$endpoints", Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes(endpoints)));
        return command;
    }

    private static OutboxRow Row(SqliteDataReader row) => new(
        row.GetInt64(0), Guid.Parse(row.GetString(1)), row.GetString(2), row.GetString(3), row.GetString(4), row.GetInt32(5), row.GetInt64(6));
}
