using System.Collections.Frozen;

namespace ReviewConsole.Core.Gate;

/// <summary>
/// What the gate cannot see in the proposal. The caller gathers it before and seals it with the verdict, so that a replay answers the same.
/// </summary>
/// <param name="Now">Unix ms UTC.</param>
/// <param name="SampleDraw">From <c>SampleDraw.Of</c>, in [0, 1): the same for the same system and action, however often it is sent. Null for a mere question, of which nothing is kept: nobody draws for it.</param>
/// <param name="LineStopped">The line of this system, of this kind, or everything is stopped.</param>
/// <param name="ReviewedBefore">An earlier revision's first verdict was review: no later one goes below.</param>
internal sealed record Facts(long Now, double? SampleDraw, bool LineStopped = false, bool ReviewedBefore = false)
{
    /// <summary>A mode of a line that covers it: two people approve or correct what a person decides. Null while there is none.</summary>
    public LineFact? TwoPerson { get; init; }

    /// <summary>A mode of a line that covers it: nothing proceeds. Null while there is none.</summary>
    public LineFact? EverythingToReview { get; init; }

    /// <summary>The other half of the same draw, in [0, 1): who is drawn as an audit sample is not thereby drawn to commit first.</summary>
    public double CommitFirstDraw { get; init; }

    /// <summary>Ids of evidence whose bytes the console tried to show and could not.</summary>
    public FrozenSet<string> Unshowable { get; init; } = [];

    /// <summary>What was counted in the windows of the policy; what is not there is not known.</summary>
    public FrozenDictionary<string, WindowFact> Windows { get; init; } = FrozenDictionary<string, WindowFact>.Empty;

    /// <summary>What people made of proposals whose signals were about as high, by the signal's name and <see cref="CalibratedFact.Lowest"/>; what is not there is not known.</summary>
    public IReadOnlyDictionary<string, CalibratedFact> Calibrated { get; init; } = CalibratedFact.None;

    /// <summary>Automation rules of the policy that people found fault with since it was published: they ask for a person instead.</summary>
    public FrozenSet<string> Demoted { get; init; } = [];

    /// <summary>
    /// Names of fields (those of conditions) whose value differs from the revision before, as <see cref="RevisionChanges"/> finds them; null when nobody knows. A first
    /// revision has none before it, and has changed nothing.
    /// </summary>
    public FrozenSet<string>? Changed { get; init; }

    /// <summary>These are the modes that were known.</summary>
    public bool Knows(bool stopped, LineFact? twoPerson, LineFact? everythingToReview) =>
        LineStopped == stopped && TwoPerson == twoPerson && EverythingToReview == everythingToReview;

    /// <summary>The same with every line running: what a policy alone makes of it.</summary>
    public Facts OnRunningLine() => LineStopped || TwoPerson is not null || EverythingToReview is not null
        ? this with { LineStopped = false, TwoPerson = null, EverythingToReview = null }
        : this;
}
