using System.Text.Json;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;

namespace ReviewConsole.Components.Review;

/// <summary>
/// What a person has written and not yet decided: the sheet's entries and the edits of the proposal. Kept on the server as a draft, so it
/// outlives circuit, claim and restart.
/// </summary>
public sealed class DecisionForm
{
    internal DecisionForm(ReviewModel model) => (Model, Arguments) = (model, new EditedArguments(model.Proposal.Action, model.Schema));

    internal ReviewModel Model { get; }

    /// <summary>The decision whose sheet is open.</summary>
    internal DecisionKind? Decision { get; set; }

    /// <summary>The first judgement whose sheet is open, and the words to it.</summary>
    internal DecisionKind? First { get; set; }

    internal string FirstNote { get; set; } = "";

    /// <summary>The reason chosen for each decision.</summary>
    internal Dictionary<DecisionKind, string> Reasons { get; } = [];

    internal string Rationale { get; set; } = "";

    internal string Message { get; set; } = "";

    /// <summary>A note to colleagues that is not written yet.</summary>
    internal string Note { get; set; } = "";

    /// <summary>The note asks for an opinion.</summary>
    internal bool NoteAsks { get; set; }

    internal HashSet<string> Acknowledged { get; } = new(StringComparer.Ordinal);

    /// <summary>Of a rejection: propose again instead of giving up.</summary>
    internal bool Retry { get; set; }

    /// <summary>Of a rejection: the alternative chosen, which is a retry.</summary>
    internal int? Alternative { get; set; }

    /// <summary>Of an escalation; null is the experts' queue.</summary>
    internal string? Queue { get; set; }

    internal EditedArguments Arguments { get; }

    /// <summary>The draft as edited, or null while it is the source's.</summary>
    internal string? DraftText { get; set; }

    internal string? Reason => Decision is { } decision ? Reasons.GetValueOrDefault(decision) : null;

    internal bool IsEdited => Arguments.Text is not null || DraftText is not null || Model.Fields.Any(f => f.Changed);

    /// <summary>Only boxes were moved: what runs is the same.</summary>
    internal bool IsPlacesOnly => Arguments.Text is null && DraftText is null && !Model.Fields.Any(f => f.TextChanged) && Model.Fields.Any(f => f.PlaceChanged);

    /// <summary>The changed parts, each complete; empty when nothing was changed or the arguments do not parse.</summary>
    internal Correcting Correction() => new(
        Arguments.Value,
        DraftText is null || Model.Proposal.Draft is not { } draft ? null : draft with { Content = DraftText },
        Model.Fields.Any(f => f.Changed) ? [.. Model.Fields.Select(f => f.Corrected)] : null);

    /// <summary>Gives the proposal back as it came; what was written in the sheet stays.</summary>
    internal void UndoEdits()
    {
        Arguments.Undo();
        DraftText = null;
        foreach (var field in Model.Fields)
        {
            field.Undo();
        }
    }

    /// <summary>As text for the draft store.</summary>
    internal string Save() => JsonSerializer.Serialize(new Saved(
        Decision, Reasons, Rationale, Message, [.. Acknowledged], Retry, Alternative, Queue, Arguments.Text, DraftText,
        Model.Fields.Where(f => f.TextChanged).ToDictionary(f => f.Field.Name, f => f.Text),
        Model.Fields.Where(f => f is { PlaceChanged: true, Box: not null }).ToDictionary(f => f.Field.Name, f => new Place(f.Page, f.Box!.Value)),
        First, FirstNote, Note, NoteAsks, Arguments.AsJson));

    /// <summary>Takes up a saved draft; one that cannot be read is left alone.</summary>
    internal void Restore(string saved)
    {
        Saved? draft;
        try
        {
            draft = JsonSerializer.Deserialize<Saved>(saved);
        }
        catch (JsonException)
        {
            return;
        }
        if (draft is null)
        {
            return;
        }
        Decision = draft.Decision;
        (First, FirstNote) = (draft.First, draft.FirstNote ?? "");
        foreach (var (decision, reason) in draft.Reasons)
        {
            Reasons[decision] = reason;
        }
        (Rationale, Message, Retry, Alternative, Queue) = (draft.Rationale, draft.Message, draft.Retry, draft.Alternative, draft.Queue);
        (Note, NoteAsks) = (draft.Note ?? "", draft.NoteAsks);
        Acknowledged.UnionWith(draft.Acknowledged);
        Arguments.Text = draft.Arguments;
        Arguments.AsJson |= draft.AsJson;
        DraftText = draft.Draft == Model.Proposal.Draft?.Content ? null : draft.Draft;
        foreach (var field in Model.Fields)
        {
            field.Text = draft.Fields.GetValueOrDefault(field.Field.Name, field.Text);
            if (draft.Places?.TryGetValue(field.Field.Name, out var place) == true)
            {
                (field.Page, field.Box) = (place.Page, place.Box);
            }
        }
    }

    private sealed record Saved(
        DecisionKind? Decision, Dictionary<DecisionKind, string> Reasons, string Rationale, string Message, string[] Acknowledged, bool Retry, int? Alternative,
        string? Queue, string? Arguments, string? Draft, Dictionary<string, string> Fields, Dictionary<string, Place>? Places,
        DecisionKind? First, string? FirstNote, string? Note = null, bool NoteAsks = false, bool AsJson = false);

    private sealed record Place(int Page, Box Box);
}
