using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Ledger;
using ReviewConsole.Core.Proposals;

namespace ReviewConsole.Core.Reviews;

/// <summary>A proposal that was read, judged and made ready to seal before the Writer sees it.</summary>
/// <param name="Sealed">The parts <c>proposal</c>, <c>evidence/0…</c> and <c>gate</c>.</param>
internal sealed record Submission(Guid Review, string Owner, Proposal Proposal, string ActionDigest, GateResult Gate, IReadOnlyList<SealedPart> Sealed);

/// <summary>What sources may do to a review: submit, revise, report changed preconditions, cancel.</summary>
internal static class SourceDecider
{
    /// <param name="retried">The review that <c>retryOf</c> names, when there is one of the same owner.</param>
    public static Decision Submit(Submission submission, ReviewState? retried, Moment moment)
    {
        var (gate, proposal) = (submission.Gate, submission.Proposal);
        if (proposal.RetryOf is not null && !MayBeRetried(retried, submission.Owner))
        {
            return new Refusal.Invalid("#/retryOf", "retryOf names no review of yours that was rejected or whose execution failed. Leave it out, or name that review.");
        }

        var expires = gate.ExpiresAt;
        var submitted = new Submitted
        {
            Owner = submission.Owner,
            ActionDigest = submission.ActionDigest,
            Evidence = proposal.Evidence.Count,
            Verdict = gate.Verdict,
            Risk = gate.Risk,
            Approvals = gate.Approvals,
            HoldSeconds = gate.HoldSeconds,
            Policy = gate.Policy.Reference(),
            CommitFirst = gate.CommitFirst,
            NotBy = gate.NotBy,
            Skills = gate.Skills,
            Queue = gate.Queue,
            DueAt = moment.Now + (gate.DueMinutes * 60_000L),
            ExpiresAt = expires,
            ExpiryOutcome = gate.ExpiryOutcome,
            ExpiresAfter = expires - gate.Facts.Now,
            RetryOf = proposal.RetryOf,
            Sealed = submission.Sealed,
        };
        return gate.Verdict == Verdict.Review
            ? Decision.Of(submitted)
            : Decision.Of([submitted, .. Releases.ByRule(submission.Review, 1, proposal, submission.ActionDigest, gate, [], moment.NextSeq, moment)]);
    }

    /// <summary>A new revision: pulls a held decision back, voids approvals, answers a question.</summary>
    public static Decision Revise(ReviewState state, int expected, Submission submission, string? answer, Moment moment)
    {
        if (Closed(state) is { } refusal)
        {
            return refusal;
        }

        if (expected != state.Revision)
        {
            return new Refusal.StaleRevision(state.Revision);
        }

        var (gate, proposal) = (submission.Gate, submission.Proposal);
        var events = new List<ReviewEvent>();
        if (state.Held is { } held)
        {
            events.Add(new Recalled { Decision = held.Seq, Cause = RecallCause.Revised });
        }

        if (answer is not null && state.QuestionSeq is { } question)
        {
            events.Add(new Answered { Question = question, Sealed = [.. GateResultLedger.Seal(SealedNames.Answer, answer)] });
        }

        var contentSeq = moment.NextSeq + events.Count;
        events.Add(new Revised
        {
            ActionDigest = submission.ActionDigest,
            Evidence = proposal.Evidence.Count,
            Verdict = gate.Verdict == Verdict.Proceed ? Verdict.Review : gate.Verdict,
            Risk = Stricter(state.Gate.Risk, gate.Risk),
            Approvals = Math.Max(state.Gate.Approvals, gate.Approvals),
            HoldSeconds = gate.HoldSeconds,
            Policy = gate.Policy.Reference(),
            CommitFirst = state.Gate.CommitFirst || gate.CommitFirst,
            NotBy = state.Gate.NotBy | gate.NotBy,
            Skills = Skill.Union(state.Gate.Skills, gate.Skills),
            Queue = state.Escalation is null ? gate.Queue : state.Queue,
            DueAt = state.Status == ReviewStatus.WaitingOnSource ? moment.Now + (gate.DueMinutes * 60_000L) : state.DueAt,
            Sealed = submission.Sealed,
        });
        if (gate.Verdict == Verdict.Block)
        {
            events.AddRange(Releases.ByRule(state.Id, state.Revision + 1, proposal, submission.ActionDigest, gate, [], contentSeq, moment));
        }

        return new Decision(events);
    }

    /// <param name="bytes">RFC 8785 bytes of the whole new list.</param>
    public static Decision ReportPreconditions(ReviewState state, byte[] bytes)
    {
        if (Closed(state) is { } refusal)
        {
            return refusal;
        }

        var changed = new PreconditionsChanged { Sealed = [new SealedPart(SealedNames.Preconditions, bytes)] };
        return state.Held is { } held
            ? Decision.Of(new Recalled { Decision = held.Seq, Cause = RecallCause.Preconditions }, changed)
            : Decision.Of(changed);
    }

    public static Decision Cancel(ReviewState state, ReviewContent content, string? reason, Moment moment)
    {
        if (Closed(state) is { } refusal)
        {
            return refusal;
        }

        var cancelled = new CancelledBySource { Sealed = [.. GateResultLedger.Seal(SealedNames.Reason, reason)] };
        return state.Held is { } held
            ? Decision.Of(
                new Recalled { Decision = held.Seq, Cause = RecallCause.Cancelled },
                cancelled,
                Releases.WithoutDecision(state, content, OutcomeDecision.Cancelled, moment with { NextSeq = moment.NextSeq + 1 }))
            : Decision.Of(cancelled, Releases.WithoutDecision(state, content, OutcomeDecision.Cancelled, moment));
    }

    /// <summary>Why a source can no longer change this review, if so.</summary>
    private static Refusal? Closed(ReviewState state) => state.Status switch
    {
        ReviewStatus.Cancelled => new Refusal.Cancelled(),
        ReviewStatus.Released or ReviewStatus.Closed => state.Outcomes is [{ Decision: OutcomeDecision.Expired, At: var at }, ..]
            ? new Refusal.Expired(at)
            : new Refusal.AlreadyReleased(),
        _ => null,
    };

    private static bool MayBeRetried(ReviewState? state, string owner) =>
        state is not null && state.Owner == owner
        && (state.Outcomes is [{ Decision: OutcomeDecision.Rejected or OutcomeDecision.Expired or OutcomeDecision.Blocked }, ..]
            || state.Execution is { Status: ExecutionStatus.Failed or ExecutionStatus.Unknown or ExecutionStatus.RolledBack });

    private static Risk Stricter(Risk one, Risk other) => one > other ? one : other;
}
