using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using ReviewConsole.Core.Ledger;
using ReviewConsole.Core.Reviews;

namespace ReviewConsole.Core.Store;

/// <summary>
/// Evidence in view: working rows. At most the wall-clock time since the claim is credited to a piece, and at most twice that to all (WIRE.md §3). It is a speed
/// bump and a record, not a proof.
/// </summary>
internal static class SeenRows
{
    private const string Select = "SELECT evidence, milliseconds, first FROM seen WHERE review = $review AND person = $person AND revision = $revision ORDER BY first, place";

    /// <summary>Adds what was reported, as far as time allows; answers the piece's new total.</summary>
    public static long Credit(WriteScope scope, ReviewState state, string person, string evidence, long milliseconds, long now)
    {
        var elapsed = Math.Max(0, now - state.Claim!.At);
        var rows = Rows(scope, state, person);
        var own = rows.FirstOrDefault(row => row.Evidence == evidence).Milliseconds;
        var others = rows.Sum(static row => row.Milliseconds) - own;
        var credited = Math.Max(own, Math.Min(own + Math.Max(0, milliseconds), Math.Min(elapsed, (2 * elapsed) - others)));
        scope.Prepare("""
            INSERT INTO seen (review, person, revision, evidence, milliseconds, first, place) VALUES ($review, $person, $revision, $evidence, $ms, $now, $place)
            ON CONFLICT (review, person, revision, evidence) DO UPDATE SET milliseconds = $ms
            """)
            .With("$review", state.Id.ToString()).With("$person", person).With("$revision", state.Revision).With("$evidence", evidence)
            .With("$ms", credited).With("$now", now).With("$place", rows.Count).ExecuteNonQuery();
        return credited;
    }

    /// <summary>Credit starts anew with another claim.</summary>
    public static void Clear(WriteScope scope, Guid review, string person) =>
        scope.Prepare("DELETE FROM seen WHERE review = $review AND person = $person").With("$review", review.ToString()).With("$person", person).ExecuteNonQuery();

    public static EvidenceSeen Read(WriteScope scope, ReviewState state, string person) => Seen(Rows(scope, state, person));

    public static EvidenceSeen Read(SqliteConnection connection, ReviewState state, string person)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Select;
        using var reader = Bind(command, state, person).ExecuteReader();
        return Seen(Read(reader));
    }

    /// <summary>RFC 8785 bytes of what was in view, in the order it came into view; null when nothing was.</summary>
    public static byte[]? Presented(WriteScope scope, ReviewState state, string person)
    {
        var rows = Rows(scope, state, person);
        return rows.Count == 0
            ? null
            : CanonicalJson.Of(new JsonArray([.. rows.Select(static row => new JsonObject
            {
                ["evidence"] = row.Evidence,
                ["first"] = row.First,
                ["milliseconds"] = row.Milliseconds,
            })]));
    }

    private static List<(string Evidence, long Milliseconds, long First)> Rows(WriteScope scope, ReviewState state, string person)
    {
        using var reader = Bind(scope.Prepare(Select), state, person).ExecuteReader();
        return Read(reader);
    }

    private static SqliteCommand Bind(SqliteCommand command, ReviewState state, string person) =>
        command.With("$review", state.Id.ToString()).With("$person", person).With("$revision", state.Revision);

    private static List<(string Evidence, long Milliseconds, long First)> Read(SqliteDataReader reader)
    {
        var rows = new List<(string, long, long)>();
        while (reader.Read())
        {
            rows.Add((reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2)));
        }

        return rows;
    }

    private static EvidenceSeen Seen(List<(string Evidence, long Milliseconds, long First)> rows) =>
        new(rows.ToDictionary(static row => row.Evidence, static row => row.Milliseconds, StringComparer.Ordinal));
}
