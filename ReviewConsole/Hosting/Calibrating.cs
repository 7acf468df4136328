using ReviewConsole.Core.Oversight;

namespace ReviewConsole.Hosting;

/// <summary>
/// Counts what people decided, at the start all of it and then what has come in each second. Until all that there was at the start is counted no signal is calibrated: nobody is kept waiting for it.
/// </summary>
internal sealed partial class Calibrating(CalibrationReader reader, TimeProvider time, ILogger<Calibrating> log) : BackgroundService
{
    private static readonly TimeSpan s_period = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_period, time);
        do
        {
            try
            {
                await Task.Run(() => reader.Follow(stoppingToken), stoppingToken).ConfigureAwait(false);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                // What was counted stands; it goes on in a second from where it stopped.
                LogFailed(fault);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }

    [LoggerMessage(EventId = 5202, Level = LogLevel.Error, Message = "What people decided could not be counted on; it is tried again, and signals are calibrated by what was counted once all was")]
    private partial void LogFailed(Exception fault);
}
