using ReviewConsole.Core.Gate;

namespace ReviewConsole.Core.Reviews;

/// <summary>A mode that a person has set for a line; null members of the scope mean "every".</summary>
/// <param name="By">The person's pseudonym.</param>
/// <param name="Since">Unix ms.</param>
/// <param name="Until">Unix ms when it ends by itself; null where a person ends it.</param>
internal sealed record LineLimit(string? System, string? Kind, LineMode Mode, string Reason, string By, long Since, long? Until = null)
{
    public LineFact Fact => new(By, Until);

    /// <param name="system">Null is every one, which only a mode of all of them covers.</param>
    /// <param name="kind">Likewise.</param>
    public bool Covers(string? system, string? kind) => (System is null || System == system) && (Kind is null || Kind == kind);

    /// <summary>The end is computed, like that of a claim: nothing has to happen for it.</summary>
    public bool Holds(long now) => Until is not { } end || end > now;

    /// <summary>Something of <paramref name="prior"/> ends, or ends sooner.</summary>
    public static bool Loosens(IEnumerable<LineLimit> prior, IReadOnlyCollection<LineLimit> now) =>
        prior.Any(before => !now.Any(limit => limit.Mode == before.Mode && (limit.Until is not { } end || end >= before.Until)));
}

/// <summary>What counts for one system and kind: of each mode, among all lines that cover them, the one that lasts longest.</summary>
internal sealed record LineState(LineLimit? Stopped = null, LineLimit? TwoPerson = null, LineLimit? EverythingToReview = null)
{
    public static readonly LineState Running = new();

    /// <summary>How many people an approval or a correction needs here at least. Where who corrects is none of those who approve, two others approve.</summary>
    public int Approvals(bool corrected, NotBy notBy) => TwoPerson is null ? 1 : LineModes.People + (corrected && notBy.HasFlag(NotBy.Editor) ? 1 : 0);

    /// <param name="covering">Those that hold now and cover the same system and kind.</param>
    public static LineState Of(IEnumerable<LineLimit> covering)
    {
        var longest = covering.GroupBy(static limit => limit.Mode).ToDictionary(static mode => mode.Key, static mode => mode.MaxBy(static limit => limit.Until ?? long.MaxValue));
        return longest.Count == 0 ? Running : new LineState(
            longest.GetValueOrDefault(LineMode.Stopped), longest.GetValueOrDefault(LineMode.TwoPerson), longest.GetValueOrDefault(LineMode.EverythingToReview));
    }
}
