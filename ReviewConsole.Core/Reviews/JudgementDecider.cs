using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Ledger;

namespace ReviewConsole.Core.Reviews;

/// <summary>What a person thinks of a revision before they have seen what the AI says of itself.</summary>
/// <param name="Presented">RFC 8785 bytes: what was in view until now.</param>
internal sealed record JudgeCommand(int Revision, DecisionKind Decision, string? Note, Guid? Claim, string Renderer, byte[]? Presented);

/// <summary>
/// Commit first (SCREENS.md §2): a first judgement, one a person and revision, said under a claim and never changed. Refusals come in the order of WIRE.md §3:
/// permission, revision, state, claim, then what belongs to this command.
/// </summary>
internal static class JudgementDecider
{
    public static Decision Judge(ReviewState state, ReviewContent content, PersonActor actor, JudgeCommand command, Moment moment)
    {
        if (MayJudge(actor) is { } forbidden)
        {
            return forbidden;
        }

        if (command.Revision != state.Revision || !content.Matches(state))
        {
            return new Refusal.StaleRevision(state.Revision);
        }

        if ((ClaimDecider.Unskilled(state, actor) ?? States.NotPending(state) ?? ClaimDecider.Holds(state, actor, command.Claim ?? Guid.Empty, moment)) is { } refusal)
        {
            return refusal;
        }

        if (!state.Gate.CommitFirst)
        {
            return new Refusal.Invalid("#/decision", "This review asks for no first judgement; decide it.");
        }

        if (state.JudgementOf(actor.Id) is { } said)
        {
            return new Refusal.AlreadyJudged(said.Decision, said.At);
        }

        return Decision.Of(new Judged
        {
            Decision = command.Decision,
            Role = actor.RoleName,
            Fence = state.Claim!.Fence,
            Withheld = Veil.Parts(content),
            Renderer = command.Presented is null ? null : command.Renderer,
            Sealed =
            [
                .. GateResultLedger.Seal(SealedNames.Note, command.Note),
                .. command.Presented is { } presented ? [new SealedPart(SealedNames.Presented, presented)] : Array.Empty<SealedPart>(),
            ],
        });
    }

    /// <summary>Checked before an operation id is answered again.</summary>
    public static Refusal? MayJudge(PersonActor actor) =>
        actor.May(Permission.ReviewsDecide) ? null : new Refusal.NotPermitted(Permission.ReviewsDecide.Name());

    /// <summary>Why this person cannot decide yet, if so.</summary>
    public static Refusal? Missing(ReviewState state, PersonActor actor) =>
        state.Gate.CommitFirst && state.JudgementOf(actor.Id) is null ? new Refusal.JudgementRequired() : null;
}
