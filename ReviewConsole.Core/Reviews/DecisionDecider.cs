using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Ledger;
using ReviewConsole.Core.Proposals;

namespace ReviewConsole.Core.Reviews;

/// <summary>
/// A person decides. The order of refusals is that of WIRE.md §3: permission and conflict, revision, state, line, claim, first judgement, reason, rationale, evidence, checks, change
/// (the same operation id is answered before, by the caller).
/// </summary>
internal static class DecisionDecider
{
    public static Decision Decide(
        ReviewState state, ReviewContent content, PersonActor actor, DecideCommand command, EvidenceSeen seen, ReviewRules rules, Moment moment)
    {
        if (Friction.Refuse(state, content, actor, command, seen, rules, moment) is { } refusal)
        {
            return refusal;
        }

        var gate = command.Correction?.Gate;
        // Where who corrects is none of those who approve, a correction counts among the approvals and asks for one more; the next one finds that counted already.
        var more = command.Correction is not null && (state.Gate.NotBy | gate!.NotBy).HasFlag(NotBy.Editor) ? 1 : 0;
        var approves = command.Decision is DecisionKind.Approve or DecisionKind.Correct;
        var line = approves ? moment.Line.Approvals(command.Correction is not null || state.CorrectionSeq is not null, state.Gate.NotBy | (gate ?? content.Judged).NotBy) : 0;
        var need = Math.Max(line, Math.Max(state.Gate.Approvals + (state.CorrectionSeq is null ? more : 0), (gate?.Approvals ?? 0) + more));
        var have = !approves ? 0 : command.Decision == DecisionKind.Correct ? 1 : state.Approvals.Count + 1;
        var escalates = command.Decision == DecisionKind.Escalate;
        var held = !escalates && (!approves || have >= need);
        // A stop that ends by itself is followed by a fresh hold.
        var from = moment.Line.Stopped?.Until ?? moment.Now;
        var hold = Math.Max(state.Gate.HoldSeconds, (gate ?? content.Judged).HoldSeconds);
        var decided = new Decided
        {
            Decision = command.Decision,
            Instruction = command.Decision != DecisionKind.Reject ? null
                : command.Suggested is not null ? Instruction.Retry
                : command.Instruction ?? Instruction.Cancel,
            ReasonCode = command.ReasonCode,
            Role = actor.RoleName,
            Session = actor.Session,
            Fence = state.Claim!.Fence,
            Before = state.EffectiveDigest,
            After = command.Correction?.Digest ?? state.EffectiveDigest,
            Proposal = state.ContentSeq,
            Evidence = content.Commitments,
            Renderer = command.Presented is null ? null : command.Renderer,
            Judgement = state.JudgementOf(actor.Id)?.Seq,
            Policy = (gate ?? content.Judged).Policy.Reference(),
            Rules = (gate ?? content.Judged).Rules(),
            Have = have,
            Need = need,
            Risk = gate is { } && gate.Risk > state.Gate.Risk ? gate.Risk : null,
            Skills = Skill.Missing(gate?.Skills, state.Gate.Skills?.ToHashSet(StringComparer.Ordinal)).Count > 0 ? Skill.Union(state.Gate.Skills, gate!.Skills) : null,
            ReleasesAt = held ? from + (hold * 1_000L) : null,
            Held = held,
            Corrects = command.Correction is not null,
            EditDistance = command.Correction?.EditDistance,
            Sealed = Seal(command),
        };
        if (escalates)
        {
            return Decision.Of(decided, new Escalated { Decision = moment.NextSeq, Queue = command.ToQueue ?? rules.ExpertQueue });
        }

        var demotions = Demotions.Of(content.Gate, Demotions.CauseOf(command.Decision));
        if (!held || hold > 0 || moment.Line.Stopped is not null)
        {
            return Decision.Of([decided, .. demotions]);
        }

        // Hold 0 releases in the batch that decides; on a stopped line it waits for the line.
        var after = ReviewFold.Evolve(state, new Recorded(moment.NextSeq, moment.Now, state.Id, state.Revision, actor.Id, decided));
        var corrected = command.Correction is null ? content : content with { Correction = command.Correction };
        return Decision.Of(
        [
            decided,
            HoldDecider.Release(after, corrected, new HeldOpening(command.Message, command.Suggested), moment with { NextSeq = moment.NextSeq + 1 }).Events[0],
            .. demotions,
        ]);
    }

    private static SealedPart[] Seal(DecideCommand command)
    {
        var parts = new List<SealedPart>();
        parts.AddRange(GateResultLedger.Seal(SealedNames.Rationale, command.Rationale));
        parts.AddRange(GateResultLedger.Seal(SealedNames.Message, command.Message));
        if (command.Correction is { } correction)
        {
            parts.Add(new SealedPart(SealedNames.Effective, correction.Action.Canonical()));
            parts.Add(new SealedPart(SealedNames.Changes, correction.Changes));
            parts.Add(new SealedPart(SealedNames.Gate, SealedGate.Write(correction.Gate)));
            parts.AddRange(correction.Places is { } places ? [new SealedPart(SealedNames.Places, places)] : Array.Empty<SealedPart>());
        }

        if (command.Suggested is { } suggested)
        {
            parts.Add(new SealedPart(SealedNames.Suggested, new EffectiveAction(suggested.Name, suggested.Arguments).Canonical()));
        }

        if (command.Acknowledged.Count > 0)
        {
            parts.Add(new SealedPart(SealedNames.Acknowledged, CanonicalJson.Of(
                new System.Text.Json.Nodes.JsonArray([.. command.Acknowledged.Order(StringComparer.Ordinal).Select(static id => (System.Text.Json.Nodes.JsonNode)id)]))));
        }

        if (command.Presented is { } presented)
        {
            parts.Add(new SealedPart(SealedNames.Presented, presented));
        }

        return [.. parts];
    }
}
