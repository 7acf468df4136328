using ReviewConsole.Core.Gate;

namespace ReviewConsole.Core.Oversight;

/// <summary>The numbers that a comparison holds for.</summary>
internal readonly record struct NumberRange(decimal Low, bool WithLow, decimal High, bool WithHigh)
{
    /// <summary>Null for a comparison that is not with a number.</summary>
    public static NumberRange? Of(Condition condition) => condition is not FieldCondition { Comparison: var comparison } ? null : comparison.Op switch
    {
        "atLeast" => new NumberRange(comparison.Value.Number, true, decimal.MaxValue, true),
        "above" => new NumberRange(comparison.Value.Number, false, decimal.MaxValue, true),
        "atMost" => new NumberRange(decimal.MinValue, true, comparison.Value.Number, true),
        "below" => new NumberRange(decimal.MinValue, true, comparison.Value.Number, false),
        "between" => new NumberRange(comparison.Value.Items![0].Number, true, comparison.Value.Items[1].Number, true),
        "equals" when comparison.Value.Kind is GateValueKind.Number or GateValueKind.Money => new NumberRange(comparison.Value.Number, true, comparison.Value.Number, true),
        _ => null,
    };

    public bool IsEmpty => Low > High || (Low == High && !(WithLow && WithHigh));

    public decimal Width => IsEmpty ? 0 : High - Low;

    public NumberRange And(NumberRange other)
    {
        var (low, withLow) = Low > other.Low || (Low == other.Low && !WithLow) ? (Low, WithLow) : (other.Low, other.WithLow);
        var (high, withHigh) = High < other.High || (High == other.High && !WithHigh) ? (High, WithHigh) : (other.High, other.WithHigh);
        return new NumberRange(low, withLow, high, withHigh);
    }

    /// <summary>Every number of this one is one of the other.</summary>
    public bool IsWithin(NumberRange other) => IsEmpty || And(other) == this;
}
