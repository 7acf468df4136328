using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace ReviewConsole.Components.Shared;

/// <summary>
/// A component with one browser module: imported after the first render (never while prerendering), let go with the component. A circuit that is
/// already gone has no browser to clean up, so its refusals on the way out are expected.
/// </summary>
public abstract class ScriptedComponent : ComponentBase, IAsyncDisposable
{
    private IJSObjectReference? _module;
    private bool _gone;

    [Inject] private IJSRuntime Browser { get; set; } = default!;

    /// <summary>Path below the site's root, as <c>@Assets</c> knows it: <c>js/keys.js</c>.</summary>
    protected abstract string Script { get; }

    /// <summary>The module once it is attached.</summary>
    protected IJSObjectReference? Module => _module;

    protected abstract Task AttachAsync(IJSObjectReference module);

    protected abstract ValueTask DetachAsync(IJSObjectReference module);

    protected sealed override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }
        try
        {
            var module = await Browser.InvokeAsync<IJSObjectReference>("import", "./" + Assets[Script]);
            if (_gone)
            {
                await module.DisposeAsync();
                return;
            }
            await AttachAsync(module);
            _module = module;
            if (_gone)
            {
                await LetGo(module);
            }
        }
        catch (JSDisconnectedException)
        {
            // The page was closed while it was being set up.
        }
        catch (TaskCanceledException)
        {
            // Likewise, the call had already left.
        }
    }

    public virtual async ValueTask DisposeAsync()
    {
        _gone = true;
        if (_module is { } module)
        {
            _module = null;
            await LetGo(module);
        }
        GC.SuppressFinalize(this);
    }

    private async ValueTask LetGo(IJSObjectReference module)
    {
        try
        {
            await DetachAsync(module);
            await module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // Nothing is left to detach from.
        }
        catch (TaskCanceledException)
        {
            // Likewise.
        }
    }
}
