namespace ReviewConsole.Core.Gate;

/// <summary>One named rule: when its condition holds, its effects count. Effects that are null change nothing.</summary>
/// <param name="Sample">Marks the review as an audit sample.</param>
internal sealed record PolicyRule(
    string Name,
    Condition When,
    Verdict? Verdict,
    Risk? Risk,
    string? Queue,
    int? Approvals,
    int? HoldSeconds,
    bool Sample,
    string? Reason);
