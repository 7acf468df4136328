using System.Text.Json;

namespace ReviewConsole.Core.Proposals;

/// <summary>
/// What a source asks leave to do (WIRE.md §1), immutable. Only <see cref="Source"/> and <see cref="Action"/> are always there.
/// Lists are never null: a part that was not sent is empty, except <see cref="Fields"/>, where "not sent" (null) and "sent empty" have
/// different action digests.
/// </summary>
/// <param name="ExternalId">The source's own id, unique for it.</param>
/// <param name="Kind">As declared; null leaves it to the action catalogue (see the gate's result).</param>
/// <param name="Title">What the agent says; never the headline (see <see cref="Headline"/>).</param>
/// <param name="RetryOf">The rejected or failed review that this one replaces.</param>
/// <param name="Body">The body as sent, members beginning with <c>x-</c> included: what the ledger seals.</param>
internal sealed record Proposal(
    string? ExternalId,
    Source Source,
    Initiator? Initiator,
    string? CaseId,
    string? Kind,
    string? Title,
    Subject? Subject,
    ProposedAction Action,
    Impact? Impact,
    IReadOnlyList<Signal> Signals,
    Reasoning? Reasoning,
    IReadOnlyList<Check> Checks,
    IReadOnlyList<Alternative> Alternatives,
    IReadOnlyList<EvidenceItem> Evidence,
    Draft? Draft,
    IReadOnlyList<Field>? Fields,
    IReadOnlyList<Precondition> Preconditions,
    Guid? RetryOf,
    Group? Group,
    Expires? Expires,
    Deliver? Deliver,
    IReadOnlyList<string> Tags,
    JsonElement Body)
{
    /// <summary>What would run: the action with its draft and fields.</summary>
    public EffectiveAction Effective => new(Action.Name, Action.Arguments, Draft, Fields);

    /// <summary>The exact action in one line: what the queue and the workspace put on top.</summary>
    public string Headline => Proposals.Headline.Of(Action);
}
