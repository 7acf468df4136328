using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Proposals;

namespace ReviewConsole.Core.Reviews;

/// <summary>Folds events into the state. It decides nothing and refuses nothing: what was recorded has happened.</summary>
internal static class ReviewFold
{
    public static ReviewState Evolve(ReviewState? state, Recorded recorded) => recorded.Event switch
    {
        Submitted e => Submit(recorded, e),
        _ when state is null => throw new InvalidOperationException($"Entry {recorded.Seq} speaks of a review that was never submitted."),
        Revised e => Revise(state, recorded, e),
        Answered => state with { QuestionSeq = null },
        PreconditionsChanged => Reopen(state) with { PreconditionsSeq = recorded.Seq },
        Claimed e => state with
        {
            Claim = new Lease(recorded.By, e.Token, e.Fence, recorded.At),
            Fence = e.Fence,
            ClaimUntil = e.Until,
        },
        ClaimReleased => state with { Claim = null, ClaimUntil = 0 },
        Noted => state,
        Assigned e => Assign(state, e),
        Judged e => state with { Judgements = [.. state.Judgements ?? [], new FirstJudgement(recorded.Seq, recorded.By, recorded.At, e.Decision)] },
        Decided e => Decide(state, recorded, e),
        Recalled e => Recall(state, e),
        SecondAsked e => state with { Status = ReviewStatus.Pending, Held = null, ReleasesAt = 0, Gate = state.Gate with { Approvals = e.Need }, ExpiresAt = e.ExpiresAt ?? state.ExpiresAt },
        Returned e => state with { Status = ReviewStatus.WaitingOnSource, Held = null, ReleasesAt = 0, QuestionSeq = e.Decision },
        Escalated e => Escalate(state, recorded, e),
        CancelledBySource => state with { Status = ReviewStatus.Cancelled, Claim = null, ClaimUntil = 0, Held = null, ReleasesAt = 0, QuestionSeq = null },
        Expired => state with { Claim = null, ClaimUntil = 0, QuestionSeq = null },
        OutcomeReleased e => Release(state, recorded, e),
        ExecutionReported e => Report(state, recorded, e),
        RollbackAsked or RuleDemoted => state,
        Closed => state with { Status = ReviewStatus.Closed },
        _ => throw new InvalidOperationException($"Entry {recorded.Seq} has an event that this program does not fold."),
    };

    private static ReviewState Submit(Recorded recorded, Submitted e) => new()
    {
        Id = recorded.Review,
        Owner = e.Owner,
        Revision = recorded.Revision,
        Status = ReviewStatus.Pending,
        SubmittedAt = recorded.At,
        ContentSeq = recorded.Seq,
        ActionDigest = e.ActionDigest,
        EffectiveDigest = e.ActionDigest,
        Gate = new GateSummary(e.Verdict, e.Risk, e.Approvals, e.HoldSeconds, e.Policy.Name, e.Policy.Version, e.Policy.Digest, e.CommitFirst, e.NotBy, e.Skills),
        Queue = e.Queue,
        DueAt = e.DueAt,
        ExpiresAt = e.ExpiresAt,
        ExpiryOutcome = e.ExpiryOutcome,
        ExpiresAfter = e.ExpiresAfter,
        RetryOf = e.RetryOf,
    };

    private static ReviewState Revise(ReviewState state, Recorded recorded, Revised e) => state with
    {
        Revision = recorded.Revision,
        Status = ReviewStatus.Pending,
        ContentSeq = recorded.Seq,
        PreconditionsSeq = null,
        ActionDigest = e.ActionDigest,
        EffectiveDigest = e.ActionDigest,
        CorrectionSeq = null,
        UncorrectedGate = null,
        QuestionSeq = null,
        Approvals = [],
        Judgements = null,
        Gate = new GateSummary(e.Verdict, e.Risk, e.Approvals, e.HoldSeconds, e.Policy.Name, e.Policy.Version, e.Policy.Digest, e.CommitFirst, e.NotBy, e.Skills),
        Queue = e.Queue,
        DueAt = e.DueAt,
    };

    /// <summary>The world is another one than the approvals were given for: none counts, and what was corrected is as proposed.</summary>
    private static ReviewState Reopen(ReviewState state) => state with
    {
        Approvals = [],
        CorrectionSeq = null,
        EffectiveDigest = state.ActionDigest,
        Gate = state.UncorrectedGate ?? state.Gate,
        UncorrectedGate = null,
    };

