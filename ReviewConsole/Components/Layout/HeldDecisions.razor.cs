using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using ReviewConsole.Components.Shared;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Queue;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;
using ReviewConsole.Live;
using ReviewConsole.SignIn;

namespace ReviewConsole.Components.Layout;

/// <summary>What the shell shows of the moment. Renders again only when this person sees a difference.</summary>
public sealed partial class HeldDecisions
{
    private ShellFacts _facts = ShellFacts.None;
    private IReadOnlyList<Hold> _mine = [];
    private IAsyncDisposable? _watch;
    private PersonActor? _me;
    private bool _busy;
    private bool _gone;

    [Inject] private ShellBoard Board { get; set; } = default!;

    [Inject] private ReviewerDesk Desk { get; set; } = default!;

    [Inject] private CurrentPerson Person { get; set; } = default!;

    [Inject] private PeopleDirectory People { get; set; } = default!;

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [Inject] private Announcer Announcer { get; set; } = default!;

    [Inject] private TimeProvider Clock { get; set; } = default!;

    [Inject] private IStringLocalizer<SharedWords> Shared { get; set; } = default!;

    private IReadOnlyList<Hold> Mine => _mine;

    // The one that was decided last: the one that a person still has in mind.
    private Hold? Newest => _mine.Count == 0 ? null : _mine[^1];

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        _me = await Person.FindAsync();
        if (_me?.May(Permission.ReviewsRead) != true)
        {
            return;
        }

        var watch = await Board.WatchAsync(facts => _ = InvokeAsync(() => Take(facts)));
        if (_gone)
        {
            await watch.DisposeAsync();
            return;
        }

        _watch = watch;
        Take(Board.Facts);
    }

    public async ValueTask DisposeAsync()
    {
        _gone = true;
        if (_watch is { } watch)
        {
            _watch = null;
            await watch.DisposeAsync();
        }
    }

    private void Take(ShellFacts facts)
    {
        if (_gone)
        {
            return;
        }

        var mine = facts.Holds.Where(hold => hold.By == _me?.Id).ToArray();
        var same = mine.SequenceEqual(_mine);
        if (same && facts.Open == _facts.Open && facts.Escalated == _facts.Escalated)
        {
            return;
        }

        if (mine.LastOrDefault() is { } newest && !_mine.Any(hold => hold.Review == newest.Review))
        {
            Announcer.Say(T["Held.Announce", newest.Headline]);
        }

        (_facts, _mine) = (facts, mine);
        StateHasChanged();
    }

    private async Task RecallAsync()
    {
        if (_busy || Newest is not { } hold || await Person.FindAsync() is not { } person)
        {
            return;
        }

        _busy = true;
        try
        {
            var operation = Guid.CreateVersion7(Clock.GetUtcNow()).ToString();
            var result = await Desk.RecallAsync(person, hold.Review, operation, Via.Screen, CancellationToken.None);
            if (result.Refusal is { } refusal)
            {
                Announcer.Say(Refusals.Of(Shared, refusal, id => People.Person(id)?.Name ?? id).Title);
                return;
            }

            Announcer.Say(T["Held.Recalled"]);
            if (!Navigation.ToBaseRelativePath(Navigation.Uri).StartsWith("reviews/" + hold.Review, StringComparison.Ordinal))
            {
                Navigation.NavigateTo("reviews/" + hold.Review);
            }
        }
        catch (Exception fault) when (Faults.Is(fault))
        {
            Announcer.Say(Faults.Of(Shared, fault).Title);
        }
        finally
        {
            _busy = false;
        }
    }
}
