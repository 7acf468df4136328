using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using ReviewConsole.Core.Reviews;

namespace ReviewConsole.Core.Store;

/// <summary>
/// The stopped lines. The board shows what is on disk and is read anywhere; a write asks the table instead, where what the writes before it in the same batch have stopped
/// and started counts already.
/// </summary>
internal sealed class LineBoard
{
    private const string Select = "SELECT system, kind, reason, by, since FROM stopped_line";

    private volatile IReadOnlyList<StoppedLine> _stopped = [];

    public IReadOnlyList<StoppedLine> Stopped => _stopped;

    public StoppedLine? Find(string system, string kind) => _stopped.FirstOrDefault(line => line.Covers(system, kind));

    /// <summary>The stopped line that covers these, as this write finds it.</summary>
    public static StoppedLine? Find(WriteScope scope, string system, string kind)
    {
        using var reader = scope.Prepare(Select + " WHERE system IN ('', $system) AND kind IN ('', $kind) ORDER BY since LIMIT 1")
            .With("$system", system).With("$kind", kind).ExecuteReader();
        return reader.Read() ? Read(reader) : null;
    }

    /// <summary>The line of exactly this scope, if this write finds it stopped.</summary>
    public static StoppedLine? FindExact(WriteScope scope, string? system, string? kind)
    {
        using var reader = scope.Prepare(Select + " WHERE system = $system AND kind = $kind").With("$system", system ?? "").With("$kind", kind ?? "").ExecuteReader();
        return reader.Read() ? Read(reader) : null;
    }

    public void Load(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Select;
        using var reader = command.ExecuteReader();
        var lines = ImmutableArray.CreateBuilder<StoppedLine>();
        while (reader.Read())
        {
            lines.Add(Read(reader));
        }

        _stopped = lines.ToArray();
    }

    public void Add(WriteScope scope, StoppedLine line)
    {
        scope.Prepare("INSERT OR REPLACE INTO stopped_line (system, kind, reason, by, since) VALUES ($system, $kind, $reason, $by, $since)")
            .With("$system", line.System ?? "").With("$kind", line.Kind ?? "").With("$reason", line.Reason).With("$by", line.By).With("$since", line.Since)
            .ExecuteNonQuery();
        scope.AfterCommit(() => _stopped = [.. Others(line), line]);
    }

    public void Remove(WriteScope scope, StoppedLine line)
    {
        scope.Prepare("DELETE FROM stopped_line WHERE system = $system AND kind = $kind")
            .With("$system", line.System ?? "").With("$kind", line.Kind ?? "").ExecuteNonQuery();
        scope.AfterCommit(() => _stopped = [.. Others(line)]);
    }

    private IEnumerable<StoppedLine> Others(StoppedLine line) => _stopped.Where(other => other.System != line.System || other.Kind != line.Kind);

    private static StoppedLine Read(SqliteDataReader reader) =>
        new(Part(reader.GetString(0)), Part(reader.GetString(1)), reader.GetString(2), reader.GetString(3), reader.GetInt64(4));

    private static string? Part(string text) => text.Length == 0 ? null : text;
}
