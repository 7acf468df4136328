using ReviewConsole.Core.Identity;

namespace ReviewConsole.Core.Reviews;

/// <summary>What happens after the outcome has left: the source reports, a supervisor asks for a rollback or ends a failure.</summary>
internal static class ExecutionDecider
{
    public static Decision Report(
        ReviewState state, ExecutionStatus status, string actionDigest, string? detail, string? reference, Moment moment)
    {
        var runs = state.Outcomes.LastOrDefault(static outcome => outcome.Instruction is Instruction.Resume or Instruction.Rollback);
        if (runs is null || (status == ExecutionStatus.RolledBack && runs.Instruction != Instruction.Rollback))
        {
            return new Refusal.NotReleased();
        }

        var isDigest = Proposals.ActionDigest.IsOne(actionDigest);
        var report = new ExecutionReported
        {
            Status = status,
            ActionDigest = isDigest ? actionDigest : null,
            Mismatch = actionDigest != runs.ActionDigest,
            Late = status == ExecutionStatus.Started && state.Outcomes[0].ValidUntil is { } until && moment.Now > until,
            Sealed = [.. GateResultLedger.Seal(SealedNames.Detail, detail), .. GateResultLedger.Seal(SealedNames.Reference, reference),
                .. GateResultLedger.Seal(SealedNames.Reported, isDigest ? null : actionDigest)],
        };
        if (report.Mismatch)
        {
            return new Decision([report], new Refusal.DigestMismatch(runs.ActionDigest!));
        }

        return Order(state, status) switch
        {
            (true, null) => Decision.Nothing,
            (_, { } refusal) => refusal,
            _ => Decision.Of(report),
        };
    }

    /// <summary>A rollback and the end of a failed execution are a supervisor's; checked before an operation id is answered again.</summary>
    public static Refusal? MayFinish(PersonActor actor) =>
        actor.May(Permission.ReviewsRollback) ? null : new Refusal.NotPermitted(Permission.ReviewsRollback.Name());

    public static Decision AskRollback(ReviewState state, ReviewContent content, PersonActor actor, string rationale, Moment moment)
    {
        if (MayFinish(actor) is { } refusal)
        {
            return refusal;
        }

        if (state.Outcomes is not [{ Instruction: Instruction.Resume }, ..])
        {
            return new Refusal.NotReleased();
        }

        if (state.Outcomes.Count > 1)
        {
            return new Refusal.AlreadyReleased();
        }

        return rationale.Trim().Length == 0
            ? new Refusal.RationaleRequired(1)
            : Decision.Of(
            [
                new RollbackAsked { Sealed = [.. GateResultLedger.Seal(SealedNames.Rationale, rationale)] },
                Releases.OfRollback(state, content, actor.Id, actor.RoleName, moment),
                .. Demotions.Of(content.Gate, DemotionCause.RolledBack),
            ]);
    }

    /// <summary>A person ends a failed or unknown execution.</summary>
    public static Decision Close(ReviewState state, PersonActor actor, string rationale)
    {
        if (MayFinish(actor) is { } refusal)
        {
            return refusal;
        }

        if (state.Status != ReviewStatus.Released)
        {
            return state.Status == ReviewStatus.Closed ? new Refusal.AlreadyReported("closed") : new Refusal.NotReleased();
        }

        if (!IsUnfinished(state))
        {
            return new Refusal.Invalid("", "Only a review whose execution was reported as failed or unknown is closed by a person.");
        }

        return rationale.Trim().Length == 0
            ? new Refusal.RationaleRequired(1)
            : Decision.Of(new Closed { Sealed = [.. GateResultLedger.Seal(SealedNames.Rationale, rationale)] });
    }

    /// <summary>A linked proposal takes the place of a failed execution, unless what ran is still to be undone.</summary>
    public static Decision Replace(ReviewState state, Guid by) =>
        state is { Status: ReviewStatus.Released, Outcomes.Count: 1 } && IsUnfinished(state) ? Decision.Of(new Closed { ReplacedBy = by }) : Decision.Nothing;

    private static bool IsUnfinished(ReviewState state) => state.Execution is { Status: ExecutionStatus.Failed or ExecutionStatus.Unknown };

    /// <summary>Whether the report repeats the last one, or why it comes out of order.</summary>
    private static (bool Repeated, Refusal? Refusal) Order(ReviewState state, ExecutionStatus status)
    {
        var last = state.Execution?.Status;
        return (status, last) switch
        {
            (ExecutionStatus.RolledBack, ExecutionStatus.RolledBack) => (true, null),
            (ExecutionStatus.RolledBack, _) => (false, null),
            (ExecutionStatus.Started, _) when state.Execution?.StartedAt is { } started => (false, new Refusal.AlreadyStarted(started)),
            (ExecutionStatus.Started, _) => (false, state.Outcomes is [_, { At: var asked }] ? new Refusal.RollbackAsked(asked) : null),
            (_, null) => (false, new Refusal.NotStarted()),
            (_, ExecutionStatus.Started) => (false, null),
            (ExecutionStatus.Succeeded or ExecutionStatus.Failed, ExecutionStatus.Unknown) => (false, null),
            _ when status == last => (true, null),
            _ => (false, new Refusal.AlreadyReported(last.Value.Word())),
        };
    }
}
