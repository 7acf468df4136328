using System.Collections.Frozen;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Reviews;

namespace ReviewConsole.Core.Store;

/// <summary>Ids of evidence whose bytes cannot be shown to a reviewer. Asked once when a revision comes in, outside of the Writer; the answer is sealed with the trace.</summary>
internal delegate ValueTask<FrozenSet<string>> FindUnshowable(Proposal proposal, CancellationToken cancellation);

/// <summary>Asks the gate with the policy in force and the facts of this moment.</summary>
/// <param name="secret">Key of the sample draw: resubmitting cannot draw again (DESIGN.md §3).</param>
internal sealed class Gatekeeper(GatePolicy policy, byte[] secret, LineBoard lines, TimeProvider time)
{
    private readonly WindowBook _windows = new(secret);

    public GatePolicy Policy => policy;

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    public ReviewRules Rules { get; } = new(
        Enum.GetValues<DecisionKind>().ToDictionary(
            static decision => decision,
            decision => (IReadOnlyList<ReasonCode>)[.. policy.Reasons(decision.Word()).Select(static reason => new ReasonCode(reason.Code, reason.Label))]),
        policy.Queues,
        policy.ExpertQueue,
        policy.ClaimMinutes);

    /// <summary>Counts what the policy's windows ask for; null when there are none.</summary>
    /// <param name="self">The review that asks, when it is there already.</param>
    public WindowReading? Count(ReadDatabase database, Proposal proposal, Guid? self = null) => _windows.Gather(database, policy, proposal, Now, self);

    /// <summary>Counts again when something has come in since.</summary>
    public WindowReading? Recount(WriteScope scope, Proposal proposal, Guid self, WindowReading? counted) => _windows.Recheck(scope, policy, proposal, Now, self, counted);

    /// <summary>Notes a revision that has just come in, for those after it.</summary>
    public void Note(WriteScope scope, Proposal proposal, Guid review, int revision, long seq) => _windows.Note(scope, policy, proposal, review, revision, seq);

    /// <param name="changed">What a revision changed against the one before; null when nobody knows.</param>
    public GateResult Ask(Proposal proposal, string actionDigest, bool reviewedBefore, FrozenSet<string> unshowable, WindowReading? counted, FrozenSet<string>? changed = null) =>
        Ask(proposal, actionDigest, reviewedBefore, unshowable, counted, changed, lines.Find(proposal.Source.System, policy.KindOf(proposal)) is not null);

    /// <summary>The same for a caller that knows better than the board whether the line is stopped.</summary>
    public GateResult Ask(Proposal proposal, string actionDigest, bool reviewedBefore, FrozenSet<string> unshowable, WindowReading? counted, FrozenSet<string>? changed, bool stopped) =>
        Gate.Gate.Evaluate(policy, proposal, Facts(proposal, actionDigest, stopped, reviewedBefore, unshowable, counted, changed));

    /// <summary>The stopped line that covers these, if any.</summary>
    public StoppedLine? Stopped(string system, string kind) => lines.Find(system, kind);

    /// <summary>The corrected action goes through the gate again, with fresh facts.</summary>
    public GateResult AskAgain(ReviewContent content, EffectiveAction corrected, WindowReading? counted) => Gate.Gate.EvaluateCorrection(
        policy, content.Proposal, corrected, Facts(content.Proposal, corrected.Digest, stopped: false, reviewedBefore: true, content.Gate.Facts.Unshowable, counted, content.Gate.Facts.ReviewedBefore ? content.Gate.Facts.Changed : []));

    private Facts Facts(Proposal proposal, string digest, bool stopped, bool reviewedBefore, FrozenSet<string> unshowable, WindowReading? counted, FrozenSet<string>? changed)
    {
        var (sample, commitFirst) = SampleDraw.Of(secret, proposal.Source.System, digest);
        return new Facts(Now, sample, stopped, reviewedBefore)
        {
            CommitFirstDraw = commitFirst,
            Unshowable = unshowable,
            Changed = changed,
            Windows = counted?.Facts ?? FrozenDictionary<string, WindowFact>.Empty,
        };
    }
}
