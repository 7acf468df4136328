using ReviewConsole.Core.Proposals;

namespace ReviewConsole.Core.Gate;

/// <summary>What can be written as an effect, and so how a form asks for it.</summary>
internal enum RuleEffectKind
{
    /// <summary>One of <see cref="RuleEffect.Words"/>.</summary>
    Word,

    /// <summary>A queue of the policy.</summary>
    Queue,
    Whole,
    Duration,
    Share,
    Flag,
    Text,

    /// <summary>A list of some of <see cref="RuleEffect.Words"/>.</summary>
    Some,

    /// <summary>A list of evidence, as <see cref="EvidenceDemand"/> names it.</summary>
    Evidence,

    /// <summary>A list of skills; of one, its word may stand alone.</summary>
    Skills,

    /// <summary>A list of the policy's reason codes for the decision that is its <see cref="RuleEffect.Part"/>.</summary>
    Codes,
}

/// <summary>An effect that a rule may have under <c>then</c>, or a part of one that is written with keys of its own. This is the only list of them: they are read from it, and a form shows all of it.</summary>
/// <param name="Name">With a point before its part: <c>expiry.after</c>.</param>
internal sealed record RuleEffect(string Name, RuleEffectKind Kind)
{
    public static readonly IReadOnlyList<RuleEffect> All =
    [
        new("verdict", RuleEffectKind.Word) { Words = [.. Enum.GetValues<Verdict>().Select(static verdict => verdict.Wire())] },
        new("risk", RuleEffectKind.Word) { Words = [.. Enum.GetValues<Risk>().Select(static risk => risk.Wire())] },
        new("queue", RuleEffectKind.Queue),
        new("approvals", RuleEffectKind.Whole),
        new("hold", RuleEffectKind.Duration),
        new("sla", RuleEffectKind.Duration),
        new("expiry.after", RuleEffectKind.Duration),
        new("expiry.outcome", RuleEffectKind.Word) { Words = [ExpiryOutcome.Reject.Wire(), ExpiryOutcome.Escalate.Wire()] },
        new("rationale", RuleEffectKind.Whole),
        new("message", RuleEffectKind.Text),
        new("sample", RuleEffectKind.Flag),
        new("commitFirst", RuleEffectKind.Share),
        new("skill", RuleEffectKind.Skills),
        new("notBy", RuleEffectKind.Some) { Words = ["editor", "policyAuthor"] },
        new("evidence", RuleEffectKind.Evidence),
        .. PolicyReason.Decisions.Select(static decision => new RuleEffect("reasons." + decision, RuleEffectKind.Codes)),
    ];

    public static readonly IReadOnlyList<string> Names = [.. All.Select(static effect => effect.Name)];

    public IReadOnlyList<string> Words { get; private init; } = [];

    /// <summary>The key under <c>then</c>.</summary>
    public string Key { get; } = Name.Split('.')[0];

    /// <summary>The key under that one; null for an effect that is one value.</summary>
    public string? Part { get; } = Name.Split('.') is [_, var part] ? part : null;

    public bool IsList => Kind is RuleEffectKind.Some or RuleEffectKind.Evidence or RuleEffectKind.Skills or RuleEffectKind.Codes;

    /// <summary>Where it stands; null where it does not.</summary>
    public YamlPart? In(YamlPart? then) => Part is null ? then?[Key] : then?[Key]?[Part];
}
