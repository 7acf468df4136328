using System.Globalization;
using System.Text.Json;
using ReviewConsole.Core.Proposals;

namespace ReviewConsole.Core.Queue;

/// <summary>
/// How alike two proposals of one action are, in one sentence: the share of argument leaves that agree plus the share of checks that agree, each among all that
/// either side has, where two amounts that are not equal agree by half the smaller divided by the greater.
/// </summary>
internal sealed class Likeness
{
    private readonly SortedDictionary<string, JsonElement> _arguments = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Name, CheckResult Result)> _checks;

    /// <param name="checks">Of a check that is made here only what did not pass counts: one that passed was perhaps not made at all.</param>
    public Likeness(JsonElement arguments, IEnumerable<(string Id, string Name, CheckResult Result)> checks)
    {
        Add("", arguments);
        _checks = checks.Where(static check => !Check.IsReserved(check.Id) || check.Result != CheckResult.Pass)
            .DistinctBy(static check => check.Id).ToDictionary(static check => check.Id, static check => (check.Name, check.Result), StringComparer.Ordinal);
    }

    /// <summary>0 to 2.</summary>
    public double To(Likeness other) =>
        Share(_arguments, other._arguments, Agreement) + Share(_checks, other._checks, static (ours, theirs) => ours.Result == theirs.Result ? 1 : 0);

    /// <summary>Which arguments are not the same in <paramref name="other"/>, by name.</summary>
    public IReadOnlyList<ArgumentDifference> Arguments(Likeness other) =>
    [
        .. _arguments.Keys.Union(other._arguments.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(path => new ArgumentDifference(path, Find(other._arguments, path), Find(_arguments, path)))
            .Where(static pair => pair.Theirs is not { } theirs || pair.Ours is not { } ours || !JsonElement.DeepEquals(theirs, ours)),
    ];

    /// <summary>Which checks did not come out the same, the worst of ours first.</summary>
    public IReadOnlyList<CheckDifference> Checks(Likeness other) =>
    [
        .. _checks.Keys.Union(other._checks.Keys, StringComparer.Ordinal)
            .Select(id => new CheckDifference(
                id, _checks.TryGetValue(id, out var ours) ? ours.Name : other._checks[id].Name, Result(other._checks, id), Result(_checks, id)))
            .Where(static pair => pair.Theirs != pair.Ours)
            .OrderBy(static pair => pair.Ours switch { CheckResult.Fail => 0, CheckResult.Warn => 1, CheckResult.NotRun => 2, CheckResult.Pass => 3, _ => 4 })
            .ThenBy(static pair => pair.Id, StringComparer.Ordinal),
    ];

    private static double Share<T>(IDictionary<string, T> ours, IDictionary<string, T> theirs, Func<T, T, double> agree)
    {
        var all = ours.Count + theirs.Keys.Count(key => !ours.ContainsKey(key));
        return all == 0 ? 1 : ours.Sum(pair => theirs.TryGetValue(pair.Key, out var other) ? agree(pair.Value, other) : 0) / all;
    }

    private static double Agreement(JsonElement ours, JsonElement theirs) =>
        JsonElement.DeepEquals(ours, theirs) ? 1
        : Amount(ours) is { } a && Amount(theirs) is { } b && a > 0 && b > 0 ? (double)(Math.Min(a, b) / Math.Max(a, b)) / 2
        : 0;

    // A number, or money as the wire writes it; a text of digits alone is rather a name.
    private static decimal? Amount(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetDecimal(out var number) => number,
        JsonValueKind.String when value.GetString() is { } text && text.Contains('.', StringComparison.Ordinal)
            && decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var money) => money,
        _ => null,
    };

    private static JsonElement? Find(SortedDictionary<string, JsonElement> leaves, string path) => leaves.TryGetValue(path, out var leaf) ? leaf : null;

    private static CheckResult? Result(Dictionary<string, (string Name, CheckResult Result)> checks, string id) =>
        checks.TryGetValue(id, out var check) ? check.Result : null;

    // Members as leaves, arrays whole.
    private void Add(string path, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            _arguments[path] = value;
            return;
        }

        foreach (var member in value.EnumerateObject())
        {
            Add(path.Length == 0 ? member.Name : $"{path}.{member.Name}", member.Value);
        }
    }
}
