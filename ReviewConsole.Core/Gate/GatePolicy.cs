using System.Collections.Frozen;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Proposals.Schemas;

namespace ReviewConsole.Core.Gate;

/// <summary>
/// A policy as read from its file by <see cref="PolicyReader"/>: who has to look at what, and everything that is pinned on a review when it enters.
/// </summary>
internal sealed record GatePolicy
{
    public required PolicyIdentity Identity { get; init; }

    /// <summary>The file's text, without that of the policy it extends.</summary>
    public required string Text { get; init; }

    /// <summary>The text of the policy it extends, as it was read with it; null when it extends none.</summary>
    public string? Base { get; init; }

    /// <summary>Amounts in conditions are in this currency.</summary>
    public required string Currency { get; init; }

    /// <summary>Whose clocks <c>facts.hour</c> and <c>facts.weekday</c> are read on.</summary>
    public required TimeZoneInfo Zone { get; init; }

    public required int HoldSeconds { get; init; }

    public required int ClaimMinutes { get; init; }

    public required int ExpiryMinutes { get; init; }

    public required ExpiryOutcome ExpiryOutcome { get; init; }

    /// <summary>How long a released approval may be executed.</summary>
    public required int ValidMinutes { get; init; }

    /// <summary>A released outcome that nobody fetched for so long is an alarm.</summary>
    public required int PickupMinutes { get; init; }

    /// <summary>From opening to due, by risk.</summary>
    public required FrozenDictionary<Risk, int> DueMinutes { get; init; }

    /// <summary>What the console knows about actions by itself, by action name.</summary>
    public required FrozenDictionary<string, CatalogueAction> Catalogue { get; init; }

    public required IReadOnlyList<PolicyQueue> QueueList { get; init; }

    /// <summary>Reason codes by decision (<c>approve</c>, <c>correct</c>, <c>reject</c>, <c>escalate</c>, <c>return</c>), in the order people see them.</summary>
    public required FrozenDictionary<string, IReadOnlyList<PolicyReason>> ReasonCodes { get; init; }

    /// <summary>What is counted for conditions.</summary>
    public required IReadOnlyList<PolicyWindow> Windows { get; init; }

    /// <summary>In the order of the file; that of the policy it extends after its own.</summary>
    public required IReadOnlyList<PolicyRule> Rules { get; init; }

    /// <summary>What may be proposed for automation, and what automation rules never let through.</summary>
    public AutomationLimits Automation { get; init; } = AutomationLimits.Default;

    /// <summary>Of all comparisons in <see cref="Rules"/>.</summary>
    public LeafTable? Leaves { get; init; }

    /// <summary>All that windows count by.</summary>
    public FrozenSet<WindowOver> WindowOvers => field ??= Windows.Select(window => window.Over).ToFrozenSet();

    public string Name => Identity.Name;

    public int Version => Identity.Version;

    public string Digest => Identity.Digest;

    /// <summary>All queue names.</summary>
    public IReadOnlySet<string> Queues => field ??= QueueList.Select(queue => queue.Name).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Where an escalation goes that names no other queue.</summary>
    public string ExpertQueue => field ??= QueueList.First(queue => queue.Escalations).Name;

    private FrozenDictionary<string, string> QueueByKind => field ??= QueueList
        .SelectMany(queue => queue.Kinds, (queue, kind) => KeyValuePair.Create(kind, queue.Name))
        .ToFrozenDictionary(StringComparer.Ordinal);

    private string DefaultQueue => field ??= QueueList.First(queue => queue.Default).Name;

    public string QueueOf(string kind) => QueueByKind.GetValueOrDefault(kind, DefaultQueue);

    /// <summary>The reason codes of one decision; none for a word that is no decision.</summary>
    public IReadOnlyList<PolicyReason> Reasons(string decision) => ReasonCodes.GetValueOrDefault(decision, []);

    /// <summary>As declared, else as the catalogue has it, else <c>agentDecision</c>.</summary>
    public string KindOf(Proposal proposal) =>
        proposal.Kind ?? Catalogue.GetValueOrDefault(proposal.Action.Name)?.Kind ?? "agentDecision";

    /// <summary>What a correction has to fit: the catalogue's schema, else the source's; null where neither has one.</summary>
    public ArgumentsSchema? SchemaOf(ProposedAction action) =>
        Catalogue.GetValueOrDefault(action.Name)?.Arguments ?? ArgumentsSchema.Sent(action);
}

/// <summary>A queue, the kinds that go to it by themselves, and whether it takes what no other queue takes, or escalations.</summary>
internal sealed record PolicyQueue(string Name, IReadOnlyList<string> Kinds, bool Default, bool Escalations);

/// <summary>A reason code and the words people read.</summary>
internal sealed record PolicyReason(string Code, string Label)
{
    /// <summary>The decisions that have reason codes.</summary>
    public static readonly string[] Decisions = ["approve", "correct", "reject", "escalate", "return"];
}

/// <summary>
/// What is known about an action without asking its proposer. Pointers (RFC 6901) lead into the arguments; what is null is not known here, and the
/// source's word counts.
/// </summary>
/// <param name="Floor">No risk below this.</param>
/// <param name="Evidence">Kinds of evidence that have to be there.</param>
internal sealed record CatalogueAction(
    string Name,
    string? Kind,
    Risk Floor,
    string? Amount,
    string? Currency,
    string? Recipient,
    string? Subject,
    bool? Reversible,
    bool? External,
    bool? Legal,
    IReadOnlyList<EvidenceKind> Evidence)
{
    /// <summary>What its arguments have to fit. Where it is null the source's own schema counts, for a correction alone.</summary>
    public ArgumentsSchema? Arguments { get; init; }
}
