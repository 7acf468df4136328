using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace ReviewConsole.Tests.Support;

/// <summary>
/// What the entries of a review add up to, worked out once more and differently: from the raw JSON in the database, by asking at the end which entries still count, not by
/// carrying a state along. It shares no code with the product.
/// </summary>
internal sealed class LedgerProjection
{
    private readonly List<(long Seq, long At, int Revision, string By, string Type, JsonElement Data)> _entries = [];
    private readonly HashSet<long> _recalled = [];

    /// <summary>Every row of the table <c>review</c> against its entries; answers what differs.</summary>
    public static IReadOnlyList<string> Compare(SqliteConnection connection)
    {
        var projections = new Dictionary<string, LedgerProjection>(StringComparer.Ordinal);
        foreach (var root in Rows(connection, "SELECT entry FROM ledger_entry ORDER BY seq", static row => JsonElement.Parse(row.GetFieldValue<byte[]>(0))))
        {
            if (root.TryGetProperty("review", out var review))
            {
                if (!projections.TryGetValue(review.GetString()!, out var projection))
                {
                    projections.Add(review.GetString()!, projection = new LedgerProjection());
                }

                projection.Add(root);
            }
        }

        var differences = new List<string>();
        var columns = new[]
        {
            "revision", "status", "open", "approvals", "risk", "queue", "submitted_at", "due_at", "expires_at", "claim_by", "assigned_to", "escalated_at", "decision",
            "decided_at", "execution", "changed_seq", "owner", "judged", "skills", "json_extract(state, '$.effectiveDigest')", "json_extract(state, '$.gate.approvals')",
        };
        var rows = Rows(connection, $"SELECT id, {string.Join(", ", columns)} FROM review", row => (
            Id: row.GetString(0), Values: columns.Select((_, i) => row.IsDBNull(i + 1) ? null : Convert.ToString(row.GetValue(i + 1), CultureInfo.InvariantCulture)).ToArray()));
        foreach (var (id, values) in rows)
        {
            var expected = projections.Remove(id, out var projection) ? projection.Row() : new object?[columns.Length];
            differences.AddRange(columns.Select((column, i) => (column, says: Convert.ToString(expected[i], CultureInfo.InvariantCulture), is_: values[i] ?? ""))
                .Where(static c => c.says != c.is_).Select(c => $"review {id}: {c.column} is '{c.is_}', its entries say '{c.says}'"));
        }

        differences.AddRange(projections.Keys.Select(static id => $"review {id}: has entries and no row"));
        return differences;
    }

    private void Add(JsonElement root)
    {
        var data = root.GetProperty("data");
        var type = root.GetProperty("type").GetString()!;
        _entries.Add((root.GetProperty("seq").GetInt64(), root.GetProperty("at").GetInt64(), root.GetProperty("revision").GetInt32(), root.GetProperty("by").GetString()!, type, data));
        if (type == "recalled")
        {
            _recalled.Add(data.GetProperty("decision").GetInt64());
        }
    }

