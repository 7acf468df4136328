using ReviewConsole.Core.Proposals;

namespace ReviewConsole.Core.Reviews;

/// <summary>A person's decision (WIRE.md §3), its members checked and its correction already worked out and judged by the gate.</summary>
/// <param name="Suggested">Of a rejection that asks for another action: the alternative chosen.</param>
/// <param name="Correction">Of a correction: the new action, against the one that the person saw.</param>
/// <param name="BeforeDigest">Digest of the action that the person saw.</param>
/// <param name="Presented">RFC 8785 bytes: what was shown, in which order and for how long.</param>
internal sealed record DecideCommand(
    int Revision,
    DecisionKind Decision,
    string? ReasonCode,
    string? Rationale,
    string? Message,
    Instruction? Instruction,
    ProposedAction? Suggested,
    Correction? Correction,
    string? ToQueue,
    IReadOnlySet<string> Acknowledged,
    Guid? Claim,
    string OperationId,
    Via Via,
    string Renderer,
    byte[]? Presented);

/// <summary>Milliseconds of evidence in view, credited to this person since the claim, by evidence id.</summary>
internal sealed record EvidenceSeen(IReadOnlyDictionary<string, long> Milliseconds)
{
    /// <summary>What counts as having looked (WIRE.md §3).</summary>
    public const long Enough = 1_000;

    public static readonly EvidenceSeen Nothing = new(new Dictionary<string, long>(StringComparer.Ordinal));

    public bool Has(string evidence) => Milliseconds.TryGetValue(evidence, out var milliseconds) && milliseconds >= Enough;
}
