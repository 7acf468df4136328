using System.Collections.Frozen;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Proposals;

namespace ReviewConsole.Core.Store;

/// <summary>What was counted, and the newest entry of each thing that was counted by: when another one has come in since, it counts again.</summary>
internal sealed record WindowReading(FrozenDictionary<string, WindowFact> Facts, IReadOnlyList<WindowMark> Marks);

/// <param name="Newest">-1 for nothing.</param>
internal sealed record WindowMark(WindowOver Over, byte[] Key, long Newest);

/// <summary>
/// Counts what windows of the policy ask for, and notes what comes in under such a policy. It is told outside of the Writer and checked there by one look at an index; a policy without
/// windows reads and writes nothing.
/// </summary>
/// <param name="secret">What is counted by is personal, and stands in the table as HMAC-SHA256 alone.</param>
internal sealed class WindowBook(byte[] secret)
{
    /// <summary>No more are deleted in one write.</summary>
    public const int AtOnce = 1_000;

    private const string Newest = "SELECT coalesce(max(seq), -1) FROM window_item WHERE over = $over AND key = $key";

    /// <summary>How many rows there are to read; an index answers, and never reads more than the limit.</summary>
    internal const string HowMany = "SELECT count(*) FROM (SELECT 1 FROM window_item WHERE over = $over AND key = $key AND at > $from LIMIT $most)";

    /// <summary>A review that was corrected may stand under one key twice, and counts once.</summary>
    internal const string Others = $"""
        SELECT r.action, r.amount, r.currency
        FROM (SELECT DISTINCT review, revision FROM window_item WHERE over = $over AND key = $key AND at > $from) w CROSS JOIN review r ON r.id = w.review
        {Counting}
        """;

    private const string Counting = """
        WHERE r.revision = w.revision AND r.id <> $self AND ($kind = '' OR r.kind = $kind) AND ($action = '' OR r.action = $action)
          AND NOT (r.open = 0 AND r.decision IN ('rejected', 'expired', 'cancelled', 'blocked'))
        """;

    // Longer than any window, so that a clock that is set back a little loses nothing.
    private static readonly long s_kept = (long)TimeSpan.FromDays(31).TotalMilliseconds;

    /// <summary>The same rows as <see cref="Others"/> that came in after one of them, each with whether its review was there before that already.</summary>
    internal const string Later = $"""
        SELECT r.action, r.amount, r.currency, EXISTS (SELECT 1 FROM review_entry e WHERE e.review = w.review AND e.seq <= $after)
        FROM (SELECT DISTINCT review, revision FROM window_item WHERE over = $over AND key = $key AND seq > $after AND at > $from) w CROSS JOIN review r ON r.id = w.review
        {Counting}
        """;

    // What has been noted without a gap, as it is on disk; null until it is read, and while a batch that changes it is not on disk.
    private volatile FrozenSet<WindowOver>? _noted;

    /// <summary>Null under a policy without windows.</summary>
    /// <param name="self">The review that asks, when it is there already.</param>
    public WindowReading? Gather(ReadDatabase database, GatePolicy policy, Proposal proposal, long now, Guid? self)
    {
        if (policy.Windows.Count == 0)
        {
            return null;
        }

        using var connection = database.Open();
        using var one = connection.BeginTransaction(deferred: true);
        return Gather(connection, policy, proposal, now, self);
    }

    /// <summary>The same as a write finds it.</summary>
    public WindowReading? Gather(WriteScope scope, GatePolicy policy, Proposal proposal, long now, Guid? self) =>
        policy.Windows.Count == 0 ? null : Gather(scope.Connection, policy, proposal, now, self);

    /// <summary>
    /// The same as a write finds it: what was gathered, and what has come in since. That alone is read, since a batch may hold many that count one another and each would read all of the
    /// window again; only where one that was counted came in anew, everything is.
    /// </summary>
    public WindowReading? Recheck(WriteScope scope, GatePolicy policy, Proposal proposal, long now, Guid? self, WindowReading? gathered) =>
        gathered is null || gathered.Marks.All(mark => mark.Newest == NewestOf(scope.Connection, mark.Over, mark.Key)) ? gathered
        : Added(scope.Connection, policy, proposal, now, self, gathered) ?? Gather(scope.Connection, policy, proposal, now, self);

