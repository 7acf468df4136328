using Microsoft.AspNetCore.Components;

namespace ReviewConsole.Components.Policies;

/// <summary>A page or part beside which recorded reviews are searched: it says how far that is, one can stop it, and it is given up when the page is left.</summary>
public abstract partial class PastSearch : ComponentBase, IAsyncDisposable
{
    private CancellationTokenSource? _stop;
    private Task? _running;
    private bool _gone;

    protected bool IsRunning => _running is not null;

    protected long Done { get; private set; }

    protected long Total { get; private set; }

    /// <summary>The last one was stopped by hand.</summary>
    protected bool WasStopped { get; private set; }

    /// <summary>The reference under which the log has why the last one failed; null where it did not.</summary>
    protected string? Fault { get; private set; }

    [Inject] private TimeProvider Clock { get; set; } = default!;

    [Inject] private ILogger<PastSearch> Log { get; set; } = default!;

    public async ValueTask DisposeAsync()
    {
        _gone = true;
        await LeaveAsync();
        await StopAsync();
        _stop?.Dispose();
        GC.SuppressFinalize(this);
    }

    protected virtual ValueTask LeaveAsync() => default;

    /// <param name="search">Is told where to say how many of how many are done.</param>
    protected void Start(Func<Action<long, long>, CancellationToken, Task> search)
    {
        _stop?.Dispose();
        _stop = new CancellationTokenSource();
        (Done, Total, WasStopped, Fault) = (0, 0, false, null);
        _running = RunAsync(search, _stop.Token);
    }

    protected async Task StopAsync()
    {
        if (_stop is { } stop && _running is { } running)
        {
            await stop.CancelAsync();
            await running;
        }
    }

    private async Task RunAsync(Func<Action<long, long>, CancellationToken, Task> search, CancellationToken stop)
    {
        // The page says first that it runs.
        await Task.Yield();
        try
        {
            await search((done, total) => _ = InvokeAsync(() => Tell(done, total)), stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            WasStopped = true;
        }
        catch (Exception fault)
        {
            Fault = Guid.CreateVersion7(Clock.GetUtcNow()).ToString("N")[..12];
            LogFault(Log, fault, Fault);
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
            (Done, Total) = (done, total);
            StateHasChanged();
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A search through recorded reviews was given up; the page showed reference {Reference}.")]
    private static partial void LogFault(ILogger logger, Exception fault, string reference);
}
