using System.Text.Json.Serialization;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Ledger;
using ReviewConsole.Core.Proposals;

namespace ReviewConsole.Core.Reviews;

/// <summary>
/// One thing that happened to a review: one entry of the ledger. The members are the entry's <c>data</c> (ids, enumerations, integers and digests only);
/// everything personal is in <see cref="Sealed"/>. The approved file of ledger types lists them all.
/// </summary>
internal abstract record ReviewEvent
{
    [JsonIgnore]
    public IReadOnlyList<SealedPart> Sealed { get; init; } = [];

    /// <summary>Who did it, where that is not who gave the command: a rule of the policy.</summary>
    [JsonIgnore]
    public string? Author { get; init; }
}

/// <summary>Names of sealed parts.</summary>
internal static class SealedNames
{
    public const string Proposal = "proposal", Gate = "gate", Rationale = "rationale", Message = "message", Effective = "effective", Changes = "changes",
        Suggested = "suggested", Presented = "presented", Acknowledged = "acknowledged", Outcome = "outcome", Answer = "answer", Note = "note",
        Detail = "detail", Reference = "reference", Preconditions = "preconditions", Reason = "reason", Reported = "reported", Places = "places";

    public static string Evidence(int index) => string.Create(null, $"evidence/{index}");
}

internal sealed record PolicyReference(string Name, int Version, string Digest);

/// <summary>A proposal came in and the gate has spoken. Seals <c>proposal</c>, <c>evidence/0…</c> and <c>gate</c> (the trace with the values seen).</summary>
internal sealed record Submitted : ReviewEvent
{
    /// <summary>Pseudonym of the owner of the key, like <c>o3</c>.</summary>
    public required string Owner { get; init; }

    public required string ActionDigest { get; init; }

    public required int Evidence { get; init; }

    public required Verdict Verdict { get; init; }

    public required Risk Risk { get; init; }

    public required int Approvals { get; init; }

    public required int HoldSeconds { get; init; }

    public required PolicyReference Policy { get; init; }

    /// <summary>Whoever decides says first what they think (SCREENS.md §2).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool CommitFirst { get; init; }

    /// <summary>Who may neither approve nor correct.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public NotBy NotBy { get; init; }

    /// <summary>What whoever works on it can do; absent where no rule asks for a skill.</summary>
    public IReadOnlyList<string>? Skills { get; init; }

    public required string Queue { get; init; }

    public required long DueAt { get; init; }

    public required long ExpiresAt { get; init; }

    public required ExpiryOutcome ExpiryOutcome { get; init; }

    public required long ExpiresAfter { get; init; }

    public Guid? RetryOf { get; init; }
}

/// <summary>The source replaced its proposal; earlier approvals are void. Seals what <see cref="Submitted"/> seals.</summary>
internal sealed record Revised : ReviewEvent
{
    public required string ActionDigest { get; init; }

    public required int Evidence { get; init; }

    public required Verdict Verdict { get; init; }

    public required Risk Risk { get; init; }

    public required int Approvals { get; init; }

    public required int HoldSeconds { get; init; }

