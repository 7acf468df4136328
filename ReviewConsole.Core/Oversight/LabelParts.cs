using System.Runtime.InteropServices;

namespace ReviewConsole.Core.Oversight;

/// <summary>Items and their labels, part by part.</summary>
internal sealed class LabelParts
{
    private readonly Dictionary<LabelPart, LabelTally> _parts = [];

    public void Add(LabelPart part, Label label) => At(part).Add(label);

    public void Add(LabelParts other)
    {
        foreach (var (part, tally) in other._parts)
        {
            ref var at = ref At(part);
            at.Items += tally.Items;
            at.Labelled += tally.Labelled;
            at.Wrong += tally.Wrong;
        }
    }

    /// <summary>All parts together.</summary>
    public LabelTally Sum() => Sum(_parts.Values);

    public LabelTally Sum(Stratum stratum) => Sum(_parts.Where(part => part.Key.Stratum == stratum).Select(static part => part.Value));

    public ErrorEstimate Estimate() => ErrorEstimate.Of([.. _parts.Values]);

    private ref LabelTally At(LabelPart part) => ref CollectionsMarshal.GetValueRefOrAddDefault(_parts, part, out _);

    private static LabelTally Sum(IEnumerable<LabelTally> parts) => parts.Aggregate(default(LabelTally), static (sum, part) =>
        new LabelTally { Items = sum.Items + part.Items, Labelled = sum.Labelled + part.Labelled, Wrong = sum.Wrong + part.Wrong });
}

/// <summary>How an item came by its label, or by none.</summary>
internal enum Stratum
{
    /// <summary>Everybody here could get a label: a person looked, or the truth is known.</summary>
    Judged,

    /// <summary>Its policy let it through; only those that an audit sample drew have a label.</summary>
    LetThrough,

    /// <summary>Its policy blocked it: nobody ever says whether that was right.</summary>
    Blocked,
}

/// <summary>
/// Items that came by their labels alike. Those that were let through are told apart by the share of them that an audit sample draws: of a class that it draws at 50 % there are fifty times as many
/// labels as of one that it draws at 1 %, and pooled they would speak for both.
/// </summary>
/// <param name="Drawn">The share that the policy which judged them draws of such items; null where nobody knows. 0 beside other strata.</param>
internal readonly record struct LabelPart(Stratum Stratum, decimal? Drawn);

/// <summary>Items of one <see cref="LabelPart"/>, those with a label, and those whose label is "wrong".</summary>
internal struct LabelTally
{
    public long Items;
    public long Labelled;
    public long Wrong;

    public void Add(Label label)
    {
        Items++;
        Labelled += label == Label.None ? 0 : 1;
        Wrong += label == Label.Wrong ? 1 : 0;
    }
}
