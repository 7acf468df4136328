using System.Collections.Frozen;
using System.Text;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Queue;
using ReviewConsole.Core.Reviews;

namespace ReviewConsole.Core.Store;

/// <summary>What two policies say to one proposal. Nothing is written, and nothing counted: windows are not known.</summary>
/// <param name="Asked">By the policy on the bench, <paramref name="InForce"/> by the one that is in force.</param>
internal sealed record BenchAnswer(Proposal Proposal, GatePolicy Policy, GateResult Asked, GatePolicy Current, GateResult InForce);

/// <summary>Either an answer or what is wrong with the proposal; neither where it cannot be read by this person, or is erased.</summary>
internal sealed record BenchReading(BenchAnswer? Answer, IReadOnlyList<InputError> Errors);

/// <summary>Asks the gate of a policy that is in force nowhere, as if a proposal came in now, and the one in force beside it.</summary>
internal sealed class PolicyBench(Gatekeeper gate, FindUnshowable unshowable, ReviewReader reviews, ProposalLimits limits)
{
    /// <param name="body">A submit body.</param>
    public async Task<BenchReading> AskAsync(GatePolicy policy, string body, CancellationToken cancellation)
    {
        var reading = ProposalReader.Read(Encoding.UTF8.GetBytes(body), limits);
        return reading.Proposal is { } proposal
            ? new BenchReading(Ask(policy, proposal, reviewedBefore: false, await unshowable(proposal, cancellation).ConfigureAwait(false), changed: null), [])
            : new BenchReading(null, reading.Errors);
    }

    /// <summary>The proposal of a review in its newest revision, as far as this person may read it.</summary>
    public BenchReading Ask(GatePolicy policy, Guid review, PersonActor person)
    {
        // Without what the AI says of itself the answer would be another one.
        if (!person.May(Permission.ReviewsRead) || reviews.Find(review) is not { State: var state } || state.Hides(person.Id) || reviews.Shown(state, person.Id) is not { } content)
        {
            return new BenchReading(null, []);
        }

        var facts = content.Gate.Facts;
        return new BenchReading(Ask(policy, content.Proposal, facts.ReviewedBefore, facts.Unshowable, facts.Changed), []);
    }

    private BenchAnswer Ask(GatePolicy policy, Proposal proposal, bool reviewedBefore, FrozenSet<string> hidden, FrozenSet<string>? changed)
    {
        var (current, digest) = (gate.Policy, proposal.Effective.Digest);
        return new BenchAnswer(
            proposal, policy, gate.Ask(policy, proposal, digest, reviewedBefore, hidden, counted: null, changed),
            current, gate.Ask(current, proposal, digest, reviewedBefore, hidden, counted: null, changed));
    }
}
