using System.Security.Cryptography;
using System.Text;
using ReviewConsole.Components.Keys;
using ReviewConsole.Components.Shared;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Queue;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;

namespace ReviewConsole.Components.Review;

/// <summary>What the person does here: claim, write, commit, recall, go on.</summary>
public sealed partial class ReviewPage
{
    private string? _problem;
    private string? _digest;
    private string? _field;
    private string? _operation;
    private bool _reasoning;
    private bool _busy;

    private bool SheetIsOpen => _work is { Form.Decision: not null, Standing: Standing.Mine or Standing.Free };

    private bool IsCorrecting => _work is { Standing: Standing.Mine, Form: { } form } && (form.Decision == DecisionKind.Correct || form.IsEdited);

    private Task ClaimAsync() => SayAsync(async () =>
    {
        if (await Person.FindAsync() is { } me)
        {
            Explain((await Desk.ClaimAsync(me, Id, Via.Screen, _gone.Token)).Refusal);
            Reread(me);
        }
    });

    private Task ExtendAsync() => SayAsync(async () =>
    {
        if (_work?.State.Claim is { } claim && await Person.FindAsync() is { } me)
        {
            var renewed = await Desk.RenewAsync(me, Id, claim.Token, _gone.Token);
            Explain(renewed.Refusal);
            Reread(me);
            if (renewed.Refusal is null)
            {
                Announcer.Say(T["Say.Extended"]);
            }
        }
    });

    // Gives the claim back and takes the next one.
    private Task SkipAsync() => SayAsync(async () =>
    {
        if (_work is { Standing: Standing.Mine, State.Claim: { } claim } && await Person.FindAsync() is { } me)
        {
            await SaveAsync();
            await Desk.ReleaseClaimAsync(me, Id, claim.Token, Via.Screen, _gone.Token);
        }
        await NextAsync();
    });

    private Task NextAsync() => SayAsync(async () =>
    {
        if (await Person.FindAsync() is not { } me)
        {
            return;
        }
        if (await Queue.NextAsync(QueueFilter.Everything, me.Id, Id, _gone.Token) is not { } next)
        {
            Navigation.NavigateTo("queue");
            return;
        }
        await Desk.ClaimAsync(me, next, Via.Screen, _gone.Token);
        Navigation.NavigateTo($"reviews/{next}");
    });

    // The one after this by due time, to look at: nothing is claimed.
    private async Task ShowNextAsync()
    {
        if (_work is not { } work || work.Me is not { } me)
        {
            return;
        }
        var after = new Cursor(work.State.DueAt, Id.ToString());
        var page = await Queue.ReadAsync(QueueFilter.Everything, me.Id, after, 1, _gone.Token);
        if (page.Items.Count == 0)
        {
            page = await Queue.ReadAsync(QueueFilter.Everything, me.Id, null, 1, _gone.Token);
        }
        Navigation.NavigateTo(page.Items is [{ } next, ..] ? $"reviews/{next.Id}" : "queue");
    }

    private async Task LookAsync()
    {
        await SaveAsync();
        await LoadAsync();
    }

