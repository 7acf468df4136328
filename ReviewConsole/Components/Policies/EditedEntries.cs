using ReviewConsole.Core.Gate;

namespace ReviewConsole.Components.Policies;

/// <summary>The rules, or the actions, of the text that is edited: what stands there now, and which of them the form shows.</summary>
internal sealed class EditedEntries(Func<string, EntryText?> open)
{
    private int _number = 1;

    /// <summary>Null where the text cannot be read.</summary>
    public EntryText? Text { get; set; }

    public IReadOnlyList<string> Names => Text?.Names ?? [];

    public int? Chosen => Names.Count > 0 ? Math.Clamp(_number, 1, Names.Count) - 1 : null;

    /// <summary>Those of the policy that it extends which it has none of its own for.</summary>
    public IReadOnlyList<string> Inherited => Text is { Extends: "default" } ? [.. Shipped.Names.Except(Names)] : [];

    // What a text may stand on.
    private EntryText Shipped => field ??= open(PolicyReader.Default.Text)!;

    public EntryText? Open(string text) => open(text);

    /// <param name="number">From 1; null for the same as before.</param>
    public void Choose(int? number) => _number = number ?? _number;

    public string SourceOf(string inherited) => Shipped.Source(Shipped.Names.ToList().IndexOf(inherited));

    public TForm? Form<TForm>() where TForm : class => Text is FormText<TForm> text && Chosen is { } chosen ? text.Forms[chosen] : null;

    public HashSet<int> Faulty(IEnumerable<PolicyError> errors) => [.. errors.Select(error => Text?.Find(error)?.Entry).OfType<int>()];

    /// <summary>What is wrong with the chosen one, by its path below it.</summary>
    public List<(string Path, PolicyError Error)> Faults(IEnumerable<PolicyError> errors) =>
        [.. errors.Select(error => (Found: Text?.Find(error), Error: error)).Where(fault => fault.Found is { } found && found.Entry == Chosen).Select(static fault => (fault.Found!.Value.Path, fault.Error))];
}
