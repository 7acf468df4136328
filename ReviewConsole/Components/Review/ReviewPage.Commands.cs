using ReviewConsole.Components.Keys;
using ReviewConsole.Components.Shared;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Reviews;

namespace ReviewConsole.Components.Review;

/// <summary>What the keys ask for, and what is said when it could not be done.</summary>
public sealed partial class ReviewPage
{
    private string? _problem;
    private bool _reasoning;

    private async Task ObeyAsync(KeyCommand command)
    {
        if ((SheetIsOpen || JudgementIsOpen) && command is KeyCommand.NextItem or KeyCommand.PreviousItem or KeyCommand.ClaimNext or KeyCommand.Skip or KeyCommand.Edit or KeyCommand.Note)
        {
            // Somebody is writing a decision: a letter that misses its field neither leaves the review nor turns one decision into another.
            return;
        }
        switch (command)
        {
            case KeyCommand.Approve: await OpenSheetAsync(DecisionKind.Approve); break;
            case KeyCommand.Edit: await EditAsync(); break;
            case KeyCommand.Correct: await OpenSheetAsync(DecisionKind.Correct); break;
            case KeyCommand.Reject: await OpenSheetAsync(DecisionKind.Reject); break;
            case KeyCommand.Escalate: await OpenSheetAsync(DecisionKind.Escalate); break;
            case KeyCommand.Return: await OpenSheetAsync(DecisionKind.Return); break;
            case KeyCommand.NextEvidence: await (_evidence?.MoveAsync(1) ?? Task.CompletedTask); break;
            case KeyCommand.PreviousEvidence: await (_evidence?.MoveAsync(-1) ?? Task.CompletedTask); break;
            case KeyCommand.NextField: await StepFieldAsync(1); break;
            case KeyCommand.PreviousField: await StepFieldAsync(-1); break;
            case KeyCommand.FieldOrBox: await FieldOrBoxAsync(); break;
            case KeyCommand.ZoomIn: _evidence?.Zoom(1); break;
            case KeyCommand.ZoomOut: _evidence?.Zoom(-1); break;
            case KeyCommand.Fit: _evidence?.Fit(); break;
            case KeyCommand.Turn: _evidence?.Turn(); break;
            case KeyCommand.NextItem: await StepAsync(after: true); break;
            case KeyCommand.PreviousItem: await StepAsync(after: false); break;
            case KeyCommand.ClaimNext: await NextAsync(); break;
            case KeyCommand.Extend: await ExtendAsync(); break;
            case KeyCommand.Skip: await OpenSkipAsync(); break;
            case KeyCommand.Note: await OpenNoteAsync(); break;
            case KeyCommand.Recall: await RecallAsync(); break;
            case KeyCommand.Reasoning: _reasoning = !_reasoning; break;
        }
    }

    private async Task ObeySheetAsync(KeyCommand command)
    {
        switch (command)
        {
            case KeyCommand.Commit: await CommitAsync(); break;
            case KeyCommand.Close: await CloseSheetAsync(); break;
            default: await (_sheet?.ChooseAsync(KeyBinding.Choice(command)) ?? Task.CompletedTask); break;
        }
    }

    /// <summary>What could not be written is said where the person looks; all that they wrote stays as it is.</summary>
    private async Task SayAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception fault) when (Faults.Is(fault))
        {
            var (title, text) = Faults.Of(Shared, fault);
            _problem = $"{title} {text}";
            Announcer.Say(_problem);
        }
    }

    private void Explain(Refusal? refusal)
    {
        _problem = refusal is null || _work is null ? null : RefusalWords.Of(T, refusal, _work);
        if (_problem is not null)
        {
            Announcer.Say(_problem);
        }
    }

    private void Reread(PersonActor me)
    {
        if (_work is not null && Reviews.Read(Id, me.Id) is { } detail)
        {
            Take(detail, me);
        }
    }
}
