using Radzen;
using ReviewConsole.Components.Escalations;
using ReviewConsole.Components.Keys;
using ReviewConsole.Components.Shared;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;

namespace ReviewConsole.Components.Policies;

public sealed partial class PolicyPage
{
    private const int MostErrors = 50;

    private TextEditor? _editor;
    private (long Number, string Digest)? _over;
    private IReadOnlyList<PolicyError> _errors = [];
    private Notice? _notice;
    private long _editorOf;
    private string _editorKey = "";
    private string _opened = "";
    private string _text = "";
    private bool _saving;

    private Task ObeyAsync(KeyCommand command) => (command, _show) switch
    {
        (KeyCommand.Save, PolicyAddress.Edit) => SaveAsync(),
        (KeyCommand.Open, PolicyAddress.Edit) when _editor is { } editor => editor.FocusAsync(Part == PolicyPart.Actions ? "action-name" : "rule-name"),
        _ => Task.CompletedTask,
    };

    private void OpenEditor(StoredPolicy policy)
    {
        _over = IsDraft ? (policy.Number, policy.Digest) : null;
        _editorOf = policy.Number;
        // What was typed over an older text is not put over a newer one.
        _editorKey = KeyOf(policy);
        // As a text area has it: with one way of ending a line.
        _opened = _text = (IsDraft ? policy.Text : Next(policy)).Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        (_errors, _notice, _rules.Text, _actions.Text, _typed) = ([], null, _rules.Open(_text), _actions.Open(_text), _read);
    }

    private Task GoAsync(PolicyError error) => _editor?.GoAsync(error.Line, error.Column) ?? Task.CompletedTask;

    private Task SaveOwnAsync()
    {
        _over = null;
        return SaveAsync();
    }

    private static string KeyOf(StoredPolicy policy) => $"policy-{policy.Number}-{policy.Digest}";

    private async Task SaveAsync()
    {
        if (_editor is { } editor && !_saving)
        {
            _saving = true;
            try
            {
                await SaveAsync(editor);
            }
            finally
            {
                _saving = false;
            }
        }
    }

    private async Task SaveAsync(TextEditor editor)
    {
        var text = await StandingAsync(editor);
        if (await ActAsync(person => Desk.SaveAsync(person, _over, text, CancellationToken.None), T["Done.Saved"]) is { } saved)
        {
            (_over, _errors, _opened) = ((saved.Number, saved.Digest), [], text);
            await editor.KeptAsync(text, KeyOf(saved));
            if (saved.Number != Number)
            {
                Navigation.NavigateTo(PolicyAddress.Of(saved.Number));
            }
        }
    }

    private Task ShadowAsync() => ActAsync(person => Desk.ShadowAsync(person, Number, _policy!.Digest, CancellationToken.None), T["Done.Shadow"]);

    private async Task DiscardAsync()
    {
        if (await ActAsync(person => Desk.DiscardAsync(person, Number, _policy!.Digest, CancellationToken.None), T["Done.Discarded"]) is not null)
        {
            Navigation.NavigateTo(PolicyAddress.Of(Number));
        }
    }

    private Task PublishAsync()
    {
        var (number, digest) = (Number, _policy!.Digest);
        return AskAsync<PublishDialog>(T["Publish.Title"], new()
        {
            [nameof(PublishDialog.About)] = T["Changes.After", _policy.Name, _policy.Version].Value,
            [nameof(PublishDialog.Now)] = Clock.GetUtcNow(),
            [nameof(PublishDialog.Write)] = (Func<string, DateTimeOffset?, Task<string?>>)((reason, at) =>
                WriteAsync(person => Desk.PublishAsync(person, number, digest, at?.ToUnixTimeMilliseconds(), reason, CancellationToken.None), T["Done.Published"])),
        });
    }

    private Task RollBackAsync()
    {
        var number = Number;
        return AskAsync<ReasonDialog>(T["RollBack.Title"], new()
        {
            [nameof(ReasonDialog.About)] = T["Changes.After", _policy!.Name, _policy.Version].Value,
            [nameof(ReasonDialog.Text)] = T["RollBack.Text"].Value,
            [nameof(ReasonDialog.Action)] = T["Act.RollBack"].Value,
            [nameof(ReasonDialog.Write)] = (Func<string, Task<string?>>)(reason =>
                WriteAsync(person => Desk.RollBackAsync(person, number, reason, CancellationToken.None), T["Done.RolledBack"])),
        });
    }

    private async Task AskAsync<TDialog>(string title, Dictionary<string, object?> parameters) where TDialog : Microsoft.AspNetCore.Components.ComponentBase
    {
        await Dialogs.OpenAsync<TDialog>(title, parameters, new DialogOptions
        {
            Width = "min(32rem, calc(100vw - 2rem))", CloseDialogOnOverlayClick = false, CssClass = "rc-dialog", AutoFocusFirstElement = true, CloseAriaLabel = T["Notice.Close"],
        });
        Load();
    }

    /// <summary>Answers why it could not be done: the dialog stays with all that was written in it.</summary>
    private async Task<string?> WriteAsync(Func<PersonActor, Task<Result<StoredPolicy>>> act, string done) =>
        await ActAsync(act, done) is not null ? null : $"{_notice!.Title} {_notice.Text}";

    /// <summary>What was saved or moved; null where the notice says why not.</summary>
    private async Task<StoredPolicy?> ActAsync(Func<PersonActor, Task<Result<StoredPolicy>>> act, string done)
    {
        _me = await Person.FindAsync();
        if (_me is null)
        {
            Say(new Notice(T["Session.Ended"], T["Session.EndedText"]));
            return null;
        }

        try
        {
            var result = await act(_me);
            if (result.Refusal is { } refusal)
            {
                _errors = refusal is Refusal.PolicyMalformed malformed ? malformed.Errors : _errors;
                Say(Refused(refusal));
                return null;
            }

            Load();
            Say(new Notice(done, "", Tone.Good));
            return result.Value;
        }
        catch (Exception fault) when (Faults.Is(fault))
        {
            var (title, text) = Faults.Of(Shared, fault);
            Say(new Notice(title, text));
            return null;
        }
    }

    private Notice Refused(Refusal refusal) => refusal switch
    {
        Refusal.PolicyMalformed malformed => new Notice(T["Refused.Malformed", malformed.Errors.Count], T["Refused.MalformedText"]),
        Refusal.PolicyMoved => new Notice(T["Refused.Moved"], T[_show == PolicyAddress.Edit ? "Refused.MovedEdit" : "Refused.MovedText"], Own: _show == PolicyAddress.Edit),
        Refusal.ConflictOfInterest => new Notice(T["Refused.Author"], T["Refused.AuthorText"]),
        Refusal.NotPermitted => new Notice(T["Refused.NotPermitted"], T["Refused.NotPermittedText"]),
        Refusal.Invalid { Pointer: "#/rules" } unaudited => new Notice(T["Refused.Unaudited"], unaudited.Detail),
        _ => Other(refusal),
    };

    private Notice Other(Refusal refusal)
    {
        var (title, text) = Refusals.Of(Shared, refusal, NameOf);
        return new Notice(title, text);
    }

    private void Say(Notice notice)
    {
        _notice = notice;
        Announcer.Say(notice.Title);
    }

    /// <param name="Own">The text can be saved as a draft of its own.</param>
    private sealed record Notice(string Title, string Text, Tone Tone = Tone.Look, bool Own = false);
}
