using System.Text.Json;
using Microsoft.Data.Sqlite;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Ledger;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;

namespace ReviewConsole.Core.Oversight;

/// <summary>
/// The reviews of a console, oldest first: the last revision of each, with the facts that were sealed with its verdict and what a person made of it. Reads by keyset beside a live
/// server up to the newest review at the start; every statement is short.
/// </summary>
/// <param name="since">Reviews that were submitted from then on, Unix ms.</param>
internal sealed class RecordedReviews(ReadDatabase database, long since)
{
    private const int PageSize = 500;

    // The first 48 bits of a version 7 id are its milliseconds.
    private readonly string _from = Guid.CreateVersion7(DateTimeOffset.FromUnixTimeMilliseconds(Math.Max(0, since))).ToString()[..13];

    /// <summary>Reviews whose content is erased; they have no item.</summary>
    public long Erased { get; private set; }

    public long Count()
    {
        using var connection = database.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM review WHERE id >= $from";
        return (long)command.With("$from", _from).ExecuteScalar()!;
    }

    public IEnumerable<BacktestItem> Read()
    {
        using var connection = database.Open();
        using var ledger = new LedgerReader(connection);
        var judges = PolicyRows.Published(connection).Select(PolicyRows.Policy).OfType<GatePolicy>().ToDictionary(static policy => policy.Digest, static policy => new AuditShare(policy), StringComparer.Ordinal);
        using var newest = connection.CreateCommand();
        newest.CommandText = "SELECT max(id) FROM review";
        var until = newest.ExecuteScalar() as string ?? "";
        for (var page = Page(connection, _from, until); page.Count > 0; page = Page(connection, page[^1].Id + " ", until))
        {
            foreach (var (id, externalId, state) in page)
            {
                if (Item(ledger, judges, externalId ?? id, state) is { } item)
                {
                    yield return item;
                }
                else
                {
                    Erased++;
                }
            }
        }
    }

    private static List<(string Id, string? ExternalId, ReviewState State)> Page(SqliteConnection connection, string from, string until)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT id, external_id, state FROM review WHERE id >= $from AND id <= $until ORDER BY id LIMIT $limit";
        using var rows = command.With("$from", from).With("$until", until).With("$limit", PageSize).ExecuteReader();
        var page = new List<(string, string?, ReviewState)>(PageSize);
        while (rows.Read())
        {
            page.Add((
                rows.GetString(0), rows.IsDBNull(1) ? null : rows.GetString(1), JsonSerializer.Deserialize(rows.GetString(2), ReviewEventJson.Default.ReviewState)!));
        }

        return page;
    }

    private static BacktestItem? Item(LedgerReader ledger, Dictionary<string, AuditShare> judges, string id, ReviewState state)
    {
        var parts = ledger.Openings(state.ContentSeq).ToDictionary(static part => part.Name, static part => part.Bytes, StringComparer.Ordinal);
        if (!parts.TryGetValue(SealedNames.Proposal, out var proposal) || !parts.TryGetValue(SealedNames.Gate, out var sealedGate))
        {
            return null;
        }

        var evidence = Enumerable.Range(0, parts.Count).Select(i => parts.GetValueOrDefault(SealedNames.Evidence(i))).TakeWhile(static part => part is not null)
            .Select(static part => part!).ToArray();
        var gate = SealedGate.Read(sealedGate);
        var proposed = ProposalReader.FromSealed(proposal, evidence);
        var judge = judges.GetValueOrDefault(gate.Policy.Digest);
        var drawn = gate.AuditSample && judge?.WouldHaveProceeded(proposed, gate.Facts) == true;
        return new BacktestItem(
            id, proposed, gate.Facts, ActionKey.Of(state.ActionDigest), LabelOf(state),
            new EarlierVerdict(gate.Verdict, gate.Risk, gate.DueMinutes, drawn) { Drawn = drawn || gate.Verdict == Verdict.Proceed ? judge?.Of(proposed, gate.Facts) : null })
        {
            Judge = judge?.Policy,
            Review = state.Id,
            Decided = state.Outcomes is [{ Decision: OutcomeDecision.Approved or OutcomeDecision.Corrected or OutcomeDecision.Rejected } decided, ..] ? decided.Decision : null,
            Reversed = state.Execution?.Status is ExecutionStatus.Failed or ExecutionStatus.RolledBack || IsUndone(state),
            Dwell = LabelOf(state) == Label.None ? null : Dwell(ledger, state.Id, state.Outcomes[0].Seq),
        };
    }

    // What proceeded has no label by being rolled back: only wrong ones are, so that they stand for no others.
    private static Label LabelOf(ReviewState state) => state.Outcomes is not [var outcome, ..] ? Label.None : outcome.Decision switch
    {
        OutcomeDecision.Approved => IsUndone(state) ? Label.Wrong : Label.Right,
        OutcomeDecision.Corrected or OutcomeDecision.Rejected => Label.Wrong,
        _ => Label.None,
    };

    private static bool IsUndone(ReviewState state) => state.Outcomes.Any(static later => later.Instruction == Instruction.Rollback);

    /// <summary>
    /// How long evidence was in view of those who decided: the sum over its pieces, but no more than from the claim to the decision, since several can be in view at once.
    /// Null where nothing of that was recorded.
    /// </summary>
    private static long? Dwell(LedgerReader ledger, Guid review, long outcome)
    {
        long? dwell = null;
        foreach (var seq in Entry(ledger, outcome).GetProperty("data").GetProperty("decisions").EnumerateArray().Select(static seq => seq.GetInt64()))
        {
            if (ledger.Opening(seq, SealedNames.Presented) is { } presented)
            {
                var seen = JsonElement.Parse(presented).EnumerateArray().Sum(static piece => piece.GetProperty("milliseconds").GetInt64());
                var decided = Entry(ledger, seq);
                var at = decided.GetProperty("at").GetInt64();
                dwell = (dwell ?? 0) + Math.Clamp(at - ClaimedAt(ledger, review, seq, Fence(decided)) ?? seen, 0, seen);
            }
        }

        return dwell;
    }

    private static long? ClaimedAt(LedgerReader ledger, Guid review, long before, int? fence)
    {
        using var rows = ledger.Query("SELECT seq FROM review_entry WHERE review = $0 AND seq < $1 ORDER BY seq DESC", review.ToString(), before);
        while (rows.Read())
        {
            var entry = Entry(ledger, rows.GetInt64(0));
            if (entry.GetProperty("type").ValueEquals("claimed"u8) && Fence(entry) == fence)
            {
                return entry.GetProperty("at").GetInt64();
            }
        }

        return null;
    }

    private static int? Fence(JsonElement entry) => entry.GetProperty("data").TryGetProperty("fence", out var fence) ? fence.GetInt32() : null;

    private static JsonElement Entry(LedgerReader ledger, long seq) => JsonElement.Parse(ledger.Entry(seq)!);
}
