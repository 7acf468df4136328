using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using ReviewConsole.Core.Ledger;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;

namespace ReviewConsole.Core.Queue;

/// <summary>One line of a review's history.</summary>
/// <param name="By">Pseudonym of who did it.</param>
/// <param name="Text">What was written there and may be shown to people: a rationale, a message, an answer, a note; null when nothing was or it is erased.</param>
internal sealed record TimelineEntry(long Seq, long At, int Revision, string Type, string By, ReviewEvent Event, IReadOnlyDictionary<string, string> Texts);

/// <summary>Everything a person may read of a review now. The content is null after erasure.</summary>
/// <param name="Owner">Name of the owner of the key that submitted it.</param>
/// <param name="Withheld">The content is without what the AI says of itself: this person has not yet said what they think.</param>
internal sealed record ReviewDetail(StoredReview Stored, string Owner, ReviewContent? Content, IReadOnlyList<TimelineEntry> Timeline, bool Withheld)
{
    public ReviewState State => Stored.State;
}

/// <summary>Reads one review: its row, its content, its history, its outcomes and receipts.</summary>
internal sealed class ReviewReader(ReadDatabase database, ContentReader contents)
{
    private static readonly string[] s_texts =
        [SealedNames.Rationale, SealedNames.Message, SealedNames.Answer, SealedNames.Note, SealedNames.Reason, SealedNames.Detail, SealedNames.Reference];

    public StoredReview? Find(Guid id)
    {
        using var connection = database.Open();
        return ReviewRows.Load(connection, id);
    }

    /// <summary>All of it: for its source and for the desks. People read <see cref="Shown"/>.</summary>
    public ReviewContent? Content(ReviewState state) => contents.Read(state);

    /// <summary>What this person may read of it now.</summary>
    public ReviewContent? Shown(ReviewState state, string? person)
    {
        var content = contents.Read(state);
        content = content is not null && state.Hides(person) ? Veil.Over(content) : content;
        return content is not null && state.IsSecondRead(person) ? Veil.OverSecondRead(content) : content;
    }

    public ReviewDetail? Read(Guid id, string? person)
    {
        using var connection = database.Open();
        return ReviewRows.Load(connection, id) is { State: var state } stored
            ? new ReviewDetail(
                stored, OwnerStore.NameOf(connection, state.Owner), Shown(state, person),
                [.. Timeline(connection, id).Where(entry => VeiledTimeline.Shows(state, person, entry))], state.Hides(person))
            : null;
    }

    /// <summary>The open question to the source, when there is one.</summary>
    public string? Question(ReviewState state) => state.QuestionSeq is { } seq ? contents.ReadText(seq, SealedNames.Message) : null;

    /// <summary>What whoever decided last had seen of each piece of evidence, in milliseconds; nothing where nobody did or it is erased.</summary>
    public IReadOnlyDictionary<string, long> SeenAtDecision(ReviewDetail detail)
    {
        var decided = detail.Timeline.LastOrDefault(static entry => entry.Event is Decided { Decision: not null });
        return decided is null
            ? new Dictionary<string, long>()
            : SeenPiece.Read(contents.ReadPart(decided.Seq, SealedNames.Presented)).ToDictionary(static piece => piece.Evidence, static piece => piece.Milliseconds, StringComparer.Ordinal);
    }

    /// <summary>The outcome's bytes as the source reads them, receipt and all; null while nothing is released, empty after erasure.</summary>
    public byte[]? Outcome(ReviewState state, int sequence)
    {
        if (state.Outcomes.FirstOrDefault(outcome => outcome.Sequence == sequence) is not { } released)
        {
            return null;
        }

        using var connection = database.Open();
        using var ledger = new LedgerReader(connection);
        return ledger.Opening(released.Seq, SealedNames.Outcome) is { } bytes ? WithReceipt(bytes, ledger.Receipt(released.Seq)!.Print()) : [];
    }

    /// <summary>The same by the number of the released entry: what the outbox sends.</summary>
    public byte[]? Outcome(long seq)
    {
        using var connection = database.Open();
        using var ledger = new LedgerReader(connection);
        return ledger.Opening(seq, SealedNames.Outcome) is { } bytes ? WithReceipt(bytes, ledger.Receipt(seq)!.Print()) : null;
    }

    /// <summary>The receipt of a released entry; it stays when the outcome is erased.</summary>
    public string? Receipt(ReviewState state, int sequence)
    {
        if (state.Outcomes.FirstOrDefault(outcome => outcome.Sequence == sequence) is not { } released)
        {
            return null;
        }

        using var connection = database.Open();
        using var ledger = new LedgerReader(connection);
        return ledger.Receipt(released.Seq)!.Print();
    }

    /// <summary>All entries of one review, oldest first, with what was written in them.</summary>
    public static IReadOnlyList<TimelineEntry> Timeline(SqliteConnection connection, Guid id)
    {
        using var ledger = new LedgerReader(connection);
        var timeline = new List<TimelineEntry>();
        foreach (var (recorded, seals) in ReviewEntries.Read(connection, id))
        {
            var texts = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var name in s_texts.Where(seals.Contains))
            {
                if (ledger.Opening(recorded.Seq, name) is { } bytes)
                {
                    texts.Add(name, Encoding.UTF8.GetString(bytes));
                }
            }

            timeline.Add(new TimelineEntry(recorded.Seq, recorded.At, recorded.Revision, ReviewEvents.TypeOf(recorded.Event), recorded.By, recorded.Event, texts));
        }

        return timeline;
    }

    private static byte[] WithReceipt(byte[] outcome, string receipt)
    {
        // The canonical bytes with one member more: the same bytes on every retry, since the receipt is that of the smallest covering checkpoint.
        var member = Encoding.UTF8.GetBytes($",\"receipt\":{JsonSerializer.Serialize(receipt)}}}");
        return [.. outcome.AsSpan(0, outcome.Length - 1), .. member];
    }
}
