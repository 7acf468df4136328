using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Proposals;

namespace ReviewConsole.Core.Reviews;

/// <summary>What one decision still asks of this person, for the screen and for <c>GET …/options</c>.</summary>
/// <param name="Barrier">Why it cannot be made now at all: permission, conflict, state, line or claim; null when only <paramref name="Evidence"/> … are missing.</param>
/// <param name="Evidence">Ids of required evidence not yet seen.</param>
/// <param name="Checks">Ids of failed checks to acknowledge.</param>
/// <param name="RationaleMinimum">Characters that the rationale needs; 0 is optional.</param>
/// <param name="Message">A message is required: the question of a return.</param>
internal sealed record DecisionOption(
    DecisionKind Decision, Refusal? Barrier, IReadOnlyList<string> Evidence, IReadOnlyList<string> Checks, int RationaleMinimum, bool Message,
    IReadOnlyList<ReasonCode> Reasons);

/// <summary>Friction scaled by risk, in the command itself, so that no door goes around it (SCREENS.md §2, WIRE.md §3).</summary>
internal static class Friction
{
    public static IReadOnlyList<DecisionOption> Options(
        ReviewState state, ReviewContent content, PersonActor actor, EvidenceSeen seen, ReviewRules rules, Moment moment) =>
        [.. Enum.GetValues<DecisionKind>().Select(decision => new DecisionOption(
            decision,
            Barrier(state, content, actor, decision, rules, moment) ?? (state.IsClaimed(moment.Now) && state.Claim!.By == actor.Id ? JudgementDecider.Missing(state, actor) : ClaimBarrier(state, moment)),
            Unseen(state.Gate.Risk, content, content.Judged, decision, seen),
            MustAcknowledge(state.Gate.Risk, content, content.Judged, decision),
            RationaleMinimum(state.Gate.Risk, decision, content, content.Judged),
            decision == DecisionKind.Return,
            rules.Choice(decision, content.Judged)))];

    public static Refusal? Refuse(
        ReviewState state, ReviewContent content, PersonActor actor, DecideCommand command, EvidenceSeen seen, ReviewRules rules, Moment moment)
    {
        // A corrected action goes through the gate again; the stricter of both counts at once.
        var fresh = command.Correction?.Gate ?? content.Judged;
        var risk = fresh.Risk > state.Gate.Risk ? fresh.Risk : state.Gate.Risk;
        var minimum = RationaleMinimum(risk, command.Decision, content, fresh);
        return Members(command, rules)
            ?? Personal(content, actor, command.Decision)
            ?? Author(state.Gate.NotBy | fresh.NotBy, actor, command.Decision, rules)
            ?? Unskilled(state, command.Correction?.Gate, actor)
            ?? (command.Revision != state.Revision || !content.Matches(state) ? new Refusal.StaleRevision(state.Revision) : null)
            ?? States.NotPending(state)
            ?? SecondTime(state, actor, command.Decision)
            ?? Line(command.Decision, moment)
            ?? ClaimDecider.Holds(state, actor, command.Claim ?? Guid.Empty, moment)
            ?? JudgementDecider.Missing(state, actor)
            ?? (rules.Choice(command.Decision, fresh) is var codes && codes.Any(reason => reason.Code == command.ReasonCode)
                ? null
                : new Refusal.ReasonUnknown([.. codes.Select(static reason => reason.Code)]))
            ?? ((command.Rationale?.Trim().Length ?? 0) < minimum ? new Refusal.RationaleRequired(minimum) : null)
            ?? (Unseen(risk, content, fresh, command.Decision, seen) is { Count: > 0 } unseen ? new Refusal.EvidenceNotSeen(unseen) : null)
            ?? (MustAcknowledge(risk, content, fresh, command.Decision).Where(id => !command.Acknowledged.Contains(id)).ToArray() is { Length: > 0 } open
                ? new Refusal.ChecksNotAcknowledged(open)
                : null)
            ?? Change(state, command, fresh);
    }

    /// <summary>Only a correction changes the action: approvals are counted for the action that they saw.</summary>
    private static Refusal.Invalid? Members(DecideCommand command, ReviewRules rules) => command.Correction is not null && command.Decision != DecisionKind.Correct
        ? new Refusal.Invalid("#/decision", "Arguments, draft and fields belong to the decision “correct”.")
        : rules.UnknownQueue(command.ToQueue);

    private static Refusal? Barrier(ReviewState state, ReviewContent content, PersonActor actor, DecisionKind decision, ReviewRules rules, Moment moment) =>
        Personal(content, actor, decision) ?? Author(state.Gate.NotBy | content.Judged.NotBy, actor, decision, rules) ?? Unskilled(state, null, actor) ?? States.NotPending(state) ?? SecondTime(state, actor, decision) ?? Line(decision, moment);

