using Microsoft.JSInterop;
using ReviewConsole.Components.Keys;
using ReviewConsole.Components.Shared;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Queue;
using ReviewConsole.Core.Reviews;

namespace ReviewConsole.Components.Queue;

public sealed partial class QueuePage
{
    // Others claim at the same time: the next one after a lost race, a few times.
    private const int Attempts = 5;

    private async Task ObeyAsync(KeyCommand command)
    {
        switch (command)
        {
            case KeyCommand.Open: await OpenAsync(); break;
            case KeyCommand.ClaimNext: await StartAsync(); break;
            case KeyCommand.ClaimToggle: await ToggleClaimAsync(); break;
            case KeyCommand.Load: await LoadAgainAsync(); break;
            case KeyCommand.Filter: await ShowFiltersAsync(); break;
            case KeyCommand.Close: await UnselectAsync(); break;
        }
    }

    private void Select(string id) => _selected = Guid.TryParse(id, out var review) ? review : null;

    private async Task UnselectAsync()
    {
        (_selected, _notice) = (null, null);
        if (Module is { } module)
        {
            await module.InvokeVoidAsync("leave", _gone.Token, _root);
        }
    }

    private async Task ShowFiltersAsync()
    {
        if (_filters is { } filters)
        {
            _filtersOpen = true;
            StateHasChanged();
            await filters.FocusAsync();
        }
    }

    private void Go(QueueFilter filter) => Navigation.NavigateTo(QueueAddress.Write(filter));

    private async Task LoadAgainAsync()
    {
        var more = _window.Rows.Count;
        await LoadAsync();
        while (_window.Rows.Count < more && _window.Next is not null && _fault is null)
        {
            await MoreAsync();
        }

        _selected = _window.Find(_selected)?.Id;
        _notice = null;
        if (_selected is null && Module is { } module)
        {
            await module.InvokeVoidAsync("top", _gone.Token, _root);
        }
    }

    /// <summary>Claims what is selected and goes there; whoever comes second hears who has it.</summary>
    private Task OpenAsync() => SayAsync(async () =>
    {
        if (_window.Find(_selected) is not { } row)
        {
            Announcer.Say(T["Open.Nothing"]);
            return;
        }

        if (await ActorAsync() is not { } person)
        {
            return;
        }

        if (!person.May(Permission.ReviewsClaim) || row.Left || row.Item.Status != "pending")
        {
            Navigation.NavigateTo(QueueAddress.Review(row.Id, _filter));
            return;
        }

        if ((await Desk.ClaimAsync(person, row.Id, Via.Screen, _gone.Token)).Refusal is { } refusal)
        {
            Refuse(row.Id, refusal);
            return;
        }

        Navigation.NavigateTo(QueueAddress.Review(row.Id, _filter));
    });

    /// <summary>Claims the riskiest that waits, of those the one due first, and goes there.</summary>
    private Task StartAsync() => SayAsync(async () =>
    {
        if (await ActorAsync() is not { } person)
        {
            return;
        }

        Guid? before = null;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (await Reader.NextAsync(_filter, person.Id, before, _gone.Token) is not { } next)
            {
                break;
            }

            if ((await Desk.ClaimAsync(person, next, Via.Screen, _gone.Token)).Refusal is not { } refusal)
            {
                Navigation.NavigateTo(QueueAddress.Review(next, _filter));
                return;
            }

            if (refusal is Refusal.NotPermitted)
            {
                Refuse(next, refusal);
                return;
            }

            before = next;
        }

        _notice = new Notice(T["Start.Nothing"], T["Start.NothingText"], null);
        Announcer.Say(_notice.Title);
    });

    private Task ToggleClaimAsync() => SayAsync(async () =>
    {
        if (_window.Find(_selected) is not { } row || await ActorAsync() is not { } person)
        {
            return;
        }

        var mine = row.Item.ClaimBy == person.Id;
        var refusal = mine
            ? (await Desk.ReleaseClaimAsync(person, row.Id, Reviews.Find(row.Id)?.State.Claim?.Token, Via.Screen, _gone.Token)).Refusal
            : (await Desk.ClaimAsync(person, row.Id, Via.Screen, _gone.Token)).Refusal;
        if (refusal is not null)
        {
            Refuse(row.Id, refusal);
            return;
        }

        _notice = null;
        Announcer.Say(T[mine ? "Claim.Released" : "Claim.Taken"]);
    });

    /// <summary>What could not be written is said above the list.</summary>
    private async Task SayAsync(Func<Task> command)
    {
        try
        {
            await command();
        }
        catch (Exception fault) when (Faults.Is(fault))
        {
            var (title, text) = Faults.Of(Shared, fault);
            _notice = new Notice(title, text, null);
            Announcer.Say(title);
        }
    }

    private async Task<PersonActor?> ActorAsync()
    {
        _me = await Person.FindAsync();
        if (_me is null)
        {
            _notice = new Notice(T["Session.Ended"], T["Session.EndedText"], null);
        }

        return _me;
    }

    private void Refuse(Guid review, Refusal refusal)
    {
        var (title, text) = Refusals.Of(Shared, refusal, NameOf);
        _notice = new Notice(title, text, review);
        Announcer.Say(title);
    }

    /// <summary>What stood in the way, in words, and the review that it was about.</summary>
    private sealed record Notice(string Title, string Text, Guid? Review);
}