    private async Task OpenSheetAsync(DecisionKind decision)
    {
        if (_work is not { } work)
        {
            return;
        }
        if (work.Standing == Standing.Free)
        {
            await ClaimAsync();
        }
        if (work.Standing != Standing.Mine)
        {
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

    private void Edited()
    {
        _digest = _work is { } work && work.Form.Correction() is { IsEmpty: false } correction && work.Detail.Content is { } content && !work.IsStale
            ? Desk.Correct(content, correction).Digest
            : null;
    }

    private Task EditedAsync()
    {
        Edited();
        return SaveAsync();
    }

    private async Task UndoAsync()
    {
        if (_work is { } work)
        {
            work.Form.UndoEdits();
            await (_correction?.ResetAsync() ?? Task.CompletedTask);
            await EditedAsync();
        }
    }

    private Task SaveAsync() => SayAsync(KeepAsync);

    // An editor holds on to a text that was not kept.
    private async Task DraftAsync()
    {
        if (!await KeepAsync())
        {
            throw new InvalidOperationException("The draft was not kept: the session or the review has ended.");
        }
    }

    private async Task<bool> KeepAsync()
    {
        if (_work is not { } work || await Person.FindAsync() is not { } me
            || await Drafts.SaveAsync(me, Id, work.Review.Revision, work.Form.Save(), _gone.Token) is not { Refusal: null, Value: var at })
        {
            return false;
        }
        work.SavedAt = at;
        return true;
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

    private async Task CreditAsync(IReadOnlyList<SeenReport> reports)
    {
        if (_work is not { Standing: Standing.Mine } work || work.IsStale || await Person.FindAsync() is not { } me)
        {
            return;
        }
        var enough = false;
        var seen = new Dictionary<string, long>(work.Seen, StringComparer.Ordinal);
        foreach (var report in reports)
        {
            var credited = await Desk.SeenAsync(me, Id, report.Evidence, report.Milliseconds, _gone.Token);
            if (credited.Refusal is null)
            {
                enough |= seen.GetValueOrDefault(report.Evidence) < EvidenceSeen.Enough && credited.Value >= EvidenceSeen.Enough;
                seen[report.Evidence] = credited.Value;
            }
        }
        work.Seen = seen;
        if (enough)
        {
            work.Options = Desk.Options(me, Id) ?? [];
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
                await GoAsync(missing[0]);
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
            Announcer.Say(T["Say.Committed", T["Decided." + decision]]);
        }
        finally
        {
            _busy = false;
        }
    });

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

    private Task RecallAsync() => SayAsync(async () =>
    {
        if (_work is { Standing: Standing.HeldByMe } && await Person.FindAsync() is { } me)
        {
            var recalled = await Desk.RecallAsync(me, Id, Guid.CreateVersion7(Time.GetUtcNow()).ToString("D"), Via.Screen, _gone.Token);
            Explain(recalled.Refusal);
            Reread(me);
            if (recalled.Refusal is null)
            {
                Announcer.Say(T["Say.Recalled"]);
            }
        }
    });

    private async Task GoAsync(MissingPart part)
    {
        if (part.Target is not { } target)
        {
            return;
        }
        if (target.StartsWith("evidence-", StringComparison.Ordinal))
        {
            await (_evidence?.ShowAsync(int.Parse(target.AsSpan(9), System.Globalization.CultureInfo.InvariantCulture)) ?? Task.CompletedTask);
            return;
        }
        if (_work is { Form.Decision: null } work)
        {
            // What is missing is written in the sheet.
            await OpenSheetAsync(work.Form.IsEdited ? DecisionKind.Correct : DecisionKind.Approve);
        }
        await ScriptAsync(FocusScript, target);
    }

    private Task ActivateAsync(string? field)
    {
        _field = field;
        return Task.CompletedTask;
    }

    private async Task StepFieldAsync(int step)
    {
        if (_work is not { Review.Fields: { Count: > 0 } all } work)
        {
            return;
        }

        // Those that want a look; once there is none left, every one.
        var current = all.FirstOrDefault(field => field.Field.Name == _field)?.Number ?? (step > 0 ? 0 : all.Count + 1);
        var stops = all.Any(field => field.ToCheck) ? all.Where(field => field.ToCheck).ToList() : [.. all];
        var next = step > 0
            ? stops.FirstOrDefault(field => field.Number > current) ?? stops[0]
            : stops.LastOrDefault(field => field.Number < current) ?? stops[^1];
        _field = next.Field.Name;
        var editing = SheetIsOpen && work.Form.Decision == DecisionKind.Correct;
        await ScriptAsync(FocusScript, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"field-{next.Number}{(editing ? "-value" : "")}"));
    }

    private async Task FieldOrBoxAsync()
    {
        if (_work is { } work && work.Review.Fields.FirstOrDefault(f => f.Field.Name == _field) is { } field
            && field.Field.Evidence is { } evidence && work.Review.NumberOf(evidence) is { } number && _evidence is not null)
        {
            await _evidence.ShowAsync(number);
        }
    }

    private async Task ObeyAsync(KeyCommand command)
    {
        if (SheetIsOpen && command is KeyCommand.NextItem or KeyCommand.PreviousItem or KeyCommand.Skip or KeyCommand.Edit)
        {
            // Somebody is writing a decision: a letter that misses its field neither leaves the review nor turns one decision into another.
            return;
        }
        switch (command)
        {
            case KeyCommand.Approve: await OpenSheetAsync(DecisionKind.Approve); break;
            case KeyCommand.Correct or KeyCommand.Edit: await OpenSheetAsync(DecisionKind.Correct); break;
            case KeyCommand.Reject: await OpenSheetAsync(DecisionKind.Reject); break;
            case KeyCommand.Escalate: await OpenSheetAsync(DecisionKind.Escalate); break;
            case KeyCommand.Return: await OpenSheetAsync(DecisionKind.Return); break;
            case KeyCommand.DiffMode: _proposal?.NextDiffMode(); break;
            case KeyCommand.NextChange: await ScriptAsync(ChangeScript, 1); break;
            case KeyCommand.PreviousChange: await ScriptAsync(ChangeScript, -1); break;
            case KeyCommand.NextEvidence: await (_evidence?.MoveAsync(1) ?? Task.CompletedTask); break;
            case KeyCommand.PreviousEvidence: await (_evidence?.MoveAsync(-1) ?? Task.CompletedTask); break;
            case KeyCommand.NextField: await StepFieldAsync(1); break;
            case KeyCommand.PreviousField: await StepFieldAsync(-1); break;
            case KeyCommand.FieldOrBox: await FieldOrBoxAsync(); break;
            case KeyCommand.NextItem: await ShowNextAsync(); break;
            case KeyCommand.PreviousItem: await ScriptAsync("back"); break;
            case KeyCommand.Extend: await ExtendAsync(); break;
            case KeyCommand.Skip: await SkipAsync(); break;
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
            default: await ChooseAsync(KeyBinding.Choice(command)); break;
        }
    }

    /// <summary>The reason of a digit; where writing is all that is left, the caret goes there.</summary>
    private async Task ChooseAsync(int digit)
    {
        if (digit <= 0 || _sheet is null)
        {
            return;
        }
        await _sheet.ChooseAsync(digit);
        if (Missing() is [{ Target: "rationale" or "message" } next, ..])
        {
            await GoAsync(next);
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
        if (_work is not null && Reviews.Read(Id) is { } detail)
        {
            Take(detail, me);
        }
    }
}
