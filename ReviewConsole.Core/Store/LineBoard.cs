using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using ReviewConsole.Core.Reviews;

namespace ReviewConsole.Core.Store;

/// <summary>The stopped lines. Read anywhere; changed only by the Writer, once the row is on disk.</summary>
internal sealed class LineBoard
{
    private volatile IReadOnlyList<StoppedLine> _stopped = [];

    public IReadOnlyList<StoppedLine> Stopped => _stopped;

    public StoppedLine? Find(string system, string kind) => _stopped.FirstOrDefault(line => line.Covers(system, kind));

    public void Load(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT system, kind, reason, by, since FROM stopped_line";
        using var reader = command.ExecuteReader();
        var lines = ImmutableArray.CreateBuilder<StoppedLine>();
        while (reader.Read())
        {
            lines.Add(new StoppedLine(Part(reader.GetString(0)), Part(reader.GetString(1)), reader.GetString(2), reader.GetString(3), reader.GetInt64(4)));
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

    private static string? Part(string text) => text.Length == 0 ? null : text;
}
