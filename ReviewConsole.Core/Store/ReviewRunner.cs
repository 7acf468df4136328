using ReviewConsole.Core.Delivery;
using ReviewConsole.Core.Reviews;

namespace ReviewConsole.Core.Store;

/// <summary>
/// Carries one decision of the pure heart into the transaction: entries into the ledger, the folded state into the row, released entries into the outbox, rules that
/// were demoted into what counts for the next submit.
/// </summary>
internal sealed class ReviewRunner(PolicyBoard policies)
{
    public Moment Moment(WriteScope scope, string system, string kind) => new(scope.Now, scope.LedgerSize, LineBoard.Find(scope, system, kind));

    public Moment Moment(WriteScope scope, StoredReview stored) => Moment(scope, stored.System, stored.Kind);

    /// <summary>Records a new review.</summary>
    public Recording Add(WriteScope scope, Guid id, string by, Decision decision, ReviewFace face, byte[] bodyHash)
    {
        var recording = Append(scope, null, id, 1, by, null, null, decision);
        ReviewRows.Add(scope, recording.State, face, bodyHash, recording.LastSeq);
        Deliver(scope, recording, face.Endpoint);
        return recording;
    }

    /// <summary>Records what happened to a review that is there; nothing when there are no events.</summary>
    public Recording Save(WriteScope scope, StoredReview stored, string by, Via? via, string? op, Decision decision)
    {
        var recording = Append(scope, stored.State, stored.State.Id, stored.State.Revision, by, via, op, decision);
        if (recording.Entries.Count > 0)
        {
            SaveRow(scope, stored.State, recording);
            Deliver(scope, recording, stored.Endpoint);
            PickUp(scope, recording);
            Demote(scope, recording);
            ForgetWork(scope, stored.State, recording.State);
        }

        return recording;
    }

    /// <summary>Records a new revision: the face is that of the new proposal.</summary>
    public Recording Revise(WriteScope scope, StoredReview stored, string by, Decision decision, ReviewFace face, byte[] bodyHash)
    {
        var recording = Append(scope, stored.State, stored.State.Id, stored.State.Revision + 1, by, null, null, decision);
        ReviewRows.Save(scope, recording.State, face, bodyHash, recording.LastSeq);
        Deliver(scope, recording, face.Endpoint);
        return recording;
    }

    // A correction, and taking one back, changes which action would run: what lists show of it changes with it.
    private static void SaveRow(WriteScope scope, ReviewState before, Recording recording)
    {
        if (before.CorrectionSeq != recording.State.CorrectionSeq && ContentReader.Read(scope.Connection, recording.State) is { } content)
        {
            ReviewRows.Save(scope, recording.State, ReviewFace.Of(content), recording.LastSeq);
        }
        else
        {
            ReviewRows.Save(scope, recording.State, recording.LastSeq);
        }
    }

    // Drafts, looks and who is spoken to are for the open review; what was seen is sealed in the decision.
    private static void ForgetWork(WriteScope scope, ReviewState before, ReviewState after)
    {
        if (before.IsOpen && !after.IsOpen)
        {
            scope.Prepare("DELETE FROM draft WHERE review = $review").With("$review", after.Id.ToString()).ExecuteNonQuery();
            scope.Prepare("DELETE FROM seen WHERE review = $review").With("$review", after.Id.ToString()).ExecuteNonQuery();
            ColleagueRows.Forget(scope, after.Id);
        }
    }

    // A started execution shows that the outcome has arrived, however it went.
    private static void PickUp(WriteScope scope, Recording recording)
    {
        if (recording.Entries.Any(static entry => entry.Event is ExecutionReported { Status: ExecutionStatus.Started, Mismatch: false }))
        {
            OutboxRows.PickedUp(scope, recording.State.Outcomes[0].Seq);
        }
    }

    private void Demote(WriteScope scope, Recording recording)
    {
        foreach (var entry in recording.Entries)
        {
            if (entry.Event is RuleDemoted demoted)
            {
                DemotionRows.Add(scope, entry, demoted);
                policies.Changed(scope);
                scope.Touch(ChangeSignal.Policies);
            }
        }
    }

    private static Recording Append(
        WriteScope scope, ReviewState? state, Guid id, int revision, string by, Via? via, string? op, Decision decision)
    {
        var entries = new List<Recorded>(decision.Events.Count);
        foreach (var e in decision.Events)
        {
            var author = e.Author ?? by;
            // What is pulled back by a new revision belongs to the one before it.
            var of = e is Recalled && state is not null ? state.Revision : revision;
            var seq = scope.Append(ReviewEvents.Draft(e, id, of, author, via, op));
            scope.Statement("INSERT INTO review_entry (review, seq) VALUES (?, ?)").Add(id).Add(seq).Run();
            var recorded = new Recorded(seq, scope.Now, id, of, author, e);
            state = ReviewFold.Evolve(state, recorded);
            entries.Add(recorded);
        }

        scope.Touch(id);
        return new Recording(state!, entries);
    }

    /// <summary>The webhook that tells of an event (WIRE.md §4); most are told to nobody.</summary>
    private static string? Webhook(ReviewEvent e) => e switch
    {
        Returned => WebhookType.Returned,
        OutcomeReleased { Instruction: Instruction.Rollback } => WebhookType.RollbackRequested,
        OutcomeReleased { Decision: OutcomeDecision.Expired } => WebhookType.Expired,
        OutcomeReleased { Decision: OutcomeDecision.Cancelled } => WebhookType.Cancelled,
        OutcomeReleased => WebhookType.Decided,
        _ => null,
    };

    private static void Deliver(WriteScope scope, Recording recording, string? endpoint)
    {
        if (endpoint is null)
        {
            return;
        }

        foreach (var entry in recording.Entries)
        {
            if (Webhook(entry.Event) is { } type)
            {
                OutboxRows.Add(scope, entry.Seq, entry.Review, endpoint, type);
            }
        }
    }
}

/// <summary>What a command has recorded, and the state it left.</summary>
internal sealed record Recording(ReviewState State, IReadOnlyList<Recorded> Entries)
{
    public long LastSeq => Entries.Count == 0 ? -1 : Entries[^1].Seq;
}

/// <summary>A value, or the reason why there is none.</summary>
internal readonly record struct Result<T>(T? Value, Refusal? Refusal)
{
    public static implicit operator Result<T>(T value) => new(value, null);

    public static implicit operator Result<T>(Refusal refusal) => new(default, refusal);
}
