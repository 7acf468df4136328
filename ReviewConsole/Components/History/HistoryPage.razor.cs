using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using ReviewConsole.Components.Keys;
using ReviewConsole.Components.Shared;
using ReviewConsole.Core.Queue;
using ReviewConsole.Core.Store;
using ReviewConsole.Live;

namespace ReviewConsole.Components.History;

/// <summary>What was decided, newest first (SCREENS.md §4). At the top and untouched it follows what is decided elsewhere.</summary>
public sealed partial class HistoryPage
{
    private static readonly TimeSpan s_followEvery = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _gone = new();
    private DotNetObjectReference<HistoryPage>? _self;
    private LiveSubscription? _live;
    private ElementReference _root;
    private HistoryFilter _filter = HistoryFilter.Everything;
    private (IReadOnlyList<string> Kinds, IReadOnlyList<string> Sources) _facets = ([], []);
    private IReadOnlyList<QueueItem>? _items;
    private string? _next;
    private string? _address;
    private string _query = "";
    private string? _selected;
    private string? _fault;
    private bool _free = true;
    private int _handle;

    [Inject] private HistoryReader Reader { get; set; } = default!;

    [Inject] private Changes Changes { get; set; } = default!;

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [Inject] private IStringLocalizer<SharedWords> Shared { get; set; } = default!;

    [Inject] private TimeProvider Clock { get; set; } = default!;

    [Inject] private ILogger<HistoryPage> Log { get; set; } = default!;

    protected override string Script => "js/queue.js";

    private IReadOnlyList<FilterOption> Decisions => [.. HistoryAddress.Decisions.Select(decision => new FilterOption(decision, T["Outcome." + decision]))];

    private IReadOnlyList<FilterOption> Kinds =>
        [.. With(_facets.Kinds, _filter.Kind).Select(kind => new FilterOption(kind, Shared["Kind." + kind] is { ResourceNotFound: false } word ? word : kind))];

    private IReadOnlyList<FilterOption> Sources => [.. With(_facets.Sources, _filter.Source).Select(source => new FilterOption(source, Rendering.HiddenText.Plain(source)))];

    protected override Task OnInitializedAsync()
    {
        Navigation.LocationChanged += Follow;
        return ReadAddressAsync();
    }

    // Another query of the same page renders nothing by itself: it has no parameters.
    private void Follow(object? sender, LocationChangedEventArgs change)
    {
        if (Navigation.ToBaseRelativePath(change.Location).Split('?')[0] == HistoryAddress.Page)
        {
            _ = InvokeAsync(async () =>
            {
                await ReadAddressAsync();
                StateHasChanged();
            });
        }
    }

    private async Task ReadAddressAsync()
    {
        var query = new Uri(Navigation.Uri).Query;
        var filter = HistoryAddress.Read(query);
        var address = HistoryAddress.Write(filter);
        if (address != _address)
        {
            (_address, _filter, _selected) = (address, filter, null);
            await LoadAsync();
        }

        if (address == _address)
        {
            _query = query;
        }
    }

    protected override async Task AttachAsync(IJSObjectReference module)
    {
        _self = DotNetObjectReference.Create(this);
        _handle = await module.InvokeAsync<int>("watch", _gone.Token, _root, _self);
        _live = LiveSubscription.Start(Changes, Clock, null, (_, _) => InvokeAsync(FollowAsync), s_followEvery);
        _facets = await Reader.FacetsAsync(_gone.Token);
        StateHasChanged();
    }

    protected override ValueTask DetachAsync(IJSObjectReference module) => module.InvokeVoidAsync("stop", CancellationToken.None, _handle);

    [JSInvokable("OnFree")]
    public void Hear(bool free) => _free = free;

    public override async ValueTask DisposeAsync()
    {
        Navigation.LocationChanged -= Follow;
        await _gone.CancelAsync();
        if (_live is { } live)
        {
            await live.DisposeAsync();
        }

        await base.DisposeAsync();
        _self?.Dispose();
        _gone.Dispose();
    }

    private Task LoadAsync() => TryAsync(async () =>
    {
        var page = await Reader.ReadAsync(_filter, null, QueueReader.DefaultLimit, _gone.Token);
        if (_items is null)
        {
            // What was told meanwhile found no list to change.
            _live?.Nudge();
        }

        (_items, _next) = (page.Items, page.Next);
    });

    private Task MoreAsync() => TryAsync(async () =>
    {
        if (Cursor.TryParse(_next, out var cursor) && cursor is not null)
        {
            var page = await Reader.ReadAsync(_filter, cursor, QueueReader.DefaultLimit, _gone.Token);
            (_items, _next) = ([.. _items!, .. page.Items], page.Next);
        }
    });

    private async Task FollowAsync()
    {
        if (_free && _selected is null && _items?.Count <= QueueReader.DefaultLimit && !_gone.IsCancellationRequested)
        {
            await LoadAsync();
            StateHasChanged();
        }
    }

    private void Obey(KeyCommand command)
    {
        if (command == KeyCommand.Open && _selected is { } selected)
        {
            Navigation.NavigateTo("history/" + selected);
        }
    }

    private void Go(HistoryFilter filter) => Navigation.NavigateTo(HistoryAddress.Write(filter));

    private async Task TryAsync(Func<Task> work)
    {
        try
        {
            await work();
            _fault = null;
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
            // The page was left.
        }
        catch (Exception fault)
        {
            _fault = Guid.CreateVersion7(Clock.GetUtcNow()).ToString("N")[..12];
            LogFault(Log, fault, _fault);
        }
    }

    private static IReadOnlyList<string> One(string? value) => value is null ? [] : [value];

    private static string? Other(string? chosen, string value) => chosen == value ? null : value;

    private static IEnumerable<string> With(IReadOnlyList<string> known, string? chosen) => chosen is null || known.Contains(chosen) ? known : known.Append(chosen);

    [LoggerMessage(Level = LogLevel.Error, Message = "The history could not be read; the page showed reference {Reference}.")]
    private static partial void LogFault(ILogger logger, Exception fault, string reference);
}