    /// <summary>Notes a revision that has just come in, so that those after it count it.</summary>
    public void Note(WriteScope scope, GatePolicy policy, Proposal proposal, Guid review, int revision, long seq)
    {
        var overs = policy.WindowOvers;
        // Within a batch one version may follow another: until it is on disk what was noted before is asked of the table.
        var noted = _noted ?? Noted(scope.Connection);
        if (!overs.SetEquals(noted))
        {
            Begin(scope, overs, noted, review);
        }
        else if (_noted is null)
        {
            scope.AfterCommit(() => _noted = overs);
        }

        if (overs.Count == 0)
        {
            return;
        }

        var derived = new DerivedFacts(policy, proposal);
        foreach (var over in overs)
        {
            if (PolicyWindow.Key(over, derived, proposal) is { } value)
            {
                scope.Prepare("INSERT INTO window_item (over, key, seq, at, review, revision) VALUES ($over, $key, $seq, $at, $review, $revision)")
                    .With("$over", Word(over)).With("$key", Key(over, value)).With("$seq", seq).With("$at", scope.Now).With("$review", review.ToString())
                    .With("$revision", revision).ExecuteNonQuery();
            }
        }
    }

    /// <summary>Deletes some of what no window reaches back to; answers how many.</summary>
    public static int Forget(WriteScope scope) => scope.Prepare("""
        DELETE FROM window_item WHERE (over, key, seq) IN (SELECT over, key, seq FROM window_item WHERE at < $before LIMIT $most)
        """).With("$before", scope.Now - s_kept).With("$most", AtOnce).ExecuteNonQuery();

    private WindowReading Gather(SqliteConnection connection, GatePolicy policy, Proposal proposal, long now, Guid? self)
    {
        var derived = new DerivedFacts(policy, proposal);
        var facts = new Dictionary<string, WindowFact>(StringComparer.Ordinal);
        var marks = new List<WindowMark>();
        foreach (var window in policy.Windows.Where(window => window.Takes(derived.Kind, proposal.Action.Name)))
        {
            if (PolicyWindow.Key(window.Over, derived, proposal) is not { } value)
            {
                facts[window.Name] = new WindowFact(null, null);
                continue;
            }

            var key = Key(window.Over, value);
            marks.Add(new WindowMark(window.Over, key, NewestOf(connection, window.Over, key)));
            facts[window.Name] = Count(connection, policy, window, key, now - (window.Minutes * 60_000L), self);
        }

        return new WindowReading(facts.ToFrozenDictionary(StringComparer.Ordinal), marks);
    }

    private static WindowReading? Added(SqliteConnection connection, GatePolicy policy, Proposal proposal, long now, Guid? self, WindowReading gathered)
    {
        var facts = new Dictionary<string, WindowFact>(gathered.Facts, StringComparer.Ordinal);
        var derived = new DerivedFacts(policy, proposal);
        var known = policy.Windows.Where(window => window.Takes(derived.Kind, proposal.Action.Name) && PolicyWindow.Key(window.Over, derived, proposal) is not null);
        foreach (var (window, mark) in known.Zip(gathered.Marks))
        {
            var fact = facts[window.Name];
            using var command = connection.CreateCommand();
            command.CommandText = Later;
            command.With("$over", Word(window.Over)).With("$key", mark.Key).With("$from", now - (window.Minutes * 60_000L)).With("$after", mark.Newest).With("$self", self?.ToString() ?? "")
                .With("$kind", window.Kind ?? "").With("$action", window.Action ?? "");
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                if (reader.GetInt64(3) == 1)
                {
                    return null;
                }

                fact = new WindowFact(fact.Count + 1, fact.Amount + Amount(reader, policy));
            }

            facts[window.Name] = fact.Count > PolicyWindow.Most ? new WindowFact(null, null) : fact;
        }

