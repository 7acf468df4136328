using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using ReviewConsole.Components.Layout;
using ReviewConsole.Components.Shared;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Queue;
using ReviewConsole.Core.Store;
using ReviewConsole.Live;
using ReviewConsole.SignIn;

namespace ReviewConsole.Components.Queue;

/// <summary>The live queue (SCREENS.md §1): reads here, commands in QueuePage.Commands.cs. Nothing is claimed or recorded by looking.</summary>
public sealed partial class QueuePage
{
    private static readonly TimeSpan s_countEvery = TimeSpan.FromSeconds(1);

    private readonly QueueWindow _window = new();
    private readonly CancellationTokenSource _gone = new();
    private DotNetObjectReference<QueuePage>? _self;
    private LiveSubscription? _rowsLive;
    private LiveSubscription? _countsLive;
    private ElementReference _root;
    private QueueFilters? _filters;
    private QueueFilter _filter = QueueFilter.Everything;
    private QueueCounts? _counts;
    private (IReadOnlyList<string> Sources, IReadOnlyList<string> Kinds, IReadOnlyList<string> Queues) _facets = ([], [], []);
    private PersonActor? _me;
    private Guid? _selected;
    private string? _address;
    private string _query = "";
    private string? _fault;
    private Notice? _notice;
    private bool _filtersOpen;
    private bool _loaded;
    private bool _free = true;
    private int _handle;
    private long _now;

    // When the list was loaded, when arrivals were looked for last, and how long the ledger was then.
    private long _since;
    private long _looked;
    private long _size;

    [Inject] private QueueReader Reader { get; set; } = default!;

    [Inject] private ReviewReader Reviews { get; set; } = default!;

    [Inject] private ReviewerDesk Desk { get; set; } = default!;

    [Inject] private Changes Changes { get; set; } = default!;

    [Inject] private CurrentPerson Person { get; set; } = default!;

    [Inject] private PeopleDirectory People { get; set; } = default!;

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [Inject] private Announcer Announcer { get; set; } = default!;

    [Inject] private IStringLocalizer<SharedWords> Shared { get; set; } = default!;

    [Inject] private TimeProvider Clock { get; set; } = default!;

    [Inject] private ILogger<QueuePage> Log { get; set; } = default!;

    protected override string Script => "js/queue.js";

    private bool MayClaim => _me?.May(Permission.ReviewsClaim) == true;

    private int FilterCount => (_filter.Kinds.Count > 0 ? 1 : 0) + (_filter.Risks.Count > 0 ? 1 : 0) + (_filter.Sources.Count > 0 ? 1 : 0)
        + (_filter.Queues.Count > 0 ? 1 : 0) + (_filter.Check is null ? 0 : 1) + (_filter.Assignee is null ? 0 : 1) + (_filter.Text is null ? 0 : 1);

    // The row that tabbing comes to: the selected one, else the first.
    private Guid? Reachable => _window.Find(_selected)?.Id ?? _window.Rows.FirstOrDefault()?.Id;

    private string News => (_window.New, _window.Changed) switch
    {
        (0, var changed) => T["News.Changed", changed],
        (var fresh, 0) => T["News.New", fresh],
        var (fresh, changed) => T["News.Both", fresh, changed],
    };

    private string? Standing => _window.Find(_selected)?.Item switch
    {
        null => null,
        { ClaimBy: { } who } when who == _me?.Id => T["Standing.Mine"].Value,
        { ClaimBy: { } who } => T["Standing.Another", NameOf(who)].Value,
        { AssignedTo: { } who } => T["Standing.Assigned", NameOf(who)].Value,
        _ => T["Standing.Free"].Value,
    };

    protected override async Task OnInitializedAsync()
    {
        _me = await Person.FindAsync();
        Navigation.LocationChanged += Follow;
        await ReadAddressAsync();
    }

    // Another query of the same page renders nothing by itself: it has no parameters.
    private void Follow(object? sender, LocationChangedEventArgs change)
    {
        if (Navigation.ToBaseRelativePath(change.Location).Split('?')[0] == QueueAddress.Page)
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
        var filter = QueueAddress.Read(query);
        var address = QueueAddress.Write(filter);
        if (address == _address)
        {
            _query = query;
            return;
        }

        (_address, _filter, _selected, _notice) = (address, filter, null, null);
        await LoadAsync();
        await SelectAsync(QueueAddress.Row(query), filter);
        if (!ReferenceEquals(filter, _filter))
        {
            return;
        }

        _query = query;
        if (_handle != 0)
        {
            await ReadFacetsAsync();
        }
    }

    // The row of an address stands somewhere in the list, or is no longer in it.
    private async Task SelectAsync(Guid? row, QueueFilter filter)
    {
        var rows = -1;
        while (row is not null && ReferenceEquals(filter, _filter) && _window.Find(row) is null && _window is { Next: not null, Rows.Count: < QueueReader.MaxLimit } && _window.Rows.Count > rows)
        {
            // A read that brought nothing, since it failed or the page is left, brings nothing the next time either.
            rows = _window.Rows.Count;
            await MoreAsync();
        }

        if (ReferenceEquals(filter, _filter))
        {
            _selected = _window.Find(row)?.Id;
        }
    }

