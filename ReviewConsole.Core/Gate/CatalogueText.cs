using YamlDotNet.Core;

namespace ReviewConsole.Core.Gate;

/// <summary>The actions of the catalogue in a policy's text.</summary>
internal sealed class CatalogueText : FormText<ActionForm>
{
    private const string Key = "catalogue";

    private CatalogueText(string text, YamlPart root)
        : base(text, root, Key)
    {
    }

    public override IReadOnlyList<string> Names => [.. Entries.Select(static entry => entry.Key!.Scalar!)];

    protected override string Empty => "{}";

    protected override ActionForm New { get; } = new("new_action", new Dictionary<string, WrittenValue>(StringComparer.Ordinal) { ["kind"] = new("agentDecision") });

    /// <summary>Null where the text is not YAML with keys and values, or its <c>catalogue</c> has none, or has them in another way than <c>name: value</c>.</summary>
    public static CatalogueText? Open(string text) => YamlPart.Read(text) is { Entries: not null } root ? Open(text, root) : null;

    /// <param name="root">The text as it was read.</param>
    public static CatalogueText? Open(string text, YamlPart root) => root[Key] switch
    {
        null or { Scalar: "" } => new CatalogueText(text, root),
        { Entries: { } entries } map when entries.All(entry => IsPlain(text, entry.Key, map.IsFlow)) => new CatalogueText(text, root),
        _ => null,
    };

    /// <summary>The lines of a member of an action, 1-based; null where it is not there.</summary>
    public (int First, int Last)? Lines(int entry, string member) => Entries[entry].Value.Entries?.FirstOrDefault(written => written.Key.Scalar == member) is ({ } key, { } value)
        ? (LineOf(key.Start), LineOf(value.End))
        : null;

    public override IReadOnlyList<string> Untouched(int entry) => [.. Odd(Entries[entry]).Select(static odd => odd.Key.Scalar ?? "?")];

    // A name may have a point in it: the line tells which of two is meant.
    public override (int Entry, string Path)? Find(PolicyError error) => Enumerable.Range(0, Entries.Count)
        .Where(entry => Lines(entry) is var (first, last) && error.Line >= first && error.Line <= last)
        .Select(entry => (Entry: entry, Path: $"{Key}.{Entries[entry].Key!.Scalar}"))
        .Where(found => error.Path == Key || error.Path == found.Path || error.Path.StartsWith(found.Path + ".", StringComparison.Ordinal))
        .Select(found => ((int, string)?)(found.Entry, error.Path.Length > found.Path.Length ? error.Path[(found.Path.Length + 1)..] : "name"))
        .FirstOrDefault();

    protected override ActionForm? Read(YamlEntry entry) => entry.Value.Entries is null && !IsEmpty(entry.Value) ? null : new ActionForm(
        entry.Key!.Scalar!,
        ActionMember.FieldNames.Select(name => (Name: name, Value: RuleShape.Value(entry.Value[name]))).Where(static member => member.Value is not null)
            .ToDictionary(static member => member.Name, static member => member.Value!, StringComparer.Ordinal));

    protected override string? Apply(int entry, ActionForm form)
    {
        var (key, old) = (Entries[entry].Key!, Forms[entry]!);
        var text = old.Name == form.Name ? Text : TextLines.Replace(Text, key.Start, key.End, YamlScalar.Of(form.Name));
        foreach (var member in ActionMember.FieldNames)
        {
            var (before, after) = (old.Members.GetValueOrDefault(member), form.Members.GetValueOrDefault(member));
            if (before != after)
            {
                text = ValueOf(text, entry) is not { } map ? null
                    : before is { IsList: true } && after is { IsList: true } && before.Items.Where(after.Items.Contains).Concat(after.Items.Except(before.Items)).SequenceEqual(after.Items)
                        ? Listed(text!, entry, member, before, after)
                        : YamlEdit.Set(text!, map, member, after is null ? null : RuleShape.Value(after));
            }
        }

        return text;
    }

    protected override string Write(ActionForm form) => form.Members.Count == 0
        ? $"{YamlScalar.Of(form.Name)}: {{}}"
        : string.Join('\n', [$"{YamlScalar.Of(form.Name)}:", .. ActionMember.FieldNames.Where(form.Members.ContainsKey).Select(name => $"  {name}: {RuleShape.Value(form.Members[name])}")]);

    protected override IEnumerable<string> Hidden(string text, YamlEntry entry) => Odd(entry).Select(odd => $"{odd.Key.Scalar}: {text[odd.Value.Start..odd.Value.End]}");

    protected override string NameOf(ActionForm form) => form.Name;

    protected override ActionForm Named(ActionForm form, string name) => form with { Name = name };

    protected override FormText<ActionForm>? Again(string text) => Open(text);

    // Put in before taken out, so that the list is never empty on the way.
    private static string? Listed(string text, int entry, string member, WrittenValue before, WrittenValue after)
    {
        var edited = (string?)text;
        foreach (var item in after.Items.Except(before.Items))
        {
            edited = ValueOf(edited, entry)?[member] is { Items: { } items } list ? YamlEdit.Insert(edited!, list, items.Count, YamlScalar.Of(item)) : null;
        }

        for (var i = before.Items.Count - 1; i >= 0; i--)
        {
            edited = after.Items.Contains(before.Items[i]) ? edited : ValueOf(edited, entry)?[member] is { Items: not null } list ? YamlEdit.Remove(edited!, list, i) : null;
        }

        return edited;
    }

    // A change that a text had no place for may have left something that is not YAML.
    private static YamlPart? ValueOf(string? text, int entry) =>
        text is not null && YamlPart.Read(text)?[Key]?.Entries?.ElementAtOrDefault(entry).Value is { Entries: not null } map ? map : null;

    private static IEnumerable<(YamlPart Key, YamlPart Value)> Odd(YamlEntry entry) =>
        (entry.Value.Entries ?? []).Where(static member => !ActionMember.FieldNames.Contains(member.Key.Scalar) || RuleShape.Value(member.Value) is null);

    private static bool IsEmpty(YamlPart value) => value is { Scalar: "", Style: ScalarStyle.Plain };

    // Line by line a name begins its line; "? name" does not.
    private static bool IsPlain(string text, YamlPart key, bool isFlow) =>
        key.Scalar is not null && (isFlow || string.IsNullOrWhiteSpace(text[TextLines.StartOf(text, key.Start)..key.Start])) && text.AsSpan(key.End).TrimStart() is [':', ..];
}
