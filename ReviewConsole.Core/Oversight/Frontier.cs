using ReviewConsole.Core.Proposals;

namespace ReviewConsole.Core.Oversight;

/// <summary>What would proceed, and what of it would be wrong, if everything with a signal of at least <paramref name="Value"/> did.</summary>
/// <param name="Proceeding">Items at or above, of all items, those without the signal included.</param>
/// <param name="Errors">Among those.</param>
/// <param name="DistinctErrors">Wrong actions of the distinct labelled ones at or above.</param>
internal sealed record FrontierPoint(decimal Value, Rate Proceeding, ErrorEstimate Errors, long DistinctProceeding, Rate DistinctErrors);

/// <summary>
/// One point for each value that a signal has. Above <see cref="MostPoints"/> different ones values are taken together downwards to thousandths, which keeps every point
/// exact ("at least 0.812") and memory flat.
/// </summary>
/// <param name="signal">A signal by name; null takes the lowest of each item.</param>
internal sealed class Frontier(string? signal)
{
    /// <summary>Signals count in billionths.</summary>
    public const int Unit = 1_000_000_000;

    public const int MostPoints = 1_000;

    private const int Coarse = Unit / 1_000;

    private readonly Dictionary<int, LabelParts> _tallies = [];
    private int _step = 1;
    private long _items;

    public string? Signal => signal;

    /// <summary>The item's signal in billionths, below 0 where it has none.</summary>
    public int ValueOf(Proposal proposal)
    {
        decimal? value = null;
        foreach (var said in proposal.Signals)
        {
            if (signal is null ? !(value <= said.Value) : value is null && said.Name == signal)
            {
                value = said.Value;
            }
        }

        return value is { } known ? (int)(known * Unit) : -1;
    }

    public void Add(int value, LabelPart part, Label label)
    {
        _items++;
        if (value < 0)
        {
            return;
        }

        Tally(value).Add(part, label);
        if (_tallies.Count > MostPoints && _step == 1)
        {
            Coarsen();
        }
    }

    /// <summary>From the lowest value to the highest.</summary>
    public IReadOnlyList<FrontierPoint> Points(DistinctActions actions)
    {
        var values = _tallies.Keys.Order().ToArray();
        var distinct = new (long All, long Labelled, long Wrong)[values.Length];
        foreach (var (all, labelled, wrong) in actions.Signals())
        {
            Count(all, static (ref (long All, long Labelled, long Wrong) at) => at.All++);
            Count(labelled, static (ref (long All, long Labelled, long Wrong) at) => at.Labelled++);
            Count(wrong, static (ref (long All, long Labelled, long Wrong) at) => at.Wrong++);
        }

        var points = new FrontierPoint[values.Length];
        var above = new LabelParts();
        (long All, long Labelled, long Wrong) sum = default;
        for (var i = values.Length - 1; i >= 0; i--)
        {
            above.Add(_tallies[values[i]]);
            sum = (sum.All + distinct[i].All, sum.Labelled + distinct[i].Labelled, sum.Wrong + distinct[i].Wrong);
            var errors = above.Estimate();
            points[i] = new FrontierPoint((decimal)values[i] / Unit, new Rate(errors.Items, _items), errors, sum.All, new Rate(sum.Wrong, sum.Labelled));
        }

        return points;

        void Count(int value, Counting count)
        {
            if (value >= 0)
            {
                var at = Array.BinarySearch(values, value);
                count(ref distinct[at >= 0 ? at : ~at - 1]);
            }
        }
    }

    private delegate void Counting(ref (long All, long Labelled, long Wrong) at);

    private LabelParts Tally(int value)
    {
        var key = value - (value % _step);
        if (!_tallies.TryGetValue(key, out var tally))
        {
            _tallies.Add(key, tally = new LabelParts());
        }

        return tally;
    }

    private void Coarsen()
    {
        _step = Coarse;
        var fine = _tallies.ToArray();
        _tallies.Clear();
        foreach (var (value, tally) in fine)
        {
            Tally(value).Add(tally);
        }
    }
}
