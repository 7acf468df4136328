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
}

/// <summary>An effect of one value that a rule may have under <c>then</c>. This is the only list of them: a form shows all of them, and leaves those of <see cref="EffectReader"/> as they are written.</summary>
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
        new("rationale", RuleEffectKind.Whole),
        new("message", RuleEffectKind.Text),
        new("sample", RuleEffectKind.Flag),
        new("commitFirst", RuleEffectKind.Share),
    ];

    public static readonly IReadOnlyList<string> Names = [.. All.Select(static effect => effect.Name)];

    public IReadOnlyList<string> Words { get; private init; } = [];
}
