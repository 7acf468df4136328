using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Proposals;

namespace ReviewConsole.Core.Reviews;

/// <summary>
/// What a person may not see yet (SCREENS.md §2). Whatever shows an open review to people reads it through here, so that what is hidden is not there: no screen can
/// show it by mistake.
/// </summary>
internal static class Veil
{
    /// <summary>True until this person has said what they think; what the AI says of itself is not theirs to read before that, nor anybody's who never will.</summary>
    public static bool Hides(this ReviewState state, string? person) => state.IsOpen && state.Gate.CommitFirst && state.JudgementOf(person) is null;

    /// <summary>True while others have approved and this person is still to decide: an earlier decision is none of theirs yet.</summary>
    public static bool IsSecondRead(this ReviewState state, string? person) =>
        state.Status is ReviewStatus.Pending or ReviewStatus.WaitingOnSource && state.Approvals.Count > 0 && state.Approvals.All(approval => approval.By != person);

    /// <summary>The review without what the AI says of itself and without what rests on that; the action that would run is complete.</summary>
    public static ReviewContent Over(ReviewContent content) => content with
    {
        Proposal = Over(content.Proposal),
        Gate = Over(content.Gate),
        Correction = content.Correction is { } correction
            ? correction with { Action = correction.Action with { Fields = Over(correction.Action.Fields) }, Gate = Over(correction.Gate) }
            : null,
    };

    /// <summary>
    /// What a second reader reads. A corrected field has no confidence of the AI's any more, a corrected action no amount that the source has declared: were the others to keep
    /// theirs, it would say that somebody was here.
    /// </summary>
    public static ReviewContent OverSecondRead(ReviewContent content) => content with
    {
        Proposal = content.Proposal with
        {
            Fields = Over(content.Proposal.Fields),
            Impact = content.Judged.Amount is null ? content.Proposal.Impact : content.Proposal.Impact?.WithoutAmount(),
        },
        Correction = content.Correction is { } correction ? correction with { Action = correction.Action with { Fields = Over(correction.Action.Fields) } } : null,
    };

    /// <summary>Which parts of this review <see cref="Over(ReviewContent)"/> leaves out.</summary>
    public static IReadOnlyList<string> Parts(ReviewContent content)
    {
        var proposal = content.Proposal;
        return [.. new (string Name, bool IsThere)[]
        {
            ("title", proposal.Title is not null),
            ("signals", proposal.Signals.Count > 0),
            ("reasoning", proposal.Reasoning is not null),
            ("alternatives", proposal.Alternatives.Count > 0),
            ("confidence", proposal.Fields?.Any(static field => field.Confidence is not null) == true),
            ("reasons", content.Judged.SelfReported.Count > 0),
        }.Where(static part => part.IsThere).Select(static part => part.Name)];
    }

    private static Proposal Over(Proposal proposal) => proposal with
    {
        Title = null,
        Signals = [],
        Reasoning = null,
        Alternatives = [],
        Fields = Over(proposal.Fields),
        Body = JsonLiterals.Null,
    };

    private static IReadOnlyList<Field>? Over(IReadOnlyList<Field>? fields) => fields is null ? null : [.. fields.Select(static field => field with { Confidence = null })];

    private static GateResult Over(GateResult gate) => gate with
    {
        Reasons = [.. gate.Reasons.Except(gate.SelfReported, StringComparer.Ordinal)],
        SelfReported = [],
        Trace = [.. gate.Trace.Where(static rule => !rule.IsSelfReported)],
    };
}