    private static Refusal ClaimBarrier(ReviewState state, Moment moment) =>
        state.IsClaimed(moment.Now) ? new Refusal.HeldByAnother(state.Claim!.By, state.ClaimUntil) : new Refusal.ClaimLost();

    /// <summary>Permission and conflict of interest, which are checked before an operation id is answered again.</summary>
    public static Refusal? Personal(ReviewContent content, PersonActor actor, DecisionKind decision)
    {
        var needed = decision == DecisionKind.Escalate ? Permission.ReviewsEscalate : Permission.ReviewsDecide;
        if (!actor.May(needed))
        {
            return new Refusal.NotPermitted(needed.Name());
        }

        return decision is (DecisionKind.Approve or DecisionKind.Correct) && actor.IsInitiator(content)
            ? new Refusal.ConflictOfInterest("You started this action, so somebody else has to approve or correct it.")
            : null;
    }

    private static Refusal.ConflictOfInterest? Author(NotBy barred, PersonActor actor, DecisionKind decision, ReviewRules rules) =>
        decision is (DecisionKind.Approve or DecisionKind.Correct) && barred.HasFlag(NotBy.PolicyAuthor) && rules.Authors.Contains(actor.Id)
            ? new Refusal.ConflictOfInterest("You wrote on the policy that judged this, and a rule of it says that its authors neither approve nor correct.")
            : null;

    /// <summary>Whatever they decide: to send a review on, or back, one has to have understood it. Who corrects also has what the corrected action asks for.</summary>
    private static Refusal.SkillMissing? Unskilled(ReviewState state, GateResult? corrected, PersonActor actor) =>
        Skill.Missing(Skill.Union(state.Gate.Skills, corrected?.Skills), actor.Skills) is { Count: > 0 } lacks ? new Refusal.SkillMissing(lacks) : null;

    private static Refusal? SecondTime(ReviewState state, PersonActor actor, DecisionKind decision) =>
        decision is (DecisionKind.Approve or DecisionKind.Correct) && state.Approvals.Any(approval => approval.By == actor.Id)
            ? new Refusal.ConflictOfInterest("You gave an earlier approval; the next one has to come from another person.")
            : null;

    private static Refusal? Line(DecisionKind decision, Moment moment) =>
        moment.Line.Stopped is { } stopped && decision is (DecisionKind.Approve or DecisionKind.Correct)
            ? new Refusal.LineStopped(stopped.Reason, stopped.Since)
            : null;

    // What a rule demands counts at low risk too, and for what a correction no longer asks it for.
    private static IReadOnlyList<string> Unseen(Risk risk, ReviewContent content, GateResult gate, DecisionKind decision, EvidenceSeen seen) =>
        decision is not (DecisionKind.Approve or DecisionKind.Correct)
            ? []
            : [.. (risk == Risk.Low ? gate.DemandedEvidence : gate.RequiredEvidence).Concat(content.Gate.DemandedEvidence).Distinct(StringComparer.Ordinal).Where(id => !seen.Has(id))];

    private static IReadOnlyList<string> MustAcknowledge(Risk risk, ReviewContent content, GateResult gate, DecisionKind decision) =>
        risk == Risk.Low || decision is not (DecisionKind.Approve or DecisionKind.Correct)
            ? []
            : [.. Failed(content, gate).Distinct(StringComparer.Ordinal)];

    private static int RationaleMinimum(Risk risk, DecisionKind decision, ReviewContent content, GateResult gate) =>
        Math.Max(ByRisk(risk, decision, content, gate), Math.Max(content.Gate.RationaleMinimum, gate.RationaleMinimum));

    private static int ByRisk(Risk risk, DecisionKind decision, ReviewContent content, GateResult gate) => risk switch
    {
        Risk.High => ReviewRules.RationaleAtHigh,
        _ when decision is DecisionKind.Approve or DecisionKind.Correct && Failed(content, gate).Any() => ReviewRules.RationaleAtHigh,
        Risk.Medium => 1,
        _ => 0,
    };

    private static IEnumerable<string> Failed(ReviewContent content, GateResult gate) =>
        content.Proposal.Checks.Concat(gate.ConsoleChecks).Where(static check => check.Result == CheckResult.Fail).Select(static check => check.Id);

    private static Refusal? Change(ReviewState state, DecideCommand command, GateResult fresh)
    {
        if (command.Correction is not { } correction)
        {
            return command.Decision == DecisionKind.Correct ? new Refusal.NothingChanged() : null;
        }

        if (correction.Digest == state.EffectiveDigest)
        {
            return new Refusal.NothingChanged();
        }

        if (correction.Unfit.Count > 0)
        {
            return new Refusal.InvalidNow(correction.Unfit);
        }

        return fresh.Verdict == Verdict.Block
            ? new Refusal.Invalid("#/decision", $"The policy blocks the corrected action: {string.Join("; ", fresh.Reasons)}. Reject it, or correct it differently.")
            : null;
    }
}
