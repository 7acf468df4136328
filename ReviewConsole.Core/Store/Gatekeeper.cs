using System.Collections.Frozen;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Reviews;

namespace ReviewConsole.Core.Store;

/// <summary>Whether the bytes of a piece of evidence can be shown to a reviewer; what has no bytes always can.</summary>
internal delegate bool CanShow(EvidenceItem item);

/// <summary>Asks the gate with the policy in force and the facts of this moment.</summary>
/// <param name="canShow">Null shows everything that is there.</param>
/// <param name="secret">Key of the sample draw: resubmitting cannot draw again (DESIGN.md §3).</param>
internal sealed class Gatekeeper(GatePolicy policy, byte[] secret, LineBoard lines, TimeProvider time, CanShow? canShow = null)
{
    public GatePolicy Policy => policy;

    public ReviewRules Rules { get; } = new(
        Enum.GetValues<DecisionKind>().ToDictionary(
            static decision => decision,
            decision => (IReadOnlyList<ReasonCode>)[.. policy.Reasons(decision.Word()).Select(static reason => new ReasonCode(reason.Code, reason.Label))]),
        policy.Queues,
        policy.ExpertQueue,
        policy.ClaimMinutes);

    public GateResult Ask(Proposal proposal, string actionDigest, bool reviewedBefore) =>
        Ask(proposal, actionDigest, reviewedBefore, lines.Find(proposal.Source.System, policy.KindOf(proposal)) is not null);

    /// <summary>The same for a caller that knows better than the board whether the line is stopped.</summary>
    public GateResult Ask(Proposal proposal, string actionDigest, bool reviewedBefore, bool stopped) =>
        Gate.Gate.Evaluate(policy, proposal, Facts(proposal, actionDigest, stopped, reviewedBefore));

    /// <summary>The stopped line that covers these, if any.</summary>
    public StoppedLine? Stopped(string system, string kind) => lines.Find(system, kind);

    /// <summary>The corrected action goes through the gate again, with fresh facts.</summary>
    public GateResult AskAgain(ReviewContent content, EffectiveAction corrected) => Gate.Gate.EvaluateCorrection(
        policy, content.Proposal, corrected, Facts(content.Proposal, corrected.Digest, stopped: false, reviewedBefore: true));

    private Facts Facts(Proposal proposal, string digest, bool stopped, bool reviewedBefore) => new(
        time.GetUtcNow().ToUnixTimeMilliseconds(), SampleDraw.Of(secret, proposal.Source.System, digest), stopped, reviewedBefore)
    {
        Unshowable = canShow is null ? [] : proposal.Evidence.Where(item => !canShow(item)).Select(static item => item.Id).ToFrozenSet(StringComparer.Ordinal),
    };
}