    private object?[] Row()
    {
        var first = _entries[0];
        var content = _entries.Last(static e => e.Type is "submitted" or "revised");
        var world = _entries.Last(static e => e.Type is "submitted" or "revised" or "preconditionsChanged");
        var live = _entries.Where(e => e.Type == "decided" && e.Seq > world.Seq && !_recalled.Contains(e.Seq)).ToArray();
        var approvals = live.Where(static e => Text(e.Data, "decision") is "approve" or "correct").ToArray();
        var correction = Array.FindLastIndex(approvals, static e => e.Data.GetProperty("corrects").GetBoolean());
        var status = Status();
        var outcome = _entries.LastOrDefault(static e => e.Type == "outcomeReleased");
        var held = status == "held" ? live[^1] : default;
        var assigned = _entries.LastOrDefault(static e => e.Type is "assigned" or "escalated");
        var escalated = _entries.LastOrDefault(static e => e.Type == "escalated");
        var expires = _entries.Last(static e => e.Data.TryGetProperty("expiresAt", out _));
        return
        [
            content.Revision,
            status,
            status is "pending" or "waitingOnSource" or "held" ? 1 : 0,
            correction < 0 ? approvals.Length : approvals.Length - correction,
            live.Select(static e => Text(e.Data, "risk")).Append(Text(content.Data, "risk")).Max(static word => word switch { "high" => 2, "medium" => 1, _ => 0 }),
            Text(_entries.Last(static e => e.Data.TryGetProperty("queue", out _)).Data, "queue"),
            first.At,
            content.Data.GetProperty("dueAt").GetInt64(),
            expires.Data.GetProperty("expiresAt").GetInt64(),
            Claim(),
            assigned.Type == "assigned" ? Text(assigned.Data, "person") : null,
            escalated.Type is null ? null : escalated.At,
            outcome.Type is not null ? Text(outcome.Data, "decision") : held.Type is null ? null : Text(held.Data, "decision"),
            outcome.Type is not null ? outcome.At : held.Type is null ? null : held.At,
            _entries.Where(static e => e.Type == "executionReported" && !e.Data.GetProperty("mismatch").GetBoolean()).Select(static e => Text(e.Data, "status")).LastOrDefault(),
            _entries[^1].Seq,
            Text(first.Data, "owner"),
            Judged(content.Seq),
            live.Select(static e => Skills(e.Data)).LastOrDefault(static skills => skills is not null) ?? Skills(content.Data),
            live.Length == 0 ? Text(content.Data, "actionDigest") : Text(live[^1].Data, "after"),
            live.Length == 0 ? content.Data.GetProperty("approvals").GetInt32() : _entries.Last(e => e.Type == "secondAsked" && e.Seq > live[^1].Seq || e.Seq == live[^1].Seq).Data.GetProperty("need").GetInt32(),
        ];
    }

    private static string? Skills(JsonElement data) => data.TryGetProperty("skills", out var skills) ? skills.GetRawText() : null;

    private string Status()
    {
        for (var i = _entries.Count - 1; i >= 0; i--)
        {
            var (type, data) = (_entries[i].Type, _entries[i].Data);
            var status = type switch
            {
                "closed" => "closed",
                "executionReported" when !data.GetProperty("mismatch").GetBoolean() && Text(data, "status") == "rolledBack" => "closed",
                "executionReported" when !data.GetProperty("mismatch").GetBoolean() && Text(data, "status") == "succeeded"
                    && !_entries.Take(i).Any(static e => e.Type == "rollbackAsked") => "closed",
                "outcomeReleased" => Text(data, "decision") == "cancelled" ? "cancelled" : Text(data, "instruction") is "resume" or "rollback" ? "released" : "closed",
                "returned" => "waitingOnSource",
                "decided" when data.GetProperty("held").GetBoolean() => "held",
                "submitted" or "revised" or "escalated" or "recalled" or "secondAsked" => "pending",
                _ => null,
            };
            if (status is not null)
            {
                return status;
            }
        }

        throw new InvalidOperationException("A review without a beginning.");
    }

    /// <summary>Where somebody is asked what they think first, whoever said so of this content; once asked for, it is asked for of every later revision.</summary>
    private string? Judged(long content) => !_entries.Any(static e => e.Data.TryGetProperty("commitFirst", out var asked) && asked.GetBoolean())
        ? null
        : JsonSerializer.Serialize(_entries.Where(e => e.Type == "judged" && e.Seq > content).Select(static e => e.By));

    /// <summary>Whoever the last entry that speaks of a claim gave it to. A lapsed claim is no entry.</summary>
    private string? Claim()
    {
        string? by = null;
        foreach (var e in _entries)
        {
            by = e.Type switch
            {
                "claimed" => e.By,
                "recalled" => e.Data.TryGetProperty("claimUntil", out _) ? _entries.Single(d => d.Seq == e.Data.GetProperty("decision").GetInt64()).By : null,
                "assigned" => by == Text(e.Data, "person") ? by : null,
                "decided" or "claimReleased" or "escalated" or "cancelled" or "expired" or "outcomeReleased" => null,
                _ => by,
            };
        }

        return by;
    }

    private static string? Text(JsonElement data, string name) => data.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static List<T> Rows<T>(SqliteConnection connection, string sql, Func<SqliteDataReader, T> read)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }
}