    protected override async Task AttachAsync(IJSObjectReference module)
    {
        _self = DotNetObjectReference.Create(this);
        _handle = await module.InvokeAsync<int>("watch", _gone.Token, _root, _self);
        _rowsLive = LiveSubscription.Start(Changes, Clock, null, (signal, _) => InvokeAsync(() => RefreshAsync(signal)));
        _countsLive = LiveSubscription.Start(Changes, Clock, null, CountAsync, s_countEvery);
        // What was written between the first reading and now.
        _rowsLive.Nudge();
        _countsLive.Nudge();
        await ReadFacetsAsync();
        StateHasChanged();
    }

    protected override ValueTask DetachAsync(IJSObjectReference module) => module.InvokeVoidAsync("stop", CancellationToken.None, _handle);

    [JSInvokable("OnFree")]
    public void Hear(bool free) => _free = free;

    public override async ValueTask DisposeAsync()
    {
        Navigation.LocationChanged -= Follow;
        await _gone.CancelAsync();
        if (_rowsLive is { } rows)
        {
            await rows.DisposeAsync();
        }

        if (_countsLive is { } counts)
        {
            await counts.DisposeAsync();
        }

        await base.DisposeAsync();
        _self?.Dispose();
        _gone.Dispose();
    }

    /// <summary>A list that was asked for, by an address, by <c>r</c> or by "try again".</summary>
    private Task LoadAsync() => TryAsync(async () =>
    {
        await ReadAsync(follow: false);
        _counts = await Reader.CountViewsAsync(_filter, _me?.Id, _gone.Token);
        if (!_loaded)
        {
            // What was told meanwhile found no list to change.
            _loaded = true;
            _rowsLive?.Nudge();
        }
    });

    private Task MoreAsync() => TryAsync(async () =>
    {
        if (Cursor.TryParse(_window.Next, out var cursor) && cursor is not null)
        {
            var filter = _filter;
            var page = await Reader.ReadAsync(filter, _me?.Id, cursor, QueueReader.DefaultLimit, _gone.Token);
            if (ReferenceEquals(filter, _filter))
            {
                _window.Append(page.Items, page.Next);
            }
        }
    });

    /// <summary>After a commit. Where the list may move, the row itself appears; else what is shown is marked in place and the rest counted (SCREENS.md §0.3).</summary>
    private async Task RefreshAsync(LiveSignal signal)
    {
        if (!_loaded || _gone.IsCancellationRequested)
        {
            return;
        }

        await TryAsync(async () =>
        {
            var (size, looked, filter) = (_size, _looked, _filter);
            var news = (_window.New, _window.Changed);
            if (_free && _selected is null && _window.Rows.Count <= QueueReader.MaxLimit)
            {
                await ReadAsync(follow: true);
            }
            else
            {
                (_size, _looked) = (await Reader.LedgerSizeAsync(_gone.Token), Now());
                var touched = _window.Known(signal.Touches);
                if (touched.Count > 0)
                {
                    var found = await Reader.FindAsync(filter, _me?.Id, touched, _gone.Token);
                    if (ReferenceEquals(filter, _filter))
                    {
                        _window.Update(touched, found);
                    }
                }
            }

            // Behind the last row, or where the list stands still, what comes in has no row: it is counted.
            if (!_free || _selected is not null || _window.Next is not null || _window.Rows.Count > QueueReader.MaxLimit)
            {
                var arrived = await Reader.ArrivedAsync(filter, _me?.Id, size, _since, looked, _gone.Token);
                if (ReferenceEquals(filter, _filter))
                {
                    _window.Arrive(arrived);
                }
            }

            if (_window.HasNews && (_window.New, _window.Changed) != news && news == (0, 0))
            {
                Announcer.Say(News);
            }
        });
        StateHasChanged();
    }

    /// <summary>A reading that was overtaken by another address is dropped: its rows would stand under filters that they do not fit.</summary>
    private async Task ReadAsync(bool follow)
    {
        var filter = _filter;
        var size = await Reader.LedgerSizeAsync(_gone.Token);
        var now = Now();
        var limit = Math.Clamp(_window.Rows.Count, QueueReader.DefaultLimit, QueueReader.MaxLimit);
        var page = await Reader.ReadAsync(filter, _me?.Id, null, follow ? limit : QueueReader.DefaultLimit, _gone.Token);
        if (!ReferenceEquals(filter, _filter))
        {
            return;
        }

        if (follow)
        {
            _window.Follow(page.Items, page.Next);
        }
        else
        {
            _window.Load(page.Items, page.Next);
            _since = now;
        }

        (_size, _looked, _now) = (size, now, now);
    }

    /// <summary>Off the circuit: counting looks at every open review.</summary>
    private async Task CountAsync(LiveSignal signal, CancellationToken cancellation)
    {
        var filter = _filter;
        try
        {
            var counts = await Reader.CountViewsAsync(filter, _me?.Id, cancellation);
            await InvokeAsync(() =>
            {
                if (ReferenceEquals(filter, _filter) && counts != _counts)
                {
                    _counts = counts;
                    StateHasChanged();
                }
            });
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            LogFault(Log, fault, "counts");
        }
    }

    private async Task ReadFacetsAsync() => _facets = await Reader.FacetsAsync(_gone.Token);

    /// <summary>What fails is said at the list; the page stays.</summary>
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

    private string NameOf(string id) => People.Person(id)?.Name ?? id;

    private long Now() => Clock.GetUtcNow().ToUnixTimeMilliseconds();

    [LoggerMessage(Level = LogLevel.Error, Message = "The queue could not be read; the page showed reference {Reference}.")]
    private static partial void LogFault(ILogger logger, Exception fault, string reference);
}
