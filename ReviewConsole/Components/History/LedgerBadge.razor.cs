using System.Data.Common;
using Microsoft.AspNetCore.Components;
using ReviewConsole.Components.Layout;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Queue;
using ReviewConsole.Hosting;
using ReviewConsole.SignIn;

namespace ReviewConsole.Components.History;

/// <summary>How much of the log has been verified and when, followed while the log grows and the server verifies it.</summary>
public sealed partial class LedgerBadge
{
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_fresh = TimeSpan.FromHours(24);

    private readonly CancellationTokenSource _gone = new();
    private Task _looking = Task.CompletedTask;
    private (LedgerFinding? Last, long Size, string State) _shown;
    private long _done;
    private long _size;
    private bool _may;
    private bool _running;

    [Inject] private LedgerWatch Watch { get; set; } = default!;

    [Inject] private QueueReader Reader { get; set; } = default!;

    [Inject] private CurrentPerson Person { get; set; } = default!;

    [Inject] private TimeProvider Clock { get; set; } = default!;

    [Inject] private Announcer Announcer { get; set; } = default!;

    private string State => _running ? "running"
        : Watch.Last is not { } last ? "none"
        : last.Fault is not null ? "failed"
        : last.Entries < _size ? "some"
        : IsOld(last) ? "old" : "good";

    protected override async Task OnInitializedAsync()
    {
        _may = (await Person.FindAsync())?.May(Permission.LedgerVerify) == true;
        await MeasureAsync();
    }

    protected override void OnAfterRender(bool firstRender)
    {
        _shown = (Watch.Last, _size, State);
        if (firstRender)
        {
            _looking = LookAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync();
        await _looking;
        _gone.Dispose();
    }

    private bool IsOld(LedgerFinding last) => Clock.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(last.At) > s_fresh;

    private async Task VerifyAsync()
    {
        if (_running || (await Person.FindAsync())?.May(Permission.LedgerVerify) != true)
        {
            return;
        }

        (_running, _done) = (true, 0);
        try
        {
            var found = await Watch.VerifyAsync(_gone.Token, done => _ = InvokeAsync(() => Show(done)));
            Announcer.Say(found.Fault is { } fault ? T["Badge.SayFailed", fault] : T["Badge.SayVerified", found.Entries]);
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
            // The page was left.
        }
        finally
        {
            _running = false;
        }
    }

    private void Show(long done)
    {
        _done = done;
        StateHasChanged();
    }

    private async Task MeasureAsync()
    {
        try
        {
            _size = await Reader.LedgerSizeAsync(_gone.Token);
        }
        catch (DbException)
        {
            // That the database cannot be read is the page's to say.
        }
    }

    // The server verifies behind the start and daily, and time makes what was green grey: nobody signals either.
    private async Task LookAsync()
    {
        using var timer = new PeriodicTimer(s_look, Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_gone.Token))
            {
                await MeasureAsync();
                if (_shown != (Watch.Last, _size, State))
                {
                    StateHasChanged();
                }
            }
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
            // The page was left.
        }
    }
}
