using Microsoft.Data.Sqlite;
using ReviewConsole.Core.Store;

namespace ReviewConsole.Core.Queue;

/// <summary>A decision that waits in its hold. Times are Unix ms.</summary>
/// <param name="By">Who decided: their pseudonym.</param>
internal sealed record Hold(Guid Review, string By, string Decision, string Headline, string System, string Kind, long ReleasesAt);

/// <summary>What every page of the console shows, whoever looks: two counts and the holds.</summary>
internal sealed record ShellFacts(int Open, int Escalated, IReadOnlyList<Hold> Holds)
{
    public static readonly ShellFacts None = new(0, 0, []);
}

/// <summary>Reads the facts of the shell; each statement runs on a partial index of few rows.</summary>
internal sealed class ShellReader(ReadDatabase database)
{
    public ShellFacts Read()
    {
        using var connection = database.Open();
        return new ShellFacts(
            Count(connection, "SELECT count(*) FROM review WHERE open = 1"),
            Count(connection, "SELECT count(*) FROM review WHERE escalated_at IS NOT NULL AND open = 1 AND status = 'pending'"),
            Holds(connection));
    }

    private static int Count(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt32(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }

    private static List<Hold> Holds(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT id, json_extract(state, '$.held.by'), json_extract(state, '$.held.decision'), headline, system, kind, releases_at
            FROM review WHERE status = 'held' ORDER BY releases_at, id
            """;
        using var reader = command.ExecuteReader();
        var holds = new List<Hold>();
        while (reader.Read())
        {
            holds.Add(new Hold(
                Guid.Parse(reader.GetString(0)), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetString(4), reader.GetString(5),
                reader.GetInt64(6)));
        }

        return holds;
    }
}
