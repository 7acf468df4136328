using ReviewConsole.Components.Keys;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;

namespace ReviewConsole.Components.Review;

/// <summary>Commit first (SCREENS.md §2): what the person thinks, before they see what the AI says of itself.</summary>
public sealed partial class ReviewPage
{
    private JudgementSheet? _judgement;

    private bool JudgementIsOpen => _work is { Review.Withheld: true, Form.First: not null, Standing: Standing.Mine };

    private async Task OpenJudgementAsync(DecisionKind decision)
    {
        _problem = null;
        _work!.Form.First = decision;
        await SaveAsync();
        StateHasChanged();
        await Task.Yield();
        await ScriptAsync(FocusScript, "sheet");
    }

    private async Task CloseJudgementAsync()
    {
        if (_work is { } work)
        {
            await (_judgement?.FlushAsync() ?? Task.CompletedTask);
            (work.Form.First, _problem) = (null, null);
            await SaveAsync();
        }
    }

    private Task JudgeAsync() => SayAsync(async () =>
    {
        if (_busy || _work is not { Review.Withheld: true, Form.First: { } first } work || await Person.FindAsync() is not { } me)
        {
            return;
        }
        _busy = true;
        try
        {
            await (_judgement?.FlushAsync() ?? Task.CompletedTask);
            await (_evidence?.FlushAsync() ?? Task.CompletedTask);
            _operation ??= Guid.CreateVersion7(Time.GetUtcNow()).ToString("D");
            var answer = await Desk.JudgeAsync(
                me, Id, new Judging(work.Review.Revision, first, Given(work.Form.FirstNote), work.State.Claim?.Token, _operation, Via.Screen), _gone.Token);
            _operation = null;
            if (answer.Refusal is { } refusal)
            {
                Explain(refusal);
                Reread(me);
                return;
            }
            (work.Form.First, work.Form.FirstNote, _problem) = (null, "", null);
            await KeepAsync();
            await LoadAsync();
            Announcer.Say(T["Say.Judged"]);
        }
        finally
        {
            _busy = false;
        }
    });

    private async Task ObeyJudgementAsync(KeyCommand command)
    {
        switch (command)
        {
            case KeyCommand.Commit: await JudgeAsync(); break;
            case KeyCommand.Close: await CloseJudgementAsync(); break;
            default: await (_judgement?.ChooseAsync(KeyBinding.Choice(command)) ?? Task.CompletedTask); break;
        }
    }
}
