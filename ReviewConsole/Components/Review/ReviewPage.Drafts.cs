using System.Globalization;
using ReviewConsole.Core.Reviews;

namespace ReviewConsole.Components.Review;

/// <summary>What the person has written and not yet decided; it is kept on the server.</summary>
public sealed partial class ReviewPage
{
    private string? _digest;

    private bool IsCorrecting => _work is { Standing: Standing.Mine, Review.Withheld: false, Form: { } form } && (form.Decision == DecisionKind.Correct || form.IsEdited);

    // The digest and what will run follow every edit, and go with the claim.
    private void Edited()
    {
        if (_work is { } work)
        {
            work.Edited = IsCorrecting && !work.IsStale && work.Form.Correction() is { IsEmpty: false } correction && work.Detail.Content is { } content
                ? Corrections.Of(content, correction)
                : null;
            _digest = work.Edited?.Digest;
        }
    }

    // To correct, with the caret where that begins: in the field that is looked at, in the text, else in the first input.
    private async Task EditAsync()
    {
        await OpenSheetAsync(DecisionKind.Correct);
        if (_work is { } work && IsCorrecting)
        {
            var fields = work.Review.Fields;
            var field = Field(_field) ?? (work.Layout == "extraction" ? fields.FirstOrDefault(static field => field.ToCheck) ?? fields[0] : null);
            await ScriptAsync(WriteScript, field is not null ? string.Create(CultureInfo.InvariantCulture, $"field-{field.Number}") : work.Review.Proposal.Draft is not null ? "draft" : "correction");
        }
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
}
