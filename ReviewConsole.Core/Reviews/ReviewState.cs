using System.Text.Json.Serialization;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Proposals;

namespace ReviewConsole.Core.Reviews;

/// <summary>
/// What the ledger's entries of one review add up to: <see cref="ReviewFold.Evolve"/> makes it, <c>ledger rebuild --check</c> makes it again from the stored bytes. Ids,
/// enumerations, integers and digests only; what the proposal says lies sealed at <see cref="ContentSeq"/>. Times are Unix ms.
/// </summary>
internal sealed record ReviewState
{
    public required Guid Id { get; init; }

    /// <summary>Pseudonym of the owner of the key that submitted, like <c>o3</c>; "own reviews" are those of the same owner.</summary>
    public required string Owner { get; init; }

    public required int Revision { get; init; }

    public required ReviewStatus Status { get; init; }

    public required long SubmittedAt { get; init; }

    /// <summary>The entry that seals the current revision's proposal.</summary>
    public required long ContentSeq { get; init; }

    /// <summary>The entry that seals the newest preconditions, where a source has reported any since it submitted.</summary>
    public long? PreconditionsSeq { get; init; }

    /// <summary>Digest of the proposed action of the current revision.</summary>
    public required string ActionDigest { get; init; }

    public required GateSummary Gate { get; init; }

    public required string Queue { get; init; }

    public required long DueAt { get; init; }

    public required long ExpiresAt { get; init; }

    public required ExpiryOutcome ExpiryOutcome { get; init; }

    /// <summary>How long a review lives, for the one extension that an expiry by escalation gives.</summary>
    public required long ExpiresAfter { get; init; }

    public Lease? Claim { get; init; }

    /// <summary>The highest fencing token given out.</summary>
    public int Fence { get; init; }

    public string? AssignedTo { get; init; }

    /// <summary>Approvals of the current revision that count, oldest first. When the last one needed is in, they are all in <see cref="Held"/>.</summary>
    public IReadOnlyList<Approval> Approvals { get; init; } = [];

    /// <summary>What people thought of the current revision before they saw what the AI says of itself; absent while nobody said so.</summary>
    public IReadOnlyList<FirstJudgement>? Judgements { get; init; }

    /// <summary>The decided entry with the corrected action that the approvals are about; absent while it is the proposed one.</summary>
    public long? CorrectionSeq { get; init; }

    /// <summary>The gate's word before the correction was judged too; absent while nothing is corrected.</summary>
    public GateSummary? UncorrectedGate { get; init; }

    /// <summary>Digest of what would run: the corrected action's, else the proposed one's.</summary>
    public required string EffectiveDigest { get; init; }

    public HeldDecision? Held { get; init; }

    public IReadOnlyList<ReleasedOutcome> Outcomes { get; init; } = [];

    public ExecutionState? Execution { get; init; }

    public EscalationState? Escalation { get; init; }

    /// <summary>The decided entry whose message is the open question to the source.</summary>
    public long? QuestionSeq { get; init; }

    public Guid? RetryOf { get; init; }

    /// <summary>Until when the claim holds. Working state: renewals are not history, so it is no part of the fold.</summary>
    [JsonIgnore]
    public long ClaimUntil { get; init; }

    /// <summary>When the held decision leaves. Working state: a restart or a stopped line starts the hold afresh.</summary>
    [JsonIgnore]
    public long ReleasesAt { get; init; }

    public bool IsOpen => Status is ReviewStatus.Pending or ReviewStatus.WaitingOnSource or ReviewStatus.Held;

    public FirstJudgement? JudgementOf(string? person) => Judgements?.FirstOrDefault(judgement => judgement.By == person);

    public bool IsClaimed(long now) => Claim is not null && ClaimUntil > now;
}

/// <summary>What the gate said when the revision came in; pinned, later policy changes nothing in flight.</summary>
internal sealed record GateSummary(
    Verdict Verdict, Risk Risk, int Approvals, int HoldSeconds, string Policy, int PolicyVersion, string PolicyDigest,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool CommitFirst = false,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] NotBy NotBy = NotBy.Nobody,
    IReadOnlyList<string>? Skills = null);

/// <param name="By">The person's pseudonym.</param>
internal sealed record Lease(string By, Guid Token, int Fence, long At);

internal sealed record FirstJudgement(long Seq, string By, long At, DecisionKind Decision);

internal sealed record Approval(long Seq, string By, string Role, long At, DecisionKind Decision);

/// <summary>A committed decision in its hold.</summary>
/// <param name="Lease">The claim it was made under; a recall gives it back.</param>
/// <param name="Earlier">The approvals, the correction, its digest and the gate's word as they were before, for a recall.</param>
internal sealed record HeldDecision(
    long Seq, DecisionKind Decision, Instruction? Instruction, string By, string Role, long At, string? ReasonCode, Lease Lease,
    IReadOnlyList<Approval> Earlier, long? EarlierCorrection,
    string EarlierDigest, GateSummary EarlierGate);

/// <param name="By">Who decided: the person whose decision was held, or the policy; absent when it was neither (expiry, cancellation, rollback).</param>
internal sealed record ReleasedOutcome(
    int Sequence, long Seq, OutcomeDecision Decision, Instruction Instruction, long At, string Digest, string? ActionDigest, long? ValidUntil, string? By);

/// <summary>What the source last said of its execution.</summary>
internal sealed record ExecutionState(ExecutionStatus Status, long? StartedAt, long At);

internal sealed record EscalationState(long Seq, string By, long At);
