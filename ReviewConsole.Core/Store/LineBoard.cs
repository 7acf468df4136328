using Microsoft.Data.Sqlite;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Reviews;

namespace ReviewConsole.Core.Store;

/// <summary>
/// The modes of lines. The board shows what is on disk and is read anywhere; a write asks the table instead, where what the writes before it in the same batch have changed
/// counts already. Either way only what holds at that moment counts.
/// </summary>
internal sealed class LineBoard(TimeProvider time)
{
    private const string Select = "SELECT system, kind, mode, reason, by, since, until FROM line_mode";

    private volatile LineLimit[] _limits = [];

    /// <summary>All that hold now, stops first; the same list while nothing changes.</summary>
    public IReadOnlyList<LineLimit> Limits => Holding(_limits, Now);

    /// <summary>One has ended by itself since anybody was told of a change.</summary>
    public bool HasEnded => _limits is var limits && !ReferenceEquals(Holding(limits, Now), limits);

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    public LineState Find(string system, string kind) => LineState.Of(Limits.Where(limit => limit.Covers(system, kind)));

    /// <summary>What counts for these, as this write finds it.</summary>
    public static LineState Find(WriteScope scope, string system, string kind)
    {
        using var reader = scope.Prepare(Select + " WHERE system IN ('', $system) AND kind IN ('', $kind) AND coalesce(until, $now + 1) > $now ORDER BY since")
            .With("$system", system).With("$kind", kind).With("$now", scope.Now).ExecuteReader();
        return LineState.Of(Read(reader));
    }

    /// <summary>The modes of exactly this scope, as this write finds them.</summary>
    public static IReadOnlyList<LineLimit> OfScope(WriteScope scope, string? system, string? kind)
    {
        using var reader = scope.Prepare(Select + " WHERE system = $system AND kind = $kind AND coalesce(until, $now + 1) > $now ORDER BY since")
            .With("$system", system ?? "").With("$kind", kind ?? "").With("$now", scope.Now).ExecuteReader();
        return Read(reader);
    }

    public void Load(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Select;
        using var reader = command.ExecuteReader();
        _limits = Ordered(Read(reader));
    }

    /// <summary>Makes <paramref name="limits"/> all that this scope has.</summary>
    public void Set(WriteScope scope, string? system, string? kind, IReadOnlyList<LineLimit> limits)
    {
        scope.Prepare("DELETE FROM line_mode WHERE system = $system AND kind = $kind").With("$system", system ?? "").With("$kind", kind ?? "").ExecuteNonQuery();
        foreach (var limit in limits)
        {
            scope.Prepare("INSERT INTO line_mode (system, kind, mode, reason, by, since, until) VALUES ($system, $kind, $mode, $reason, $by, $since, $until)")
                .With("$system", system ?? "").With("$kind", kind ?? "").With("$mode", limit.Mode.Word()).With("$reason", limit.Reason).With("$by", limit.By)
                .With("$since", limit.Since).With("$until", limit.Until).ExecuteNonQuery();
        }

        scope.AfterCommit(() => _limits = Ordered([.. _limits.Where(other => other.System != system || other.Kind != kind), .. limits]));
        scope.Touch(ChangeSignal.Line);
    }

    /// <summary>Tells everybody who looks that something has ended by itself. What counts was computed all along; the rows stay as they were recorded.</summary>
    public int TellEnded(WriteScope scope)
    {
        scope.AfterCommit(() => _limits = [.. Limits]);
        scope.Touch(ChangeSignal.Line);
        return 0;
    }

    private static LineLimit[] Ordered(List<LineLimit> limits) => [.. limits.OrderByDescending(static limit => limit.Mode).ThenBy(static limit => limit.Since)];

    private static IReadOnlyList<LineLimit> Holding(LineLimit[] limits, long now) =>
        Array.TrueForAll(limits, limit => limit.Holds(now)) ? limits : [.. limits.Where(limit => limit.Holds(now))];

    private static List<LineLimit> Read(SqliteDataReader reader)
    {
        var limits = new List<LineLimit>();
        while (reader.Read())
        {
            limits.Add(new LineLimit(
                Part(reader.GetString(0)), Part(reader.GetString(1)), LineModes.Words[reader.GetString(2)], reader.GetString(3), reader.GetString(4), reader.GetInt64(5),
                reader.IsDBNull(6) ? null : reader.GetInt64(6)));
        }

        return limits;
    }

    private static string? Part(string text) => text.Length == 0 ? null : text;
}
