using ReviewConsole.Core.Store;

namespace ReviewConsole.Hosting;

/// <summary>Lets time pass for reviews: holds end, reviews expire, old answers are forgotten. What fails is tried again at the next tick.</summary>
internal sealed partial class ReviewClock(ClockDesk desk, TimeProvider time, ILogger<ReviewClock> log) : BackgroundService
{
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_forget = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_tick, time);
        var restarted = false;
        long forgotten = 0;
        do
        {
            try
            {
                if (!restarted)
                {
                    await desk.RestartHoldsAsync(stoppingToken).ConfigureAwait(false);
                    restarted = true;
                }

                await desk.TickAsync(stoppingToken).ConfigureAwait(false);
                if (forgotten == 0 || time.GetElapsedTime(forgotten) > s_forget)
                {
                    await desk.ForgetAsync(stoppingToken).ConfigureAwait(false);
                    forgotten = time.GetTimestamp();
                }
            }
            catch (Exception fault) when (fault is StorageException or WriterBusyException or LedgerMismatchException)
            {
                LogMissed(log, fault);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                // Whatever it is: a clock that stands still would keep every decision from leaving, and one that throws would stop the server.
                LogFailed(log, fault);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The clock of the reviews could not write; it tries again.")]
    private static partial void LogMissed(ILogger logger, Exception fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "The clock of the reviews met a fault of ours; what it concerns is tried again.")]
    private static partial void LogFailed(ILogger logger, Exception fault);
}