        return new WindowReading(facts.ToFrozenDictionary(StringComparer.Ordinal), [.. gathered.Marks.Select(mark => mark with { Newest = NewestOf(connection, mark.Over, mark.Key) })]);
    }

    private static WindowFact Count(SqliteConnection connection, GatePolicy policy, PolicyWindow window, byte[] key, long from, Guid? self)
    {
        if (!IsComplete(connection, window.Over, from, self))
        {
            return new WindowFact(null, null);
        }

        using (var many = connection.CreateCommand())
        {
            many.CommandText = HowMany;
            if ((long)many.With("$over", Word(window.Over)).With("$key", key).With("$from", from).With("$most", PolicyWindow.Most + 1).ExecuteScalar()! > PolicyWindow.Most)
            {
                return new WindowFact(null, null);
            }
        }

        using var command = connection.CreateCommand();
        command.CommandText = Others;
        command.With("$over", Word(window.Over)).With("$key", key).With("$from", from).With("$self", self?.ToString() ?? "")
            .With("$kind", window.Kind ?? "").With("$action", window.Action ?? "");
        using var reader = command.ExecuteReader();
        var count = 0;
        decimal? amount = 0;
        while (reader.Read())
        {
            count++;
            amount += Amount(reader, policy);
        }

        return new WindowFact(count, amount);
    }

    // Another currency, an unreadable amount, and one so large that sums would overflow are not known; what has no amount adds nothing.
    private static decimal? Amount(SqliteDataReader reader, GatePolicy policy)
    {
        if (reader.IsDBNull(1))
        {
            return policy.Catalogue.GetValueOrDefault(reader.GetString(0))?.Amount is null ? 0 : null;
        }

        return reader.GetString(2) == policy.Currency && decimal.TryParse(reader.GetString(1), NumberStyles.Number, CultureInfo.InvariantCulture, out var amount) && amount < 1e18m
            ? amount
            : null;
    }

    // Complete when it has been noted since before the window begins, or when there is nothing else that could have been missed.
    private static bool IsComplete(SqliteConnection connection, WindowOver over, long from, Guid? self)
    {
        using var since = connection.CreateCommand();
        since.CommandText = "SELECT since FROM window_since WHERE over = $over";
        return since.With("$over", Word(over)).ExecuteScalar() is long begun ? begun <= from : !HasOthers(connection, self);
    }

    private static bool HasOthers(SqliteConnection connection, Guid? self)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT EXISTS (SELECT 1 FROM review WHERE id <> $self)";
        return (long)command.With("$self", self?.ToString() ?? "").ExecuteScalar()! == 1;
    }

    /// <summary>Under another policy something else is noted: what begins has a gap behind it, and what ends has one before it, should it ever begin again. There is none before the first review.</summary>
    private void Begin(WriteScope scope, FrozenSet<WindowOver> overs, FrozenSet<WindowOver> noted, Guid review)
    {
        var since = HasOthers(scope.Connection, review) ? scope.Now : 0;
        foreach (var over in noted.Except(overs))
        {
            scope.Prepare("DELETE FROM window_since WHERE over = $over").With("$over", Word(over)).ExecuteNonQuery();
        }

        foreach (var over in overs.Except(noted))
        {
            scope.Prepare("INSERT OR IGNORE INTO window_since (over, since) VALUES ($over, $since)").With("$over", Word(over)).With("$since", since).ExecuteNonQuery();
        }

        _noted = null;
        scope.AfterCommit(() => _noted = overs);
    }

    private static FrozenSet<WindowOver> Noted(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT over FROM window_since";
        using var reader = command.ExecuteReader();
        var overs = new List<WindowOver>();
        while (reader.Read())
        {
            overs.Add(Enum.Parse<WindowOver>(reader.GetString(0), ignoreCase: true));
        }

        return overs.ToFrozenSet();
    }

    private static long NewestOf(SqliteConnection connection, WindowOver over, byte[] key)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Newest;
        return (long)command.With("$over", Word(over)).With("$key", key).ExecuteScalar()!;
    }

    private byte[] Key(WindowOver over, string value) => HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"window\n{Word(over)}\n{WindowKey.Of(value)}"));

    private static string Word(WindowOver over) => over.ToString().ToLowerInvariant();
}
