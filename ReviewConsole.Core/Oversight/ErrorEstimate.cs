namespace ReviewConsole.Core.Oversight;

/// <summary>
/// The share of wrong ones among items of which only some have a label. Items are taken apart by how they came by one (<see cref="LabelPart"/>), since those that proceeded
/// are only known by an audit sample; each part counts by its size and not by how many of it happen to be labelled.
/// </summary>
/// <param name="Labelled">How many labels stand behind it.</param>
/// <param name="Unlabelled">How many items have none.</param>
/// <param name="SpeaksFor">Items of the parts that have a label: of the others nobody can say anything, and <paramref name="Share"/> is not about them.</param>
/// <param name="Share">Null where there is not one label.</param>
/// <param name="Interval">Wilson's, at the effective size of the weighted sample (Kish): with one part that is the number of labels.</param>
internal sealed record ErrorEstimate(long Items, long Labelled, long Wrong, long Unlabelled, long SpeaksFor, double? Share, WilsonInterval? Interval)
{
    /// <summary>Items of which nobody can say anything.</summary>
    public long Silent => Items - SpeaksFor;

    /// <param name="parts">One for each <see cref="LabelPart"/>.</param>
    public static ErrorEstimate Of(ReadOnlySpan<LabelTally> parts)
    {
        long items = 0, labelled = 0, wrong = 0, known = 0;
        foreach (var part in parts)
        {
            items += part.Items;
            labelled += part.Labelled;
            wrong += part.Wrong;
            known += part.Labelled > 0 ? part.Items : 0;
        }

        if (known == 0)
        {
            return new ErrorEstimate(items, 0, 0, items, 0, null, null);
        }

        double share = 0, inverse = 0;
        foreach (var part in parts)
        {
            if (part.Labelled > 0)
            {
                var weight = (double)part.Items / known;
                share += weight * part.Wrong / part.Labelled;
                inverse += weight * weight / part.Labelled;
            }
        }

        share = Math.Clamp(share, 0, 1);
        return new ErrorEstimate(items, labelled, wrong, items - labelled, known, share, WilsonInterval.Of(share, 1 / inverse));
    }
}
