using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using ReviewConsole.Components.Shared;
using ReviewConsole.Core.Gate;

namespace ReviewConsole.Components.Policies;

/// <summary>Rules and actions of the text that is edited, one of them as a form. The text is the only thing that is kept: a form is read from it and written into it.</summary>
public sealed partial class PolicyPage
{
    private readonly SemaphoreSlim _writing = new(1);
    private readonly BenchInput _bench = new();
    private readonly BacktestRun _backtest = new();
    private readonly EditedEntries _rules = new(RuleText.Open);
    private readonly EditedEntries _actions = new(CatalogueText.Open);

    // A field that shows what could not be written is made anew.
    private int _refused;
    private PolicyPart _part;
    private GatePolicy? _typed;

    /// <summary>Which rule of the text the form shows, from 1; without it the one before, at first the first.</summary>
    [SupplyParameterFromQuery(Name = "rule")] public int? RuleNumber { get; set; }

    /// <summary>Which action the form shows, from 1; without it the form is that of a rule.</summary>
    [SupplyParameterFromQuery(Name = "action")] public int? ActionNumber { get; set; }

    [Inject] private IStringLocalizer<RuleWords> RuleWord { get; set; } = default!;

    /// <summary>What was typed and is not saved, while this page is open; null where nothing was.</summary>
    private string? Unsaved => _editorOf == Number && _text != _opened ? _text : null;

    private PolicyPart Part => ActionNumber is null ? PolicyPart.Rules : PolicyPart.Actions;

    private EditedEntries Edited => Of(Part);

    /// <summary>What is known of the policy: as it is typed, else as it was saved.</summary>
    private GatePolicy Known => _typed ?? _read ?? PolicyReader.Default;

    private string FormKey => string.Create(CultureInfo.InvariantCulture, $"{_editorKey} {Part} {Edited.Chosen} {_refused}");

    private IReadOnlyList<string> Untouched => Edited is { Text: { } entries, Chosen: { } chosen } ? entries.Untouched(chosen) : [];

    /// <summary>Kinds of reviews that the policy knows.</summary>
    private IEnumerable<string> Kinds => Known.Catalogue.Values.Select(static action => action.Kind).OfType<string>().Concat(Known.QueueList.SelectMany(static queue => queue.Kinds))
        .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    /// <summary>Reason codes to choose from, by decision.</summary>
    private Dictionary<string, IReadOnlyList<(string Code, string Label)>> Codes => Known.ReasonCodes.ToDictionary(
        static reasons => reasons.Key, static reasons => (IReadOnlyList<(string, string)>)[.. reasons.Value.Select(static reason => (reason.Code, reason.Label))], StringComparer.Ordinal);

    private EditedEntries Of(PolicyPart part) => part == PolicyPart.Actions ? _actions : _rules;

    /// <summary>Reads a text for the lists, the forms and the errors; one at the limit takes a while, and typing waits for none of it.</summary>
    private async Task ReadTextAsync(string text)
    {
        _text = text;
        var (rules, actions, reading) = await Task.Run(() => (_rules.Open(text), _actions.Open(text), PolicyReader.Read(text)));
        if (_text == text)
        {
            (_rules.Text, _actions.Text, _typed, _errors) = (rules, actions, reading.Policy, reading.Errors);
        }
    }

    private Condition? Condition => _rules.Form<RuleForm>() is { } form ? _typed?.Rules.FirstOrDefault(read => read.Name == form.Name)?.When : null;

    private List<(int Depth, string Text)> WordsOfRule => Condition is { } condition ? [.. RuleSentence.When(T, Gate, condition)] : [];

    private List<IReadOnlyList<(int Depth, string Text)>> WordsOfClauses =>
        [.. (Condition switch { AllCondition all => all.Parts, AnyCondition any => any.Parts, _ => [] }).Select(part => RuleSentence.When(T, Gate, part).ToList())];

    private async Task ChooseAsync(string row)
    {
        if (int.TryParse(row, NumberStyles.None, CultureInfo.InvariantCulture, out var entry) && entry != Edited.Chosen)
        {
            Choose(Part, entry);
            if (_editor is { } editor && Edited.Text is { } entries && entry < entries.Names.Count)
            {
                await editor.ShowAsync(entries.Lines(entry).First);
            }
        }
    }

