namespace ReviewConsole.Core.Gate;

/// <summary>One named rule: when its condition holds, its effects count. Effects that are null change nothing.</summary>
/// <param name="Sample">Marks the review as an audit sample.</param>
/// <param name="CommitFirst">The share, 0 to 1, of reviews whose reviewer says what they think before they see what the AI says of itself.</param>
internal sealed record PolicyRule(
    string Name,
    Condition When,
    Verdict? Verdict,
    Risk? Risk,
    string? Queue,
    int? Approvals,
    int? HoldSeconds,
    bool Sample,
    double? CommitFirst,
    string? Reason)
{
    /// <summary>From opening to due, where that is sooner than by the risk.</summary>
    public int? DueMinutes { get; init; }

    /// <summary>Characters that the rationale of a decision has at least.</summary>
    public int? Rationale { get; init; }

    /// <summary>What the AI may read of it when this rule lets through or stops.</summary>
    public string? Message { get; init; }

    /// <summary>Set for a rule that stands for people.</summary>
    public RuleAutomation? Automation { get; init; }

    /// <summary>False for a rule that only says how a person looks, if one does: what it alone matches goes on to the rest.</summary>
    public bool IsMatch => Verdict is not null || Risk is not null || Queue is not null || Approvals is not null || HoldSeconds is not null || Sample;
}
