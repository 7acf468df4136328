using System.Text.Json;
using ReviewConsole.Core.Ledger;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;

namespace ReviewConsole.Core.Oversight;

/// <summary>
/// Counts into a <see cref="Calibration"/> what has left the console by a person's decision, entry by entry of the ledger and each one once, so that the same ledger gives the same counts. A decision that is held,
/// a first of two and a first read count nothing before the outcome is released: a second reader learns nothing from it. What is erased is not counted.
/// </summary>
internal sealed class CalibrationReader(ReadDatabase database, Calibration calibration)
{
    private const int PageSize = 500;

    private long _next;

    /// <summary>Reads what has come since the last time. A page at a time, so that no reader stands open for long.</summary>
    public void Follow(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested && Page() == PageSize)
        {
        }
    }

    private int Page()
    {
        using var connection = database.Open();
        using var ledger = new LedgerReader(connection);
        var page = ledger.Entries(_next, PageSize);
        foreach (var entry in page)
        {
            // Most entries are of another type, which takes no reading to see.
            if (entry.Entry.AsSpan().IndexOf("\"outcomeReleased\""u8) >= 0)
            {
                Add(ledger, JsonElement.Parse(entry.Entry));
            }

            _next = entry.Seq + 1;
        }

        return page.Count;
    }

    private void Add(LedgerReader ledger, JsonElement entry)
    {
        if (ReviewEvents.Read(entry.GetProperty("type").GetString()!, entry.GetProperty("data")) is OutcomeReleased { Sequence: 1, Decision: OutcomeDecision.Approved or OutcomeDecision.Corrected or OutcomeDecision.Rejected } outcome
            && ledger.Opening(outcome.Proposal, SealedNames.Proposal) is { } bytes)
        {
            var proposal = JsonElement.Parse(bytes);
            var source = proposal.GetProperty("source");
            calibration.Add(
                source.GetProperty("system").GetString()!, source.TryGetProperty("version", out var version) ? version.GetString() : null,
                proposal.TryGetProperty("signals", out var signals) ? [.. signals.EnumerateArray().Select(static signal => new Signal(signal.GetProperty("name").GetString()!, signal.GetProperty("value").GetDecimal()))] : [],
                outcome.Decision == OutcomeDecision.Approved);
        }
    }
}
