using System.Globalization;

namespace ReviewConsole.Core.Gate;

/// <summary>Gives each different comparison of a policy a place of its own: a thousand rules ask for the same few things, and each is judged once for a proposal.</summary>
internal sealed class LeafTable
{
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

    public int Count => _places.Count;

    /// <summary>The same condition, each comparison with its place.</summary>
    public Condition Place(Condition condition) => condition switch
    {
        AllCondition all => new AllCondition([.. all.Parts.Select(Place)]),
        AnyCondition any => new AnyCondition([.. any.Parts.Select(Place)]),
        NotCondition not => new NotCondition(Place(not.Part)),
        // What the rules above came to changes from rule to rule.
        FieldCondition { Field.Name: not ("risk" or "rules.matched") } leaf => leaf with { Table = this, At = PlaceOf(leaf) },
        _ => condition,
    };

    private int PlaceOf(FieldCondition leaf)
    {
        var words = string.Create(CultureInfo.InvariantCulture, $"{leaf.Field.Name}\n{leaf.Comparison.Op}\n{Words(leaf.Comparison.Value)}");
        if (!_places.TryGetValue(words, out var place))
        {
            _places.Add(words, place = _places.Count);
        }

        return place;
    }

    private static string Words(GateValue value) => value.Items is { } items
        ? string.Join('\n', items.Select(Words).Prepend(items.Count.ToString(CultureInfo.InvariantCulture)))
        : string.Create(CultureInfo.InvariantCulture, $"{value.Kind} {value.Number} {value.Text?.Length} {value.Text}");
}
