namespace ReviewConsole.Core.Gate;

/// <summary>
/// Puts a form into the text of its rule, one small change after the other: what says the same stays as it is written, with its quotes, its order and its comments. Whether all of it came out
/// as asked is looked at by <see cref="RuleText.With"/>.
/// </summary>
internal static class RuleEdit
{
    /// <summary>Null where the text has no place for it.</summary>
    public static string? Apply(string text, int rule, RuleForm form)
    {
        var old = RuleShape.Read(text, RuleOf(text, rule)!)!;
        var edited = (string?)text;
        if (old.Name != form.Name)
        {
            edited = Set(edited, rule, static at => at, "rule", YamlScalar.Of(form.Name));
        }

        edited = Conditions(edited, rule, old, form);
        foreach (var effect in RuleEffect.All)
        {
            var (before, after) = (old.Effects.GetValueOrDefault(effect.Name), form.Effects.GetValueOrDefault(effect.Name));
            if (before != after)
            {
                edited = Effect(edited, rule, effect, before, after);
            }
        }

        return old.Reason == form.Reason ? edited : Set(edited, rule, static at => at, "reason", form.Reason.Length == 0 ? null : YamlScalar.Of(form.Reason));
    }

    private static string? Effect(string? text, int rule, RuleEffect effect, WrittenValue? before, WrittenValue? after)
    {
        if (text is null || RuleOf(text, rule) is not { } map)
        {
            return null;
        }

        // Word by word, so that the comments beside those that stay stay too.
        if (before is { IsList: true, Items.Count: > 0 } && after is { IsList: true, Items.Count: > 0 })
        {
            return List(
                text, now => effect.In(RuleOf(now, rule)?["then"]), before.Items, after.Items,
                static (now, part, _, word) => TextLines.Replace(now, part.Start, part.End, YamlScalar.Of(word)), static word => YamlScalar.Of(word));
        }

        var (then, value) = (map["then"], after is null ? null : RuleShape.Value(after));
        if (effect.Part is { } name && then?[effect.Key] is { Entries: { } parts })
        {
            // The last part takes its key with it.
            return value is null && parts.Count == 1
                ? Set(text, rule, static at => at["then"]!, effect.Key, null)
                : Set(text, rule, at => at["then"]![effect.Key]!, name, value);
        }

        value = value is null || effect.Part is null ? value : $"{{ {effect.Part}: {value} }}";
        return then switch
        {
            { Entries.Count: > 0 } => Set(text, rule, static at => at["then"]!, effect.Key, value),
            _ when value is null => text,
            _ => Set(text, rule, static at => at, "then", $"{{ {effect.Key}: {value} }}"),
        };
    }

    private static string? Conditions(string? text, int rule, RuleForm old, RuleForm form)
    {
        if (text is null || (old.Match == form.Match && old.Clauses.SequenceEqual(form.Clauses)))
        {
            return text;
        }

        if (form.Match == RuleMatch.Other || old.Match == RuleMatch.Other || RuleOf(text, rule)?["when"] is not { } when)
        {
            return null;
        }

        if (RuleShape.Listed(when).List is null)
        {
            if (form is { Match: RuleMatch.All, Clauses: [var only] })
            {
                return Clause(text, when, old.Clauses[0], only);
            }

            // One becomes a list: the one there is stays as it is written.
            text = Wrap(text, RuleOf(text, rule)!, when, form.Match);
        }
        else if (old.Match != form.Match)
        {
            var word = when.Entries![0].Key;
            text = TextLines.Replace(text, word.Start, word.End, form.Match == RuleMatch.Any ? "any" : "all");
        }

        return List(text, now => RuleShape.Listed(RuleOf(now, rule)?["when"]).List, old.Clauses, form.Clauses, Clause, RuleShape.Clause);
    }

