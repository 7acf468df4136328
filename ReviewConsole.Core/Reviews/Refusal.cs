using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Proposals;

namespace ReviewConsole.Core.Reviews;

/// <summary>Why a command was not carried out. Nothing was recorded unless the refusal says so. The API maps each to its problem (WIRE.md §3).</summary>
internal abstract record Refusal
{
    public sealed record UnknownReview : Refusal;

    /// <summary><paramref name="What"/> says in words what the person or key lacks.</summary>
    public sealed record NotPermitted(string What) : Refusal;

    /// <summary>The review asks for these skills, and the person has none of them.</summary>
    public sealed record SkillMissing(IReadOnlyList<string> Skills) : Refusal;

    public sealed record ConflictOfInterest(string Why) : Refusal;

    public sealed record SourceNotYours(string System) : Refusal;

    public sealed record ExternalIdTaken(Guid By) : Refusal;

    public sealed record IdempotencyKeyReused(string Which) : Refusal;

    /// <summary>The same idempotency key is being answered right now.</summary>
    public sealed record InProgress : Refusal;

    public sealed record StaleRevision(int Current) : Refusal;

    /// <summary>Somebody else holds the claim until <paramref name="Until"/> (Unix ms).</summary>
    public sealed record HeldByAnother(string Who, long Until) : Refusal;

    public sealed record ClaimLost : Refusal;

    /// <summary>Somebody was first: who (a pseudonym), when (Unix ms) and what.</summary>
    public sealed record AlreadyDecided(string By, long At, string What) : Refusal;

    public sealed record AlreadyReleased : Refusal;

    public sealed record NotHeld : Refusal;

    public sealed record WaitingOnSource : Refusal;

    public sealed record Cancelled : Refusal;

    public sealed record Expired(long At) : Refusal;

    public sealed record NotReleased : Refusal;

    public sealed record AlreadyStarted(long At) : Refusal;

    public sealed record NotStarted : Refusal;

    /// <summary>It was asked at <paramref name="At"/> (Unix ms) to undo the action, so it no longer starts.</summary>
    public sealed record RollbackAsked(long At) : Refusal;

    public sealed record AlreadyReported(string Status) : Refusal;

    /// <summary>Another action than the released one was named. This refusal is recorded.</summary>
    public sealed record DigestMismatch(string Released) : Refusal;

    /// <summary>Whoever decides here says first what they think.</summary>
    public sealed record JudgementRequired : Refusal;

    /// <summary>This person said at <paramref name="At"/> (Unix ms) what they think; it stays as it is.</summary>
    public sealed record AlreadyJudged(DecisionKind Decision, long At) : Refusal;

    public sealed record EvidenceNotSeen(IReadOnlyList<string> Which) : Refusal;

    public sealed record RationaleRequired(int Minimum) : Refusal;

    public sealed record ChecksNotAcknowledged(IReadOnlyList<string> Which) : Refusal;

    public sealed record ReasonUnknown(IReadOnlyList<string> Known) : Refusal;

    public sealed record NothingChanged : Refusal;

    public sealed record LineStopped(string Reason, long Since) : Refusal;

    /// <summary>The text is no policy.</summary>
    public sealed record PolicyMalformed(IReadOnlyList<PolicyError> Errors) : Refusal;

    /// <summary>Somebody has saved it, or decided about it, since it was read: it is <paramref name="Digest"/> now.</summary>
    public sealed record PolicyMoved(string Digest) : Refusal;

    /// <summary>Something in the request is wrong; <paramref name="Pointer"/> is a JSON pointer into it (<c>#/message</c>).</summary>
    public sealed record Invalid(string Pointer, string Detail) : Refusal;

    /// <summary>The body is well made, but what it names or when it ends does not hold at this moment.</summary>
    public sealed record InvalidNow(IReadOnlyList<InputError> Errors) : Refusal;
}
