using System.Collections.Frozen;
using Microsoft.Data.Sqlite;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Oversight;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Reviews;

namespace ReviewConsole.Core.Store;

/// <summary>Ids of evidence whose bytes cannot be shown to a reviewer. Asked once when a revision comes in, outside of the Writer; the answer is sealed with the trace.</summary>
internal delegate ValueTask<FrozenSet<string>> FindUnshowable(Proposal proposal, CancellationToken cancellation);

/// <summary>Asks the gate: a new revision with the policy in force and the facts of this moment, all that follows with the version that judged it.</summary>
/// <param name="secret">Key of the sample draw: resubmitting cannot draw again (DESIGN.md §3).</param>
internal sealed class Gatekeeper(PolicyBoard policies, byte[] secret, LineBoard lines, Calibration calibration, TimeProvider time)
{
    private readonly WindowBook _windows = new(secret);

    /// <summary>The policy in force. What comes in is counted and judged by the same one.</summary>
    public GatePolicy Policy => policies.InForce.Policy;

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>The version that judged a review, by its digest.</summary>
    public GatePolicy PolicyOf(string policyDigest) => policies.Of(policyDigest).Policy;

    /// <summary>What the version that judged a review says of deciding, by its digest.</summary>
    public ReviewRules RulesOf(string? policyDigest) => policies.Of(policyDigest).Rules;

    /// <inheritdoc cref="RulesOf(string?)"/>
    public ReviewRules RulesOf(ReviewState state) => RulesOf(state.Gate.PolicyDigest);

    /// <summary>The same, with who wrote on it where a rule of it bars them.</summary>
    public ReviewRules RulesOf(SqliteConnection connection, ReviewState state) => policies.Of(state.Gate.PolicyDigest) is var version && version.BarsAuthors
        ? version.Rules with { Authors = PolicyRows.Authors(connection, version.Policy.Digest).ToFrozenSet(StringComparer.Ordinal) }
        : version.Rules;

    /// <inheritdoc cref="PolicyBoard.Refuse"/>
    public Refusal? Refuse(ReviewState state) => policies.Refuse(state.Gate.PolicyDigest);

    /// <summary>Counts what the policy's windows ask for; null when there are none.</summary>
    /// <param name="self">The review that asks, when it is there already.</param>
    public WindowReading? Count(ReadDatabase database, GatePolicy policy, Proposal proposal, Guid? self = null) => _windows.Gather(database, policy, proposal, Now, self);

    /// <summary>Notes a revision or a correction that has just come in, for those after it.</summary>
    public void Note(WriteScope scope, Proposal proposal, Guid review, int revision, long seq) =>
        _windows.Note(scope, policies.At(scope).Policy, proposal, review, revision, seq);

    /// <param name="changed">What a revision changed against the one before; null when nobody knows.</param>
    public GateResult Ask(
        GatePolicy policy, Proposal proposal, string actionDigest, bool reviewedBefore, FrozenSet<string> unshowable, WindowReading? counted, FrozenSet<string>? changed = null) =>
        Gate.Gate.Evaluate(policy, proposal, FactsNow(policy, proposal, actionDigest, reviewedBefore, unshowable, counted, changed));

    /// <summary>What the gate would be told about a proposal that came in at this moment.</summary>
    /// <inheritdoc cref="Ask"/>
    public Facts FactsNow(
        GatePolicy policy, Proposal proposal, string actionDigest, bool reviewedBefore, FrozenSet<string> unshowable, WindowReading? counted, FrozenSet<string>? changed = null) =>
        Facts(proposal, actionDigest, lines.Find(proposal.Source.System, policy.KindOf(proposal)), reviewedBefore, unshowable, counted, changed, policies.DemotedOf(policy.Digest));

    /// <summary>
    /// To a mere question, of which nothing is kept. It counts nothing, draws nothing and knows nothing of what people approved: who may ask as often as they like would learn what other sources
    /// send, vary an action until no audit sample draws it, and try versions and signals until one passes.
    /// </summary>
    public GateResult Answer(GatePolicy policy, Proposal proposal, FrozenSet<string> unshowable) =>
        Gate.Gate.Evaluate(policy, proposal, FactsNow(policy, proposal, proposal.Effective.Digest, reviewedBefore: false, unshowable, counted: null) with
        {
            SampleDraw = null,
            Calibrated = CalibratedFact.None,
        });

    /// <summary>
    /// The same again inside the write that records it: the very result that was <paramref name="given"/>, unless another version came into force, its line is in another mode,
    /// something came in that its windows count, or one of its automation rules was demoted.
    /// </summary>
    public GateResult Recheck(WriteScope scope, Proposal proposal, string actionDigest, Guid review, GateResult given, WindowReading? counted)
    {
        var (version, facts) = (policies.At(scope), given.Facts);
        var policy = version.Policy;
        var moved = policy.Digest != given.Policy.Digest;
        var line = LineBoard.Find(scope, proposal.Source.System, policy.KindOf(proposal));
        var now = moved ? _windows.Gather(scope, policy, proposal, Now, review) : _windows.Recheck(scope, policy, proposal, Now, review, counted);
        return !moved && facts.Knows(line.Stopped is not null, line.TwoPerson?.Fact, line.EverythingToReview?.Fact) && now == counted && version.Demoted.SetEquals(facts.Demoted)
            ? given
            : Gate.Gate.Evaluate(policy, proposal, Facts(proposal, actionDigest, line, facts.ReviewedBefore, facts.Unshowable, now, facts.Changed, version.Demoted));
    }

    /// <summary>What counts now for these.</summary>
    public LineState Line(string system, string kind) => lines.Find(system, kind);

    /// <summary>
    /// The corrected action goes through the gate again, with fresh facts and the version that judged the proposal. What its line asks for the decision itself sees, in its write.
    /// </summary>
    public GateResult AskAgain(ReviewContent content, EffectiveAction corrected, WindowReading? counted) => Gate.Gate.EvaluateCorrection(
        PolicyOf(content.Gate.Policy.Digest), content.Proposal, corrected,
        Facts(
            content.Proposal, corrected.Digest, LineState.Running, reviewedBefore: true, content.Gate.Facts.Unshowable, counted,
            content.Gate.Facts.ReviewedBefore ? content.Gate.Facts.Changed : [], content.Gate.Facts.Demoted));

    /// <summary>What a correction's windows come to inside the write that records it: the very reading that was <paramref name="counted"/>, unless something came in since.</summary>
    public WindowReading? Recount(WriteScope scope, ReviewContent content, Proposal corrected, WindowReading? counted) =>
        _windows.Recheck(scope, PolicyOf(content.Gate.Policy.Digest), corrected, Now, content.Review, counted);

    private Facts Facts(
        Proposal proposal, string digest, LineState line, bool reviewedBefore, FrozenSet<string> unshowable, WindowReading? counted, FrozenSet<string>? changed, FrozenSet<string> demoted)
    {
        var (sample, commitFirst) = SampleDraw.Of(secret, proposal.Source.System, digest);
        return new Facts(Now, sample, line.Stopped is not null, reviewedBefore)
        {
            TwoPerson = line.TwoPerson?.Fact,
            EverythingToReview = line.EverythingToReview?.Fact,
            CommitFirstDraw = commitFirst,
            Unshowable = unshowable,
            Calibrated = calibration.Of(proposal),
            Changed = changed,
            Demoted = demoted,
            Windows = counted?.Facts ?? FrozenDictionary<string, WindowFact>.Empty,
        };
    }
}
