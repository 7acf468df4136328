using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;

namespace ReviewConsole.Core.Queue;

/// <summary>A decision that can still be taken back. <paramref name="ReleasesAt"/> is Unix ms.</summary>
internal sealed record HeldItem(Guid Review, string Headline, DecisionKind Decision, long ReleasesAt);

/// <summary>The decisions of one person that have not left yet. Few reviews are in their hold at any time, so their rows are read one by one.</summary>
internal sealed class HeldReader(ReadDatabase database)
{
    /// <summary>Soonest to leave first.</summary>
    public IReadOnlyList<HeldItem> Of(string person)
    {
        using var connection = database.Open();
        using var command = connection.CreateCommand();
        // Served by review_release.
        command.CommandText = """
            SELECT id, headline, json_extract(state, '$.held.decision'), releases_at FROM review
            WHERE status = 'held' AND json_extract(state, '$.held.by') = $person ORDER BY releases_at
            """;
        using var reader = command.With("$person", person).ExecuteReader();
        var held = new List<HeldItem>();
        while (reader.Read())
        {
            held.Add(new HeldItem(
                Guid.Parse(reader.GetString(0)), reader.GetString(1), Enum.Parse<DecisionKind>(reader.GetString(2), ignoreCase: true), reader.GetInt64(3)));
        }

        return held;
    }
}
