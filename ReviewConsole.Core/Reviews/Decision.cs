using System.Collections.Frozen;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Identity;

namespace ReviewConsole.Core.Reviews;

/// <summary>What a command comes to: events, or a refusal. Only a digest mismatch has both, because the attempt itself is history.</summary>
internal sealed record Decision(IReadOnlyList<ReviewEvent> Events, Refusal? Refusal = null)
{
    public static readonly Decision Nothing = new([]);

    public static Decision Refused(Refusal refusal) => new([], refusal);

    public static Decision Of(params ReviewEvent[] events) => new(events);

    public static implicit operator Decision(Refusal refusal) => Refused(refusal);
}

/// <summary>What a decision needs to know beside the review: gathered by the Writer in the same transaction.</summary>
/// <param name="Now">Unix ms.</param>
/// <param name="NextSeq">The number that the first event of this command will get.</param>
/// <param name="Line">The modes of lines that cover this review.</param>
internal sealed record Moment(long Now, long NextSeq, LineState Line);

/// <summary>What the policy says of deciding, apart from the gate: reason codes, queues, times.</summary>
internal sealed record ReviewRules(
    IReadOnlyDictionary<DecisionKind, IReadOnlyList<ReasonCode>> Reasons, IReadOnlySet<string> Queues, string ExpertQueue, int ClaimMinutes)
{
    public const int RationaleAtHigh = 20;

    /// <summary>Pseudonyms of who wrote on the policy; gathered where a rule bars them.</summary>
    public IReadOnlySet<string> Authors { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Why <paramref name="queue"/> is none to send a review to, if so.</summary>
    public Refusal.Invalid? UnknownQueue(string? queue) => queue is null || Queues.Contains(queue)
        ? null
        : new Refusal.Invalid("#/to/queue", $"There is no queue “{queue}”. There are {string.Join(", ", Queues.Order(StringComparer.Ordinal))}.");

    /// <summary>The words of a reason code; the code itself where it is not known.</summary>
    public string LabelOf(DecisionKind decision, string code) => Reasons[decision].FirstOrDefault(reason => reason.Code == code)?.Label ?? code;

    /// <summary>What there is to choose from where rules narrow it; all, where what is left is none of this policy's.</summary>
    public IReadOnlyList<ReasonCode> Choice(DecisionKind decision, GateResult gate) =>
        gate.ReasonCodes.GetValueOrDefault(decision.Word()) is { } left && Reasons[decision].Where(reason => left.Contains(reason.Code)).ToArray() is { Length: > 0 } some ? some : Reasons[decision];
}

internal sealed record ReasonCode(string Code, string Label);

internal static class People
{
    /// <summary>The person behind the agent neither approves nor corrects (WIRE.md §3): by e-mail or subject, ignoring case.</summary>
    public static bool IsInitiator(this PersonActor person, ReviewContent content) =>
        content.Proposal.Initiator?.Id is { } id
        && (string.Equals(id, person.Email, StringComparison.OrdinalIgnoreCase) || string.Equals(id, person.Subject, StringComparison.OrdinalIgnoreCase));
}
