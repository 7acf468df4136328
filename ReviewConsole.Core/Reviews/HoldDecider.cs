using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Proposals;

namespace ReviewConsole.Core.Reviews;

/// <summary>What time does to a review, and the taking back of what it has not yet done.</summary>
internal static class HoldDecider
{
    /// <summary>The hold is over: the outcome leaves, or the question goes back to the source, or the line asks for one more person before anything leaves.</summary>
    public static Decision Release(ReviewState state, ReviewContent content, HeldOpening opening, Moment moment)
    {
        if (state.Held is not { } held)
        {
            return new Refusal.NotHeld();
        }

        if (moment.Now < state.ReleasesAt || moment.Line.Stopped is not null)
        {
            return new Refusal.NotReleased();
        }

        // It was the only one, and is not enough any more. Who is asked for now has the time that the first had, however long the line was stopped.
        var need = moment.Line.Approvals(state.CorrectionSeq is not null, state.Gate.NotBy | content.Judged.NotBy);
        if (held.Decision is (DecisionKind.Approve or DecisionKind.Correct) && state.Approvals.Count < need)
        {
            var expires = moment.Now + state.ExpiresAfter;
            return Decision.Of(new SecondAsked { Decision = held.Seq, Need = need, ExpiresAt = expires > state.ExpiresAt ? expires : null });
        }

        return held.Decision == DecisionKind.Return
            ? Decision.Of(new Returned { Decision = held.Seq })
            : Decision.Of(Releases.OfHeld(state, content, opening, moment));
    }

    /// <summary>Only who may decide gets the claim back, and only who may recall any takes back for another; checked before an operation id is answered again.</summary>
    public static Refusal? MayRecall(PersonActor actor) =>
        actor.May(Permission.ReviewsDecide) || actor.May(Permission.RecallAny) ? null : new Refusal.NotPermitted(Permission.ReviewsDecide.Name());

    /// <summary>The decider, or a supervisor, takes the last decision back; claim and draft stay with the decider.</summary>
    public static Decision Recall(ReviewState state, PersonActor actor, ReviewRules rules, Moment moment)
    {
        if (MayRecall(actor) is { } refusal)
        {
            return refusal;
        }

        if (state.Held is not { } held)
        {
            return state.Outcomes.Count > 0 ? new Refusal.AlreadyReleased() : new Refusal.NotHeld();
        }

        if (held.By != actor.Id && !actor.May(Permission.RecallAny))
        {
            return new Refusal.NotPermitted(Permission.RecallAny.Name());
        }

        return Decision.Of(new Recalled
        {
            Decision = held.Seq,
            Cause = RecallCause.Person,
            ClaimUntil = moment.Now + (rules.ClaimMinutes * 60_000L),
        });
    }

    /// <summary>Nobody decided in time. Never while held; an expiry by escalation happens once, then it is a rejection.</summary>
    public static Decision Expire(ReviewState state, ReviewContent content, ReviewRules rules, Moment moment)
    {
        if (state.Status is not (ReviewStatus.Pending or ReviewStatus.WaitingOnSource) || moment.Now < state.ExpiresAt)
        {
            return Decision.Nothing;
        }

        var expired = new Expired { Outcome = state.ExpiryOutcome };
        return state.ExpiryOutcome == ExpiryOutcome.Escalate
            ? Decision.Of(expired, new Escalated { Queue = rules.ExpertQueue, ExpiresAt = moment.Now + state.ExpiresAfter })
            : Decision.Of(expired, Releases.WithoutDecision(state, content, OutcomeDecision.Expired, moment));
    }
}
