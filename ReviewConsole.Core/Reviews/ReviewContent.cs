using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Proposals;

namespace ReviewConsole.Core.Reviews;

/// <summary>
/// What one revision says, opened from the ledger: it never changes, so it is read and kept outside the Writer. A command carries the content it was made for and is
/// refused as stale when the review has moved on.
/// </summary>
/// <param name="Commitments">Of the evidence, in submitted order, as hex: a decision binds them.</param>
/// <param name="Preconditions">As submitted, or as last reported.</param>
/// <param name="Correction">What a first approver changed, when approvals are about that.</param>
internal sealed record ReviewContent(
    Guid Review,
    int Revision,
    Proposal Proposal,
    GateResult Gate,
    IReadOnlyList<string> Commitments,
    IReadOnlyList<Precondition> Preconditions,
    Correction? Correction)
{
    /// <summary>What would run now.</summary>
    public EffectiveAction Effective => Correction?.Action ?? Proposal.Effective;

    /// <summary>
    /// The proposal with the action as it would run now. What the source declared of the amount belongs to the action it proposed, and goes with that where the gate knows the
    /// corrected one's.
    /// </summary>
    public Proposal Current => Correction is null ? Proposal : Proposal with
    {
        Action = Proposal.Action with { Arguments = Effective.Arguments },
        Draft = Effective.Draft,
        Fields = Effective.Fields,
        Impact = Judged.Amount is null ? Proposal.Impact : Proposal.Impact?.WithoutAmount(),
    };

    /// <summary>What the gate said about what would run now: the next approver answers to this, not to what was proposed.</summary>
    public GateResult Judged => Correction?.Gate ?? Gate;

    /// <summary>All checks, those of the console after those of the source.</summary>
    public IEnumerable<Check> Checks => Proposal.Checks.Concat(Judged.ConsoleChecks);

    public IEnumerable<string> FailedChecks => Checks.Where(static check => check.Result == CheckResult.Fail).Select(static check => check.Id);

    /// <summary>True when the commands' content is the one the state speaks of.</summary>
    public bool Matches(ReviewState state) => Review == state.Id && Revision == state.Revision;
}

/// <summary>A corrected action, what differs from the proposed one, and what the gate said about it.</summary>
/// <param name="Changes">RFC 8785 bytes of the list <c>{path, was, value}</c>.</param>
internal sealed record Correction(EffectiveAction Action, string Digest, byte[] Changes, GateResult Gate)
{
    /// <summary>Where corrected arguments do not fit the schema that the source sent for them, or corrected fields their types: then it is no correction.</summary>
    public IReadOnlyList<InputError> Unfit { get; init; } = [];

    /// <summary>Characters put in, taken out or replaced, against what the person saw.</summary>
    public int EditDistance { get; init; }

    /// <summary>Bytes of <see cref="FieldPlaces"/>: boxes that the person drew or moved; null when there are none.</summary>
    public byte[]? Places { get; init; }
}
