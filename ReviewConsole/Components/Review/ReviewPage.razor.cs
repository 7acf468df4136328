using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using ReviewConsole.Components.Layout;
using ReviewConsole.Components.Shared;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Queue;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;
using ReviewConsole.Live;
using ReviewConsole.Rendering;
using ReviewConsole.SignIn;

namespace ReviewConsole.Components.Review;

/// <summary>
/// The workspace of one review. Reads when it opens and after each signal; every change is an explicit command of the person (the files beside this one).
/// What they typed is kept on the server every second and taken up again by whoever comes back to the page.
/// </summary>
public sealed partial class ReviewPage : IAsyncDisposable
{
    private const string ShowScript = "show", FocusScript = "focus", NearScript = "near", AcrossScript = "across", WriteScript = "write", SettledScript = "settled";

    private static readonly string[] s_splits = ["Split1", "Split2"];

    private readonly CancellationTokenSource _gone = new();
    private Workspace? _work;
    private IReadOnlyList<TimelineLine> _timeline = [];
    private string? _question;
    private bool _missing;
    private bool _erased;
    private bool _lost;
    private Guid? _shown;
    private int _load;
    private bool _takenUp;
    private LiveSubscription? _live;
    private IJSObjectReference? _script;
    private ITimer? _claimTimer;

    private EvidencePane? _evidence;
    private ProposalPane? _proposal;
    private CorrectionPart? _correction;
    private DecisionSheet? _sheet;

    [Parameter] public Guid Id { get; set; }

    [Inject] private ReviewReader Reviews { get; set; } = default!;

    [Inject] private ReviewerDesk Desk { get; set; } = default!;

    [Inject] private Corrections Corrections { get; set; } = default!;

    [Inject] private NoteDesk Notes { get; set; } = default!;

    [Inject] private DraftDesk Drafts { get; set; } = default!;

    [Inject] private QueueReader Queue { get; set; } = default!;

    [Inject] private PrecedentReader Precedents { get; set; } = default!;

    [Inject] private PaymentReader Payments { get; set; } = default!;

    [Inject] private Gatekeeper Gate { get; set; } = default!;

    [Inject] private Changes Changes { get; set; } = default!;

    [Inject] private BlobFolder Blobs { get; set; } = default!;

    [Inject] private PdfPages Pdfs { get; set; } = default!;

    [Inject] private RenderWords Words { get; set; } = default!;

    [Inject] private CurrentPerson Person { get; set; } = default!;

    [Inject] private PeopleDirectory People { get; set; } = default!;

    [Inject] private TimeProvider Time { get; set; } = default!;

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [Inject] private IJSRuntime Browser { get; set; } = default!;

    [Inject] private Announcer Announcer { get; set; } = default!;

    [Inject] private ILogger<ReviewPage> Log { get; set; } = default!;

    [Inject] private IStringLocalizer<SharedWords> Shared { get; set; } = default!;

    private long Now => Time.GetUtcNow().ToUnixTimeMilliseconds();

    private ReviewRules Rules => Gate.RulesOf(_work?.State.Gate.PolicyDigest);

    private IReadOnlyList<string> Queues => [.. Rules.Queues.Order(StringComparer.Ordinal)];

