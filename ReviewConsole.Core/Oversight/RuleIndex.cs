using ReviewConsole.Core.Gate;

namespace ReviewConsole.Core.Oversight;

/// <summary>
/// Rules by the words that they ask for, so that not every one has to be compared with every other: a rule that asks one of its fields for a word, by <c>equals</c> or <c>oneOf</c>, can only
/// hold whenever another one does if that one names the word too.
/// </summary>
internal sealed class RuleIndex
{
    private readonly IReadOnlyList<IReadOnlyList<Condition>> _rules;
    private readonly Dictionary<(string Field, string Word), List<int>> _places = [];
    private readonly List<int> _wordless = [];

    /// <param name="rules">The parts of each rule's condition that all have to hold.</param>
    public RuleIndex(IReadOnlyList<IReadOnlyList<Condition>> rules)
    {
        _rules = rules;
        var counts = rules.SelectMany(static parts => parts.SelectMany(Asked)).CountBy(static asked => asked).ToDictionary();
        foreach (var (place, parts) in rules.Index())
        {
            // What the fewest rules ask for keeps the most apart.
            var rarest = parts.Select(part => Asked(part).ToList()).Where(static asked => asked.Count > 0).MinBy(asked => asked.Sum(word => counts[word])) ?? [];
            foreach (var word in rarest)
            {
                (_places.TryGetValue(word, out var places) ? places : _places[word] = []).Add(place);
            }

            if (rarest.Count == 0)
            {
                _wordless.Add(place);
            }
        }
    }

    /// <summary>Places of rules that may hold whenever this one does, in their order: all that can be proven to are among them.</summary>
    public IReadOnlyList<int> Around(int rule) =>
        [.. _rules[rule].SelectMany(Named).Distinct().SelectMany(word => _places.GetValueOrDefault(word, [])).Concat(_wordless).Distinct().Order()];

    // A number can be met by a range as well: only words tell two rules apart.
    private static IEnumerable<(string Field, string Word)> Asked(Condition condition) =>
        condition is FieldCondition { Comparison.Value: var value } && (value.Items ?? [value]).All(static item => item.Kind is not (GateValueKind.Number or GateValueKind.Money)) ? Named(condition) : [];

    private static IEnumerable<(string Field, string Word)> Named(Condition condition) => condition switch
    {
        FieldCondition one => RuleParts.Words(one.Comparison)?.Select(word => (one.Field.Name, word)) ?? [],
        AllCondition all => all.Parts.SelectMany(Named),
        AnyCondition any => any.Parts.SelectMany(Named),
        _ => [],
    };
}
