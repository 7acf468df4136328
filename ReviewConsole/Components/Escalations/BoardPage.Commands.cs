using Microsoft.JSInterop;
using Radzen;
using ReviewConsole.Components.Keys;
using ReviewConsole.Components.Shared;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Reviews;

namespace ReviewConsole.Components.Escalations;

public sealed partial class BoardPage
{
    private async Task ObeyAsync(KeyCommand command)
    {
        var card = _cards?.FirstOrDefault(card => card.Item.Id == _selected);
        switch (command)
        {
            case KeyCommand.Open when card is not null:
                Navigation.NavigateTo((card.Lane == BoardLane.Failed ? "history/" : "reviews/") + card.Item.Id);
                break;
            case KeyCommand.Assign when card?.Lane == BoardLane.Escalated && May(Permission.ReviewsAssign): await AssignAsync(card); break;
            case KeyCommand.StopLine when May(Permission.LineStop): await StopAsync(); break;
            case KeyCommand.Load: await LoadAsync(); break;
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

        await LoadAsync();
    }

    private async Task AssignAsync(BoardCard card)
    {
        var choice = await AskAsync<AssignDialog, AssignChoice>(T["Assign.Title"], new()
        {
            [nameof(AssignDialog.Headline)] = card.Item.Headline,
            [nameof(AssignDialog.Queues)] = Gate.Rules.Queues.Order(StringComparer.Ordinal).ToArray(),
            [nameof(AssignDialog.Current)] = card.Item.Queue,
        });
        if (choice is not null && await ActorAsync() is { } person)
        {
            await DoneAsync(async () => (await Desk.AssignAsync(person, card.Item.Id, choice.Person, choice.Queue, choice.Note, Via.Screen, _gone.Token)).Refusal, choice.Person is { } to ? T["Assign.ToPerson", NameOf(to)] : T["Assign.ToQueue", choice.Queue!]);
        }
    }

    private async Task CloseAsync(BoardCard card)
    {
        if (await ReasonAsync(T["Close.Title"], T["Close.Text"], T["Act.Close"], card.Item.Headline) is { } rationale && await ActorAsync() is { } person)
        {
            await DoneAsync(async () => (await Desk.CloseAsync(person, card.Item.Id, rationale, Operation(), Via.Screen, _gone.Token)).Refusal, T["Close.Done"]);
        }
    }

    private async Task RollbackAsync(BoardCard card)
    {
        if (await ReasonAsync(T["Rollback.Title"], T["Rollback.Text"], T["Act.Rollback"], card.Item.Headline) is { } rationale && await ActorAsync() is { } person)
        {
            await DoneAsync(async () => (await Desk.RollbackAsync(person, card.Item.Id, rationale, Operation(), Via.Screen, _gone.Token)).Refusal, T["Rollback.Done"]);
        }
    }

    private async Task RecallAsync(BoardCard card)
    {
        if (await ActorAsync() is { } person)
        {
            await DoneAsync(async () => (await Desk.RecallAsync(person, card.Item.Id, Operation(), Via.Screen, _gone.Token)).Refusal, T["Recall.Done"]);
        }
    }

    private async Task StopAsync()
    {
        var facets = await Queue.FacetsAsync(_gone.Token);
        var choice = await AskAsync<StopDialog, StopChoice>(T["Line.Stop"], new()
        {
            [nameof(StopDialog.Systems)] = facets.Sources,
            [nameof(StopDialog.Kinds)] = facets.Kinds,
        });
        if (choice is not null && await ActorAsync() is { } person)
        {
            await DoneAsync(async () => (await Lines.StopAsync(person, choice.System, choice.Kind, choice.Reason, _gone.Token)).Refusal, T["Line.StoppedDone"]);
        }
    }

    private async Task ResumeAsync(string? system, string? kind)
    {
        if (await ReasonAsync(T["Line.Resume"], T["Line.ResumeText"], T["Line.Resume"], LineName(system, kind)) is { } reason && await ActorAsync() is { } person)
        {
            await DoneAsync(async () => (await Lines.ResumeAsync(person, system, kind, reason, _gone.Token)).Refusal, T["Line.ResumedDone"]);
        }
    }

    private Task<string?> ReasonAsync(string title, string text, string action, string about) => AskAsync<ReasonDialog, string>(title, new()
    {
        [nameof(ReasonDialog.About)] = about,
        [nameof(ReasonDialog.Text)] = text,
        [nameof(ReasonDialog.Action)] = action,
    });

    private async Task<TResult?> AskAsync<TDialog, TResult>(string title, Dictionary<string, object?> parameters)
        where TDialog : Microsoft.AspNetCore.Components.ComponentBase
        where TResult : class =>
        await Dialogs.OpenAsync<TDialog>(title, parameters, new DialogOptions
        {
            Width = "min(32rem, calc(100vw - 2rem))", CloseDialogOnOverlayClick = false, CssClass = "rc-dialog", AutoFocusFirstElement = true, CloseAriaLabel = T["Dialog.Close"],
        }) as TResult;

    private async Task DoneAsync(Func<Task<Refusal?>> command, string done)
    {
        try
        {
            if (await command() is { } refusal)
            {
                Say(Refusals.Of(Shared, refusal, NameOf));
            }
            else
            {
                (_notice, _selected) = (null, null);
                Announcer.Say(done);
            }
        }
        catch (Exception fault) when (Faults.Is(fault))
        {
            Say(Faults.Of(Shared, fault));
        }

        await LoadAsync();
    }

    private void Say((string Title, string Text) words)
    {
        _notice = new Notice(words.Title, words.Text);
        Announcer.Say(words.Title);
    }

    private async Task<PersonActor?> ActorAsync()
    {
        _me = await Person.FindAsync();
        if (_me is null)
        {
            _notice = new Notice(T["Session.Ended"], T["Session.EndedText"]);
        }

        return _me;
    }

    private string Operation() => Guid.CreateVersion7(Clock.GetUtcNow()).ToString();
}
