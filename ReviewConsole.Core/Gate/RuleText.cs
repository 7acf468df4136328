using System.Globalization;

namespace ReviewConsole.Core.Gate;

/// <summary>The rules of a policy's text.</summary>
internal sealed class RuleText : FormText<RuleForm>
{
    private const string Key = "rules";

    private RuleText(string text, YamlPart root)
        : base(text, root, Key)
    {
    }

    protected override string Empty => "[]";

    protected override RuleForm New => RuleForm.New("new-rule");

    /// <summary>Null where the text is not YAML with keys and values, or its <c>rules</c> are no list.</summary>
    public static RuleText? Open(string text) => YamlPart.Read(text) is { Entries: not null } root ? Open(text, root) : null;

    /// <param name="root">The text as it was read.</param>
    public static RuleText? Open(string text, YamlPart root) => root[Key] is null or { Scalar: "" } or { Items: not null } ? new RuleText(text, root) : null;

    public override IReadOnlyList<string> Untouched(int entry) => [.. RuleShape.Untouched(Text, Entries[entry].Value)
        .Select(static part => part[..part.IndexOf(':', StringComparison.Ordinal)]).Where(static name => !name.StartsWith("when.", StringComparison.Ordinal))];

    public override (int Entry, string Path)? Find(PolicyError error)
    {
        var end = error.Path.IndexOf(']', StringComparison.Ordinal);
        return error.Path.StartsWith(Key + "[", StringComparison.Ordinal) && int.Parse(error.Path.AsSpan(Key.Length + 1, end - Key.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture) is var rule
            // What is wrong with a rule as a whole is that its name is taken, or what is no rule.
            ? (rule, error.Path.Length == end + 1 ? "rule" : error.Path[(end + 2)..])
            : null;
    }

    protected override RuleForm? Read(YamlEntry entry) => RuleShape.Read(Text, entry.Value);

    protected override string? Apply(int entry, RuleForm form) => RuleEdit.Apply(Text, entry, form);

    protected override string Write(RuleForm form) => RuleShape.Write(form);

    protected override bool IsWhole(RuleForm form) => form.Match != RuleMatch.Other;

    protected override IEnumerable<string> Hidden(string text, YamlEntry entry) => RuleShape.Untouched(text, entry.Value);

    protected override string NameOf(RuleForm form) => form.Name;

    protected override RuleForm Named(RuleForm form, string name) => form with { Name = name };

    protected override FormText<RuleForm>? Again(string text) => Open(text);
}
