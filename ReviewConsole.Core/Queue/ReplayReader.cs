using System.Text.Json;
using Microsoft.Data.Sqlite;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;

namespace ReviewConsole.Core.Queue;

/// <summary>A person's decision with the review as that person had it before them, made again from the entries that came before it.</summary>
/// <param name="Before">What the entries before it add up to.</param>
/// <param name="Content">The revision, the gate's word and the action as they were; null after erasure.</param>
/// <param name="After">The action as it was decided; what differs is what the person edited.</param>
/// <param name="Timeline">The entries that they could read.</param>
/// <param name="Seen">The evidence that was in view, in the order in which it came.</param>
/// <param name="Acknowledged">Failed checks that they named.</param>
/// <param name="Judgement">What they had said before they saw what the AI says of itself, and what was in view until then.</param>
/// <param name="SecondRead">An earlier decision was hidden from them.</param>
internal sealed record ShownDecision(
    TimelineEntry Entry, Decided Decided, ReviewState Before, ReviewContent? Content, EffectiveAction? After, IReadOnlyList<TimelineEntry> Timeline, IReadOnlyList<SeenPiece> Seen,
    IReadOnlyList<string> Acknowledged, (TimelineEntry Entry, Judged Judged, IReadOnlyList<SeenPiece> Seen)? Judgement, bool SecondRead);

/// <summary>Shows decisions again as they were made. It reads the log alone: no row and no policy of today has a say.</summary>
internal sealed class ReplayReader(ReadDatabase database)
{
    /// <summary>
    /// Null when the entry is no person's decision on this review, or <paramref name="person"/> may not read it yet: while the review is open, it is its author's alone.
    /// </summary>
    public ShownDecision? Read(Guid id, long entry, string? person)
    {
        using var connection = database.Open();
        if (ReviewRows.Load(connection, id) is not { State: var now })
        {
            return null;
        }

        var all = ReviewReader.Timeline(connection, id);
        if (all.FirstOrDefault(e => e.Seq == entry) is not { Event: Decided { Decision: not null } decided } found
            || (now.IsOpen && (found.By != person || now.Hides(person))))
        {
            return null;
        }

        var earlier = all.TakeWhile(e => e.Seq < entry).ToList();
        var before = Fold(id, earlier)!;
        var judged = decided.Judgement is { } seq ? earlier.First(e => e.Seq == seq) : null;
        var parts = ContentReader.Parts(connection, entry);
        return new ShownDecision(
            found, decided, before,
            ContentReader.Read(connection, before),
            ContentReader.Read(connection, ReviewFold.Evolve(before, Recorded(id, found)))?.Effective,
            [.. earlier.Where(e => VeiledTimeline.Shows(before, found.By, e))],
            SeenPiece.Read(parts.GetValueOrDefault(SealedNames.Presented)),
            parts.TryGetValue(SealedNames.Acknowledged, out var acknowledged) ? JsonSerializer.Deserialize<string[]>(acknowledged)! : [],
            judged is { Event: Judged said } ? (judged, said, SeenPiece.Read(ContentReader.Parts(connection, judged.Seq).GetValueOrDefault(SealedNames.Presented))) : null,
            before.IsSecondRead(found.By));
    }

    /// <summary>The proposal of an earlier revision; null when there was none, or it is erased.</summary>
    public Proposal? Revision(Guid id, int revision)
    {
        using var connection = database.Open();
        var upTo = ReviewReader.Timeline(connection, id).TakeWhile(e => e.Revision <= revision);
        return Fold(id, upTo) is { } state && state.Revision == revision ? ContentReader.Read(connection, state)?.Proposal : null;
    }

    private static ReviewState? Fold(Guid id, IEnumerable<TimelineEntry> entries) =>
        entries.Aggregate((ReviewState?)null, (state, entry) => ReviewFold.Evolve(state, Recorded(id, entry)));

    private static Recorded Recorded(Guid id, TimelineEntry entry) => new(entry.Seq, entry.At, id, entry.Revision, entry.By, entry.Event);
}
