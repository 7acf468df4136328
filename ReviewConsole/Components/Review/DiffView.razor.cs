using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using ReviewConsole.Rendering;

namespace ReviewConsole.Components.Review;

/// <summary>
/// A comparison of two texts. Made once for each pair of texts, off the circuit's thread, and given up when other texts come or the page is left. Only blocks that
/// somebody has come near are drawn and sent; they stay, so that scrolling back waits for nothing.
/// </summary>
public sealed partial class DiffView
{
    // What opens at once: a screenful and some more.
    private const int FirstLines = 60;

    // Longer texts are compared once somebody can look at them, not a first time while the page is prerendered.
    private const int ShortTexts = 20_000;

    private readonly CancellationTokenSource _gone = new();
    private readonly HashSet<int> _open = [];
    private readonly Dictionary<DiffBlock, SafeMarkup> _drawn = [];
    private DiffTexts? _compared;
    private CancellationTokenSource? _running;
    private DraftDiff? _diff;
    private DiffLayout _layout = null!;
    private DiffMode _mode;
    private (int From, int To) _near = (0, FirstLines);
    private ElementReference _root;
    private DotNetObjectReference<DiffView>? _self;
    private int _handle;

    [Parameter, EditorRequired] public DiffTexts Texts { get; set; } = default!;

    [Parameter, EditorRequired] public string BeforeTitle { get; set; } = "";

    [Parameter, EditorRequired] public string AfterTitle { get; set; } = "";

    /// <summary>What is compared, for who does not see it.</summary>
    [Parameter, EditorRequired] public string Label { get; set; } = "";

    /// <summary>In line at first, where there is little room beside each other.</summary>
    [Parameter] public bool Narrow { get; set; }

    /// <summary>Configuration or code: letters of one width.</summary>
    [Parameter] public bool Code { get; set; }

    [Inject] private RenderWords Render { get; set; } = default!;

    protected override string Script => "js/diff.js";

    /// <summary>Somebody has come near these estimated lines.</summary>
    [JSInvokable("OnNear")]
    public Task NearAsync(int from, int to) => InvokeAsync(() =>
    {
        if (_diff is not null)
        {
            _near = (from, to);
            Draw();
            StateHasChanged();
        }
    });

    /// <summary>Somebody goes to this change, 1-based.</summary>
    [JSInvokable("OnChange")]
    public Task ChangeAsync(int number) => InvokeAsync(() =>
    {
        if (_diff is { } diff && number > 0 && number <= diff.Changes)
        {
            var line = _layout.LinesBefore(_layout.BlockOf(diff.Starts[number - 1]));
            _near = (line - (FirstLines / 2), line + (FirstLines / 2));
            Draw();
            StateHasChanged();
        }
    });

    // Against nothing there is nothing to compare: the text itself is what one wants to read.
    protected override void OnInitialized() => _mode = Texts.Before.Length == 0 ? DiffMode.Final : Narrow ? DiffMode.InLine : DiffMode.SideBySide;

    protected override async Task OnParametersSetAsync()
    {
        if (_compared != Texts && (Texts.Length < ShortTexts || _self is not null))
        {
            await CompareAsync();
        }
    }

    protected override async Task AttachAsync(IJSObjectReference module)
    {
        _self = DotNetObjectReference.Create(this);
        _handle = await module.InvokeAsync<int>("attach", _gone.Token, _root, _self);
        if (_compared != Texts)
        {
            await CompareAsync();
            StateHasChanged();
        }
    }

    protected override async ValueTask DetachAsync(IJSObjectReference module)
    {
        await module.InvokeVoidAsync("detach", CancellationToken.None, _handle);
        _self?.Dispose();
    }

    public override async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync();
        _gone.Dispose();
        await base.DisposeAsync();
    }

    private async Task CompareAsync()
    {
        var texts = _compared = Texts;
        if (_running is not null)
        {
            await _running.CancelAsync();
        }
        using var running = CancellationTokenSource.CreateLinkedTokenSource(_gone.Token);
        _running = running;
        try
        {
            // Short texts are compared at once: no flicker of "comparing" while somebody types.
            var diff = texts.Length < ShortTexts
                ? DraftDiff.Between(texts.Before, texts.After, running.Token)
                : await Task.Run(() => DraftDiff.Between(texts.Before, texts.After, running.Token), running.Token);
            if (_running == running)
            {
                _diff = diff;
                _open.Clear();
                LayOut();
            }
        }
        catch (OperationCanceledException)
        {
            // Other texts have come, or the page was left.
        }
        finally
        {
            _running = _running == running ? null : _running;
        }
    }

    private void Choose(DiffMode mode)
    {
        if (_mode != mode)
        {
            (_mode, _near) = (mode, (0, FirstLines));
            LayOut();
        }
    }

    // A fold opens in place; what was drawn around it stays.
    private void Toggle(int fold)
    {
        if (!_open.Remove(fold))
        {
            _open.Add(fold);
        }
        var drawn = _drawn.ToList();
        LayOut();
        var line = _layout.LinesBefore(_layout.Blocks.ToList().FindIndex(block => block.IsFold && block.From == fold));
        _near = (line, line + FirstLines);
        foreach (var (block, markup) in drawn)
        {
            _drawn.TryAdd(block, markup);
        }
        Draw();
    }

    private void LayOut()
    {
        _drawn.Clear();
        if (_diff is { } diff)
        {
            _layout = new DiffLayout(diff, _mode, _open);
            Draw(0, FirstLines);
            Draw();
        }
    }

    private void Draw() => Draw(_near.From, _near.To);

    private void Draw(int fromLine, int toLine)
    {
        if (_layout.Blocks.Count == 0)
        {
            return;
        }
        var last = _layout.BlockAt(toLine);
        for (var at = _layout.BlockAt(fromLine); at <= last; at++)
        {
            var block = _layout.Blocks[at];
            if (!_drawn.ContainsKey(block))
            {
                _drawn[block] = block.IsFold ? default : DiffMarkup.Of(_diff!, block.From, block.To, _mode, Render);
            }
        }
    }

    // Blocks one by one where they are drawn; what is not, in one gap.
    private IEnumerable<(int First, int Count, bool Gap)> Stretches()
    {
        var blocks = _layout.Blocks;
        for (int at = 0, end; at < blocks.Count; at = end)
        {
            end = at + 1;
            var gap = !_drawn.ContainsKey(blocks[at]);
            while (gap && end < blocks.Count && !_drawn.ContainsKey(blocks[end]))
            {
                end++;
            }
            yield return (at, end - at, gap);
        }
    }

    private string Words(DraftDiff diff, DiffBlock fold)
    {
        var rows = diff.Rows.Skip(fold.From).Take(fold.To - fold.From);
        // In one very long line it is not lines that are the same.
        return rows.Any(row => row.Continues)
            ? T["Diff.SameCharacters", rows.Sum(row => row.Length).ToString("N0", CultureInfo.CurrentCulture)]
            : T["Diff.SameLines", (fold.To - fold.From).ToString("N0", CultureInfo.CurrentCulture)];
    }

    // As wide as the longest line number needs.
    private string Digits => string.Create(CultureInfo.InvariantCulture, $"--rc-digits: {Math.Max(3, _diff!.Rows.Count.ToString(CultureInfo.InvariantCulture).Length)}");

    // A line of text is 1.75 rem high, with its padding.
    private static string Height(string property, int lines) => string.Create(CultureInfo.InvariantCulture, $"{property}{(property.Contains(':', StringComparison.Ordinal) ? "" : ":")} {lines * 1.75}rem");
}
