using System.Text.Json;
using Microsoft.Data.Sqlite;
using ReviewConsole.Core.Gate;

namespace ReviewConsole.Core.Store;

/// <summary>The rows of the tables <c>policy</c> and <c>policy_force</c>, written only here.</summary>
internal static class PolicyRows
{
    private const string Select = "SELECT number, name, version, digest, text, base, state, authors, saved, shadow_since FROM policy";

    public static IReadOnlyList<StoredPolicy> All(SqliteConnection connection) => Read(connection, Select + " ORDER BY number");

    public static StoredPolicy? Find(SqliteConnection connection, long number) => Read(connection, Select + " WHERE number = $number", ("$number", number)).FirstOrDefault();

    public static IReadOnlyList<StoredPolicy> Published(SqliteConnection connection) => Read(connection, Select + " WHERE state = 'published'");

    public static StoredPolicy? FindPublished(SqliteConnection connection, string digest) =>
        Read(connection, Select + " WHERE digest = $digest AND state = 'published'", ("$digest", digest)).FirstOrDefault();

    /// <summary>The policy of a row; null where this program cannot read it as it was saved.</summary>
    public static GatePolicy? Policy(StoredPolicy stored) => PolicyReader.Read(stored.Text, stored.Base).Policy is { } policy && policy.Digest == stored.Digest ? policy : null;

    /// <summary>Everybody who ever saved this text, in any row.</summary>
    public static IEnumerable<string> Authors(SqliteConnection connection, string digest) =>
        Read(connection, Select + " WHERE digest = $digest", ("$digest", digest)).SelectMany(static stored => stored.Authors);

    public static PolicyForce Force(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT seq, act, by, made, effective, policy FROM policy_force ORDER BY seq";
        using var rows = command.ExecuteReader();
        var acts = new List<PolicyAct>();
        while (rows.Read())
        {
            acts.Add(new PolicyAct(
                rows.GetInt64(0), Enum.Parse<PolicyActKind>(rows.GetString(1), ignoreCase: true), rows.GetString(2), rows.GetInt64(3), rows.GetInt64(4), rows.GetInt64(5)));
        }

        return new PolicyForce(acts);
    }

    /// <summary>The newest entry that changed what counts, an act or a demotion, as this write finds it; -1 while there is none.</summary>
    public static long Newest(WriteScope scope) => (long)scope.Prepare(
        "SELECT max(coalesce((SELECT max(seq) FROM policy_force), -1), coalesce((SELECT max(seq) FROM demotion), -1))").ExecuteScalar()!;

    /// <summary>The highest version that was published of this name; 0 when none was.</summary>
    public static long Highest(WriteScope scope, string name) =>
        (long)scope.Prepare("SELECT coalesce(max(version), 0) FROM policy WHERE name = $name AND state = 'published'").With("$name", name).ExecuteScalar()!;

    /// <param name="number">The row to write over; null for a new one.</param>
    public static StoredPolicy Save(WriteScope scope, long? number, GatePolicy policy, PolicyState state, IReadOnlyList<string> authors)
    {
        var saved = (long)scope.Prepare("""
            INSERT INTO policy (number, name, version, digest, text, base, state, authors, saved) VALUES ($number, $name, $version, $digest, $text, $base, $state, $authors, $now)
            ON CONFLICT (number) DO UPDATE SET name = excluded.name, version = excluded.version, digest = excluded.digest, text = excluded.text, base = excluded.base,
              state = excluded.state, authors = excluded.authors, saved = excluded.saved, shadow_since = NULL
            RETURNING number
            """)
            .With("$number", number).With("$name", policy.Name).With("$version", policy.Version).With("$digest", policy.Digest).With("$text", policy.Text)
            .With("$base", policy.Base).With("$state", Word(state)).With("$authors", JsonSerializer.Serialize(authors)).With("$now", scope.Now).ExecuteScalar()!;
        return new StoredPolicy(saved, policy.Name, policy.Version, policy.Digest, policy.Text, policy.Base, state, authors, scope.Now, null);
    }

    public static StoredPolicy SetState(WriteScope scope, StoredPolicy policy, PolicyState state)
    {
        long? since = state == PolicyState.Shadow ? scope.Now : null;
        scope.Prepare("UPDATE policy SET state = $state, shadow_since = $since WHERE number = $number")
            .With("$state", Word(state)).With("$since", since).With("$number", policy.Number).ExecuteNonQuery();
        return policy with { State = state, ShadowSince = since };
    }

    public static void Add(WriteScope scope, PolicyAct act) =>
        scope.Prepare("INSERT INTO policy_force (seq, act, by, made, effective, policy) VALUES ($seq, $act, $by, $made, $effective, $policy)")
            .With("$seq", act.Seq).With("$act", PolicyAct.Word(act.Kind)).With("$by", act.By).With("$made", act.Made).With("$effective", act.Effective)
            .With("$policy", act.Policy).ExecuteNonQuery();

    /// <summary>A state as its column has it.</summary>
    public static string Word(PolicyState state) => state.ToString().ToLowerInvariant();

    private static List<StoredPolicy> Read(SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object Value)> values)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values)
        {
            command.With(name, value);
        }

        using var rows = command.ExecuteReader();
        var policies = new List<StoredPolicy>();
        while (rows.Read())
        {
            policies.Add(new StoredPolicy(
                rows.GetInt64(0), rows.GetString(1), rows.GetInt32(2), rows.GetString(3), rows.GetString(4), rows.IsDBNull(5) ? null : rows.GetString(5),
                Enum.Parse<PolicyState>(rows.GetString(6), ignoreCase: true), JsonSerializer.Deserialize<string[]>(rows.GetString(7))!, rows.GetInt64(8),
                rows.IsDBNull(9) ? null : rows.GetInt64(9)));
        }

        return policies;
    }
}
