using System.Data.Common;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using ReviewConsole.Core.Ledger;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;

namespace ReviewConsole.Core.Oversight;

/// <summary>
/// Counts into a <see cref="Calibration"/> what has left the console by a person's decision, entry by entry of the ledger and each one once, so that the same ledger gives the same counts. A decision that is held,
/// a first of two and a first read count nothing before the outcome is released: a second reader learns nothing from it. What is erased when it is read is not counted, nor is an
/// entry that cannot be read: the counts are then of fewer.
/// </summary>
internal sealed partial class CalibrationReader(ReadDatabase database, Calibration calibration, ILogger<CalibrationReader> log)
{
    private const int PageSize = 500;

    private long _next;

    /// <summary>Reads what has come since the last time. A page at a time, so that no reader stands open for long.</summary>
    public void Follow(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            if (Page() < PageSize)
            {
                calibration.IsWhole = true;
                return;
            }
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
                TryAdd(ledger, entry);
            }

            _next = entry.Seq + 1;
        }

        return page.Count;
    }

    // What the database does not give now it may give the next time; what it gave stays as it is.
    private void TryAdd(LedgerReader ledger, StoredEntry entry)
    {
        try
        {
            Add(ledger, JsonElement.Parse(entry.Entry));
        }
        catch (Exception fault) when (fault is not DbException)
        {
            LogSkipped(fault, entry.Seq);
        }
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

    [LoggerMessage(EventId = 5203, Level = LogLevel.Error, Message = "The decision of entry {Seq} could not be read and is not counted; signals are calibrated by the others")]
    private partial void LogSkipped(Exception fault, long seq);
}
