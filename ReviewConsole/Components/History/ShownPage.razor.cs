using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using ReviewConsole.Components.Review;
using ReviewConsole.Components.Shared;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Queue;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;
using ReviewConsole.Rendering;
using ReviewConsole.SignIn;

namespace ReviewConsole.Components.History;

/// <summary>The workspace as whoever decided had it: revision, evidence with its seconds, edits, the gate's words, what was hidden (SCREENS.md §4). Looking records nothing.</summary>
public sealed partial class ShownPage
{
    private readonly CancellationTokenSource _gone = new();
    private ShownDecision? _shown;
    private ReviewModel? _model;
    private IReadOnlyDictionary<string, long> _seen = new Dictionary<string, long>();
    private EvidencePane? _evidence;
    private (Guid, long)? _wanted;
    private bool _read;

    [Parameter] public Guid Id { get; set; }

    [Parameter] public long Entry { get; set; }

    [Inject] private ReplayReader Reader { get; set; } = default!;

    [Inject] private Gatekeeper Gate { get; set; } = default!;

    [Inject] private BlobFolder Blobs { get; set; } = default!;

    [Inject] private PdfPages Pdfs { get; set; } = default!;

    [Inject] private RenderWords Rendered { get; set; } = default!;

    [Inject] private PeopleDirectory People { get; set; } = default!;

    [Inject] private CurrentPerson Person { get; set; } = default!;

    protected override string Script => "js/review.js";

    // The draft as it was decided; null where it stayed as it was.
    private string? Corrected => _shown!.After?.Draft?.Content is { } draft && draft != _shown.Content!.Effective.Draft?.Content ? draft : null;

    private IReadOnlyList<ActionChange> Changes => _shown!.After is { } after ? ActionChange.Between(_shown.Content!.Effective, after) : [];

    private IReadOnlyList<TimelineLine> Timeline => [.. _shown!.Timeline.Select(entry => new TimelineLine(At(entry.At), TimelineWords.What(R, entry), NameOf(entry.By)))];

    protected override async Task OnParametersSetAsync()
    {
        if (_wanted == (Id, Entry))
        {
            return;
        }

        _wanted = (Id, Entry);
        var me = await Person.FindAsync();
        (_shown, _model) = (Reader.Read(Id, Entry, me?.Id), null);
        if (_shown is { Content: { } content } shown)
        {
            _seen = shown.Seen.ToDictionary(static piece => piece.Evidence, static piece => piece.Milliseconds, StringComparer.Ordinal);
            var evidence = await EvidenceModel.OfAsync(Id, content.Revision, content.Proposal, content.Gate.RequiredEvidence, Blobs, Pdfs, Rendered, _gone.Token);
            _model = ReviewModel.Of(content, evidence, Entry, shown.SecondRead);
            foreach (var field in shown.After is null ? [] : _model.Fields)
            {
                field.Text = shown.After?.Fields?.FirstOrDefault(after => after.Name == field.Field.Name) is { } after ? new FieldModel(after, field.Number).Before : "";
            }
        }

        _read = true;
    }

    protected override Task AttachAsync(IJSObjectReference module) => Task.CompletedTask;

    protected override ValueTask DetachAsync(IJSObjectReference module) => ValueTask.CompletedTask;

    public override async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync();
        await base.DisposeAsync();
        _gone.Dispose();
    }

    private async Task ShowAsync(string id)
    {
        try
        {
            await (Module?.InvokeVoidAsync("show", _gone.Token, id) ?? ValueTask.CompletedTask);
        }
        catch (Exception gone) when (gone is JSDisconnectedException or OperationCanceledException)
        {
            // The page was left.
        }
    }

    private string NameOf(string id) => People.Person(id)?.Name ?? (id == Actor.System.Id ? T["Who.Console"] : id.StartsWith('k') ? _model!.Proposal.Source.System : id);

    private string ReasonOf(Decided decided) => Gate.RulesOf(decided.Policy.Digest).LabelOf(decided.Decision!.Value, decided.ReasonCode!);

    // "evidence 2, 3.2 s": the numbers that stand on the frames.
    private string Words(ReviewModel model, SeenPiece piece) => T[
        "Shown.Piece", model.NumberOf(piece.Evidence)?.ToString(CultureInfo.CurrentCulture) ?? HiddenText.Plain(piece.Evidence),
        (piece.Milliseconds / 1000m).ToString("0.0", CultureInfo.CurrentCulture)];

    private static DateTimeOffset At(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    private static MarkupString? Piece(string sign, System.Text.Json.JsonElement? value) => value is { } some ? HiddenText.Markup(sign + ShortText.Of(some.GetRawText(), 120)).Html : null;
}
