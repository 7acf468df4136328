using System.Text;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Ledger;
using ReviewConsole.Core.Proposals;

namespace ReviewConsole.Core.Reviews;

/// <summary>Makes the one <see cref="OutcomeReleased"/> that every outcome has.</summary>
internal static class Releases
{
    /// <summary>A rule of the gate decided at once: <c>proceed</c> resumes, <c>block</c> cancels.</summary>
    public static ReviewEvent[] ByRule(
        Guid review, int revision, Proposal proposal, string digest, GateResult gate, IReadOnlyList<string> commitments, long proposalSeq, Moment moment)
    {
        var proceeds = gate.Verdict == Verdict.Proceed;
        var author = $"policy:{gate.Policy.Name}/{gate.Policy.Version}";
        var decided = new Decided
        {
            Verdict = gate.Verdict,
            Instruction = proceeds ? Instruction.Resume : Instruction.Cancel,
            Role = "rule",
            Before = digest,
            After = digest,
            Proposal = proposalSeq,
            Evidence = commitments,
            Policy = gate.Policy.Reference(),
            Rules = gate.Rules(),
            Have = 0,
            Need = 0,
            Held = false,
            Corrects = false,
            Author = author,
        };
        var outcome = new OutcomeDocument
        {
            Review = review,
            ExternalId = proposal.ExternalId,
            Revision = revision,
            Sequence = 1,
            Decision = proceeds ? OutcomeDecision.Proceeded : OutcomeDecision.Blocked,
            Instruction = proceeds ? Instruction.Resume : Instruction.Cancel,
            Effective = proposal.Effective,
            ProposedDigest = digest,
            EffectiveDigest = digest,
            ValidUntil = proceeds ? moment.Now + Minutes(gate.ValidMinutes) : null,
            Preconditions = proposal.Preconditions,
            Message = gate.Message,
            By = [new DecidedBy(author, "rule", moment.Now)],
            DecidedAt = moment.Now,
        };
        return [decided, Event(outcome, [proposalSeq + 1], proposalSeq)];
    }

    /// <summary>The hold of a person's decision is over.</summary>
    public static OutcomeReleased OfHeld(ReviewState state, ReviewContent content, HeldOpening opening, Moment moment)
    {
        var held = state.Held!;
        var approves = held.Decision is DecisionKind.Approve or DecisionKind.Correct;
        var instruction = approves ? Instruction.Resume : held.Instruction ?? Instruction.Cancel;
        var deciders = approves
            ? state.Approvals.Select(static approval => (approval.Seq, By: new DecidedBy(approval.By, approval.Role, approval.At))).ToArray()
            : [(held.Seq, new DecidedBy(held.By, held.Role, held.At))];
        var outcome = new OutcomeDocument
        {
            Review = state.Id,
            ExternalId = content.Proposal.ExternalId,
            Revision = state.Revision,
            Sequence = 1,
            Decision = !approves ? OutcomeDecision.Rejected : state.CorrectionSeq is null ? OutcomeDecision.Approved : OutcomeDecision.Corrected,
            Instruction = instruction,
            Effective = content.Effective,
            ProposedDigest = state.ActionDigest,
            EffectiveDigest = state.EffectiveDigest,
            Changes = content.Correction?.Changes,
            ValidUntil = approves ? moment.Now + Minutes(content.Gate.ValidMinutes) : null,
            Preconditions = content.Preconditions,
            Message = opening.Message,
            ReasonCode = held.ReasonCode,
            By = [.. deciders.Select(static decider => decider.By)],
            DecidedAt = held.At,
            Suggested = instruction == Instruction.Retry ? opening.Suggested : null,
        };
        return Event(outcome, [.. deciders.Select(static decider => decider.Seq)], state.ContentSeq);
    }

    /// <summary>Nobody decided in time, or the source withdrew: either way nothing runs.</summary>
    public static OutcomeReleased WithoutDecision(ReviewState state, ReviewContent content, OutcomeDecision decision, Moment moment)
    {
        var outcome = new OutcomeDocument
        {
            Review = state.Id,
            ExternalId = content.Proposal.ExternalId,
            Revision = state.Revision,
            Sequence = 1,
            Decision = decision,
            Instruction = Instruction.Cancel,
            Effective = content.Proposal.Effective,
            ProposedDigest = state.ActionDigest,
            EffectiveDigest = state.ActionDigest,
            Preconditions = [],
            By = [new DecidedBy(null, decision == OutcomeDecision.Expired ? "expiry" : "source", moment.Now)],
            DecidedAt = moment.Now,
        };
        return Event(outcome, [moment.NextSeq], state.ContentSeq);
    }

    /// <summary>The second outcome: what was allowed is to be undone.</summary>
    public static OutcomeReleased OfRollback(ReviewState state, ReviewContent content, string by, string role, Moment moment)
    {
        var first = state.Outcomes[0];
        var outcome = new OutcomeDocument
        {
            Review = state.Id,
            ExternalId = content.Proposal.ExternalId,
            Revision = state.Revision,
            Sequence = 2,
            Decision = first.Decision,
            Instruction = Instruction.Rollback,
            Effective = content.Effective,
            ProposedDigest = state.ActionDigest,
            EffectiveDigest = first.ActionDigest!,
            Preconditions = [],
            By = [new DecidedBy(by, role, moment.Now)],
            DecidedAt = moment.Now,
        };
        return Event(outcome, [moment.NextSeq], state.ContentSeq);
    }

    private static OutcomeReleased Event(OutcomeDocument outcome, IReadOnlyList<long> decisions, long proposal)
    {
        var bytes = outcome.ToBytes();
        return new OutcomeReleased
        {
            Sequence = outcome.Sequence,
            Decision = outcome.Decision,
            Instruction = outcome.Instruction,
            Decisions = decisions,
            Proposal = proposal,
            OutcomeDigest = OutcomeDocument.DigestOf(bytes),
            ActionDigest = outcome.Instruction is Instruction.Resume or Instruction.Rollback ? outcome.EffectiveDigest : null,
            ValidUntil = outcome.ValidUntil,
            Sealed = [new SealedPart(SealedNames.Outcome, bytes)],
        };
    }

    private static long Minutes(int minutes) => minutes * 60_000L;
}

/// <summary>What a held decision keeps sealed and its outcome says aloud.</summary>
internal sealed record HeldOpening(string? Message, ProposedAction? Suggested);

internal static class GateResultLedger
{
    public static PolicyReference Reference(this PolicyIdentity policy) => new(policy.Name, policy.Version, policy.Digest);

    public static IReadOnlyDictionary<string, bool> Rules(this GateResult gate) =>
        gate.Trace.ToDictionary(static rule => rule.Rule, static rule => rule.Matched, StringComparer.Ordinal);

    /// <summary>A free text as a sealed part; nothing when there is none.</summary>
    public static IEnumerable<SealedPart> Seal(string name, string? text) =>
        string.IsNullOrEmpty(text) ? [] : [new SealedPart(name, Encoding.UTF8.GetBytes(text))];
}
