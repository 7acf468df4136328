using System.Text.Json;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Reviews;

namespace ReviewConsole.Core.Queue;

/// <summary>A review that people decided before, and how it differs from the one in hand. What was corrected there is compared as it was proposed.</summary>
/// <param name="Decision">Approved, corrected or rejected.</param>
/// <param name="ReasonCode">What the last one who decided chose.</param>
/// <param name="At">When the outcome was released, Unix ms.</param>
/// <param name="Arguments">The first that differ, by name; <paramref name="Checks"/> likewise, the worst first.</param>
/// <param name="More">How many arguments and checks differ beside these.</param>
internal sealed record Precedent(
    Guid Id, string Headline, OutcomeDecision Decision, string? ReasonCode, long At, IReadOnlyList<ArgumentDifference> Arguments,
    IReadOnlyList<CheckDifference> Checks, int More)
{
    /// <summary>Digest of the policy that the reason code is of.</summary>
    public string? Policy { get; init; }
}

/// <summary>An argument that is not the same; absent on one side is null, a JSON null is a value.</summary>
/// <param name="Path">As people read it: <c>payment.amount</c>.</param>
internal sealed record ArgumentDifference(string Path, JsonElement? Theirs, JsonElement? Ours);

/// <summary>A check that did not come out the same; null where it was not made.</summary>
internal sealed record CheckDifference(string Id, string Name, CheckResult? Theirs, CheckResult? Ours);
