using Microsoft.JSInterop;
using Radzen;
using ReviewConsole.Components.Keys;
using ReviewConsole.Components.Shared;
using ReviewConsole.Core.Gate;
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

    private Task AssignAsync(BoardCard card) => AskAsync<AssignDialog, AssignChoice>(
        T["Assign.Title"],
        new()
        {
            [nameof(AssignDialog.Headline)] = card.Item.Headline,
            [nameof(AssignDialog.Queues)] = Gate.RulesOf(card.Policy).Queues.Order(StringComparer.Ordinal).ToArray(),
            [nameof(AssignDialog.Current)] = card.Item.Queue,
        },
        async (person, choice) => (await Desk.AssignAsync(person, card.Item.Id, choice.Person, choice.Queue, choice.Note, Via.Screen, _gone.Token)).Refusal,
        choice => choice.Person is { } to ? T["Assign.ToPerson", NameOf(to)] : T["Assign.ToQueue", choice.Queue!]);

    private Task CloseAsync(BoardCard card)
    {
        var operation = Operation();
        return ReasonAsync(
            T["Close.Title"], T["Close.Text"], T["Act.Close"], card.Item.Headline,
            async (person, rationale) => (await Desk.CloseAsync(person, card.Item.Id, rationale, operation, Via.Screen, _gone.Token)).Refusal, T["Close.Done"]);
    }

    private Task RollbackAsync(BoardCard card)
    {
        var operation = Operation();
        return ReasonAsync(
            T["Rollback.Title"], T["Rollback.Text"], T["Act.Rollback"], card.Item.Headline,
            async (person, rationale) => (await Desk.RollbackAsync(person, card.Item.Id, rationale, operation, Via.Screen, _gone.Token)).Refusal, T["Rollback.Done"]);
    }

    private async Task RecallAsync(BoardCard card)
    {
        if (await ActorAsync() is { } person
            && await WriteAsync(async () => (await Desk.RecallAsync(person, card.Item.Id, Operation(), Via.Screen, _gone.Token)).Refusal, T["Recall.Done"]) is { } fault)
        {
            Say(fault);
        }

        await LoadAsync();
    }

    private async Task StopAsync()
    {
        var (systems, kinds) = await Task.Run(Known.Read, _gone.Token);
        await AskAsync<LineDialog, LineChoice>(
            T["Line.Title"],
            new()
            {
                [nameof(LineDialog.Systems)] = systems,
                [nameof(LineDialog.Kinds)] = kinds,
                [nameof(LineDialog.IsStopped)] = (string? system, string? kind) => Lines.Limits.Any(limit => limit.Mode == LineMode.Stopped && limit.Covers(system, kind)),
            },
            async (person, choice) => (await Lines.SetAsync(person, choice.System, choice.Kind, choice.Mode, Until(choice.For), choice.Reason, _gone.Token)).Refusal,
            choice => T["Mode.SetDone." + choice.Mode]);
    }

    private long? Until(TimeSpan? span) => span is { } some ? (Clock.GetUtcNow() + some).ToUnixTimeMilliseconds() : null;

    private Task EndAsync(LineLimit line) => ReasonAsync(
        T["Mode.End." + line.Mode], T["Mode.EndText." + line.Mode], T["Mode.End." + line.Mode], LineName(line.System, line.Kind),
        async (person, reason) => (await Lines.EndAsync(person, line.System, line.Kind, line.Mode, reason, _gone.Token)).Refusal, T["Mode.EndDone." + line.Mode]);

    private Task ReasonAsync(string title, string text, string action, string about, Func<PersonActor, string, Task<Refusal?>> command, string done) => AskAsync<ReasonDialog, string>(
        title,
        new() { [nameof(ReasonDialog.About)] = about, [nameof(ReasonDialog.Text)] = text, [nameof(ReasonDialog.Action)] = action },
        command,
        _ => done);

    /// <summary>Asks in a dialog, which stays with all that was written in it until that is on disk or refused.</summary>
    private async Task AskAsync<TDialog, TChoice>(
        string title, Dictionary<string, object?> parameters, Func<PersonActor, TChoice, Task<Refusal?>> command, Func<TChoice, string> done)
        where TDialog : Microsoft.AspNetCore.Components.ComponentBase
    {
        parameters["Write"] = (Func<TChoice, Task<string?>>)(async choice =>
            await ActorAsync() is { } person && await WriteAsync(() => command(person, choice), done(choice)) is { } fault ? $"{fault.Title} {fault.Text}" : null);
        await Dialogs.OpenAsync<TDialog>(title, parameters, new DialogOptions
        {
            Width = "min(32rem, calc(100vw - 2rem))", CloseDialogOnOverlayClick = false, CssClass = "rc-dialog", AutoFocusFirstElement = true, CloseAriaLabel = T["Dialog.Close"],
        });
        await LoadAsync();
    }

    /// <summary>Says what it came to, and answers why it could not be written.</summary>
    private async Task<(string Title, string Text)?> WriteAsync(Func<Task<Refusal?>> command, string done)
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

            return null;
        }
        catch (Exception fault) when (Faults.Is(fault))
        {
            return Faults.Of(Shared, fault);
        }
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
