using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using ReviewConsole.Components.Shared;

namespace ReviewConsole.Components.Keys;

/// <summary>
/// Puts a scope on the browser's stack while it is rendered: <c>&lt;KeyScope Name="KeyScopes.Queue" OnCommand="Obey" OnRow="Select" /&gt;</c>.
/// A key is offered to the newest scope first. Renders nothing.
/// </summary>
public sealed class KeyScope : ScriptedComponent
{
    private DotNetObjectReference<KeyScope>? _self;
    private int _id;

    [Parameter, EditorRequired] public KeyScopeMap Scope { get; set; } = default!;

    [Parameter] public EventCallback<KeyCommand> OnCommand { get; set; }

    /// <summary>The row that j, k, an arrow or a click came to, 150 ms after the last move: the value of its <c>data-row</c>.</summary>
    [Parameter] public EventCallback<string> OnRow { get; set; }

    [JSInvokable("OnCommand")]
    public Task Command(string name) =>
        Enum.TryParse<KeyCommand>(name, out var command) ? InvokeAsync(() => OnCommand.InvokeAsync(command)) : Task.CompletedTask;

    [JSInvokable("OnRow")]
    public Task Row(string id) => InvokeAsync(() => OnRow.InvokeAsync(id));

    protected override async Task AttachAsync(IJSObjectReference module)
    {
        _self = DotNetObjectReference.Create(this);
        _id = await module.InvokeAsync<int>("push", _self, new
        {
            name = Scope.Name,
            modal = Scope.Modal,
            bindings = Scope.Bindings.Select(binding => new { command = binding.Command.ToString(), keys = binding.Keys, local = binding.Local }),
        });
    }

    protected override async ValueTask DetachAsync(IJSObjectReference module)
    {
        await module.InvokeVoidAsync("remove", _id);
        _self?.Dispose();
    }

    protected override string Script => "js/keys.js";
}
