namespace ReviewConsole.Core.Oversight;

/// <summary>
/// The share of wrong ones among items of which only some have a label. Items are taken apart by how they came by one (<see cref="LabelPart"/>), since those that proceeded
/// are only known by an audit sample; each part counts by its size and not by how many of it happen to be labelled.
/// </summary>
/// <param name="Labelled">How many labels stand behind it.</param>
/// <param name="Unlabelled">How many items have none.</param>
/// <param name="Share">Null where a part has items and not one label: then nobody can say.</param>
/// <param name="Interval">Wilson's, at the effective size of the weighted sample (Kish): with one part that is the number of labels.</param>
internal sealed record ErrorEstimate(long Items, long Labelled, long Wrong, long Unlabelled, double? Share, WilsonInterval? Interval)
{
    /// <param name="parts">One for each <see cref="LabelPart"/>.</param>
    public static ErrorEstimate Of(ReadOnlySpan<LabelTally> parts)
    {
        long items = 0, labelled = 0, wrong = 0;
        var known = true;
        foreach (var part in parts)
        {
            items += part.Items;
            labelled += part.Labelled;
            wrong += part.Wrong;
            known &= part.Items == 0 || part.Labelled > 0;
        }

        if (labelled == 0 || !known)
        {
            return new ErrorEstimate(items, labelled, wrong, items - labelled, null, null);
        }

        double share = 0, inverse = 0;
        foreach (var part in parts)
        {
            if (part.Items > 0)
            {
                var weight = (double)part.Items / items;
                share += weight * part.Wrong / part.Labelled;
                inverse += weight * weight / part.Labelled;
            }
        }

        share = Math.Clamp(share, 0, 1);
        return new ErrorEstimate(items, labelled, wrong, items - labelled, share, WilsonInterval.Of(share, 1 / inverse));
    }
}
