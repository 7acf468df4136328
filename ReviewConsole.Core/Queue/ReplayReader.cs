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
internal sealed class ReplayReader(ReadDatabase database, ContentReader contents)
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
        var before = ReviewEntries.Fold(earlier.Select(e => Recorded(id, e)))!;
        var judged = decided.Judgement is { } seq ? earlier.First(e => e.Seq == seq) : null;
        var parts = ContentReader.Parts(connection, entry);
        var content = contents.Read(before);
        var secondRead = before.IsSecondRead(found.By);
        return new ShownDecision(
            found, decided, before,
            secondRead && content is not null ? Veil.OverSecondRead(content) : content,
            contents.Read(ReviewFold.Evolve(before, Recorded(id, found)))?.Effective,
            [.. earlier.Where(e => VeiledTimeline.Shows(before, found.By, e))],
            SeenPiece.Read(parts.GetValueOrDefault(SealedNames.Presented)),
            parts.TryGetValue(SealedNames.Acknowledged, out var acknowledged) ? JsonSerializer.Deserialize<string[]>(acknowledged)! : [],
            judged is { Event: Judged said } ? (judged, said, SeenPiece.Read(ContentReader.Parts(connection, judged.Seq).GetValueOrDefault(SealedNames.Presented))) : null,
            secondRead);
    }

    /// <summary>
    /// The draft as it would have been sent before this entry. While the review is open, everybody may have what would be sent now, and what was there before only who made that entry.
    /// </summary>
    public Draft? Draft(Guid id, long entry, string? person)
    {
        using var connection = database.Open();
        if (ReviewRows.Load(connection, id) is not { State: var now } stored)
        {
            return null;
        }

        if (entry > stored.ChangedSeq)
        {
            return contents.Read(now)?.Effective.Draft;
        }

        var all = ReviewEntries.Read(connection, id).Select(static e => e.Recorded).TakeWhile(e => e.Seq <= entry).ToList();
        var isOwn = all is [.., var last] && last.Seq == entry && last.By == person;
        return ReviewEntries.Fold(all.Where(e => e.Seq < entry)) is { } then
            && (!now.IsOpen || isOwn || (then.Revision == now.Revision && then.EffectiveDigest == now.EffectiveDigest))
            ? contents.Read(then)?.Effective.Draft
            : null;
    }

    /// <summary>The proposal of an earlier revision, from the entries that brought it and those before it; null when there was none, or it is erased.</summary>
    public Proposal? Revision(Guid id, int revision)
    {
        using var connection = database.Open();
        var proposed = ReviewEntries.Read(connection, id).Select(static e => e.Recorded).TakeWhile(e => e.Revision <= revision).Where(static e => e.Event is Submitted or Revised);
        return ReviewEntries.Fold(proposed) is { } state && state.Revision == revision ? contents.Read(state)?.Proposal : null;
    }

    private static Recorded Recorded(Guid id, TimelineEntry entry) => new(entry.Seq, entry.At, id, entry.Revision, entry.By, entry.Event);
}