    private static string Wrap(string text, YamlPart map, YamlPart when, RuleMatch match)
    {
        var (word, leaf) = (match == RuleMatch.Any ? "any" : "all", when.Flow(text));
        var colon = text.IndexOf(':', map.Entries!.First(static entry => entry.Key.Scalar == "when").Key.End) + 1;
        if (map.IsFlow)
        {
            return TextLines.Replace(text, when.Start, when.End, $"{{ {word}: [ {leaf} ] }}");
        }

        var (indent, line) = (new string(' ', ColumnOf(text, map.Entries![0].Key)), TextLines.BreakOf(text));
        return TextLines.Replace(text, colon, when.End, $"{line}{indent}  {word}:{line}{indent}    - {leaf}");
    }

    /// <param name="listOf">The list as it stands in a text by then; null where it is none any more.</param>
    private static string? List<T>(
        string text, Func<string, YamlPart?> listOf, IReadOnlyList<T> old, IReadOnlyList<T> wanted, Func<string, YamlPart, T, T, string> change, Func<T, string> write)
        where T : IEquatable<T>
    {
        var (first, last) = (0, 0);
        while (first < Math.Min(old.Count, wanted.Count) && old[first].Equals(wanted[first]))
        {
            first++;
        }

        while (last < Math.Min(old.Count, wanted.Count) - first && old[^(last + 1)].Equals(wanted[^(last + 1)]))
        {
            last++;
        }

        var same = Math.Min(old.Count, wanted.Count) - last;
        var edited = (string?)text;
        for (var i = first; i < same && edited is not null; i++)
        {
            edited = old[i].Equals(wanted[i]) ? edited : listOf(edited)?.Items is { } items ? change(edited, items[i], old[i], wanted[i]) : null;
        }

        // Put in before taken out, so that the list is never empty on the way.
        for (var i = same; i < wanted.Count - last && edited is not null; i++)
        {
            edited = listOf(edited) is { Items: not null } list ? YamlEdit.Insert(edited, list, i, write(wanted[i])) : null;
        }

        for (var i = old.Count - last - 1; i >= same && edited is not null; i--)
        {
            edited = listOf(edited) is { Items: not null } list ? YamlEdit.Remove(edited, list, i) : null;
        }

        return edited;
    }

    private static string Clause(string text, YamlPart part, RuleClause old, RuleClause wanted)
    {
        if (part.Entries is null || old.Written is not null || wanted.Written is not null)
        {
            return TextLines.Replace(text, part.Start, part.End, RuleShape.Clause(wanted));
        }

        // From the end to the beginning, so that the places before stay right.
        var (op, value) = part.Entries.First(static entry => entry.Key.Scalar != "field");
        var edits = new List<(YamlPart Part, string By)>();
        if (old.Field != wanted.Field)
        {
            edits.Add((part["field"]!, YamlScalar.Of(wanted.Field)));
        }

        if (old.Op != wanted.Op)
        {
            edits.Add((op, wanted.Op));
        }

        if (old.Value != wanted.Value || old.AsText != wanted.AsText)
        {
            var start = value is { Items: not null, IsFlow: false } ? text.IndexOf(':', op.End) + 1 : value.Start;
            edits.Add((new YamlPart(start, value.End), (text[start - 1] == ':' ? " " : "") + RuleShape.Value(wanted.Value, wanted.AsText)));
        }

        return edits.OrderByDescending(static edit => edit.Part.Start).Aggregate(text, static (text, edit) => TextLines.Replace(text, edit.Part.Start, edit.Part.End, edit.By));
    }

    private static string? Set(string? text, int rule, Func<YamlPart, YamlPart> place, string key, string? value) =>
        text is not null && RuleOf(text, rule) is { } at ? YamlEdit.Set(text, place(at), key, value) : null;

    // A change that a text had no place for may have left something that is not YAML.
    private static YamlPart? RuleOf(string text, int rule) => YamlPart.Read(text)?["rules"]?.Items?.ElementAtOrDefault(rule) is { Entries: not null } at ? at : null;

    private static int ColumnOf(string text, YamlPart part) => part.Start - TextLines.StartOf(text, part.Start);
}
