using System.Collections.Frozen;
using ReviewConsole.Core.Proposals;

namespace ReviewConsole.Core.Gate;

/// <summary>The gate's answer to one proposal under one policy, complete: nothing about the review is looked up in the policy later.</summary>
/// <param name="Kind">As declared, else from the action catalogue.</param>
/// <param name="Queue">Named by the first matching rule in rule order, else the queue of the kind.</param>
/// <param name="Approvals">How many different people have to approve.</param>
/// <param name="HoldSeconds">How long a committed decision can be recalled; 0 releases at once.</param>
/// <param name="Reasons">Words of all matching rules, in rule order.</param>
/// <param name="ConsoleChecks">Checks made here, beside those of the source. All of them are failed ones.</param>
/// <param name="DueMinutes">From the SLA of the risk, counted from when the review opens.</param>
/// <param name="ExpiresAt">Unix ms UTC, pinned: no later policy changes it.</param>
/// <param name="ValidMinutes">How long a released approval may be executed.</param>
/// <param name="RequiredEvidence">Ids a reviewer must have seen: what the source marks, all of them when it marks none, and what rules demand.</param>
/// <param name="Amount">What counts, derived from the arguments where the catalogue can; in the currency it was given in.</param>
/// <param name="Facts">What the caller knew: the verdict can be computed again from proposal, policy and this.</param>
internal sealed record GateResult(
    Verdict Verdict,
    Risk Risk,
    string Kind,
    string Queue,
    int Approvals,
    int HoldSeconds,
    IReadOnlyList<string> Reasons,
    IReadOnlyList<Check> ConsoleChecks,
    IReadOnlyList<RuleTrace> Trace,
    PolicyIdentity Policy,
    int DueMinutes,
    long ExpiresAt,
    ExpiryOutcome ExpiryOutcome,
    int ClaimMinutes,
    int ValidMinutes,
    bool AuditSample,
    IReadOnlyList<string> RequiredEvidence,
    Amount? Amount,
    Facts Facts)
{
    /// <summary>Reviewers say what they think before they see what the AI says of itself (SCREENS.md §2).</summary>
    public bool CommitFirst { get; init; }

    /// <summary>Characters that the rationale of a decision has at least; the risk may ask for more.</summary>
    public int RationaleMinimum { get; init; }

    /// <summary>What the AI may read, of a verdict that asks nobody: of the first matching rule that has it.</summary>
    public string? Message { get; init; }

    /// <summary>How many rules were judged: as many as <see cref="Trace"/> has, or more (<see cref="Gate.MostTraced"/>).</summary>
    public int RuleCount { get; init; }

    /// <summary>Those of <see cref="RequiredEvidence"/> that a rule demands, at any risk.</summary>
    public IReadOnlyList<string> DemandedEvidence { get; init; } = [];

    /// <summary>Who may neither approve nor correct.</summary>
    public NotBy NotBy { get; init; }

    /// <summary>What whoever works on it can do, in order; null where no rule asks for a skill.</summary>
    public IReadOnlyList<string>? Skills { get; init; }

    /// <summary>By decision, the reason codes to choose from, where rules narrow them.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> ReasonCodes { get; init; } = FrozenDictionary<string, IReadOnlyList<string>>.Empty;

    /// <summary>Those of <see cref="Reasons"/> that rest on nothing but what the AI says of itself.</summary>
    public IReadOnlyList<string> SelfReported { get; init; } = [];

    /// <summary>Who gets it, where the catalogue leads to that in the arguments; null where it does not.</summary>
    public string? Recipient { get; init; }

    /// <summary>Id of whom or what it is about: from the arguments where the catalogue leads there, else as declared.</summary>
    public string? Subject { get; init; }

    /// <summary>A rule that asks for a person, or stops, could not be judged. The trace says which; it is not kept apart from it.</summary>
    public bool NotKnown { get; init; }

    /// <summary>Automation rules that let this through, or would if it were not drawn, its line stopped or an earlier revision reviewed: a person who finds fault with it demotes them.</summary>
    public IReadOnlyList<string> Automated { get; init; } = [];
}

/// <summary><paramref name="Digest"/> is <c>sha256:</c> and the hex digest of the policy's text, that of what it extends included.</summary>
internal sealed record PolicyIdentity(string Name, int Version, string Digest);

/// <summary>One rule as it was evaluated, in the order of the policy.</summary>
internal sealed record RuleTrace(string Rule, bool Matched, IReadOnlyList<ConditionTrace> Conditions)
{
    /// <summary>It asked for something that rests on what the AI says of itself.</summary>
    public bool IsSelfReported => Conditions.Any(static condition => GateField.IsSelfReported(condition.Field));
}

/// <summary>
/// One condition of a rule. <paramref name="Holds"/> is null when what it asks for is not known, which asks for a person
/// (on the wire that is <c>false</c> with no <c>seen</c>).
/// </summary>
/// <param name="Seen">The value in this proposal; missing when there is none.</param>
internal sealed record ConditionTrace(string Field, string Op, GateValue Value, GateValue Seen, bool? Holds);
