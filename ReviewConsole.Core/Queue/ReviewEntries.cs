using System.Text.Json;
using Microsoft.Data.Sqlite;
using ReviewConsole.Core.Ledger;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;

namespace ReviewConsole.Core.Queue;

/// <summary>The entries of one review, oldest first, read as they are asked for and without what they have sealed.</summary>
internal static class ReviewEntries
{
    /// <summary>Each entry with the names of what it has sealed.</summary>
    public static IEnumerable<(Recorded Recorded, IReadOnlyList<string> Sealed)> Read(SqliteConnection connection, Guid id)
    {
        using var ledger = new LedgerReader(connection);
        foreach (var seq in Numbers(connection, id))
        {
            using var entry = JsonDocument.Parse(ledger.Entry(seq));
            var root = entry.RootElement;
            if (ReviewEvents.Read(root.GetProperty("type").GetString()!, root.GetProperty("data")) is { } e)
            {
                yield return (
                    new Recorded(seq, root.GetProperty("at").GetInt64(), id, root.GetProperty("revision").GetInt32(), root.GetProperty("by").GetString()!, e),
                    root.TryGetProperty("sealed", out var seals) ? [.. seals.EnumerateObject().Select(static seal => seal.Name)] : []);
            }
        }
    }

    /// <summary>What these entries add up to; null when there are none.</summary>
    public static ReviewState? Fold(IEnumerable<Recorded> entries) => entries.Aggregate((ReviewState?)null, ReviewFold.Evolve);

    private static List<long> Numbers(SqliteConnection connection, Guid id)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT seq FROM review_entry WHERE review = $review ORDER BY seq";
        using var reader = command.With("$review", id.ToString()).ExecuteReader();
        var numbers = new List<long>();
        while (reader.Read())
        {
            numbers.Add(reader.GetInt64(0));
        }

        return numbers;
    }
}