    protected override async Task OnParametersSetAsync()
    {
        _to = null;
        if (_shown != Id)
        {
            _shown = Id;
            (_work, _missing, _erased, _lost, _problem) = (null, false, false, false, null);
            (_digest, _field, _operation, _reasoning, _aside) = (null, null, null, false, Aside.None);
            await LoadAsync();
            _takenUp = SheetIsOpen;
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _live = LiveSubscription.Start(Changes, Time, Concerns, (_, _) => InvokeAsync(FollowAsync));
            _claimTimer = Time.CreateTimer(_ => _live.Nudge(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            // What was committed between the first read and the subscription.
            _live.Nudge();
            try
            {
                _script = await Browser.InvokeAsync<IJSObjectReference>("import", _gone.Token, "./" + Assets["js/review.js"]);
                // From now on a key leads where it should: those that were pressed before have been held.
                StateHasChanged();
            }
            catch (Exception gone) when (gone is JSDisconnectedException or OperationCanceledException)
            {
                // The page was left while it was being set up.
            }
        }
        ReadBeside();
        if (_takenUp && _script is not null && SheetIsOpen)
        {
            // Whoever comes back to a decision goes on writing: no letter of it is taken for a command.
            _takenUp = false;
            await ScriptAsync(FocusScript, Missing().Select(part => part.Target).FirstOrDefault(target => target is "arguments" or "rationale" or "message") ?? "rationale");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync();
        await LeaveBesideAsync();
        if (_claimTimer is not null)
        {
            await _claimTimer.DisposeAsync();
        }
        if (_live is not null)
        {
            await _live.DisposeAsync();
        }
        try
        {
            if (_script is not null)
            {
                await _script.DisposeAsync();
            }
        }
        catch (Exception gone) when (gone is JSDisconnectedException or OperationCanceledException)
        {
            // Nothing is left to let go of.
        }
        _gone.Dispose();
    }

    // Opens the revision that is on disk now, with what this person had written for it. Whoever went on meanwhile is not brought back: only the latest load counts.
    private async Task LoadAsync()
    {
        var load = ++_load;
        var me = await Person.FindAsync();
        if (load != _load)
        {
            return;
        }
        var detail = Reviews.Read(Id, me?.Id);
        _missing = detail is null || me is null;
        _erased = detail is { Content: null };
        if (detail?.Content is not { } content || me is null)
        {
            return;
        }
        // What was hidden comes; what was being read stays where it is.
        var evidence = _work is { Review: { Withheld: true } shown } && shown.Revision == content.Revision ? shown.Evidence
            : PreparedOf(content) ?? await EvidenceOfAsync(content, _gone.Token);
        if (load != _load)
        {
            return;
        }
        Keep(new Prepared(content.Proposal.Evidence, evidence));
        _work = new Workspace(ReviewModel.Of(content, evidence, detail.Stored.ChangedSeq + 1, detail.State.IsSecondRead(me.Id), detail.Withheld, () => Corrections.SchemaOf(content)), detail, me, People);
        if (Drafts.Find(me, Id) is { } draft)
        {
            _work.Form.Restore(draft.Content);
            _work.SavedAt = draft.At;
        }
        Take(detail, me);
    }

    // What was read is what is shown, but the proposal itself changes only when the person asks for it.
    private void Take(ReviewDetail detail, PersonActor? me)
    {
        var work = _work!;
        var mine = work.Standing == Standing.Mine;
        (work.Detail, work.Me, work.Now) = (detail, me, Now);
        work.Line = Gate.Line(detail.Stored.System, detail.Stored.Kind);
        work.Colleagues = me is null ? [] : Notes.Colleagues(me);
        work.Options = me is null ? [] : Desk.Options(me, Id) ?? [];
        work.Seen = !work.State.IsOpen ? Reviews.SeenAtDecision(detail) : me is null ? work.Seen : Desk.Seen(me, Id).Milliseconds;
        _lost = (_lost || mine) && work.Standing == Standing.Free;
        _question = Reviews.Question(detail.State);
        _timeline = [.. detail.Timeline.Select(entry => TimelineWords.Of(T, entry, work))];
        if (!IsCorrecting || work.IsStale || (work.Edited is null && work.Form.IsEdited))
        {
            Edited();
        }
        ArmClaimTimer(work);
    }

    // The screen changes when two minutes are left and when the claim ends, without anybody asking.
    private void ArmClaimTimer(Workspace work)
    {
        if (work.Standing != Standing.Mine || _claimTimer is null)
        {
            return;
        }
        var left = work.State.ClaimUntil - work.Now;
        _claimTimer.Change(TimeSpan.FromMilliseconds((left > 120_000 ? left - 120_000 : left) + 50), Timeout.InfiniteTimeSpan);
    }

    private bool Concerns(ChangeSignal signal) =>
        signal.Reviews.Contains(Id) || signal.Topics.Contains(ChangeSignal.Line) || signal.Topics.Contains(ChangeSignal.People);

    private async Task FollowAsync()
    {
        if (_work is not null && !_gone.IsCancellationRequested)
        {
            var me = await Person.FindAsync();
            if (Reviews.Read(Id, me?.Id) is { } detail)
            {
                SayNewNote(detail);
                Take(detail, me);
                if (_work is { Review.Withheld: true, IsStale: false } && !detail.Withheld)
                {
                    // Said in another tab, or the review has ended.
                    await LoadAsync();
                }
                StateHasChanged();
            }
            await HearAsync(me);
        }
    }

    private async Task ScriptAsync(string function, params object[] arguments)
    {
        if (_script is null)
        {
            return;
        }
        try
        {
            await _script.InvokeVoidAsync(function, _gone.Token, arguments);
        }
        catch (Exception gone) when (gone is JSDisconnectedException or OperationCanceledException)
        {
            // The circuit is gone, and the page with it.
        }
    }
}
