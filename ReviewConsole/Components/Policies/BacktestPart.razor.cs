using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using ReviewConsole.Components.Layout;
using ReviewConsole.Components.Shared;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Oversight;
using ReviewConsole.Core.Store;
using ReviewConsole.Live;
using ReviewConsole.SignIn;

namespace ReviewConsole.Components.Policies;

/// <summary>What this policy would have made of the reviews of some days.</summary>
public sealed partial class BacktestPart
{
    // None of them stands for all.
    private static readonly int[] s_days = [7, 30, 90, 0];

    private IReadOnlyList<FrontierMark> _marks = [];
    private int? _chosen;
    private LiveSubscription? _live;
    private string? _standing;
    private bool _mayHistory;

    [Parameter, EditorRequired] public long Number { get; set; }

    /// <summary>Of the text as the page has read it.</summary>
    [Parameter, EditorRequired] public string Digest { get; set; } = "";

    [Parameter, EditorRequired] public BacktestRun Kept { get; set; } = default!;

    /// <summary>The editor has what is not saved: this is asked about what is.</summary>
    [Parameter] public bool Unsaved { get; set; }

    [Inject] private PolicyDesk Desk { get; set; } = default!;

    [Inject] private Changes Changes { get; set; } = default!;

    [Inject] private PastReviews Reviews { get; set; } = default!;

    [Inject] private CurrentPerson Person { get; set; } = default!;

    [Inject] private Announcer Announcer { get; set; } = default!;

    [Inject] private IStringLocalizer<SharedWords> Shared { get; set; } = default!;

    [Inject] private TimeProvider Clock { get; set; } = default!;

    /// <summary>It is of a text that stands there no more.</summary>
    private bool IsOfAnother => Kept.Report is { } past && past.Report.Policy.Digest != (_standing ?? Digest);

    protected override async Task OnInitializedAsync()
    {
        _mayHistory = (await Person.FindAsync())?.May(Permission.HistoryRead) == true;
        Mark();
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            _live = LiveSubscription.Start(Changes, Clock, static signal => signal.Topics.Contains(ChangeSignal.Policies), (_, _) => InvokeAsync(() =>
            {
                _standing = Stored()?.Digest;
                StateHasChanged();
            }));
        }
    }

    protected override ValueTask LeaveAsync() => _live?.DisposeAsync() ?? default;

    private void Run()
    {
        if (!IsRunning)
        {
            (Kept.Report, _chosen) = (null, null);
            var (days, signal) = (Kept.Days == 0 ? (int?)null : Kept.Days, Kept.Signal.Length == 0 ? null : Kept.Signal);
            Start((tell, stop) => RunAsync(days, signal, tell, stop));
        }
    }

    // A frontier of another signal is another run: of items and actions only one signal is kept.
    private async Task ChooseAsync(ChangeEventArgs change)
    {
        await StopAsync();
        Kept.Signal = (string?)change.Value ?? "";
        Run();
    }

    private async Task RunAsync(int? days, string? signal, Action<long, long> tell, CancellationToken stop)
    {
        if (PastReviews.May(await Person.FindAsync()) && Stored() is { } stored && PolicyReader.Read(stored.Text, stored.Base).Policy is { } policy)
        {
            var past = await Reviews.BacktestAsync(policy, days, signal, tell, stop);
            (Kept.Report, _standing) = (past, stored.Digest);
            Mark();
            Announcer.Say(past.Report.Items == 0 ? T["Test.NoItems"] : BacktestFigures.Verdict(T, past.Report).Title);
        }
    }

    private void Mark() => _marks = [.. BacktestFigures.Drawn(Kept.Report?.Report.Frontier ?? []).Select(point => BacktestFigures.Mark(T, point))];

    private StoredPolicy? Stored() => Desk.Read().Policies.FirstOrDefault(policy => policy.Number == Number);

    private string KindOf(string kind) => kind.Length == 0 ? T["Kinds.Others"]
        : Shared["Kind." + kind] is { ResourceNotFound: false } word ? word.Value : Rendering.HiddenText.Plain(kind);
}
