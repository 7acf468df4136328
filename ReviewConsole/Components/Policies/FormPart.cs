using Microsoft.AspNetCore.Components;
using ReviewConsole.Core.Gate;

namespace ReviewConsole.Components.Policies;

/// <summary>An entry of a policy's text as a form. What is entered is written into the lines of the entry at once; what is written there is shown.</summary>
public abstract class FormPart<TForm> : ComponentBase where TForm : class
{
    private Func<TForm, TForm>? _entered;
    private int _writing;

    [Parameter, EditorRequired] public TForm Form { get; set; } = default!;

    /// <summary>What is wrong with the entry, by its path below it: <c>then.risk</c>.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<(string Path, PolicyError Error)> Faults { get; set; } = [];

    /// <summary>Names of what stands in the entry and is not shown.</summary>
    [Parameter] public IReadOnlyList<string> Untouched { get; set; } = [];

    /// <summary>What was entered, as a change of what stands there by then.</summary>
    [Parameter] public EventCallback<Func<TForm, TForm>> OnChange { get; set; }

    [Parameter] public EventCallback<PolicyError> OnGo { get; set; }

    /// <summary>With what was just entered, until the text has it: a field that somebody types in is not filled with what stood there before.</summary>
    protected TForm Shown { get; private set; } = default!;

    protected List<PolicyError> Of(string path) => [.. Faults.Where(fault => fault.Path == path).Select(static fault => fault.Error)];

    protected string? Invalid(string path) => Of(path).Count > 0 ? "true" : null;

    protected string? Describe(string path) => Of(path).Count > 0 ? "fault-" + path : null;

    protected string Enter(string text, Func<TForm, TForm> change)
    {
        _entered = change;
        return text;
    }

    protected Task TellAsync() => _entered is { } change ? ChangeAsync(change) : Task.CompletedTask;

    protected override void OnParametersSet() => Shown = _writing == 0 ? Form : Shown;

    protected async Task ChangeAsync(Func<TForm, TForm> change)
    {
        Shown = change(Shown);
        _writing++;
        try
        {
            await OnChange.InvokeAsync(change);
        }
        finally
        {
            _writing--;
        }

        Shown = _writing == 0 ? Form : Shown;
    }
}
