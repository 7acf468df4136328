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

/// <summary>Which classes of what people decided a rule may stand for, and what the others lack (SCREENS.md §5). It is worked out when the page is opened.</summary>
public sealed partial class CandidatesPage
{
    private const int MostShown = 100;
    private const int UsualDays = 90;

    // None of them stands for all.
    private static readonly int[] s_days = [30, UsualDays, 365, 0];

    private AutomationReport? _report;
    private GatePolicy? _policy;
    private (string Title, string Text)? _notice;
    private int? _asked;
    private int _days = UsualDays;
    private bool _mayDraft;
    private bool _locked;
    private bool _drafting;

    /// <summary>Of how many days; 0 for all.</summary>
    [SupplyParameterFromQuery(Name = "days")] public int? Days { get; set; }

    [Inject] private PolicyDesk Desk { get; set; } = default!;

    [Inject] private PastReviews Reviews { get; set; } = default!;

    [Inject] private CurrentPerson Person { get; set; } = default!;

    [Inject] private PeopleDirectory People { get; set; } = default!;

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [Inject] private Announcer Announcer { get; set; } = default!;

    [Inject] private IStringLocalizer<SharedWords> Shared { get; set; } = default!;

    private bool MayDraft => _mayDraft && !_locked;

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

    private void Choose(ChangeEventArgs chosen) => Navigation.NavigateTo(PolicyAddress.CandidatesOf(int.Parse((string)chosen.Value!, CultureInfo.InvariantCulture)));

    private void Run()
    {
        if (!IsRunning)
        {
            (_asked, _report, _notice) = (_days, null, null);
            var days = _days == 0 ? (int?)null : _days;
            Start((tell, stop) => RunAsync(days, tell, stop));
        }
    }

    private async Task RunAsync(int? days, Action<long, long> tell, CancellationToken stop)
    {
        var shelf = Desk.Read();
        (_locked, _policy) = (shelf.Locked, Read(InForce(shelf)));
        if (_policy is { } policy)
        {
            _report = await Reviews.ClassesAsync(
                policy, shelf.DemotionsOf(shelf.InForce.Policy).Select(static demotion => demotion.Rule).ToFrozenSet(StringComparer.Ordinal),
                shelf.Demotions.Select(static demotion => demotion.Review).ToFrozenSet(), days, tell, stop);
            Announcer.Say(T["Candidates.Found", _report.Classes.Count(static found => found.IsCandidate), _report.Classes.Count]);
        }
    }

    // One press is one draft: who made it is on the way to it.
    private async Task DraftAsync(AutomationClass found)
    {
        if (!_drafting)
        {
            _drafting = true;
            _drafting = await TryDraftAsync(found);
        }
    }

    private async Task<bool> TryDraftAsync(AutomationClass found)
    {
        if (await Person.FindAsync() is not { } me)
        {
            return Say(T["Session.Ended"], T["Session.EndedText"]);
        }

        try
        {
            var shelf = Desk.Read();
            var current = InForce(shelf);
            if (current.Digest != _policy!.Digest)
            {
                return Say(T["Candidates.Moved"], T["Candidates.MovedText"]);
            }

            if (CandidateRule.Draft(current.Text, found, shelf.NextVersion(current.Name), shelf.Demotions.Select(static demotion => demotion.Rule)) is not { } text)
            {
                return Say(T["Candidates.NoPlace"], T["Candidates.NoPlaceText"]);
            }

            var saved = await Desk.SaveAsync(me, null, text, CancellationToken.None);
            if (saved.Value is { } draft)
            {
                Navigation.NavigateTo(PolicyAddress.Of(draft.Number, PolicyAddress.Changes));
                return true;
            }

            var (title, detail) = Refusals.Of(Shared, saved.Refusal!, id => People.Person(id)?.Name ?? id);
            return Say(title, detail);
        }
        catch (Exception fault) when (Faults.Is(fault))
        {
            var (title, detail) = Faults.Of(Shared, fault);
            return Say(title, detail);
        }
    }

    /// <summary>Says why there is no draft.</summary>
    private bool Say(string title, string text)
    {
        _notice = (title, text);
        Announcer.Say(title);
        return false;
    }

    private static StoredPolicy InForce(PolicyShelf shelf) => shelf.Policies.First(policy => policy.Number == shelf.InForce.Policy);

    private static GatePolicy? Read(StoredPolicy stored) => PolicyReader.Read(stored.Text, stored.Base).Policy;

    private string KindOf(string kind) => Shared["Kind." + kind] is { ResourceNotFound: false } word ? word.Value : Rendering.HiddenText.Plain(kind);

    private string Band(AmountBand? band) => band is { } amounts ? T["Candidates.Band", amounts.From.ToString("N0", CultureInfo.CurrentCulture), Money(amounts.Below)] : T["Candidates.NoAmount"];

    private string Money(decimal amount) => $"{amount.ToString("N0", CultureInfo.CurrentCulture)} {_policy?.Currency}";
}