    // Whoever changes to the other list sees its text beside it.
    private async Task ShowPartAsync()
    {
        var changed = _part != Part;
        _part = Part;
        if (changed && _show == PolicyAddress.Edit && _editor is { } editor && Edited is { Text: { } entries, Chosen: { } chosen })
        {
            await editor.ShowAsync(entries.Lines(chosen).First);
        }
    }

    private void Choose(PolicyPart part, int entry)
    {
        Of(part).Choose(entry + 1);
        Navigation.NavigateTo(PolicyAddress.OfEntry(Number, part, entry + 1), replace: true);
    }

    private string? SchemaLines => _actions is { Text: CatalogueText text, Chosen: { } chosen } && text.Lines(chosen, ActionMember.Arguments) is { } lines ? InWords(lines) : null;

    private string LinesOf(int entry) => InWords(Edited.Text!.Lines(entry));

    private string InWords((int First, int Last) lines) => RuleWord[lines.First == lines.Last ? "Form.Line" : "Form.Lines", lines.First, lines.Last];

    private Task GoToEntryAsync() => Edited is { Text: { } entries, Chosen: { } chosen } && _editor is { } editor ? editor.GoAsync(entries.Lines(chosen).First, 1) : Task.CompletedTask;

    private Task FormAsync<TForm>(PolicyPart part, Func<TForm, TForm> change) where TForm : class => WriteAsync(
        part, entries => entries is FormText<TForm> forms && Of(part).Chosen is { } chosen && forms.Forms.ElementAtOrDefault(chosen) is { } form ? forms.With(chosen, change(form)) : null);

    private Task TakeAsync(string name)
    {
        var source = Edited.SourceOf(name);
        return WriteAsync(Part, entries => entries.Insert(entries.Names.Count, source), static entries => entries.Names.Count);
    }

    private Task EntryActAsync(EntryAct act)
    {
        var chosen = Edited.Chosen ?? 0;
        return act switch
        {
            EntryAct.Add => WriteAsync(Part, static entries => entries.Add(), static entries => entries.Names.Count),
            EntryAct.Copy => WriteAsync(Part, entries => entries.Copy(chosen), _ => chosen + 1),
            EntryAct.Up => WriteAsync(Part, entries => chosen > 0 ? entries.Swap(chosen - 1) : null, _ => chosen - 1),
            EntryAct.Down => WriteAsync(Part, entries => chosen < entries.Names.Count - 1 ? entries.Swap(chosen) : null, _ => chosen + 1),
            _ => WriteAsync(Part, entries => entries.Remove(chosen), entries => Math.Max(0, Math.Min(chosen, entries.Names.Count - 2))),
        };
    }

    /// <summary>The text with all that was entered, also in the field that somebody is still in.</summary>
    private async Task<string> StandingAsync(TextEditor editor)
    {
        await _writing.WaitAsync();
        try
        {
            await editor.FlushAsync();
            return _text;
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Puts what a form or an act makes of the text into the editor, one after the other, each over what stands there by then.</summary>
    /// <param name="choose">Which entry is the chosen one afterwards; null for the same.</param>
    private async Task WriteAsync(PolicyPart part, Func<EntryText, string?> make, Func<EntryText, int>? choose = null)
    {
        await _writing.WaitAsync();
        try
        {
            if (_editor is not { } editor)
            {
                return;
            }

            await editor.FlushAsync();
            // Nothing is put there that could not be read again.
            if (Of(part).Open(_text) is not { } entries || make(entries) is not { } text || Of(part).Open(text) is null)
            {
                _refused++;
                Say(new Notice(RuleWord["Refused.Title"], RuleWord["Refused.Text"]));
                return;
            }

            if (!await editor.PutAsync(_text, text))
            {
                _refused++;
                Say(new Notice(RuleWord["Moved.Title"], RuleWord["Moved.Text"]));
                return;
            }

            await ReadTextAsync(text);
            if (choose is not null)
            {
                var entry = choose(entries);
                Choose(part, entry);
                if (Of(part).Text is { } now && entry < now.Names.Count)
                {
                    await editor.ShowAsync(now.Lines(entry).First);
                }
            }
        }
        finally
        {
            _writing.Release();
        }
    }
}