    public required PolicyReference Policy { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool CommitFirst { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public NotBy NotBy { get; init; }

    public IReadOnlyList<string>? Skills { get; init; }

    public required string Queue { get; init; }

    public required long DueAt { get; init; }
}

/// <summary>The source answered a reviewer's question. Seals <c>answer</c>.</summary>
internal sealed record Answered : ReviewEvent
{
    /// <summary>The decided entry that asked.</summary>
    public required long Question { get; init; }
}

/// <summary>The world changed, says the source. Seals <c>preconditions</c>.</summary>
internal sealed record PreconditionsChanged : ReviewEvent;

internal sealed record Claimed : ReviewEvent
{
    public required Guid Token { get; init; }

    public required int Fence { get; init; }

    public required long Until { get; init; }
}

internal sealed record ClaimReleased : ReviewEvent
{
    public required int Fence { get; init; }

    /// <summary>Why the person passed it on to others; absent when the claim was only given back.</summary>
    public SkipReason? Skip { get; init; }
}

/// <summary>A person wrote to the others who work on the review; nothing else changes. Seals <c>note</c>.</summary>
internal sealed record Noted : ReviewEvent
{
    /// <summary>Pseudonyms of who is spoken to.</summary>
    public required IReadOnlyList<string> Mentions { get; init; }

    /// <summary>Their opinion is asked; the claim stays where it is.</summary>
    public required bool Asks { get; init; }
}

/// <summary>A supervisor gave the review to a person or a queue; a claim of anybody else ends. Seals <c>note</c>.</summary>
internal sealed record Assigned : ReviewEvent
{
    public string? Person { get; init; }

    public string? Queue { get; init; }
}

/// <summary>What a person thought before they saw what the AI says of itself; once for a person and revision. Seals <c>note</c> and <c>presented</c>.</summary>
internal sealed record Judged : ReviewEvent
{
    public required DecisionKind Decision { get; init; }

    public required string Role { get; init; }

    public required int Fence { get; init; }

    /// <summary>The parts of the review that were there and not shown: <see cref="Veil"/> names them.</summary>
    public required IReadOnlyList<string> Withheld { get; init; }

    /// <inheritdoc cref="Decided.Renderer"/>
    public string? Renderer { get; init; }
}

/// <summary>
/// A person or a rule decided. Seals, where there are any, <c>rationale</c>, <c>message</c>, <c>effective</c>, <c>changes</c>, <c>places</c>, <c>suggested</c>, <c>acknowledged</c> and
/// <c>presented</c>.
/// </summary>
internal sealed record Decided : ReviewEvent
{
    public DecisionKind? Decision { get; init; }

    /// <summary>Set instead of <see cref="Decision"/> when the gate itself decided.</summary>
    public Verdict? Verdict { get; init; }

    public Instruction? Instruction { get; init; }

    public string? ReasonCode { get; init; }

    public required string Role { get; init; }

    public string? Session { get; init; }

    public int? Fence { get; init; }

    /// <summary>Digest of the proposed action, or of the correction that came before.</summary>
    public required string Before { get; init; }

    /// <summary>Digest of what would run after this decision.</summary>
    public required string After { get; init; }

    /// <summary>The entry with the proposal that was decided, and the commitments of its evidence.</summary>
    public required long Proposal { get; init; }

    public required IReadOnlyList<string> Evidence { get; init; }

    /// <summary>Version of the renderer whose output the sealed part <c>presented</c> describes.</summary>
    public string? Renderer { get; init; }

    /// <summary>The entry with what the same person thought before; absent where nobody asked.</summary>
    public long? Judgement { get; init; }

    public required PolicyReference Policy { get; init; }

    /// <summary>Each rule of that policy and whether it held.</summary>
    public required IReadOnlyDictionary<string, bool> Rules { get; init; }

    public required int Have { get; init; }

    public required int Need { get; init; }

    /// <summary>A corrected action may raise the risk that the gate sees; the stricter counts from here.</summary>
    public Risk? Risk { get; init; }

    /// <summary>All skills that it asks for from here, where a corrected action asks for more of them.</summary>
    public IReadOnlyList<string>? Skills { get; init; }

    /// <summary>When the hold ends, if nothing else happens; absent when the decision is not held.</summary>
    public long? ReleasesAt { get; init; }

    public required bool Held { get; init; }

    public required bool Corrects { get; init; }

    /// <summary>Of a correction: how many characters the person put in, took out or replaced.</summary>
    public int? EditDistance { get; init; }
}

/// <summary>A held decision was taken back.</summary>
internal sealed record Recalled : ReviewEvent
{
    /// <summary>The decided entry that no longer counts.</summary>
    public required long Decision { get; init; }

    public required RecallCause Cause { get; init; }

    /// <summary>Until when the claim of the decider holds again; absent when the claim is not given back.</summary>
    public long? ClaimUntil { get; init; }
}

/// <summary>The hold of an approval or a correction was over, and its line is in two-person mode: it stays as the first of several.</summary>
internal sealed record SecondAsked : ReviewEvent
{
    /// <summary>The decided entry that goes on counting.</summary>
    public required long Decision { get; init; }

    public required int Need { get; init; }

    /// <summary>When the review expires now; absent where that has not changed.</summary>
    public long? ExpiresAt { get; init; }
}

/// <summary>Seals the question as <c>message</c> in the decided entry that it names.</summary>
internal sealed record Returned : ReviewEvent
{
    public required long Decision { get; init; }
}

internal sealed record Escalated : ReviewEvent
{
    /// <summary>The decided entry of the person who escalated; absent when the time did.</summary>
    public long? Decision { get; init; }

    public required string Queue { get; init; }

    public long? ExpiresAt { get; init; }
}

/// <summary>The source withdrew. Seals <c>reason</c>.</summary>
internal sealed record CancelledBySource : ReviewEvent;

internal sealed record Expired : ReviewEvent
{
    public required ExpiryOutcome Outcome { get; init; }
}

/// <summary>What the source reads from now on. Seals <c>outcome</c>: RFC 8785 of the outcome without its receipt.</summary>
internal sealed record OutcomeReleased : ReviewEvent
{
    public required int Sequence { get; init; }

    public required OutcomeDecision Decision { get; init; }

    public required Instruction Instruction { get; init; }

    /// <summary>Every entry that decided: the people's, the rule's, the expiry's or the cancellation's.</summary>
    public required IReadOnlyList<long> Decisions { get; init; }

    public required long Proposal { get; init; }

    /// <summary><c>sha256:</c> over the bytes of the sealed part; unsalted, so that a source can compare it.</summary>
    public required string OutcomeDigest { get; init; }

    /// <summary>What may run, or is to be undone; absent when nothing may.</summary>
    public string? ActionDigest { get; init; }

    public long? ValidUntil { get; init; }
}

/// <summary>Seals <c>detail</c> and <c>reference</c>, and what came as a digest and is none as <c>reported</c>.</summary>
internal sealed record ExecutionReported : ReviewEvent
{
    public required ExecutionStatus Status { get; init; }

    /// <summary>Absent when the source sent something that is no digest: that is free text, and an entry has none.</summary>
    public string? ActionDigest { get; init; }

    /// <summary>Another digest than the released one: an alarm that changes no status.</summary>
    public required bool Mismatch { get; init; }

    /// <summary>The approval was no longer valid when the source started: an alarm.</summary>
    public required bool Late { get; init; }
}

/// <summary>Seals <c>rationale</c>.</summary>
internal sealed record RollbackAsked : ReviewEvent;

/// <summary>A person found fault with what an automation rule lets through; from here on the rule asks for a person, in every version that was published before.</summary>
internal sealed record RuleDemoted : ReviewEvent
{
    public required string Rule { get; init; }

    public required PolicyReference Policy { get; init; }

    public required DemotionCause Cause { get; init; }
}

/// <summary>A failed or unknown execution was ended by a person (seals <c>rationale</c>) or by a proposal that replaces it.</summary>
internal sealed record Closed : ReviewEvent
{
    public Guid? ReplacedBy { get; init; }
}
