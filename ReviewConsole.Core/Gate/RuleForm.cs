namespace ReviewConsole.Core.Gate;

/// <summary>How the conditions of a rule are joined, where they are a flat list.</summary>
public enum RuleMatch
{
    All,
    Any,

    /// <summary>Not a flat list: read in words, changed in the text.</summary>
    Other,
}

/// <summary>
/// A rule as it is written, for a form: nothing in it is judged yet, so that what is wrong can be shown where it stands and be mended. It holds all that a form can change; two of them are
/// equal when they say the same.
/// </summary>
/// <param name="Clauses">None where <paramref name="Match"/> is <see cref="RuleMatch.Other"/>.</param>
/// <param name="Effects">By name, those of <see cref="RuleEffect.All"/> that are there.</param>
/// <param name="Reason">Empty for none.</param>
public sealed record RuleForm(string Name, RuleMatch Match, IReadOnlyList<RuleClause> Clauses, IReadOnlyDictionary<string, WrittenValue> Effects, string Reason)
{
    /// <summary>A rule to begin with: it asks a person about one kind.</summary>
    public static RuleForm New(string name) => new(
        name, RuleMatch.All, [new RuleClause("kind", "equals", new WrittenValue("refund"))],
        new Dictionary<string, WrittenValue>(StringComparer.Ordinal) { ["verdict"] = new("review"), ["risk"] = new("medium") }, "");

    /// <summary>The effect with this text, or without it where there is none.</summary>
    public RuleForm With(string effect, string text) => With(effect, text.Length > 0 ? new WrittenValue(text) : null);

    /// <summary>The effect with these words, or without it where there are none.</summary>
    public RuleForm With(string effect, IReadOnlyList<string> words) => With(effect, words.Count > 0 ? new WrittenValue(words, IsList: true) : null);

    /// <summary>The list of an effect with one word more, or less.</summary>
    public RuleForm With(string effect, string word, bool isThere) => With(effect, [.. Words(effect).Where(other => other != word), .. isThere ? [word] : Array.Empty<string>()]);

    /// <summary>The words of an effect that is a list.</summary>
    public IReadOnlyList<string> Words(string effect) => Effects.TryGetValue(effect, out var there) ? there.Items : [];

    public RuleForm With(int clause, RuleClause changed) => this with { Clauses = [.. Clauses.Select((old, i) => i == clause ? changed : old)] };

    private RuleForm With(string effect, WrittenValue? value)
    {
        var effects = Effects.Where(written => written.Key != effect).ToDictionary(StringComparer.Ordinal);
        if (value is not null)
        {
            effects.Add(effect, value);
        }

        return this with { Effects = effects };
    }

    public bool Equals(RuleForm? other) => other is not null && Name == other.Name && Match == other.Match && Reason == other.Reason && Clauses.SequenceEqual(other.Clauses)
        && Effects.Count == other.Effects.Count && Effects.All(effect => other.Effects.TryGetValue(effect.Key, out var value) && value == effect.Value);

    public override int GetHashCode() => HashCode.Combine(Name, Match, Clauses.Count, Effects.Count, Reason);
}

/// <summary>One condition of a flat list: a field, an operator and what it is compared with.</summary>
/// <param name="AsText">What looks like a number, or like true or false, stands in quotes: where the arguments decide, it is a text then.</param>
/// <param name="Written">Set for what a form cannot show (a list in a list, <c>not</c>, something malformed): its text as it stands. It can only be taken out.</param>
public sealed record RuleClause(string Field, string Op, WrittenValue Value, bool AsText = false, string? Written = null);

/// <summary>One scalar, or a list of them, as it is written.</summary>
public sealed record WrittenValue(IReadOnlyList<string> Items, bool IsList)
{
    public WrittenValue(string text)
        : this([text], false)
    {
    }

    public string Text => string.Join(", ", Items);

    public bool Equals(WrittenValue? other) => other is not null && IsList == other.IsList && Items.SequenceEqual(other.Items, StringComparer.Ordinal);

    public override int GetHashCode() => HashCode.Combine(IsList, Items.Count, Items.Count > 0 ? Items[0] : "");
}
