using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using ReviewConsole.Components.Shared;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Ledger;
using ReviewConsole.Core.Queue;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;
using ReviewConsole.Live;
using ReviewConsole.SignIn;

namespace ReviewConsole.Components.History;

/// <summary>What happened to one review, what was decided, and the proof (SCREENS.md §4). Looking records nothing.</summary>
public sealed partial class HistoryDetailPage
{
    private const int LongestChange = 400;

    private HistoryRecord? _record;
    private LiveSubscription? _live;
    private bool _read;
    private Guid _shown;

    [Parameter] public Guid Id { get; set; }

    [Inject] private ReviewReader Reader { get; set; } = default!;

    [Inject] private LedgerSigner Signer { get; set; } = default!;

    [Inject] private AnchorFile Anchors { get; set; } = default!;

    [Inject] private CurrentPerson Person { get; set; } = default!;

    [Inject] private PeopleDirectory People { get; set; } = default!;

    [Inject] private Gatekeeper Gate { get; set; } = default!;

    [Inject] private Changes Changes { get; set; } = default!;

    [Inject] private TimeProvider Clock { get; set; } = default!;

    protected override string Script => "js/copy.js";

    private IReadOnlyList<string> About
    {
        get
        {
            var state = _record!.State;
            var proposal = _record.Detail.Content?.Proposal;
            return
            [
                .. new[]
                {
                    proposal?.Subject?.Label ?? proposal?.Subject?.Id,
                    proposal is null ? null : string.Join(", ", new[] { proposal.Source.System, proposal.Source.Agent, proposal.Source.Version }.OfType<string>()),
                    proposal?.Source.RunId,
                    T["Detail.Revision", state.Revision].Value,
                    T["Detail.Policy", state.Gate.Policy, state.Gate.PolicyVersion].Value,
                }.OfType<string>(),
            ];
        }
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_shown != Id || !_read)
        {
            await ReadAsync();
        }
    }

    protected override Task AttachAsync(IJSObjectReference module)
    {
        _live = LiveSubscription.Start(Changes, Clock, signal => signal.Reviews.Contains(Id), (_, _) => InvokeAsync(async () =>
        {
            await ReadAsync();
            StateHasChanged();
        }));
        return Task.CompletedTask;
    }

    protected override ValueTask DetachAsync(IJSObjectReference module) => ValueTask.CompletedTask;

    public override async ValueTask DisposeAsync()
    {
        if (_live is { } live)
        {
            await live.DisposeAsync();
        }

        await base.DisposeAsync();
    }

    private async Task ReadAsync()
    {
        var me = await Person.FindAsync();
        (_record, _shown, _read) = (HistoryRecord.Read(Reader, Id, me?.Id, Signer.Key, Anchors.Read()), Id, true);
    }

    // People by name, a calling system by its owner's name, the console by what it is.
    private string NameOf(string id) => People.Person(id)?.Name ?? (id == Actor.System.Id ? T["Who.Console"] : id.StartsWith('k') ? _record!.Detail.Owner : id);

    private string ReasonOf(Decider decider) => Gate.RulesOf(decider.Policy).LabelOf(decider.Decision, decider.Reason!);

    private static MarkupString Piece(string sign, System.Text.Json.JsonElement value) => Rendering.HiddenText.Markup(sign + ShortText.Of(value.GetRawText(), LongestChange)).Html;

    // The bytes as they were issued; a link of ours to them would need a key.
    private static string Download(string receipt) => "data:text/plain;charset=utf-8;base64," + Convert.ToBase64String(Encoding.UTF8.GetBytes(receipt));
}
