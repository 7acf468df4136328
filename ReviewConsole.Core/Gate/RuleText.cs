using System.Text;

namespace ReviewConsole.Core.Gate;

/// <summary>
/// The rules of a policy's text with the places where they stand. What is changed is changed in the text: every character outside of the rule stays, and in it all that says the same as before,
/// comments too. It need not be a policy yet, only YAML.
/// </summary>
internal sealed class RuleText
{
    private readonly YamlPart _root;
    private readonly IReadOnlyList<YamlPart> _items;

    private RuleText(string text, YamlPart root, IReadOnlyList<YamlPart> items) => (Text, _root, _items) = (text, root, items);

    public string Text { get; }

    /// <summary>The policy that it stands on, by name; null for none.</summary>
    public string? Extends => _root["extends"]?.Scalar;

    /// <summary>In the order of the text; null for one that is no map.</summary>
    public IReadOnlyList<RuleForm?> Rules => field ??= [.. _items.Select(item => RuleShape.Read(Text, item))];

    /// <summary>Null where the text is not YAML with keys and values, or its <c>rules</c> are no list.</summary>
    public static RuleText? Open(string text) => YamlPart.Read(text) is not { Entries: not null } root ? null
        : root["rules"] switch
        {
            null or { Scalar: "" } => new RuleText(text, root, []),
            { Items: { } items } => new RuleText(text, root, items),
            _ => null,
        };

    /// <summary>The lines of a rule, 1-based, its first and its last.</summary>
    public (int First, int Last) Lines(int rule) => (LineOf(IsFlow ? _items[rule].Start : DashOf(rule)), LineOf(_items[rule].End));

    /// <summary>The rule as it stands, indented as if it stood alone.</summary>
    public string Source(int rule)
    {
        if (IsFlow)
        {
            return "- " + Text[_items[rule].Start.._items[rule].End];
        }

        var (dash, end) = (DashOf(rule), TextLines.EndOf(Text, _items[rule].End));
        var indent = dash - TextLines.StartOf(Text, dash);
        return string.Join('\n', Text[dash..end].Split('\n').Select((line, i) => i == 0 ? line.TrimEnd('\r') : line.TrimEnd('\r').RemoveIndent(indent)));
    }

    /// <summary>The text in which the rule says this; the same text where it says it already. Null where that cannot be written without touching what a form does not show.</summary>
    public string? With(int rule, RuleForm form)
    {
        if (Rules[rule] is not { } old)
        {
            return null;
        }

        if (old == form)
        {
            return Text;
        }

        if (RuleEdit.Apply(Text, rule, form) is { } text && Keeps(rule, form, text))
        {
            return text;
        }

        // It is written in an odd way: anew, where a form shows all of it.
        return form.Match != RuleMatch.Other && !RuleShape.Untouched(Text, _items[rule]).Any() && Rewritten(rule, form) is var anew && Keeps(rule, form, anew) ? anew : null;
    }

    /// <summary>The text with one rule more before the one of that number, or at the end.</summary>
    /// <param name="source">As <see cref="Source"/> gives it.</param>
    public string Insert(int at, string source)
    {
        var line = TextLines.BreakOf(Text);
        if (_items.Count == 0)
        {
            var under = "rules:" + line + Indented(source, "  ", line);
            return _root["rules"] is { } empty
                ? TextLines.Replace(Text, RulesColon, empty.End, line + Indented(source, "  ", line))
                : TextLines.Insert(Text, TextLines.AfterLine(Text, _root.End), under + line);
        }

        if (IsFlow)
        {
            var flow = RuleShape.Flow(source, YamlPart.Read(source)!.Items![0]);
            return at < _items.Count ? TextLines.Insert(Text, _items[at].Start, flow + ", ") : TextLines.Insert(Text, _items[^1].End, ", " + flow);
        }

        var indent = new string(' ', DashOf(0) - TextLines.StartOf(Text, DashOf(0)));
        var gap = _items.Count > 1 && Text[_items[0].End..DashOf(1)].Split('\n') is { Length: > 2 } lines && lines[1..^1].Any(string.IsNullOrWhiteSpace) ? line : "";
        return at < _items.Count
            ? TextLines.Insert(Text, ChunkOf(at).Start, Indented(source, indent, line) + line + gap)
            : TextLines.Insert(Text, TextLines.AfterLine(Text, _items[^1].End), gap + Indented(source, indent, line) + line);
    }

