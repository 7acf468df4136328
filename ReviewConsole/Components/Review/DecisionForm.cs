using System.Text;
using System.Text.Json;
using ReviewConsole.Core.Ledger;
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
    private const int MostDepth = 64;
    private string? _argumentsText;

    internal DecisionForm(ReviewModel model) => Model = model;

    internal ReviewModel Model { get; }

    /// <summary>The decision whose sheet is open.</summary>
    internal DecisionKind? Decision { get; set; }

    /// <summary>The reason chosen for each decision.</summary>
    internal Dictionary<DecisionKind, string> Reasons { get; } = [];

    internal string Rationale { get; set; } = "";

    internal string Message { get; set; } = "";

    internal HashSet<string> Acknowledged { get; } = new(StringComparer.Ordinal);

    /// <summary>Of a rejection: propose again instead of giving up.</summary>
    internal bool Retry { get; set; }

    /// <summary>Of a rejection: the alternative chosen, which is a retry.</summary>
    internal int? Alternative { get; set; }

    /// <summary>Of an escalation; null is the experts' queue.</summary>
    internal string? Queue { get; set; }

    /// <summary>The arguments as edited, or null while they are the source's.</summary>
    internal string? ArgumentsText
    {
        get => _argumentsText;
        set
        {
            _argumentsText = value is null || value == Original ? null : value;
            (Arguments, ArgumentsFault) = _argumentsText is null ? (null, null) : Parse(_argumentsText);
        }
    }

    /// <summary>The edited arguments as an object that the digest can carry.</summary>
    internal JsonElement? Arguments { get; private set; }

    /// <summary>What is wrong with the edited arguments, in words of the reader's parser.</summary>
    internal string? ArgumentsFault { get; private set; }

    /// <summary>The draft as edited, or null while it is the source's.</summary>
    internal string? DraftText { get; set; }

    internal string? Reason => Decision is { } decision ? Reasons.GetValueOrDefault(decision) : null;

    internal bool IsEdited => _argumentsText is not null || DraftText is not null || Model.Fields.Any(f => f.Changed);

    /// <summary>The proposal's arguments as the editor shows them.</summary>
    internal string Original => JsonSerializer.Serialize(Model.Proposal.Action.Arguments, s_pretty);

    private static readonly JsonSerializerOptions s_pretty = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The changed parts, each complete; empty when nothing was changed or the arguments do not parse.</summary>
    internal Correcting Correction() => new(
        Arguments,
        DraftText is null || Model.Proposal.Draft is not { } draft ? null : draft with { Content = DraftText },
        Model.Fields.Any(f => f.Changed) ? [.. Model.Fields.Select(f => f.Field with { Value = f.Value })] : null);

    /// <summary>Gives the proposal back as it came; what was written in the sheet stays.</summary>
    internal void UndoEdits()
    {
        ArgumentsText = null;
        DraftText = null;
        foreach (var field in Model.Fields)
        {
            field.Text = field.Before;
        }
    }

    /// <summary>As text for the draft store.</summary>
    internal string Save() => JsonSerializer.Serialize(new Saved(
        Decision, Reasons, Rationale, Message, [.. Acknowledged], Retry, Alternative, Queue, _argumentsText, DraftText,
        Model.Fields.Where(f => f.Changed).ToDictionary(f => f.Field.Name, f => f.Text)));

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
        foreach (var (decision, reason) in draft.Reasons)
        {
            Reasons[decision] = reason;
        }
        (Rationale, Message, Retry, Alternative, Queue) = (draft.Rationale, draft.Message, draft.Retry, draft.Alternative, draft.Queue);
        Acknowledged.UnionWith(draft.Acknowledged);
        ArgumentsText = draft.Arguments;
        DraftText = draft.Draft == Model.Proposal.Draft?.Content ? null : draft.Draft;
        foreach (var field in Model.Fields)
        {
            field.Text = draft.Fields.GetValueOrDefault(field.Field.Name, field.Text);
        }
    }

    private static (JsonElement?, string?) Parse(string text)
    {
        if (JsonBody.TryParse(Encoding.UTF8.GetBytes(text), MostDepth, out var value) is { } fault)
        {
            return (null, fault.Detail);
        }
        try
        {
            _ = CanonicalJson.Of(value);
            return value.ValueKind == JsonValueKind.Object ? (value, null) : (null, "The arguments are a JSON object.");
        }
        catch (CanonicalJsonException unfit)
        {
            return (null, unfit.Message);
        }
    }

    private sealed record Saved(
        DecisionKind? Decision, Dictionary<DecisionKind, string> Reasons, string Rationale, string Message, string[] Acknowledged, bool Retry, int? Alternative,
        string? Queue, string? Arguments, string? Draft, Dictionary<string, string> Fields);
}
