using System.Collections.Frozen;
using System.Text;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Oversight;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Queue;
using ReviewConsole.Core.Reviews;

namespace ReviewConsole.Core.Store;

/// <summary>What is taken for drawn of a proposal that nobody has sent. Its real draw is told to nobody: whoever may ask as often as they like would vary an action until nothing draws it.</summary>
public enum BenchDraw
{
    /// <summary>Nobody knows: what may be drawn is said to be so.</summary>
    Untold,

    /// <summary>The lowest draw, which every share draws.</summary>
    Lowest,

    /// <summary>The highest draw, which only a whole share draws.</summary>
    Highest,
}

/// <summary>What one policy says.</summary>
/// <param name="Result">With every rule in its trace, of however many.</param>
/// <param name="CommitFirst">Whether reviewers judge first; null where that is drawn, and the draw not told.</param>
internal sealed record BenchSide(GatePolicy Policy, GateResult Result, bool? CommitFirst)
{
    /// <summary>Whether it is an audit sample; null where it may be drawn as one.</summary>
    public bool? Sample => Result.AuditSample ? true : Result.Reasons.Contains(OwnReasons.MayBeDrawn) ? null : false;
}

/// <summary>What two policies say to one proposal. Nothing is written, and nothing counted: windows are not known.</summary>
/// <param name="Asked">By the policy on the bench, <paramref name="InForce"/> by the one that is in force.</param>
internal sealed record BenchAnswer(Proposal Proposal, BenchSide Asked, BenchSide InForce);

/// <summary>Either an answer or what is wrong with the proposal; neither where it cannot be read by this person, or is erased.</summary>
internal sealed record BenchReading(BenchAnswer? Answer, IReadOnlyList<InputError> Errors)
{
    public static readonly BenchReading Nothing = new(null, []);
}

/// <summary>Asks the gate of a policy that is in force nowhere, as if a proposal came in now, and the one in force beside it. Who may look back over reviews may ask.</summary>
internal sealed class PolicyBench(Gatekeeper gate, FindUnshowable unshowable, ReviewReader reviews, ProposalLimits limits)
{
    // The next to the end of [0, 1), in a number that people can read.
    private const double Lowest = 0, Highest = 0.999999;

    /// <param name="body">A submit body.</param>
    public async Task<BenchReading> AskAsync(GatePolicy policy, string body, BenchDraw draw, PersonActor person, CancellationToken cancellation)
    {
        if (!PastReviews.May(person))
        {
            return BenchReading.Nothing;
        }

        var reading = ProposalReader.Read(Encoding.UTF8.GetBytes(body), limits);
        if (reading.Proposal is not { } proposal)
        {
            return new BenchReading(null, reading.Errors);
        }

        var hidden = await unshowable(proposal, cancellation).ConfigureAwait(false);
        return new BenchReading(Both(policy, proposal, Drawn), []);

        (Facts, bool) Drawn(GatePolicy of)
        {
            var facts = gate.FactsNow(of, proposal, proposal.Effective.Digest, reviewedBefore: false, hidden, counted: null);
            return draw switch
            {
                BenchDraw.Lowest => (facts with { SampleDraw = Lowest, CommitFirstDraw = Lowest }, true),
                BenchDraw.Highest => (facts with { SampleDraw = Highest, CommitFirstDraw = Highest }, true),
                _ => (facts with { SampleDraw = null, CommitFirstDraw = Lowest }, false),
            };
        }
    }

    /// <summary>The proposal of a review in its newest revision, as far as this person may read it. It has its draw already.</summary>
    public BenchReading Ask(GatePolicy policy, Guid review, PersonActor person)
    {
        // Without what the AI says of itself the answer would be another one.
        if (!PastReviews.May(person) || !person.May(Permission.ReviewsRead)
            || reviews.Find(review) is not { State: var state } || state.Hides(person.Id) || reviews.Shown(state, person.Id) is not { } content)
        {
            return BenchReading.Nothing;
        }

        var (proposal, facts) = (content.Proposal, content.Gate.Facts);
        return new BenchReading(
            Both(policy, proposal, of => (gate.FactsNow(of, proposal, proposal.Effective.Digest, facts.ReviewedBefore, facts.Unshowable, counted: null, facts.Changed), true)), []);
    }

    private BenchAnswer Both(GatePolicy policy, Proposal proposal, Func<GatePolicy, (Facts Facts, bool IsDrawn)> facts)
    {
        return new BenchAnswer(proposal, Side(policy), Side(gate.Policy));

        BenchSide Side(GatePolicy of)
        {
            var (told, isDrawn) = facts(of);
            var result = Gate.Gate.Evaluate(of, proposal, told, traceAll: true);
            // The lowest draw is of every share, so that the highest says whether there is anything to draw.
            return new BenchSide(
                of, result,
                isDrawn || !result.CommitFirst || Gate.Gate.Evaluate(of, proposal, told with { CommitFirstDraw = Highest }).CommitFirst ? result.CommitFirst : null);
        }
    }
}
