using Microsoft.Data.Sqlite;
using ReviewConsole.Core.Store;

namespace ReviewConsole.Core.Queue;

/// <summary>
/// Which sources and kinds a line can be named by: what may send, what has sent lately whatever became of it, and what the policy knows. A source whose items all proceed by rule has
/// nothing open, and is the one that somebody must be able to stop.
/// </summary>
internal sealed class LineReader(ReadDatabase database, Gatekeeper gate)
{
    private const int Lately = 2_000;

    public (IReadOnlyList<string> Systems, IReadOnlyList<string> Kinds) Read()
    {
        SortedSet<string> systems = new(StringComparer.Ordinal), kinds = new(gate.Policy.Catalogue.Values.Select(static action => action.Kind).OfType<string>(), StringComparer.Ordinal);
        using var connection = database.Open();
        Add(systems, connection, "SELECT DISTINCT value FROM api_key, json_each(systems) WHERE revoked IS NULL");
        Add(systems, connection, Seen("system"));
        Add(kinds, connection, Seen("kind"));
        return ([.. systems], [.. kinds]);
    }

    private static string Seen(string column) =>
        $"SELECT {column} FROM review WHERE open = 1 UNION SELECT {column} FROM (SELECT {column} FROM review ORDER BY id DESC LIMIT {Lately})";

    private static void Add(SortedSet<string> names, SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            names.Add(reader.GetString(0));
        }
    }
}
