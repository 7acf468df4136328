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

/// <summary>What this policy would have made of the reviews of some days. It runs beside the page, says how far it is, and is given up when the page is left.</summary>
public sealed partial class BacktestPart
{
    // None of them stands for all.
    private static readonly int[] s_days = [7, 30, 90, 0];

    private CancellationTokenSource? _stop;
    private Task? _running;
    private IReadOnlyList<FrontierMark> _marks = [];
    private int? _chosen;
    private LiveSubscription? _live;
    private string? _standing;
    private long _done;
    private long _total;
    private bool _stopped;
    private bool _mayHistory;
    private bool _gone;
    private string? _fault;

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

    [Inject] private ILogger<BacktestPart> Log { get; set; } = default!;

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

    public async ValueTask DisposeAsync()
    {
        _gone = true;
        if (_live is { } live)
        {
            await live.DisposeAsync();
        }

        await StopAsync();
        _stop?.Dispose();
    }

    private void Run()
    {
        if (_running is null)
        {
            _stop?.Dispose();
            _stop = new CancellationTokenSource();
            (_done, _total, _stopped, _fault, Kept.Report, _chosen) = (0, 0, false, null, null, null);
            _running = RunAsync(Kept.Days == 0 ? null : Kept.Days, Kept.Signal.Length == 0 ? null : Kept.Signal, _stop.Token);
        }
    }

    // A frontier of another signal is another run: of items and actions only one signal is kept.
    private async Task ChooseAsync(ChangeEventArgs change)
    {
        await StopAsync();
        Kept.Signal = (string?)change.Value ?? "";
        Run();
    }

    private async Task StopAsync()
    {
        if (_stop is { } stop && _running is { } running)
        {
            await stop.CancelAsync();
            await running;
        }
    }

    private async Task RunAsync(int? days, string? signal, CancellationToken stop)
    {
        // The page says first that it runs.
        await Task.Yield();
        try
        {
            if (PastReviews.May(await Person.FindAsync()) && Stored() is { } stored && PolicyReader.Read(stored.Text, stored.Base).Policy is { } policy)
            {
                var past = await Reviews.BacktestAsync(policy, days, signal, (done, total) => _ = InvokeAsync(() => Tell(done, total)), stop);
                (Kept.Report, _standing) = (past, stored.Digest);
                Mark();
                Announcer.Say(past.Report.Items == 0 ? T["Test.NoItems"] : BacktestFigures.Verdict(T, past.Report).Title);
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

    private void Mark() => _marks = [.. BacktestFigures.Drawn(Kept.Report?.Report.Frontier ?? []).Select(point => BacktestFigures.Mark(T, point))];

    private StoredPolicy? Stored() => Desk.Read().Policies.FirstOrDefault(policy => policy.Number == Number);

    private void Tell(long done, long total)
    {
        if (_running is not null && !_gone)
        {
            (_done, _total) = (done, total);
            StateHasChanged();
        }
    }

    private string KindOf(string kind) => kind.Length == 0 ? T["Kinds.Others"]
        : Shared["Kind." + kind] is { ResourceNotFound: false } word ? word.Value : Rendering.HiddenText.Plain(kind);

    [LoggerMessage(Level = LogLevel.Error, Message = "A back-test was given up; the page showed reference {Reference}.")]
    private static partial void LogFault(ILogger logger, Exception fault, string reference);
}
