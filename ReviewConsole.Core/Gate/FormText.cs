namespace ReviewConsole.Core.Gate;

/// <summary>Entries of a policy's text, each as a form. Of an entry that is changed stays as it is written what says the same as before, comments too.</summary>
internal abstract class FormText<TForm>(string text, YamlPart root, string key) : EntryText(text, root, key) where TForm : class
{
    /// <summary>In the order of the text; null for one that is no map.</summary>
    public IReadOnlyList<TForm?> Forms => field ??= [.. Entries.Select(Read)];

    public override IReadOnlyList<string> Names => [.. Forms.Select(form => form is null ? "" : NameOf(form))];

    /// <summary>What a new entry says.</summary>
    protected abstract TForm New { get; }

    /// <summary>The text in which the entry says this; the same text where it says it already. Null where that cannot be written without touching what a form does not show.</summary>
    public string? With(int entry, TForm form)
    {
        if (Forms[entry] is not { } old)
        {
            return null;
        }

        if (old.Equals(form))
        {
            return Text;
        }

        if (Apply(entry, form) is { } text && Keeps(entry, form, text))
        {
            return text;
        }

        // It is written in an odd way: anew, where a form shows all of it.
        return IsWhole(form) && !Hidden(Text, Entries[entry]).Any() && Rewritten(entry, Write(form)) is var anew && Keeps(entry, form, anew) ? anew : null;
    }

    public override string Add() => Insert(Entries.Count, Write(Named(New, Unused(NameOf(New)))));

    public override string? Copy(int entry)
    {
        var copied = Again(Insert(entry + 1, Source(entry)));
        return copied?.Forms[entry + 1] is { } form ? copied.With(entry + 1, Named(form, Unused(NameOf(form)))) : null;
    }

    /// <summary>Null for what is no map.</summary>
    protected abstract TForm? Read(YamlEntry entry);

    /// <summary>Puts a form into the text of its entry, one small change after the other; null where the text has no place for it. Whether all of it came out as asked is looked at here.</summary>
    protected abstract string? Apply(int entry, TForm form);

    /// <summary>An entry as lines of its own.</summary>
    protected abstract string Write(TForm form);

    /// <summary>Whether the form is all that the entry says.</summary>
    protected virtual bool IsWhole(TForm form) => true;

    /// <summary>What a form does not show, as it is written: it has to be the same after a change.</summary>
    protected abstract IEnumerable<string> Hidden(string text, YamlEntry entry);

    protected abstract string NameOf(TForm form);

    protected abstract TForm Named(TForm form, string name);

    /// <summary>Another text in the same way; null where it cannot be read.</summary>
    protected abstract FormText<TForm>? Again(string text);

    // What it comes to is looked at as a whole: the entry says what was asked, and nothing else has moved.
    private bool Keeps(int entry, TForm form, string text) =>
        Again(text) is { } after && after.Entries.Count == Entries.Count && form.Equals(after.Forms[entry]) && KeepsAround(entry, text)
        && Hidden(Text, Entries[entry]).SequenceEqual(Hidden(text, after.Entries[entry]), StringComparer.Ordinal);
}
