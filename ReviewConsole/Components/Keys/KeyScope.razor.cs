using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace ReviewConsole.Components.Keys;

/// <summary>
/// Puts a scope on the browser's stack while it is rendered: <c>&lt;KeyScope Scope="KeyScopes.Queue" OnCommand="Obey" OnRow="Select" /&gt;</c>.
/// A key is offered to the newest scope first.
/// </summary>
public sealed partial class KeyScope
{
    private DotNetObjectReference<KeyScope>? _self;
    private ElementReference _mark;
    private int _id;

    [Parameter, EditorRequired] public KeyScopeMap Scope { get; set; } = default!;

    /// <summary>What the commands are about is on the screen; until then the browser holds the keys.</summary>
    [Parameter] public bool Open { get; set; } = true;

    /// <summary>The query that the list on the screen answers; while the browser's address has another one, the list is not yet here. Null where the page reads none.</summary>
    [Parameter] public string? Query { get; set; }

    [Parameter] public EventCallback<KeyCommand> OnCommand { get; set; }

    /// <summary>
    /// The row that j, k, an arrow or a click came to: the value of its <c>data-row</c>. Told 150 ms after the last move, and with each command the row that was
    /// selected when its key was pressed.
    /// </summary>
    [Parameter] public EventCallback<string> OnRow { get; set; }

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [JSInvokable("OnCommand")]
    public Task Command(string name, string? row) => Enum.TryParse<KeyCommand>(name, out var command)
        ? ObeyAsync(async () =>
        {
            if (row is not null)
            {
                await OnRow.InvokeAsync(row);
            }

            await OnCommand.InvokeAsync(command);
        })
        : Task.CompletedTask;

    [JSInvokable("OnRow")]
    public Task Row(string id) => ObeyAsync(() => OnRow.InvokeAsync(id));

    // A fault would only reach the browser, which knows nothing to do about it: the key would be lost without a word.
    private Task ObeyAsync(Func<Task> work) => InvokeAsync(async () =>
    {
        try
        {
            await work();
        }
        catch (Exception fault)
        {
            await DispatchExceptionAsync(fault);
        }
    });

    protected override async Task AttachAsync(IJSObjectReference module)
    {
        _self = DotNetObjectReference.Create(this);
        _id = await module.InvokeAsync<int>("push", _self, _mark);
    }

    protected override async ValueTask DetachAsync(IJSObjectReference module)
    {
        await module.InvokeVoidAsync("remove", _id);
        _self?.Dispose();
    }

    protected override string Script => "js/keys.js";
}
