using ReviewConsole.Core.Identity;

namespace ReviewConsole.Core.Reviews;

/// <summary>Who works on a review: claims, their end, and a supervisor's assignment.</summary>
internal static class ClaimDecider
{
    /// <summary>Claims, or answers nothing new when the same person's claim still holds (the caller returns the same token).</summary>
    public static Decision Claim(ReviewState state, PersonActor actor, Guid token, ReviewRules rules, Moment moment)
    {
        if (!actor.May(Permission.ReviewsClaim))
        {
            return new Refusal.NotPermitted(Permission.ReviewsClaim.Name());
        }

        if ((Unskilled(state, actor) ?? States.NotPending(state)) is { } refusal)
        {
            return refusal;
        }

        if (state.IsClaimed(moment.Now))
        {
            return state.Claim!.By == actor.Id ? Decision.Nothing : new Refusal.HeldByAnother(state.Claim.By, state.ClaimUntil);
        }

        return Decision.Of(new Claimed { Token = token, Fence = state.Fence + 1, Until = Until(rules, moment) });
    }

    /// <summary>A revision may ask for more than the one that was claimed: who lacks it keeps nobody out who has it.</summary>
    public static Refusal? Unskilled(ReviewState state, PersonActor actor) => Skill.Missing(state.Gate.Skills, actor.Skills) is { Count: > 0 } lacks ? new Refusal.SkillMissing(lacks) : null;

    /// <summary>Until when a renewal holds; renewals are working state and make no event.</summary>
    public static (Refusal? Refusal, long Until) Renew(ReviewState state, PersonActor actor, Guid token, ReviewRules rules, Moment moment) =>
        (Unskilled(state, actor) ?? States.NotPending(state) ?? Holds(state, actor, token, moment), Until(rules, moment));

    public static Decision Release(ReviewState state, PersonActor actor, Guid? token, Moment moment)
    {
        if (actor.May(Permission.ClaimsRelease) && state.Claim is { } claim && claim.By != actor.Id && token is null)
        {
            return Decision.Of(new ClaimReleased { Fence = claim.Fence });
        }

        return Holds(state, actor, token ?? Guid.Empty, moment) is { } refusal ? refusal : Decision.Of(new ClaimReleased { Fence = state.Claim!.Fence });
    }

    /// <summary>Gives the claim back and says why, for whoever comes next.</summary>
    public static Decision Skip(ReviewState state, PersonActor actor, Guid token, SkipReason reason, Moment moment) =>
        Holds(state, actor, token, moment) is { } refusal ? refusal : Decision.Of(new ClaimReleased { Fence = state.Claim!.Fence, Skip = reason });

    /// <param name="lacks">Skills that the review asks for and <paramref name="person"/> does not have.</param>
    public static Decision Assign(ReviewState state, PersonActor actor, string? person, IReadOnlyList<string> lacks, string? queue, string? note, ReviewRules rules)
    {
        if (!actor.May(Permission.ReviewsAssign))
        {
            return new Refusal.NotPermitted(Permission.ReviewsAssign.Name());
        }

        if (States.NotPending(state) is { } refusal)
        {
            return refusal;
        }

        if (rules.UnknownQueue(queue) is { } unknown)
        {
            return unknown;
        }

        if (lacks.Count > 0)
        {
            return new Refusal.Invalid("#/to/person", $"Whoever gets it needs the skill {string.Join(", ", lacks)}. Name somebody who has it.");
        }

        return Decision.Of(new Assigned { Person = person, Queue = queue, Sealed = [.. GateResultLedger.Seal(SealedNames.Note, note)] });
    }

    /// <summary>Null when <paramref name="token"/> is the live claim of <paramref name="actor"/>.</summary>
    public static Refusal? Holds(ReviewState state, PersonActor actor, Guid token, Moment moment)
    {
        if (!state.IsClaimed(moment.Now))
        {
            return new Refusal.ClaimLost();
        }

        var claim = state.Claim!;
        return claim.By != actor.Id ? new Refusal.HeldByAnother(claim.By, state.ClaimUntil)
            : claim.Token != token ? new Refusal.ClaimLost()
            : null;
    }

    private static long Until(ReviewRules rules, Moment moment) => moment.Now + (rules.ClaimMinutes * 60_000L);
}

internal static class States
{
    /// <summary>Why a person can no longer decide here, if so: who was first, or what happened instead.</summary>
    public static Refusal? NotPending(ReviewState state) => state.Status switch
    {
        ReviewStatus.Pending => null,
        ReviewStatus.WaitingOnSource => new Refusal.WaitingOnSource(),
        ReviewStatus.Cancelled => new Refusal.Cancelled(),
        ReviewStatus.Held => new Refusal.AlreadyDecided(state.Held!.By, state.Held.At, state.Held.Decision.Word()),
        _ when state.Outcomes is [{ Decision: OutcomeDecision.Expired, At: var at }, ..] => new Refusal.Expired(at),
        _ => new Refusal.AlreadyDecided(state.Outcomes[0].By ?? "", state.Outcomes[0].At, state.Outcomes[0].Decision.Word()),
    };
}
