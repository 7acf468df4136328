using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace ReviewConsole.Components.Shared;

/// <summary>Measures how long the pieces of evidence inside it (elements with <c>data-evidence</c>) were in view: wwwroot-assets/js/seen.js.</summary>
public sealed partial class SeenMeter
{
    private ElementReference _root;
    private DotNetObjectReference<SeenMeter>? _self;
    private int _handle;

    [Parameter, EditorRequired] public RenderFragment ChildContent { get; set; } = default!;

    [Parameter] public string? Class { get; set; }

    /// <summary>Further attributes of the element.</summary>
    [Parameter(CaptureUnmatchedValues = true)] public IReadOnlyDictionary<string, object>? More { get; set; }

    [Parameter] public EventCallback<IReadOnlyList<SeenReport>> OnSeen { get; set; }

    /// <summary>The page came before somebody's eyes, visible and focused, or is there no longer.</summary>
    [Parameter] public EventCallback<bool> OnAttention { get; set; }

    protected override string Script => "js/seen.js";

    [JSInvokable("OnSeen")]
    public Task Hear(SeenReport[] reports) => InvokeAsync(() => OnSeen.InvokeAsync(reports));

    [JSInvokable("OnAttention")]
    public Task HearAttention(bool attentive) => InvokeAsync(() => OnAttention.InvokeAsync(attentive));

    /// <summary>Completes when all that was seen so far was handed to <see cref="OnSeen"/>: before a decision.</summary>
    public async Task FlushAsync()
    {
        if (Module is { } module)
        {
            await module.InvokeVoidAsync("flush", _handle);
        }
    }

    protected override async Task AttachAsync(IJSObjectReference module)
    {
        _self = DotNetObjectReference.Create(this);
        _handle = await module.InvokeAsync<int>("watch", _root, _self);
    }

    protected override async ValueTask DetachAsync(IJSObjectReference module)
    {
        await module.InvokeVoidAsync("stop", _handle);
        _self?.Dispose();
    }
}
