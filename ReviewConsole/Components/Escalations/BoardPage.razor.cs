using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using Radzen;
using ReviewConsole.Components.Layout;
using ReviewConsole.Components.Shared;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Queue;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;
using ReviewConsole.Live;
using ReviewConsole.SignIn;

namespace ReviewConsole.Components.Escalations;

/// <summary>The supervisor's board (SCREENS.md §3): what was escalated, what waits, what is about to leave, what went wrong. Commands in BoardPage.Commands.cs.</summary>
public sealed partial class BoardPage
{
    // A lane that is longer is worked off from its top.
    private const int MostCards = 40;

    private static readonly TimeSpan s_every = TimeSpan.FromMilliseconds(400);

    private readonly CancellationTokenSource _gone = new();
    private readonly Dictionary<(Guid Id, BoardLane Lane), BoardCard> _known = [];
    private DotNetObjectReference<BoardPage>? _self;
    private LiveSubscription? _live;
    private ElementReference _root;
    private IReadOnlyList<BoardCard>? _cards;
    private IReadOnlyList<LineLimit> _lines = [];
    private PersonActor? _me;
    private Guid? _selected;
    private Notice? _notice;
    private string? _fault;
    private bool _free = true;
    private bool _pending;
    private int _handle;

    [Inject] private HistoryReader Reader { get; set; } = default!;

    [Inject] private ReviewReader Reviews { get; set; } = default!;

    [Inject] private ReviewerDesk Desk { get; set; } = default!;

    [Inject] private LineDesk Lines { get; set; } = default!;

    [Inject] private LineReader Known { get; set; } = default!;

    [Inject] private Gatekeeper Gate { get; set; } = default!;

    [Inject] private Changes Changes { get; set; } = default!;

    [Inject] private CurrentPerson Person { get; set; } = default!;

    [Inject] private PeopleDirectory People { get; set; } = default!;

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [Inject] private DialogService Dialogs { get; set; } = default!;

    [Inject] private Announcer Announcer { get; set; } = default!;

    [Inject] private IStringLocalizer<SharedWords> Shared { get; set; } = default!;

    [Inject] private TimeProvider Clock { get; set; } = default!;

    [Inject] private ILogger<BoardPage> Log { get; set; } = default!;

    protected override string Script => "js/queue.js";

    private Guid? Reachable => _cards?.FirstOrDefault(card => card.Item.Id == _selected)?.Item.Id ?? _cards?.FirstOrDefault()?.Item.Id;

    protected override async Task OnInitializedAsync()
    {
        _me = await Person.FindAsync();
        await LoadAsync();
    }

    protected override async Task AttachAsync(IJSObjectReference module)
    {
        _self = DotNetObjectReference.Create(this);
        _handle = await module.InvokeAsync<int>("watch", _gone.Token, _root, _self);
        _live = LiveSubscription.Start(Changes, Clock, null, (_, _) => InvokeAsync(FollowAsync), s_every);
        _live.Nudge();
    }

    protected override ValueTask DetachAsync(IJSObjectReference module) => module.InvokeVoidAsync("stop", CancellationToken.None, _handle);

    [JSInvokable("OnFree")]
    public void Hear(bool free) => _free = free;

    public override async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync();
        if (_live is { } live)
        {
            await live.DisposeAsync();
        }

        await base.DisposeAsync();
        _self?.Dispose();
        _gone.Dispose();
    }

    private IReadOnlyList<BoardCard> Of(BoardLane lane) => [.. _cards!.Where(card => card.Lane == lane)];

    private bool May(Permission permission) => _me?.May(permission) == true;

    private Task LoadAsync() => TryAsync(async () =>
    {
        Show(await ReadAsync());
        _lines = Lines.Limits;
    });

    /// <summary>After a commit: where somebody works on a card the board stands still and says that there is something newer.</summary>
    private async Task FollowAsync()
    {
        if (_gone.IsCancellationRequested)
        {
            return;
        }

        await TryAsync(async () =>
        {
            var lines = Lines.Limits;
            var cards = await ReadAsync();
            if (_cards is not null && cards.Select(Face).SequenceEqual(_cards.Select(Face)) && ReferenceEquals(lines, _lines))
            {
                return;
            }

            _lines = lines;
            if (_free && _selected is null)
            {
                Show(cards);
            }
            else
            {
                _pending |= !cards.Select(Face).SequenceEqual(_cards!.Select(Face));
            }

            StateHasChanged();
        });

        static (Guid, long, BoardLane, string?, long) Face(BoardCard card) => (card.Item.Id, card.Item.ChangedSeq, card.Lane, card.Item.ClaimBy, card.Item.ReleasesAt);
    }

    private void Show(IReadOnlyList<BoardCard> cards)
    {
        (_cards, _pending) = (cards, false);
        _selected = cards.Any(card => card.Item.Id == _selected) ? _selected : null;
    }

    private async Task<IReadOnlyList<BoardCard>> ReadAsync()
    {
        var board = await Reader.BoardAsync(MostCards, _me?.Id, _gone.Token);
        var cards = new[] { (BoardLane.Escalated, board.Escalated), (BoardLane.Waiting, board.Waiting), (BoardLane.Held, board.Held), (BoardLane.Failed, board.Failed) }
            .SelectMany(lane => lane.Item2.Select(item => Card(item, lane.Item1))).ToArray();
        var shown = cards.Select(static card => (card.Item.Id, card.Lane)).ToHashSet();
        foreach (var gone in _known.Keys.Where(key => !shown.Contains(key)).ToArray())
        {
            _known.Remove(gone);
        }

        return cards;
    }

    // What somebody wrote is opened once, not on every commit.
    private BoardCard Card(QueueItem item, BoardLane lane)
    {
        if (_known.TryGetValue((item.Id, lane), out var known) && known.Item.ChangedSeq == item.ChangedSeq && known.Item.ClaimBy == item.ClaimBy && known.Item.ReleasesAt == item.ReleasesAt)
        {
            return known;
        }

        return _known[(item.Id, lane)] = BoardCard.Of(item, lane, Reviews, _me?.Id);
    }

    private string NameOf(string id) => People.Person(id)?.Name ?? id;

    private string LineName(string? system, string? kind) => (LineNames.System(system), LineNames.Kind(Shared, kind)) switch
    {
        (null, null) => T["Line.Everything"],
        ({ } from, null) => T["Line.OfSystem", from],
        (null, { } of) => T["Line.OfKind", of],
        ({ } from, { } of) => T["Line.OfBoth", of, from],
    };

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

    [LoggerMessage(Level = LogLevel.Error, Message = "The board could not be read; the page showed reference {Reference}.")]
    private static partial void LogFault(ILogger logger, Exception fault, string reference);

    private sealed record Notice(string Title, string Text);
}
