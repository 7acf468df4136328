using ReviewConsole.Core.Gate;

namespace ReviewConsole.Components.Policies;

/// <summary>What the form of a rule offers: fields, operators that fit a field, and a value in the shape that an operator takes.</summary>
internal static class RuleFields
{
    private static readonly string[] s_always = ["missing", Comparison.Changed];
    private static readonly string[] s_numbers = ["atLeast", "atMost", "above", "below", "between", "equals", "oneOf", .. s_always];

    /// <summary>Names to choose from; more can be written.</summary>
    public static IEnumerable<string> Names(GatePolicy? policy) =>
    [
        .. GateField.Fixed.Select(static field => field.Name).Order(StringComparer.Ordinal),
        .. (policy?.Windows ?? []).SelectMany(static window => new[] { $"windows/{window.Name}.count", $"windows/{window.Name}.amount" }),
    ];

    /// <summary>Operators that fit; always the one that is there.</summary>
    public static IReadOnlyList<string> Ops(RuleClause clause) => Fitting(clause.Field) is var fitting && fitting.Contains(clause.Op, StringComparer.Ordinal) ? fitting : [clause.Op, .. fitting];

    /// <summary>The same condition of another field: with an operator that fits it.</summary>
    public static RuleClause WithField(RuleClause clause, string field)
    {
        var other = clause with { Field = field, AsText = clause.AsText && GateField.Find(field) is { Kind: GateValueKind.Unknown } };
        return Fitting(field).Contains(other.Op, StringComparer.Ordinal) ? Fit(other) : WithOp(other, Fitting(field)[0]);
    }

    /// <summary>The same condition with another operator; its value in the shape that this one takes.</summary>
    public static RuleClause WithOp(RuleClause clause, string op)
    {
        var items = s_always.Contains(clause.Op, StringComparer.Ordinal) && !s_always.Contains(op, StringComparer.Ordinal) ? [""] : clause.Value.Items;
        var first = items.FirstOrDefault() ?? "";
        return Fit(clause with
        {
            Op = op,
            Value = op switch
            {
                "missing" or Comparison.Changed => new WrittenValue("true"),
                "oneOf" => new WrittenValue(items.Count == 0 ? [""] : items, true),
                "between" => new WrittenValue([first, items.Skip(1).FirstOrDefault() ?? first], true),
                _ => new WrittenValue(first),
            },
        });
    }

    /// <summary>The words to choose the value from; none where any may be written.</summary>
    public static IReadOnlyList<string> Words(RuleClause clause) => s_always.Contains(clause.Op, StringComparer.Ordinal) ? ["true", "false"] : GateField.Find(clause.Field) switch
    {
        { Kind: GateValueKind.Flag } => ["true", "false"],
        { Words: { } words } when clause.Op is "equals" or "oneOf" or "contains" => [.. words],
        _ => [],
    };

    public static bool IsNumber(RuleClause clause) => GateField.Find(clause.Field) is { Kind: GateValueKind.Number or GateValueKind.Money };

    /// <summary>Whether quotes would say something: the field has no type of its own, and a value looks like a number, or like true or false.</summary>
    public static bool MayBeText(RuleClause clause) =>
        GateField.Find(clause.Field) is { Kind: GateValueKind.Unknown } && clause.Op is "equals" or "oneOf" or "contains" && clause.Value.Items.Any(YamlScalar.IsAmbiguous);

    private static IReadOnlyList<string> Fitting(string field) => GateField.Find(field) switch
    {
        { Window: not null } => s_numbers[..^s_always.Length],
        { Kind: GateValueKind.Number or GateValueKind.Money } => s_numbers,
        { Kind: GateValueKind.Flag } => ["equals", .. s_always],
        { Kind: GateValueKind.List } => ["contains", .. s_always],
        { Kind: GateValueKind.Text, Words: not null } => ["equals", "oneOf", .. s_always],
        { Kind: GateValueKind.Text } => ["equals", "oneOf", "contains", "matches", .. s_always],
        _ => Comparison.Ops,
    };

    // A field with few words starts with one of them.
    private static RuleClause Fit(RuleClause clause) => Words(clause) is { Count: > 0 } words && clause.Value.Items.Any(item => !words.Contains(item, StringComparer.Ordinal))
        ? clause with { Value = clause.Value with { Items = [.. clause.Value.Items.Select(item => words.Contains(item, StringComparer.Ordinal) ? item : words[0])] } }
        : clause;
}
