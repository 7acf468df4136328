using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using ReviewConsole.Components.Shared;
using ReviewConsole.Core.Gate;

namespace ReviewConsole.Components.Policies;

/// <summary>The rules of the text that is edited, one of them as a form. The text is the only thing that is kept: a form is read from it and written into it.</summary>
public sealed partial class PolicyPage
{
    private readonly SemaphoreSlim _writing = new(1);
    private readonly BenchInput _bench = new();
    private readonly BacktestRun _backtest = new();

    private RuleText? _rules;
    // A field that shows what could not be written is made anew.
    private int _refused;
    private GatePolicy? _typed;

    /// <summary>Which rule of the text the form shows, from 1; without it the first.</summary>
    [SupplyParameterFromQuery(Name = "rule")] public int? RuleNumber { get; set; }

    [Inject] private IStringLocalizer<RuleWords> RuleWord { get; set; } = default!;

    /// <summary>What was typed and is not saved, while this page is open; null where nothing was.</summary>
    private string? Unsaved => _editorOf == Number && _text != _opened ? _text : null;

    private int? Chosen => _rules is { Rules.Count: > 0 and var count } ? Math.Clamp((RuleNumber ?? 1) - 1, 0, count - 1) : null;

    private RuleForm? Form => Chosen is { } chosen ? _rules!.Rules[chosen] : null;

    private List<string> RuleNames => [.. _rules?.Rules.Select(static rule => rule?.Name ?? "") ?? []];

    /// <summary>What is known of the policy: as it is typed, else as it was saved.</summary>
    private GatePolicy Known => _typed ?? _read ?? PolicyReader.Default;

    /// <summary>What this text stands on that it does not say itself; null where it stands on nothing.</summary>
    private static RuleText? Shipped => field ??= RuleText.Open(PolicyReader.Default.Text);

    private List<string> Inherited => _rules is { Extends: "default" } ? [.. Shipped!.Rules.Select(static rule => rule!.Name).Except(RuleNames)] : [];

    private HashSet<int> Faulty => [.. _errors.Where(static error => error.Path.StartsWith("rules[", StringComparison.Ordinal))
        .Select(static error => int.Parse(error.Path.AsSpan(6, error.Path.IndexOf(']', StringComparison.Ordinal) - 6), NumberStyles.None, CultureInfo.InvariantCulture))];

    /// <summary>Reads a text for the list, the form and the errors; one at the limit takes a while, and typing waits for none of it.</summary>
    private async Task ReadTextAsync(string text)
    {
        _text = text;
        var (rules, reading) = await Task.Run(() => (RuleText.Open(text), PolicyReader.Read(text)));
        if (_text == text)
        {
            (_rules, _typed, _errors) = (rules, reading.Policy, reading.Errors);
        }
    }

    private List<(string Path, PolicyError Error)> FaultsOf(int rule)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"rules[{rule}]");
        return [.. _errors.Where(error => error.Path == path || error.Path.StartsWith(path + ".", StringComparison.Ordinal)).Select(error => (error.Path.Length == path.Length ? "" : error.Path[(path.Length + 1)..], error))];
    }

    private Condition? ConditionOf(int rule) => _typed is { } typed && _rules?.Rules[rule] is { } form ? typed.Rules.FirstOrDefault(read => read.Name == form.Name)?.When : null;

    private List<(int Depth, string Text)> WordsOfRule(int rule) => ConditionOf(rule) is { } condition ? [.. RuleSentence.When(T, Gate, condition)] : [];

    private List<IReadOnlyList<(int Depth, string Text)>> WordsOfClauses(int rule) =>
        [.. (ConditionOf(rule) switch { AllCondition all => all.Parts, AnyCondition any => any.Parts, _ => [] }).Select(part => RuleSentence.When(T, Gate, part).ToList())];

    private async Task ChooseAsync(string row)
    {
        if (int.TryParse(row, NumberStyles.None, CultureInfo.InvariantCulture, out var rule) && rule != Chosen)
        {
            Choose(rule);
            if (_editor is { } editor && _rules is { } rules && rule < rules.Rules.Count)
            {
                await editor.ShowAsync(rules.Lines(rule).First);
            }
        }
    }

    private void Choose(int rule)
    {
        RuleNumber = rule + 1;
        Navigation.NavigateTo(PolicyAddress.OfRule(Number, rule + 1), replace: true);
    }

    private string LinesOf(int rule)
    {
        var (first, last) = _rules!.Lines(rule);
        return RuleWord[first == last ? "Form.Line" : "Form.Lines", first, last];
    }

    private Task GoToRuleAsync() => Chosen is { } chosen && _editor is { } editor ? editor.GoAsync(_rules!.Lines(chosen).First, 1) : Task.CompletedTask;

    private Task FormAsync(Func<RuleForm, RuleForm> change) => WriteAsync(rules => Chosen is { } chosen && rules.Rules[chosen] is { } form ? rules.With(chosen, change(form)) : null);

    private Task TakeAsync(string name) => WriteAsync(rules =>
    {
        var shipped = Shipped!;
        return rules.Insert(rules.Rules.Count, shipped.Source(shipped.Rules.Select(static rule => rule!.Name).ToList().IndexOf(name)));
    }, static rules => rules.Rules.Count);

    private Task RuleActAsync(RuleAct act)
    {
        var chosen = Chosen ?? 0;
        return act switch
        {
            RuleAct.Add => WriteAsync(static rules => rules.Insert(rules.Rules.Count, RuleShape.Write(RuleForm.New(rules.Unused("new-rule")))), static rules => rules.Rules.Count),
            RuleAct.Copy => WriteAsync(rules => Copied(rules, chosen), _ => chosen + 1),
            RuleAct.Up => WriteAsync(rules => chosen > 0 ? rules.Swap(chosen - 1) : null, _ => chosen - 1),
            RuleAct.Down => WriteAsync(rules => chosen < rules.Rules.Count - 1 ? rules.Swap(chosen) : null, _ => chosen + 1),
            _ => WriteAsync(rules => rules.Remove(chosen), rules => Math.Max(0, Math.Min(chosen, rules.Rules.Count - 2))),
        };
    }

    private static string? Copied(RuleText rules, int rule)
    {
        var copied = RuleText.Open(rules.Insert(rule + 1, rules.Source(rule)));
        return copied?.Rules[rule + 1] is { } form ? copied.With(rule + 1, form with { Name = rules.Unused(form.Name) }) : null;
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
    /// <param name="choose">Which rule is the chosen one afterwards; null for the same.</param>
    private async Task WriteAsync(Func<RuleText, string?> make, Func<RuleText, int>? choose = null)
    {
        await _writing.WaitAsync();
        try
        {
            if (_editor is not { } editor)
            {
                return;
            }

            await editor.FlushAsync();
            if (RuleText.Open(_text) is not { } rules || make(rules) is not { } text)
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
                var rule = choose(rules);
                Choose(rule);
                if (_rules is { } now && rule < now.Rules.Count)
                {
                    await editor.ShowAsync(now.Lines(rule).First);
                }
            }
        }
        finally
        {
            _writing.Release();
        }
    }
}
