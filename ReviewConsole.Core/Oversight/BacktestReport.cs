using ReviewConsole.Core.Gate;

namespace ReviewConsole.Core.Oversight;

/// <summary>What a policy would have made of the past. Items repeat, so distinct actions stand beside them: an interval over items takes each repetition for news.</summary>
internal sealed record BacktestReport
{
    public required PolicyIdentity Policy { get; init; }

    public required long Items { get; init; }

    public required long DistinctActions { get; init; }

    public required IReadOnlyList<VerdictVolume> Verdicts { get; init; }

    /// <summary>How many had a verdict before that is known, how many of those went to people, and how many go now.</summary>
    public required LoadChange Load { get; init; }

    public required WorkingTime Time { get; init; }

    public required IReadOnlyList<RiskVolume> Risks { get; init; }

    public required LabelCoverage Labels { get; init; }

    /// <summary>Wrong ones among all that the policy lets through, or would let through if it did not draw them as an audit sample.</summary>
    public required ErrorEstimate Errors { get; init; }

    /// <summary>Wrong actions of the distinct labelled ones among those.</summary>
    public required Rate DistinctErrors { get; init; }

    /// <summary>Wrong ones that proceed; the list is the first of them.</summary>
    public required KnownErrors Slipped { get; init; }

    /// <summary>Wrong ones that proceed but for the draw of the audit sample: a person sees these.</summary>
    public required long Drawn { get; init; }

    /// <summary>Wrong ones that the policy before let through and this one does not; null where no verdict before is known, or nobody looked at what was let through.</summary>
    public required KnownErrors? Caught { get; init; }

    public required IReadOnlyList<KindVolume> Kinds { get; init; }

    public required IReadOnlyList<CheckWorth> Checks { get; init; }

    public required string? Signal { get; init; }

    public required IReadOnlyList<FrontierPoint> Frontier { get; init; }

    public required IReadOnlyList<PolicyFinding> Findings { get; init; }
}

internal sealed record VerdictVolume(Verdict Verdict, Rate Items, long DistinctActions);

/// <param name="Known">Items with a verdict before.</param>
/// <param name="Days">From the first to the last of them; null where that is no time.</param>
internal sealed record LoadChange(long Known, long ReviewedBefore, long ReviewedNow, double? Days);

/// <param name="Measured">Items whose reviewer's time was recorded.</param>
/// <param name="HoursBefore">Of what went to people, and <paramref name="HoursNow"/> of what goes: recorded time, and its mean for the rest. Null where none was recorded.</param>
internal sealed record WorkingTime(long Measured, double? MeanSeconds, double? HoursBefore, double? HoursNow);

/// <param name="Before">How many went to people with this risk; <paramref name="DueBefore"/> as last recorded.</param>
internal sealed record RiskVolume(Risk Risk, long Before, int? DueBefore, long Now, int DueNow);

/// <summary>How many items have a label, and how many of those whose policy let them through.</summary>
internal sealed record LabelCoverage(long Right, long Wrong, long Unlabelled, long LetThrough, long LetThroughLabelled, long Blocked)
{
    /// <summary>Something proceeded under the policy before, and nobody looked at it.</summary>
    public bool IsCensored => LetThrough > LetThroughLabelled;
}

/// <param name="First">At most <see cref="Backtest.MostListed"/>, in the order of the set.</param>
internal sealed record KnownErrors(long Items, long DistinctActions, IReadOnlyList<ListedItem> First);

/// <param name="Review">In this console; null for a line of a set.</param>
internal sealed record ListedItem(string Id, string Kind, string Headline, string ActionDigest, Guid? Review);

internal sealed record KindVolume(string Kind, long Items, Rate Reviewed, long Blocked, long Slipped, ErrorEstimate Errors);

/// <summary>A check that did not pass, and how often the action was right all the same.</summary>
/// <param name="IsNoise">Actions are right at least as often where it does not pass as they are altogether, even at the lower end of the interval.</param>
internal sealed record CheckWorth(string Check, long NotPassed, Rate RightAllTheSame, bool IsNoise);
