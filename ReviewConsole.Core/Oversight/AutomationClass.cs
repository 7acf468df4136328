using ReviewConsole.Core.Gate;

namespace ReviewConsole.Core.Oversight;

/// <summary>What proposals have in common that are judged together: what they are, who proposes them, how much is at stake, and which rules ask for a person.</summary>
/// <param name="Version">Null where the source names none: then nobody knows whether it is still the same.</param>
/// <param name="Band">In the policy's currency; null without an amount.</param>
/// <param name="Asked">Rules of the policy that ask for a person, in its order. What people made of one rule's reviews says nothing of another's.</param>
internal sealed record AutomationKey(string Kind, string Action, string System, string? Version, AmountBand? Band, IReadOnlyList<string> Asked)
{
    public bool Equals(AutomationKey? other) => other is not null && (Kind, Action, System, Version, Band) == (other.Kind, other.Action, other.System, other.Version, other.Band) && Asked.SequenceEqual(other.Asked);

    public override int GetHashCode() => HashCode.Combine(Kind, Action, System, Version, Band, Asked.Count);
}

/// <summary>A class of decided reviews, and whether a rule may stand for the people who decided them.</summary>
/// <param name="Decisions">Items that people decided and that a rule could have let through, and those that a rule let through and that were <paramref name="Reversed"/>.</param>
/// <param name="Agreement">Different actions that were approved unchanged, and stood, each time they came; of all different ones. Items repeat, and each repetition is no news.</param>
/// <param name="Approved">Items: unchanged, and it stood.</param>
/// <param name="Reversed">Approved or let through, and then failed or undone.</param>
/// <param name="Risk">The highest of its items.</param>
/// <param name="Signals">The lowest signal of its items, where one of them has any.</param>
/// <param name="Gaps">What it lacks; nothing makes it a candidate.</param>
internal sealed record AutomationClass(
    AutomationKey Key, long Decisions, Rate Agreement, long Approved, long Corrected, long Rejected, long Reversed, Risk Risk, SignalSpan Signals, IReadOnlyList<AutomationGap> Gaps)
{
    public bool IsCandidate => Gaps.Count == 0;
}

/// <param name="Lowest">Null where no item has a signal.</param>
/// <param name="SomeWithout">An item has none.</param>
internal readonly record struct SignalSpan(decimal? Lowest, bool SomeWithout);

/// <summary>Why a class is no candidate.</summary>
internal abstract record AutomationGap
{
    /// <summary>So many different actions more have to be decided.</summary>
    public sealed record TooFew(long More) : AutomationGap;

    /// <summary>The lower end of the interval is under the bar; so many more that are approved unchanged would lift it there.</summary>
    public sealed record UnderBar(double Low, long More) : AutomationGap;

    /// <summary>An item of it is what no rule ever lets through.</summary>
    public sealed record Severe(AutomationBarrier Barrier) : AutomationGap;

    /// <summary>The band reaches above what automation rules may let through.</summary>
    public sealed record Amounts(decimal Below) : AutomationGap;

    public sealed record NoVersion : AutomationGap;

    /// <summary>A rule asks for more than one person's look.</summary>
    public sealed record AskedBy(string Rule) : AutomationGap;

    /// <summary>Its automation rule was demoted in the version in force.</summary>
    public sealed record Demoted(string Rule) : AutomationGap;

    /// <summary>The policy in force lets it through already.</summary>
    public sealed record Proceeds : AutomationGap;
}

/// <summary>All classes, candidates first, then by how many different actions stand behind them.</summary>
/// <param name="Decided">Items that people decided, and those that a rule let through and that failed or were undone.</param>
/// <param name="Aside">Of those, what no rule could let through: a check did not pass, something was not known, or a rule stops it. They are in no class.</param>
/// <param name="LeftOut">Of those, in classes past <see cref="AutomationClasses.MostClasses"/>.</param>
internal sealed record AutomationReport(IReadOnlyList<AutomationClass> Classes, long Decided, long Aside, long LeftOut);
