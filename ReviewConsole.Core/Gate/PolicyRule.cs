using System.Collections.Frozen;
using ReviewConsole.Core.Proposals;

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

    /// <summary>Minutes until nobody decides any more, where that is sooner than by the policy and the source.</summary>
    public int? ExpiryMinutes { get; init; }

    /// <summary>What happens then, whatever the policy and the source say of it: reject or escalate.</summary>
    public ExpiryOutcome? ExpiryOutcome { get; init; }

    /// <summary>What has to be there and in view, at any risk.</summary>
    public IReadOnlyList<EvidenceDemand> Evidence { get; init; } = [];

    /// <summary>Who may neither approve nor correct.</summary>
    public NotBy NotBy { get; init; }

    /// <summary>What whoever works on it can do, all of it, in order.</summary>
    public IReadOnlyList<string> Skills { get; init; } = [];

    /// <summary>By decision, the only reason codes to choose from.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> ReasonCodes { get; init; } = FrozenDictionary<string, IReadOnlyList<string>>.Empty;

    /// <summary>What the AI may read of it when this rule lets through or stops.</summary>
    public string? Message { get; init; }

    /// <summary>Set for a rule that stands for people.</summary>
    public RuleAutomation? Automation { get; init; }

    /// <summary>False for a rule that only says how a person looks, if one does: what it alone matches goes on to the rest.</summary>
    public bool IsMatch => Verdict is not null || Risk is not null || Queue is not null || Approvals is not null || HoldSeconds is not null || Sample;
}
