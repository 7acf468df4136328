using System.Collections.Frozen;
using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using ReviewConsole.Components.Layout;
using ReviewConsole.Components.Shared;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Oversight;
using ReviewConsole.Core.Store;
using ReviewConsole.SignIn;

namespace ReviewConsole.Components.Policies;

/// <summary>Which classes of what people decided a rule may stand for, and what the others lack (SCREENS.md §5). It is worked out when the page is opened and given up when it is left.</summary>
public sealed partial class CandidatesPage
{
    private const int MostShown = 100;
    private const int UsualDays = 90;

    // None of them stands for all.
    private static readonly int[] s_days = [30, UsualDays, 365, 0];

    private CancellationTokenSource? _stop;
    private Task? _running;
    private AutomationReport? _report;
    private GatePolicy? _policy;
    private (string Title, string Text)? _notice;
    private int? _asked;
    private int _days = UsualDays;
    private long _done;
    private long _total;
    private bool _stopped;
    private bool _mayDraft;
    private bool _locked;
    private bool _gone;
    private string? _fault;

    /// <summary>Of how many days; 0 for all.</summary>
    [SupplyParameterFromQuery(Name = "days")] public int? Days { get; set; }

    [Inject] private PolicyDesk Desk { get; set; } = default!;

    [Inject] private PastReviews Reviews { get; set; } = default!;

    [Inject] private CurrentPerson Person { get; set; } = default!;

    [Inject] private PeopleDirectory People { get; set; } = default!;

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [Inject] private Announcer Announcer { get; set; } = default!;

    [Inject] private IStringLocalizer<SharedWords> Shared { get; set; } = default!;

    [Inject] private TimeProvider Clock { get; set; } = default!;

    [Inject] private ILogger<CandidatesPage> Log { get; set; } = default!;

    protected override async Task OnParametersSetAsync()
    {
        _days = Days is { } days && s_days.Contains(days) ? days : UsualDays;
        var me = await Person.FindAsync();
        _mayDraft = me?.May(Permission.PolicyDraft) == true;
        if (!PastReviews.May(me))
        {
            _notice = (T["Refused.NotPermitted"], T["Candidates.Who"]);
        }
        else if (RendererInfo.IsInteractive && _asked != _days)
        {
            await StopAsync();
            Run();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _gone = true;
        await StopAsync();
        _stop?.Dispose();
    }

    private void Choose(ChangeEventArgs chosen) => Navigation.NavigateTo(PolicyAddress.CandidatesOf(int.Parse((string)chosen.Value!, CultureInfo.InvariantCulture)));

    private void Run()
    {
        if (_running is null)
        {
            _stop?.Dispose();
            _stop = new CancellationTokenSource();
            (_asked, _done, _total, _stopped, _fault, _report, _notice) = (_days, 0, 0, false, null, null, null);
            _running = RunAsync(_days == 0 ? null : _days, _stop.Token);
        }
    }

    private async Task StopAsync()
    {
        if (_stop is { } stop && _running is { } running)
        {
            await stop.CancelAsync();
            await running;
        }
    }

    private async Task RunAsync(int? days, CancellationToken stop)
    {
        // The page says first that it runs.
        await Task.Yield();
        try
        {
            var shelf = Desk.Read();
            _locked = shelf.Locked;
            _mayDraft &= !_locked;
            _policy = Read(InForce(shelf));
            if (_policy is { } policy)
            {
                _report = await Reviews.ClassesAsync(
                    policy, shelf.DemotionsOf(shelf.InForce.Policy).Select(static demotion => demotion.Rule).ToFrozenSet(StringComparer.Ordinal),
                    shelf.Demotions.Select(static demotion => demotion.Review).ToFrozenSet(), days, (done, total) => _ = InvokeAsync(() => Tell(done, total)), stop);
                Announcer.Say(T["Candidates.Found", _report.Classes.Count(static found => found.IsCandidate), _report.Classes.Count]);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            _stopped = true;
        }
        catch (Exception fault)
        {
            _fault = Guid.CreateVersion7(Clock.GetUtcNow()).ToString("N")[..12];
            LogFault(Log, fault, _fault);
        }

        _running = null;
        if (!_gone)
        {
            StateHasChanged();
        }
    }

    private void Tell(long done, long total)
    {
        if (_running is not null && !_gone)
        {
            (_done, _total) = (done, total);
            StateHasChanged();
        }
    }

    private async Task DraftAsync(AutomationClass found)
    {
        if (await Person.FindAsync() is not { } me)
        {
            Say(T["Session.Ended"], T["Session.EndedText"]);
            return;
        }

        try
        {
            var shelf = Desk.Read();
            var current = InForce(shelf);
            if (current.Digest != _policy!.Digest)
            {
                Say(T["Candidates.Moved"], T["Candidates.MovedText"]);
                return;
            }

            if (CandidateRule.Draft(current.Text, found, shelf.NextVersion(current.Name), shelf.Demotions.Select(static demotion => demotion.Rule)) is not { } text)
            {
                Say(T["Candidates.NoPlace"], T["Candidates.NoPlaceText"]);
                return;
            }

            var saved = await Desk.SaveAsync(me, null, text, CancellationToken.None);
            if (saved.Value is { } draft)
            {
                Navigation.NavigateTo(PolicyAddress.Of(draft.Number, PolicyAddress.Changes));
                return;
            }

            var (title, detail) = Refusals.Of(Shared, saved.Refusal!, id => People.Person(id)?.Name ?? id);
            Say(title, detail);
        }
        catch (Exception fault) when (Faults.Is(fault))
        {
            var (title, detail) = Faults.Of(Shared, fault);
            Say(title, detail);
        }
    }

    private void Say(string title, string text)
    {
        _notice = (title, text);
        Announcer.Say(title);
    }

    private static StoredPolicy InForce(PolicyShelf shelf) => shelf.Policies.First(policy => policy.Number == shelf.InForce.Policy);

    private static GatePolicy? Read(StoredPolicy stored) => PolicyReader.Read(stored.Text, stored.Base).Policy;

    private string KindOf(string kind) => Shared["Kind." + kind] is { ResourceNotFound: false } word ? word.Value : Rendering.HiddenText.Plain(kind);

    private string Band(AmountBand? band) => band is { } amounts ? T["Candidates.Band", amounts.From.ToString("N0", CultureInfo.CurrentCulture), Money(amounts.Below)] : T["Candidates.NoAmount"];

    private string Money(decimal amount) => $"{amount.ToString("N0", CultureInfo.CurrentCulture)} {_policy?.Currency}";

    [LoggerMessage(Level = LogLevel.Error, Message = "The search for automation candidates was given up; the page showed reference {Reference}.")]
    private static partial void LogFault(ILogger logger, Exception fault, string reference);
}
