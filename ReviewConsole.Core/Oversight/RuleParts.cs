using System.Globalization;
using ReviewConsole.Core.Gate;

namespace ReviewConsole.Core.Oversight;

/// <summary>What can be proven of conditions without a proposal. Where nothing can be, the answer is no: a proof that is missing never says that a rule is superfluous.</summary>
internal static class RuleParts
{
    /// <summary>Parts that all have to hold.</summary>
    public static IEnumerable<Condition> Of(Condition condition) => condition is AllCondition all ? all.Parts.SelectMany(Of) : [condition];

    /// <summary>Whenever all of <paramref name="given"/> hold, <paramref name="wanted"/> holds.</summary>
    public static bool Imply(IReadOnlyCollection<Condition> given, Condition wanted) => wanted switch
    {
        AllCondition all => all.Parts.All(part => Imply(given, part)),
        AnyCondition any when any.Parts.Any(part => Imply(given, part)) => true,
        _ => given.Any(part => Implies(part, wanted)),
    };

    /// <summary>One condition in words that are the same for the same condition; null for a kind of condition that is not known here.</summary>
    public static string? Words(Condition condition) => condition switch
    {
        FieldCondition { Field: var field, Comparison: var comparison } => $"{field.Name} {comparison.Op} {Words(comparison.Value)}",
        NotCondition not => Words(not.Part) is { } part ? $"not({part})" : null,
        AllCondition all => Words("all", all.Parts),
        AnyCondition any => Words("any", any.Parts),
        _ => null,
    };

    private static bool Implies(Condition given, Condition wanted)
    {
        if (Words(given) is { } words && words == Words(wanted))
        {
            return true;
        }

        return (given, wanted) switch
        {
            (AnyCondition any, _) => any.Parts.All(part => Imply([.. Of(part)], wanted)),
            (FieldCondition a, FieldCondition b) when a.Field.Name == b.Field.Name => Values(a, b),
            _ => false,
        };
    }

    private static bool Values(FieldCondition given, FieldCondition wanted) =>
        (NumberRange.Of(given) is { } inner && NumberRange.Of(wanted) is { } outer && inner.IsWithin(outer))
        || (Words(given.Comparison) is { } few && Words(wanted.Comparison) is { } many && few.All(many.Contains));

    /// <summary>The words that a comparison allows, each with its type; null for one that is not <c>equals</c> or <c>oneOf</c>.</summary>
    public static IReadOnlyCollection<string>? Words(Comparison comparison) => comparison.Op switch
    {
        "equals" => [Words(comparison.Value)],
        "oneOf" => [.. comparison.Value.Items!.Select(Words)],
        _ => null,
    };

    private static string? Words(string name, IReadOnlyList<Condition> parts)
    {
        var words = parts.Select(Words).ToList();
        return words.Contains(null) ? null : $"{name}({string.Join(", ", words.Order(StringComparer.Ordinal))})";
    }

    private static string Words(GateValue value) => value.Kind == GateValueKind.List
        ? $"[{string.Join(", ", value.Items!.Select(Words))}]"
        : string.Create(CultureInfo.InvariantCulture, $"{value.Kind}:{value.Number / 1.000000000000000m}{value.Text}");
}
