using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace ReviewConsole.Components.Shared;

/// <summary>
/// A text area that the browser owns (wwwroot-assets/js/editor.js): 300 ms of quiet for <see cref="OnLive"/>, at most 1 s for <see cref="OnDraft"/>,
/// at most 256 KB; a longer text is not edited here. <see cref="Value"/> fills it once; afterwards only <see cref="SetAsync"/> changes it.
/// </summary>
public sealed partial class TextEditor
{
    /// <summary>Bytes of UTF-8.</summary>
    public const int Limit = 256 * 1024;

    // A command may come sooner than the browser's half.
    private readonly TaskCompletionSource<IJSObjectReference?> _attached = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ElementReference _area;
    private DotNetObjectReference<TextEditor>? _self;
    private string? _initial;
    private int _handle;
    private bool _isTooLong;
    private string? _kept;

    [Parameter, EditorRequired] public string Id { get; set; } = "";

    /// <summary>Where unsent text waits in the browser: name the review, the revision and the part.</summary>
    [Parameter, EditorRequired] public string Key { get; set; } = "";

    [Parameter, EditorRequired] public string Label { get; set; } = "";

    [Parameter] public string? Hint { get; set; }

    [Parameter] public string Value { get; set; } = "";

    [Parameter] public int Rows { get; set; } = 3;

    /// <summary>Characters, where there may be fewer than <see cref="Limit"/> allows.</summary>
    [Parameter] public int? MaxLength { get; set; }

    [Parameter] public bool Mono { get; set; }

    [Parameter] public bool Invalid { get; set; }

    [Parameter] public bool Disabled { get; set; }

    /// <summary>Only a command keeps it: until <see cref="KeptAsync"/> the text waits in the browser, however often it was heard.</summary>
    [Parameter] public bool Held { get; set; }

    /// <summary>Ids of the elements that describe it.</summary>
    [Parameter] public string? Describe { get; set; }

    [Parameter] public EventCallback<EditorText> OnLive { get; set; }

    /// <summary>Save it. An exception leaves the text marked as not yet on the server.</summary>
    [Parameter] public EventCallback<EditorText> OnDraft { get; set; }

    protected override string Script => "js/editor.js";

    private string Unit => MaxLength is null ? "" : "Characters";

    // The first value stays in the markup: a render must not touch what is being typed.
    protected override void OnInitialized() => (_initial, _isTooLong) = (Value, Encoding.UTF8.GetByteCount(Value) > Limit);

    [JSInvokable("OnText")]
    public async Task<bool> Hear(string kind, int version, IJSStreamReference stream)
    {
        await using var bytes = await stream.OpenReadStreamAsync(Limit);
        using var reader = new StreamReader(bytes, Encoding.UTF8);
        var text = new EditorText(await reader.ReadToEndAsync(), version);
        await InvokeAsync(async () =>
        {
            await OnLive.InvokeAsync(text);
            if (string.Equals(kind, "draft", StringComparison.Ordinal))
            {
                await OnDraft.InvokeAsync(text);
            }
        });
        return !Held || text.Text == _kept;
    }

    /// <summary>Replaces the text, for undo or a restored draft; nothing is reported back.</summary>
    public async Task SetAsync(string text)
    {
        if (Module is { } module)
        {
            await module.InvokeVoidAsync("set", _handle, text);
        }
    }

    /// <summary>Completes when everything typed so far was handed to <see cref="OnDraft"/>: before a decision.</summary>
    public async Task FlushAsync()
    {
        if (await _attached.Task is { } module)
        {
            await module.InvokeVoidAsync("flush", _handle);
        }
    }

    /// <summary>This text is kept now; what was typed since waits on.</summary>
    /// <param name="key">Where it waits from now on: what it differs from is another text.</param>
    public async Task KeptAsync(string text, string key)
    {
        _kept = text;
        await FlushAsync();
        if (Module is { } module)
        {
            await module.InvokeVoidAsync("rekey", _handle, key);
        }
    }

    /// <summary>Changes the text where the two differ, as if it had been typed: the caret stays where it is. False where another text stands there by now.</summary>
    /// <param name="before">What stands there.</param>
    public async Task<bool> PutAsync(string before, string after)
    {
        var most = Math.Min(before.Length, after.Length);
        var start = before.AsSpan().CommonPrefixLength(after);
        var end = 0;
        while (end < most - start && before[^(end + 1)] == after[^(end + 1)])
        {
            end++;
        }

        return Module is { } module && await module.InvokeAsync<bool>("put", _handle, before.Length, before[start..^end], start, after[start..^end]);
    }

    /// <summary>Brings a line into view, 1-based, wherever the focus is.</summary>
    public async Task ShowAsync(int line)
    {
        if (Module is { } module)
        {
            await module.InvokeVoidAsync("show", _handle, line);
        }
    }

    /// <summary>Puts the focus into another field beside the text.</summary>
    public async Task FocusAsync(string id)
    {
        if (Module is { } module)
        {
            await module.InvokeVoidAsync("focus", id);
        }
    }

    /// <summary>Puts the caret at a place, both 1-based, and the line in view.</summary>
    public async Task GoAsync(int line, int column)
    {
        if (Module is { } module)
        {
            await module.InvokeVoidAsync("go", _handle, line, column);
        }
    }

    protected override async Task AttachAsync(IJSObjectReference module)
    {
        if (_isTooLong)
        {
            _attached.TrySetResult(null);
            return;
        }
        _self = DotNetObjectReference.Create(this);
        _handle = await module.InvokeAsync<int>("attach", _area, _self, new { key = Key, live = 300, draft = 1000, limit = Limit, most = MaxLength });
        _attached.TrySetResult(module);
    }

    public override ValueTask DisposeAsync()
    {
        _attached.TrySetResult(null);
        return base.DisposeAsync();
    }

    protected override async ValueTask DetachAsync(IJSObjectReference module)
    {
        await module.InvokeVoidAsync("detach", _handle);
        _self?.Dispose();
    }
}
