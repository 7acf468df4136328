using System.Globalization;
using ReviewConsole.Core.Gate;

namespace ReviewConsole.Core.Oversight;

/// <summary>Conditions taken apart, and in words by which two are told to be the same.</summary>
internal static class RuleParts
{
    /// <summary>Parts that all have to hold.</summary>
    public static IEnumerable<Condition> Of(Condition condition) => condition is AllCondition all ? all.Parts.SelectMany(Of) : [condition];

    /// <summary>Every comparison in it, however deep.</summary>
    public static IEnumerable<Condition> All(Condition condition) => condition switch
    {
        AllCondition all => all.Parts.SelectMany(All),
        AnyCondition any => any.Parts.SelectMany(All),
        NotCondition not => All(not.Part),
        _ => [condition],
    };

    /// <summary>Whether it looks at this field; a kind of condition that is not known here may look at anything.</summary>
    public static bool Uses(Condition condition, string field) => condition switch
    {
        FieldCondition one => one.Field.Name == field,
        ChangedCondition one => one.Field.Name == field,
        NotCondition not => Uses(not.Part, field),
        AllCondition all => all.Parts.Any(part => Uses(part, field)),
        AnyCondition any => any.Parts.Any(part => Uses(part, field)),
        _ => true,
    };

    /// <summary>
    /// One condition in words that are the same for the same condition and for no other: whatever a file can write as it likes has its length before it. Null for a kind of condition that is not
    /// known here.
    /// </summary>
    public static string? Words(Condition condition) => condition switch
    {
        FieldCondition { Field: var field, Comparison: var comparison } => $"{Counted(field.Name)} {comparison.Op} {Words(comparison.Value)}",
        NotCondition not => Words(not.Part) is { } part ? $"not({part})" : null,
        AllCondition all => Words("all", all.Parts),
        AnyCondition any => Words("any", any.Parts),
        _ => null,
    };

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
        : string.Create(CultureInfo.InvariantCulture, $"{value.Kind}:{value.Number / 1.000000000000000m}:{Counted(value.Text ?? "")}");

    private static string Counted(string text) => string.Create(CultureInfo.InvariantCulture, $"{text.Length}:{text}");
}
