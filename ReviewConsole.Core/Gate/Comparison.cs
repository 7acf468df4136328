using System.Globalization;
using System.Text.RegularExpressions;

namespace ReviewConsole.Core.Gate;

/// <summary>
/// One operator with its value: <c>equals</c>, <c>oneOf</c>, <c>atLeast</c>, <c>atMost</c>, <c>above</c>, <c>below</c>, <c>between</c> (both ends count),
/// <c>matches</c> (a regular expression without backtracking), <c>missing</c>, <c>contains</c>. A value of another type than asked for is unknown. <c>changed</c> compares with the
/// revision before and not with a value: <see cref="ChangedCondition"/>.
/// </summary>
internal sealed record Comparison(string Op, GateValue Value, Regex? Pattern = null)
{
    public const string Changed = "changed";

    /// <summary>A pattern looks at no longer text: what it costs grows with that.</summary>
    public const int MaxText = 100_000;

    public static readonly IReadOnlyList<string> Ops =
        ["equals", "oneOf", "atLeast", "atMost", "above", "below", "between", "matches", "missing", "contains", Changed];

    public bool? Holds(GateValue seen, bool absenceIsUnknown)
    {
        if (seen.Kind == GateValueKind.Unknown)
        {
            return null;
        }

        if (Op == "missing")
        {
            return seen.Kind == GateValueKind.Missing == Value.Flag;
        }

        if (seen.Kind == GateValueKind.Missing)
        {
            return absenceIsUnknown ? null : false;
        }

        return Op switch
        {
            "equals" => Same(seen, Value),
            "oneOf" => Value.Items!.Aggregate((bool?)false, (any, item) => any | Same(seen, item)),
            "atLeast" => Number(seen) >= Value.Number ? true : Number(seen) is null ? null : false,
            "atMost" => Number(seen) <= Value.Number ? true : Number(seen) is null ? null : false,
            "above" => Number(seen) > Value.Number ? true : Number(seen) is null ? null : false,
            "below" => Number(seen) < Value.Number ? true : Number(seen) is null ? null : false,
            "between" => Number(seen) is { } number ? number >= Value.Items![0].Number && number <= Value.Items[1].Number : null,
            "matches" => seen.Kind == GateValueKind.Text && seen.Text!.Length <= MaxText ? Pattern!.IsMatch(seen.Text) : null,
            "contains" => Contains(seen),
            _ => null,
        };
    }

    private bool? Contains(GateValue seen) => seen.Kind switch
    {
        // An empty item is nothing; one of another type is unknown, as one value would be.
        GateValueKind.List => seen.Items!.Where(static item => item.Kind != GateValueKind.Missing).Aggregate((bool?)false, (any, item) => any | Same(item, Value)),
        GateValueKind.Text when Value.Kind == GateValueKind.Text => seen.Text!.Contains(Value.Text!, StringComparison.Ordinal),
        _ => null,
    };

    private static bool? Same(GateValue seen, GateValue wanted) => wanted.Kind switch
    {
        GateValueKind.Text => seen.Kind == GateValueKind.Text ? seen.Text == wanted.Text : null,
        GateValueKind.Flag => seen.Kind == GateValueKind.Flag ? seen.Flag == wanted.Flag : null,
        _ => Number(seen) is { } number ? number == wanted.Number : null,
    };

    // Arguments often carry money as text.
    private static decimal? Number(GateValue value) => value.Kind switch
    {
        GateValueKind.Number or GateValueKind.Money => value.Number,
        GateValueKind.Text when decimal.TryParse(value.Text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };
}