    private static ReviewState Assign(ReviewState state, Assigned e)
    {
        var keeps = state.Claim is { } claim && claim.By == e.Person;
        return state with
        {
            AssignedTo = e.Person,
            Queue = e.Queue ?? state.Queue,
            Claim = keeps ? state.Claim : null,
            ClaimUntil = keeps ? state.ClaimUntil : 0,
        };
    }

    private static ReviewState Decide(ReviewState state, Recorded recorded, Decided e)
    {
        var next = state with
        {
            EffectiveDigest = e.After,
            Gate = state.Gate with { Approvals = e.Need, Risk = e.Risk ?? state.Gate.Risk, Skills = e.Skills ?? state.Gate.Skills },
        };
        if (e.Decision is not { } decision || decision == DecisionKind.Escalate)
        {
            return next;
        }

        var approves = decision is DecisionKind.Approve or DecisionKind.Correct;
        var approvals = !approves ? state.Approvals
            : e.Corrects ? [new Approval(recorded.Seq, recorded.By, e.Role, recorded.At, decision)]
            : state.Approvals.Append(new Approval(recorded.Seq, recorded.By, e.Role, recorded.At, decision)).ToArray();
        next = next with
        {
            Approvals = approvals,
            CorrectionSeq = e.Corrects ? recorded.Seq : state.CorrectionSeq,
            UncorrectedGate = e.Corrects ? state.UncorrectedGate ?? state.Gate : state.UncorrectedGate,
            Claim = null,
            ClaimUntil = 0,
        };
        return !e.Held
            ? next
            : next with
            {
                Status = ReviewStatus.Held,
                ReleasesAt = e.ReleasesAt ?? 0,
                Held = new HeldDecision(
                    recorded.Seq, decision, e.Instruction, recorded.By, e.Role, recorded.At, e.ReasonCode, state.Claim!, state.Approvals, state.CorrectionSeq,
                    state.EffectiveDigest, state.Gate),
            };
    }

    private static ReviewState Recall(ReviewState state, Recalled e)
    {
        var held = state.Held!;
        return state with
        {
            Status = ReviewStatus.Pending,
            Held = null,
            ReleasesAt = 0,
            Approvals = held.Earlier,
            CorrectionSeq = held.EarlierCorrection,
            UncorrectedGate = held.EarlierCorrection is null ? null : state.UncorrectedGate,
            EffectiveDigest = held.EarlierDigest,
            Gate = held.EarlierGate,
            Claim = e.ClaimUntil is null ? null : held.Lease,
            ClaimUntil = e.ClaimUntil ?? 0,
        };
    }

    private static ReviewState Escalate(ReviewState state, Recorded recorded, Escalated e) => state with
    {
        Status = ReviewStatus.Pending,
        Queue = e.Queue,
        Claim = null,
        ClaimUntil = 0,
        AssignedTo = null,
        Escalation = new EscalationState(e.Decision ?? recorded.Seq, recorded.By, recorded.At),
        ExpiresAt = e.ExpiresAt ?? state.ExpiresAt,
        ExpiryOutcome = e.ExpiresAt is null ? state.ExpiryOutcome : ExpiryOutcome.Reject,
    };

    private static ReviewState Release(ReviewState state, Recorded recorded, OutcomeReleased e) => state with
    {
        Status = e.Decision == OutcomeDecision.Cancelled ? ReviewStatus.Cancelled
            : e.Instruction is Instruction.Resume or Instruction.Rollback ? ReviewStatus.Released
            : ReviewStatus.Closed,
        Held = null,
        ReleasesAt = 0,
        Claim = null,
        ClaimUntil = 0,
        Outcomes =
        [
            .. state.Outcomes,
            new ReleasedOutcome(
                e.Sequence, recorded.Seq, e.Decision, e.Instruction, recorded.At, e.OutcomeDigest, e.ActionDigest, e.ValidUntil, Decider(state, e)),
        ],
    };

    private static string? Decider(ReviewState state, OutcomeReleased e) => e.Decision is OutcomeDecision.Proceeded or OutcomeDecision.Blocked
        ? $"policy:{state.Gate.Policy}/{state.Gate.PolicyVersion}"
        : state.Held?.By;

    private static ReviewState Report(ReviewState state, Recorded recorded, ExecutionReported e)
    {
        if (e.Mismatch)
        {
            return state;
        }

        var execution = new ExecutionState(
            e.Status, e.Status == ExecutionStatus.Started ? recorded.At : state.Execution?.StartedAt, recorded.At);
        // Once a rollback was asked for, only that it is done ends the review.
        var ends = e.Status == ExecutionStatus.RolledBack || (e.Status == ExecutionStatus.Succeeded && state.Outcomes.Count == 1);
        return state with { Execution = execution, Status = ends ? ReviewStatus.Closed : state.Status };
    }
}
