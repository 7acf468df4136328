using Microsoft.Data.Sqlite;
using ReviewConsole.Core.Ledger;
using ReviewConsole.Core.Store;

namespace ReviewConsole.Hosting;

/// <summary>
/// <c>/health/live</c>: the process answers. <c>/health/ready</c>: it takes work (200) or says why not (503), with what an operator wants to see: the
/// engine's version, since some have faults that bite (TRUST.md §2), the journal, the size of its log, and what is known of the ledger, in words.
/// </summary>
internal static class Health
{
    /// <summary>A reader that stays open keeps the log from being folded back; past this somebody must look.</summary>
    private const long LogAlarm = 512L * 1024 * 1024;

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        var health = routes.MapGroup("/health").WithTags("Health").AllowAnonymous();
        health.MapGet("/live", () => TypedResults.Json(new { status = "live" }));
        health.MapGet("/ready", Ready).Produces<Readiness>().Produces<Readiness>(StatusCodes.Status503ServiceUnavailable);
    }

    private static IResult Ready(ReadDatabase database, DataFolder data, LedgerWatch watch, LedgerOptions options, Writer writer)
    {
        try
        {
            using var connection = database.Open();
            using var reader = new LedgerReader(connection);
            var log = new FileInfo(data.Database + "-wal");
            var bytes = log.Exists ? log.Length : 0;
            var ready = watch.Last?.Fault is null;
            var answer = new Readiness(
                ready ? "ready" : "refusing",
                "SQLite " + connection.ServerVersion,
                Scalar(connection, "PRAGMA journal_mode"),
                bytes,
                bytes > LogAlarm,
                writer.Waiting,
                new LedgerReadiness(reader.Size(), State(watch.Last), KeyPlace(data, options)));
            return TypedResults.Json(answer, statusCode: ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
        }
        catch (SqliteException)
        {
            return TypedResults.Json(new { status = "refusing", storage = "the database cannot be read" }, statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static string State(LedgerFinding? last) => last switch
    {
        null => "newest checkpoint and anchor verified, the whole log is being verified",
        { Fault: { } fault } => "does not verify: " + fault,
        _ => FormattableString.Invariant($"intact, {last.Entries} entries verified at {DateTimeOffset.FromUnixTimeMilliseconds(last.At):yyyy-MM-dd'T'HH:mm:ss.fff'Z'}"),
    };

    private static string KeyPlace(DataFolder data, LedgerOptions options)
    {
        var beside = (Inside(options.KeyFileIn(data)), Inside(options.AnchorFileIn(data)));
        return beside switch
        {
            (true, _) => "key beside the data: protects against accident, not against the operator",
            (false, true) => "anchors beside the data: protect against accident, not against the operator",
            _ => "key and anchors apart from the data",
        };

        bool Inside(string file) => Path.GetFullPath(file).StartsWith(data.Path + Path.DirectorySeparatorChar, StringComparison.Ordinal);
    }

    private static string Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (string)command.ExecuteScalar()!;
    }

    /// <param name="LogBytes">Size of the write-ahead log.</param>
    /// <param name="LogAlarm">It is past 512 MB: some reader keeps it from shrinking.</param>
    /// <param name="Waiting">Writes that wait for the next batch.</param>
    internal sealed record Readiness(string Status, string Engine, string Journal, long LogBytes, bool LogAlarm, int Waiting, LedgerReadiness Ledger);

    internal sealed record LedgerReadiness(long Size, string State, string Key);
}
