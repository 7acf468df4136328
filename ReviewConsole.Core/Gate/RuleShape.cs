namespace ReviewConsole.Core.Gate;

/// <summary>Between the text of a rule and its form.</summary>
internal static class RuleShape
{
    /// <summary>Null for what is no map.</summary>
    public static RuleForm? Read(string text, YamlPart rule)
    {
        if (rule.Entries is null)
        {
            return null;
        }

        var when = rule["when"];
        var (match, list) = Listed(when);
        return new RuleForm(
            rule["rule"]?.Scalar ?? "",
            match,
            match == RuleMatch.Other ? [] : list is null ? [Clause(text, when!)] : [.. list.Items!.Select(item => Clause(text, item))],
            RuleEffect.All.Select(effect => (effect.Name, Value: Value(effect.In(rule["then"])))).Where(static effect => effect.Value is not null)
                .ToDictionary(static effect => effect.Name, static effect => effect.Value!, StringComparer.Ordinal),
            rule["reason"]?.Scalar ?? "");
    }

    /// <summary>The list of conditions; null where there is a single one.</summary>
    public static (RuleMatch Match, YamlPart? List) Listed(YamlPart? when) => when?.Entries switch
    {
        [({ Scalar: "all" }, { Items: not null } all)] => (RuleMatch.All, all),
        [({ Scalar: "any" }, { Items: not null } any)] => (RuleMatch.Any, any),
        not null when IsLeaf(when) => (RuleMatch.All, null),
        _ => (RuleMatch.Other, null),
    };

    /// <summary>What a form does not show, as it is written: it has to be the same after a change.</summary>
    public static IEnumerable<string> Untouched(string text, YamlPart rule)
    {
        foreach (var (key, value) in rule.Entries!)
        {
            IEnumerable<(string Name, YamlPart Value)> parts = key.Scalar switch
            {
                "rule" or "reason" when value.Scalar is not null => [],
                "when" => Listed(value).Match == RuleMatch.Other ? [("when.when", value)] : [],
                "then" when value.Entries is { } effects => effects.SelectMany(static effect => Odd(effect.Key.Scalar, effect.Value)).Select(static odd => ("then." + odd.Name, odd.Value)),
                _ => [(key.Scalar ?? "", value)],
            };
            foreach (var (name, untouched) in parts)
            {
                yield return $"{name}: {text[untouched.Start..untouched.End]}";
            }
        }
    }

    /// <summary>A rule as lines of its own, beginning with its dash.</summary>
    public static string Write(RuleForm form)
    {
        var lines = new List<string> { "- rule: " + YamlScalar.Of(form.Name) };
        if (form is { Match: RuleMatch.All, Clauses: [var only] })
        {
            lines.Add("  when: " + Clause(only));
        }
        else
        {
            lines.Add("  when:");
            lines.Add($"    {(form.Match == RuleMatch.Any ? "any" : "all")}:{(form.Clauses.Count == 0 ? " []" : "")}");
            lines.AddRange(form.Clauses.Select(static clause => "      - " + Clause(clause)));
        }

        lines.Add($"  then: {(form.Effects.Count == 0 ? "{}" : $"{{ {string.Join(", ", Effects(form))} }}")}");
        if (form.Reason.Length > 0)
        {
            lines.Add("  reason: " + YamlScalar.Of(form.Reason));
        }

        return string.Join('\n', lines);
    }

    public static string Clause(RuleClause clause) =>
        clause.Written ?? $"{{ field: {YamlScalar.Of(clause.Field)}, {YamlScalar.Of(clause.Op)}: {Value(clause.Value, clause.AsText)} }}";

    public static string Value(WrittenValue value, bool asText = false)
    {
        var items = value.Items.Select(item => YamlScalar.Of(item, asText && YamlScalar.IsAmbiguous(item)));
        return value.IsList ? $"[{string.Join(", ", items)}]" : items.First();
    }

    public static WrittenValue? Value(YamlPart? part) => part switch
    {
        { Scalar: { } text } => new WrittenValue(text),
        { Items: { } items } when items.All(static item => item.Scalar is not null) => new WrittenValue([.. items.Select(static item => item.Scalar!)], true),
        _ => null,
    };

    private static IEnumerable<string> Effects(RuleForm form) => RuleEffect.All.Where(effect => form.Effects.ContainsKey(effect.Name)).GroupBy(static effect => effect.Key).Select(group => group.First().Part is null
        ? $"{group.Key}: {Value(form.Effects[group.Key])}"
        : $"{group.Key}: {{ {string.Join(", ", group.Select(effect => $"{effect.Part}: {Value(form.Effects[effect.Name])}"))} }}");

    // Of an effect with keys of its own those that no form shows; of any other all of it, or nothing.
    private static IEnumerable<(string Name, YamlPart Value)> Odd(string? key, YamlPart effect) =>
        effect.Entries is { } parts && RuleEffect.All.Any(known => known.Key == key && known.Part is not null)
            ? parts.Where(part => !IsShown(key, part.Key.Scalar, part.Value)).Select(part => ($"{key}.{part.Key.Scalar}", part.Value))
            : IsShown(key, null, effect) ? [] : [(key ?? "", effect)];

    private static bool IsShown(string? key, string? part, YamlPart value) => Value(value) is not null && RuleEffect.All.Any(known => known.Key == key && known.Part == part);

    private static bool IsLeaf(YamlPart part) => part.Entries is { Count: 2 } entries && part["field"] is { Scalar: not null }
        && entries.FirstOrDefault(static entry => entry.Key.Scalar != "field") is ({ } op, { } value) && Comparison.Ops.Contains(op.Scalar, StringComparer.Ordinal)
        && Value(value) is { } written && written.IsList == op.Scalar is "oneOf" or "between" && !IsMixed(part["field"]!.Scalar!, value);

    private static RuleClause Clause(string text, YamlPart part)
    {
        if (!IsLeaf(part))
        {
            return new RuleClause("", "", new WrittenValue(""), Written: text[part.Start..part.End]);
        }

        var (op, value) = part.Entries!.First(static entry => entry.Key.Scalar != "field");
        var field = part["field"]!.Scalar!;
        return new RuleClause(field, op.Scalar!, Value(value)!, Ambiguous(field, value).Any(static scalar => scalar.Style is not YamlDotNet.Core.ScalarStyle.Plain));
    }

    // Quotes say something only where the field has no type of its own.
    private static IEnumerable<YamlPart> Ambiguous(string field, YamlPart value) =>
        GateField.Find(field)?.Kind != GateValueKind.Unknown ? [] : (value.Items ?? [value]).Where(static scalar => YamlScalar.IsAmbiguous(scalar.Scalar!));

    private static bool IsMixed(string field, YamlPart value) => Ambiguous(field, value).Select(static scalar => scalar.Style is YamlDotNet.Core.ScalarStyle.Plain).Distinct().Count() > 1;
}
