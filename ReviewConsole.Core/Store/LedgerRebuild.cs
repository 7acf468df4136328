using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using ReviewConsole.Core.Ledger;
using ReviewConsole.Core.Reviews;

namespace ReviewConsole.Core.Store;

/// <summary>What a rebuild found: how much was compared, and each row that is not what its entries add up to.</summary>
internal sealed record RebuildReport(long Entries, int Reviews, IReadOnlyList<string> Faults);

/// <summary>
/// Folds the stored bytes of every review's entries, with their openings, and compares the result with the live rows: the ledger is the truth, the rows are its
/// shadow. Reads by keyset beside a live server, up to the size that the ledger had at the start.
/// </summary>
internal sealed class LedgerRebuild(ReadDatabase database)
{
    private const int PageSize = 2_000;

    public RebuildReport Check(Action<long, long>? progress, CancellationToken cancellation)
    {
        using var connection = database.Open();
        using var ledger = new LedgerReader(connection);
        var size = ledger.Size();
        var states = new Dictionary<Guid, ReviewState>();
        var timelines = new Dictionary<Guid, List<long>>();
        var faults = new List<string>();
        for (long from = 0; from < size;)
        {
            cancellation.ThrowIfCancellationRequested();
            var page = ledger.Entries(from, (int)Math.Min(PageSize, size - from));
            if (page.Count == 0)
            {
                faults.Add($"entry {from}: is not there");
                break;
            }

            foreach (var stored in page)
            {
                Fold(stored, states, timelines, faults);
            }

            from = page[^1].Seq + 1;
            progress?.Invoke(from, size);
        }

        foreach (var state in states.Values)
        {
            cancellation.ThrowIfCancellationRequested();
            Compare(connection, state, timelines[state.Id], size, faults);
        }

        Orphans(connection, states, size, faults);
        faults.AddRange(RegistryCheck.Run(connection, cancellation));
        return new RebuildReport(size, states.Count, faults);
    }

    private static void Fold(StoredEntry stored, Dictionary<Guid, ReviewState> states, Dictionary<Guid, List<long>> timelines, List<string> faults)
    {
        using var document = JsonDocument.Parse(stored.Entry);
        var root = document.RootElement;
        if (!root.TryGetProperty("review", out var reviewed)
            || ReviewEvents.Read(root.GetProperty("type").GetString()!, root.GetProperty("data")) is not { } e)
        {
            return;
        }

        var id = reviewed.GetGuid();
        try
        {
            states[id] = ReviewFold.Evolve(
                states.GetValueOrDefault(id),
                new Recorded(
                    stored.Seq, root.GetProperty("at").GetInt64(), id, root.GetProperty("revision").GetInt32(), root.GetProperty("by").GetString()!, e));
            (CollectionsMarshal.GetValueRefOrAddDefault(timelines, id, out _) ??= []).Add(stored.Seq);
        }
        catch (Exception fault) when (fault is InvalidOperationException or NullReferenceException)
        {
            faults.Add($"entry {stored.Seq}: cannot follow what came before it in review {id}");
        }
    }

    private static void Compare(SqliteConnection connection, ReviewState folded, List<long> timeline, long size, List<string> faults)
    {
        using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT state, changed_seq, status, risk, queue, due_at, expires_at, claim_by, assigned_to, revision, open, approvals,
              owner, submitted_at, decision, decided_at, execution, escalated_at, judged, skills,
              system, version, external_id, case_id, kind, action, headline, title, subject, amount, currency, confidence, checks, endpoint, subject_id, recipient
            FROM review WHERE id = $id
            """;
        command.Parameters.AddWithValue("$id", folded.Id.ToString());
        using var row = command.ExecuteReader();
        if (!row.Read())
        {
            faults.Add($"review {folded.Id}: has entries and no row");
            return;
        }

        if (row.GetInt64(1) >= size)
        {
            // Changed since the check began: the entry that did it lies past the size that was read. One that is not there at all is no excuse.
            using var ledger = new LedgerReader(connection);
            if (row.GetInt64(1) >= ledger.Size())
            {
                faults.Add($"review {folded.Id}: its row names entry {row.GetInt64(1)} as its last, which is not there");
            }

            return;
        }

        var live = new object?[]
        {
            folded.Status.Word(), (long)folded.Gate.Risk, folded.Queue, folded.DueAt, folded.ExpiresAt, folded.Claim?.By, folded.AssignedTo, (long)folded.Revision,
            folded.IsOpen ? 1L : 0L, (long)folded.Approvals.Count, folded.Owner, folded.SubmittedAt,
            folded.Outcomes is [.., var told] ? told.Decision.Word() : folded.Held?.Decision.Word(), folded.Outcomes is [.., var last] ? last.At : folded.Held?.At,
            folded.Execution?.Status.Word(), folded.Escalation?.At, ReviewRows.Judged(folded), ReviewRows.Skills(folded),
        };
        if (row.GetString(0) != ReviewRows.Text(folded) || row.GetInt64(1) != timeline[^1] || !Same(row, 2, live))
        {
            faults.Add($"review {folded.Id}: its row is not what its entries add up to (last entry {timeline[^1]})");
        }
        else if (ContentReader.Read(connection, folded) is { } content && !Same(row, 20, ReviewRows.Values(ReviewFace.Of(content))))
        {
            faults.Add($"review {folded.Id}: what lists show is not what entry {folded.ContentSeq} has sealed");
        }

        if (!Timeline(connection, folded.Id, size).SequenceEqual(timeline))
        {
            faults.Add($"review {folded.Id}: its timeline does not name its entries, of which the last is entry {timeline[^1]}");
        }
    }

    private static List<long> Timeline(SqliteConnection connection, Guid review, long size)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT seq FROM review_entry WHERE review = $review AND seq < $size ORDER BY seq";
        using var rows = command.With("$review", review.ToString()).With("$size", size).ExecuteReader();
        var seqs = new List<long>();
        while (rows.Read())
        {
            seqs.Add(rows.GetInt64(0));
        }

        return seqs;
    }

    private static bool Same(SqliteDataReader row, int first, object?[] expected) =>
        !expected.Where((value, i) => !Equals(row.IsDBNull(first + i) ? null : row.GetValue(first + i), value)).Any();

    private static void Orphans(SqliteConnection connection, Dictionary<Guid, ReviewState> states, long size, List<string> faults)
    {
        using var command = connection.CreateCommand();
        using var ledger = new LedgerReader(connection);
        command.CommandText = "SELECT id FROM review WHERE changed_seq < $size OR changed_seq >= $now";
        command.Parameters.AddWithValue("$size", size);
        command.Parameters.AddWithValue("$now", ledger.Size());
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            if (!states.ContainsKey(rows.GetGuid(0)))
            {
                faults.Add($"review {rows.GetString(0)}: has a row and no entries");
            }
        }
    }
}
