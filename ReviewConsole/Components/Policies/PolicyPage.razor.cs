using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Radzen;
using ReviewConsole.Components.Layout;
using ReviewConsole.Components.Review;
using ReviewConsole.Components.Shared;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Oversight;
using ReviewConsole.Core.Store;
using ReviewConsole.SignIn;

namespace ReviewConsole.Components.Policies;

/// <summary>One version or draft: its text beside its rules in words, what is the matter with it, its editor, and how it differs. Acts in PolicyPage.Acts.cs.</summary>
public sealed partial class PolicyPage
{
    private PersonActor? _me;
    private PolicyShelf? _shelf;
    private StoredPolicy? _policy;
    private GatePolicy? _read;
    private IReadOnlyList<DemotedRule> _demoted = [];
    private DiffTexts? _compared;
    private DiffTexts? _bases;
    private string? _digest;
    private string? _show;
    private string _lines = "";
    private string? _fault;

    [Parameter] public long Number { get; set; }

    /// <summary>Which part: nothing for text and rules, else a word of <see cref="PolicyAddress"/>.</summary>
    [SupplyParameterFromQuery(Name = "show")] public string? Show { get; set; }

    [Inject] private PolicyDesk Desk { get; set; } = default!;

    [Inject] private CurrentPerson Person { get; set; } = default!;

    [Inject] private PeopleDirectory People { get; set; } = default!;

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [Inject] private DialogService Dialogs { get; set; } = default!;

    [Inject] private Announcer Announcer { get; set; } = default!;

    [Inject] private IStringLocalizer<SharedWords> Shared { get; set; } = default!;

    [Inject] private IStringLocalizer<ReviewWords> Gate { get; set; } = default!;

    [Inject] private TimeProvider Clock { get; set; } = default!;

    [Inject] private ILogger<PolicyPage> Log { get; set; } = default!;

    private PolicyStanding Standing => PolicyAddress.Standing(_shelf!, _policy!);

    private bool IsDraft => _policy?.State is PolicyState.Draft or PolicyState.Shadow;

    private StoredPolicy? InForce => _shelf?.Policies.FirstOrDefault(policy => policy.Number == _shelf.InForce.Policy);

    private IEnumerable<string?> Tabs =>
    [
        null,
        .. MayEdit && (IsDraft || _show == PolicyAddress.Edit || Unsaved is not null) ? [PolicyAddress.Edit] : Array.Empty<string>(),
        .. _read is null || !PastReviews.May(_me) ? Array.Empty<string>() : [PolicyAddress.Bench, PolicyAddress.Backtest],
        .. Standing == PolicyStanding.InForce ? Array.Empty<string>() : [PolicyAddress.Changes],
    ];

    private bool MayEdit => May(Permission.PolicyDraft) && _shelf?.Locked == false;

    protected override async Task OnParametersSetAsync()
    {
        _me = await Person.FindAsync();
        _rules.Choose(RuleNumber);
        _actions.Choose(ActionNumber);
        Load();
        await ShowPartAsync();
        // A page that is sent whole has them too; on a circuit the rest is shown meanwhile.
        await _finding;
    }

    private bool May(Permission permission) => _me?.May(permission) == true;

    private string NameOf(string id) => People.Person(id)?.Name ?? id;

    private void Load()
    {
        try
        {
            _shelf = Desk.Read();
            _policy = _shelf.Policies.FirstOrDefault(policy => policy.Number == Number);
            if (_policy is { } policy)
            {
                Read(policy);
                _demoted = DemotedRule.Of(_shelf, policy);
                Open(Tabs.Contains(Show) || (Show == PolicyAddress.Edit && MayEdit) ? Show : null, policy);
            }

            _fault = null;
        }
        catch (Exception fault)
        {
            _fault = Guid.CreateVersion7(Clock.GetUtcNow()).ToString("N")[..12];
            LogFault(Log, fault, _fault);
        }
    }

    private void Read(StoredPolicy policy)
    {
        if (_digest != policy.Digest)
        {
            _digest = policy.Digest;
            _read = PolicyReader.Read(policy.Text, policy.Base).Policy;
            Lint(_read);
            _lines = string.Join('\n', Enumerable.Range(1, policy.Text.Split('\n').Length).Select(static line => line.ToString(CultureInfo.InvariantCulture)));
        }
    }

    private void Open(string? show, StoredPolicy policy)
    {
        if (show == PolicyAddress.Edit && (_show != PolicyAddress.Edit || _editorOf != policy.Number))
        {
            OpenEditor(policy);
        }

        var current = show == PolicyAddress.Changes ? InForce : null;
        _compared = current is null ? null : Texts(_compared, current.Text, policy.Text);
        // What it extends counts as much as what it says, and may be that of another program.
        _bases = current is null || current.Base == policy.Base ? null : Texts(_bases, current.Base ?? "", policy.Base ?? "");
        _show = show;
    }

    // The same texts are the same comparison: it is not made anew when something else on the page changes.
    private static DiffTexts Texts(DiffTexts? known, string before, string after) => known is not null && known.Before == before && known.After == after ? known : new DiffTexts(before, after);

    /// <summary>The text as a new version of it starts: with the next number that is free for its name.</summary>
    private string Next(StoredPolicy policy)
    {
        var version = _shelf!.Policies.Where(other => other.Name == policy.Name).Max(static other => other.Version) + 1;
        return VersionLine().Replace(policy.Text, match => match.Groups[1].Value + version.ToString(CultureInfo.InvariantCulture), 1);
    }

    [GeneratedRegex(@"^(version:[ \t]*)\d+", RegexOptions.Multiline | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex VersionLine();

    [LoggerMessage(Level = LogLevel.Error, Message = "A policy could not be read; the page showed reference {Reference}.")]
    private static partial void LogFault(ILogger logger, Exception fault, string reference);
}
