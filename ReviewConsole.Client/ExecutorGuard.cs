using System.Text.Json;

namespace ReviewConsole.Client;

/// <summary>
/// The last check before something happens. It trusts no summary: it computes the action digest itself from the bytes in the outcome and compares.
/// Call it immediately before the side effect, in the process that causes it.
/// </summary>
public static class ExecutorGuard
{
    /// <summary>
    /// For the source that proposed: makes sure that <paramref name="outcome"/> answers exactly <paramref name="proposed"/> and permits it to run, and returns what is to
    /// run. After a correction that differs from what was proposed, so run the returned action, never the proposed one.
    /// </summary>
    /// <exception cref="NotApprovedException">Not permitted; <see cref="NotApprovedException.Why"/> says why.</exception>
    public static ApprovedAction RequireApproved(this Outcome outcome, ReviewRequest proposed, TimeProvider? time = null)
    {
        var approved = Permitted(outcome, time);
        if (!Same(outcome.ProposedDigest, proposed.Digest()))
        {
            throw new NotApprovedException(NotApprovedReason.AnotherProposal, "The outcome answers another proposal.");
        }

        RequireName(approved, proposed.Action.Name);
        if (outcome.Decision is not Decision.Corrected && !Same(outcome.ActionDigest, outcome.ProposedDigest))
        {
            throw new NotApprovedException(NotApprovedReason.DigestDiffers, "The action differs from the proposal, but the decision is no correction.");
        }

        return approved;
    }

    /// <summary>
    /// For an executor that holds the action it is about to run: makes sure that this, and nothing else, was approved.
    /// </summary>
    /// <param name="outcome">As received.</param>
    /// <param name="name">The tool about to run.</param>
    /// <param name="arguments">Its arguments: a <see cref="JsonElement"/> or an object whose member names are the tool's.</param>
    /// <param name="draft">The draft about to be sent, if any.</param>
    /// <param name="fields">The fields about to be stored, if any.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="NotApprovedException">Not permitted; <see cref="NotApprovedException.Why"/> says why.</exception>
    public static ApprovedAction RequireApproved(
        this Outcome outcome, string name, object arguments, Draft? draft = null, IReadOnlyList<EffectiveField>? fields = null, TimeProvider? time = null)
    {
        var approved = Permitted(outcome, time);
        RequireName(approved, name);
        return Same(outcome.ActionDigest, ActionDigest.Of(ProposedAction.Of(name, arguments), draft, fields))
            ? approved
            : throw new NotApprovedException(NotApprovedReason.DigestDiffers, $"What is about to run is not what was approved ({outcome.ActionDigest}).");
    }

    private static ApprovedAction Permitted(Outcome outcome, TimeProvider? time)
    {
        if (outcome.Instruction is not Instruction.Resume)
        {
            throw new NotApprovedException(NotApprovedReason.NotResume, $"The instruction is {Wire.Word(outcome.Instruction)}, not resume.");
        }

        if (outcome.Action is not { } action || outcome.Action.Arguments.ValueKind is not JsonValueKind.Object)
        {
            throw new NotApprovedException(NotApprovedReason.DigestDiffers, "The outcome carries no action.");
        }

        if (outcome.ValidUntil is not { } until || until <= (time ?? TimeProvider.System).GetUtcNow())
        {
            throw new NotApprovedException(NotApprovedReason.NoLongerValid, "The approval is no longer valid; propose the action again.");
        }

        var digest = ActionDigest.Of(action, outcome.Draft, outcome.Fields);
        return Same(outcome.ActionDigest, digest)
            ? new ApprovedAction(action.Name, action.Arguments, outcome.Draft, outcome.Fields, digest, outcome.Decision is Decision.Corrected)
            : throw new NotApprovedException(NotApprovedReason.DigestDiffers, "The outcome's action does not have the digest that was approved.");
    }

    private static void RequireName(ApprovedAction approved, string name)
    {
        if (!string.Equals(approved.Name, name, StringComparison.Ordinal))
        {
            throw new NotApprovedException(NotApprovedReason.AnotherAction, $"The approval is for {approved.Name}, not for {name}.");
        }
    }

    private static bool Same(string? left, string? right) => left is not null && string.Equals(left, right, StringComparison.Ordinal);
}

/// <summary>What may run now.</summary>
/// <param name="Name">The tool.</param>
/// <param name="Arguments">Its arguments, complete.</param>
/// <param name="Draft">The draft, complete; null without one.</param>
/// <param name="Fields">The fields, complete; null without any.</param>
/// <param name="Digest">The action digest, recomputed here; report it with the execution.</param>
/// <param name="Corrected">Whether a person changed it.</param>
public sealed record ApprovedAction(
    string Name, JsonElement Arguments, Draft? Draft, IReadOnlyList<EffectiveField>? Fields, string Digest, bool Corrected);

/// <summary>Why something may not run.</summary>
public enum NotApprovedReason
{
    /// <summary>The instruction is not <see cref="Instruction.Resume"/>.</summary>
    NotResume,

    /// <summary>The approval's time is over, or it has none.</summary>
    NoLongerValid,

    /// <summary>The bytes are not those that were approved.</summary>
    DigestDiffers,

    /// <summary>The approval is for another tool.</summary>
    AnotherAction,

    /// <summary>The outcome answers another proposal.</summary>
    AnotherProposal,
}

/// <summary>The action may not run.</summary>
public sealed class NotApprovedException : Exception
{
    /// <summary>Says why.</summary>
    public NotApprovedException(NotApprovedReason why, string message)
        : base(message) => Why = why;

    /// <summary>Why.</summary>
    public NotApprovedReason Why { get; }
}