    /// <summary>The text without a rule and the comment right above it.</summary>
    public string Remove(int rule)
    {
        if (_items.Count == 1)
        {
            var (from, to) = IsFlow ? (_root["rules"]!.Start, _root["rules"]!.End) : ChunkOf(0);
            return TextLines.Replace(Text, from, to, "").Insert(RulesColon, " []");
        }

        if (IsFlow)
        {
            return rule == 0 ? TextLines.Replace(Text, _items[0].Start, _items[1].Start, "") : TextLines.Replace(Text, _items[rule - 1].End, _items[rule].End, "");
        }

        var (start, end) = ChunkOf(rule);
        var blank = end;
        while (blank < Text.Length && string.IsNullOrWhiteSpace(Text[blank..TextLines.EndOf(Text, blank)]) && TextLines.EndOf(Text, blank) < Text.Length)
        {
            blank = TextLines.AfterLine(Text, blank);
        }

        return TextLines.Replace(Text, start, rule < _items.Count - 1 ? blank : end, "");
    }

    /// <summary>The text in which this rule and the one after it have changed places, each with the comment right above it.</summary>
    public string Swap(int rule)
    {
        var (a, b) = IsFlow ? ((_items[rule].Start, _items[rule].End), (_items[rule + 1].Start, _items[rule + 1].End)) : (ChunkOf(rule), ChunkOf(rule + 1));
        var (first, second) = (Text[a.Item1..a.Item2], Text[b.Item1..b.Item2]);
        var open = !IsFlow && !second.EndsWith('\n') ? TextLines.BreakOf(Text) : "";
        return Text[..a.Item1] + second + open + Text[a.Item2..b.Item1] + first + Text[b.Item2..];
    }

    /// <summary>Names of what stands in a rule and is in no form.</summary>
    public IReadOnlyList<string> Untouched(int rule) => [.. RuleShape.Untouched(Text, _items[rule]).Select(static part => part[..part.IndexOf(':', StringComparison.Ordinal)]).Where(static name => !name.StartsWith("when.", StringComparison.Ordinal))];

    /// <summary>A name that no rule has.</summary>
    public string Unused(string name)
    {
        var taken = Rules.Select(static rule => rule?.Name).ToHashSet(StringComparer.Ordinal);
        return taken.Contains(name)
            ? Enumerable.Range(2, taken.Count + 1).Select(i => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{name}-{i}")).First(other => !taken.Contains(other))
            : name;
    }

    private string Rewritten(int rule, RuleForm form)
    {
        var source = RuleShape.Write(form);
        if (IsFlow)
        {
            return TextLines.Replace(Text, _items[rule].Start, _items[rule].End, RuleShape.Flow(source, YamlPart.Read(source)!.Items![0]));
        }

        var dash = DashOf(rule);
        return TextLines.Replace(Text, dash, _items[rule].End, Indented(source, new string(' ', dash - TextLines.StartOf(Text, dash)), TextLines.BreakOf(Text)).TrimStart());
    }

    private bool IsFlow => _root["rules"] is { IsFlow: true };

    private int RulesColon => Text.IndexOf(':', _root.Entries!.First(static entry => entry.Key.Scalar == "rules").Key.End) + 1;

    // What it comes to is looked at as a whole: the rule says what was asked, and nothing else has moved.
    private bool Keeps(int rule, RuleForm form, string text)
    {
        if (Open(text) is not { } after || after._items.Count != _items.Count)
        {
            return false;
        }

        var (start, end) = IsFlow ? (_items[rule].Start, _items[rule].End) : (DashOf(rule), TextLines.EndOf(Text, _items[rule].End));
        return after.Rules[rule] is { } now && now == form
            && text.Length >= start + Text.Length - end && text.AsSpan().StartsWith(Text.AsSpan(0, start)) && text.AsSpan().EndsWith(Text.AsSpan(end))
            && RuleShape.Untouched(Text, _items[rule]).SequenceEqual(RuleShape.Untouched(text, after._items[rule]), StringComparer.Ordinal);
    }

    // A rule's lines and the comments right above it.
    private (int Start, int End) ChunkOf(int rule)
    {
        var start = TextLines.StartOf(Text, DashOf(rule));
        while (start > 0 && TextLines.StartOf(Text, start - 1) is var above && Text[above..start].TrimStart().StartsWith('#'))
        {
            start = above;
        }

        return (start, TextLines.AfterLine(Text, _items[rule].End));
    }

    private int DashOf(int rule)
    {
        var line = TextLines.StartOf(Text, _items[rule].Start);
        while (line > 0 && !Text[line..].AsSpan().TrimStart().StartsWith("-"))
        {
            line = TextLines.StartOf(Text, line - 1);
        }

        return Text.IndexOf('-', line);
    }

    private int LineOf(int place) => Text.AsSpan(0, place).Count('\n') + 1;

    private static string Indented(string source, string indent, string line) =>
        string.Join(line, source.Split('\n').Select(text => text.Length == 0 ? text : new StringBuilder(indent).Append(text).ToString()));
}
