using System.Security.Cryptography;
using System.Text;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;

namespace ReviewConsole.Components.Review;

/// <summary>The decision sheet, from its first key to the commit.</summary>
public sealed partial class ReviewPage
{
    private string? _operation;
    private bool _busy;

    private bool SheetIsOpen => _work is { Form.Decision: not null, Review.Withheld: false } work && (work.Standing == Standing.Mine || work.MayBeClaimed);

    private async Task OpenSheetAsync(DecisionKind decision)
    {
        if (_work is not { } work)
        {
            return;
        }
        if (work.MayBeClaimed)
        {
            await ClaimAsync();
        }
        if (work.Standing != Standing.Mine)
        {
            return;
        }
        _aside = Aside.None;
        if (work.Review.Withheld)
        {
            await OpenJudgementAsync(decision);
            return;
        }
        _problem = null;
        work.Form.Decision = decision;
        await SaveAsync();
        StateHasChanged();
        await Task.Yield();
        await ScriptAsync(FocusScript, "sheet");
    }

    private async Task CloseSheetAsync()
    {
        if (_work is { } work)
        {
            await (_sheet?.FlushAsync() ?? Task.CompletedTask);
            work.Form.Decision = null;
            _problem = null;
            await SaveAsync();
        }
    }

    private Task CommitAsync() => SayAsync(async () =>
    {
        if (_busy || _work is not { Form.Decision: { } decision } work || await Person.FindAsync() is not { } me)
        {
            return;
        }
        _busy = true;
        try
        {
            await (_sheet?.FlushAsync() ?? Task.CompletedTask);
            await (_correction?.FlushAsync() ?? Task.CompletedTask);
            await (_evidence?.FlushAsync() ?? Task.CompletedTask);
            if (Missing() is { Count: > 0 } missing)
            {
                await GoAsync(missing.FirstOrDefault(static part => part.Target is not null) ?? missing[0]);
                return;
            }
            _operation ??= Guid.CreateVersion7(Time.GetUtcNow()).ToString("D");
            var answer = await Desk.DecideAsync(me, Id, Deciding(work, decision, _operation), _gone.Token);
            if (answer.Refusal is { } refusal)
            {
                // The same id with another body would be refused: what is changed after a refusal is another operation.
                _operation = null;
                Explain(refusal);
                Reread(me);
                return;
            }
            (_operation, _problem, _digest) = (null, null, null);
            work.Form.Decision = null;
            Reread(me);
            if (work.Standing != Standing.HeldByMe)
            {
                // Nobody takes it back: what was written has gone with it.
                await Drafts.ForgetAsync(me, Id, _gone.Token);
            }
            Announcer.Say(Became(work, decision));
        }
        finally
        {
            _busy = false;
        }
    });

    // It can be taken back only while it is held.
    private string Became(Workspace work, DecisionKind decision) => work.Standing switch
    {
        Standing.HeldByMe => T["Say.Committed", T["Decided." + decision]],
        Standing.Given => $"{BecameWords.Given(T, work)} {T["Given.Waits"]}",
        Standing.PassedOn => T["PassedOn.Title", work.State.Queue],
        _ => $"{T["Decided." + decision]}.",
    };

    /// <summary>What the decision in the sheet still needs.</summary>
    private IReadOnlyList<MissingPart> Missing() =>
        _work is { Form.Decision: { } decision } work && work.OptionOf(decision) is { } option ? MissingPart.Of(T, work, option) : [];

    private static Deciding Deciding(Workspace work, DecisionKind decision, string operation)
    {
        var form = work.Form;
        var text = form.Save();
        return new Deciding(
            work.Review.Revision,
            decision,
            form.Reason,
            Given(form.Rationale),
            Given(form.Message),
            decision == DecisionKind.Reject ? form.Retry || form.Alternative is not null ? Instruction.Retry : Instruction.Cancel : null,
            decision == DecisionKind.Reject ? form.Alternative : null,
            decision == DecisionKind.Correct ? form.Correction() : null,
            decision == DecisionKind.Escalate ? form.Queue : null,
            form.Acknowledged,
            work.State.Claim?.Token,
            operation,
            Via.Screen,
            SHA256.HashData(Encoding.UTF8.GetBytes($"{work.Review.Id}\n{work.Review.Revision}\n{text}")));
    }

    private static string? Given(string text) => text.Trim().Length == 0 ? null : text.Trim();
}
