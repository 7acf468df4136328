using ReviewConsole.Core.Oversight;

namespace ReviewConsole.Hosting;

/// <summary>
/// Counts what people decided, at the start all of it and then what has come in each second. Until the start's share is counted signals are not calibrated, or by less than there is: nobody is kept waiting for it.
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
                // What was counted stands, and nothing is calibrated by what could not be read.
                LogFailed(fault);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }

    [LoggerMessage(EventId = 5202, Level = LogLevel.Error, Message = "What people decided could not be counted on; signals are calibrated by what was counted before")]
    private partial void LogFailed(Exception fault);
}
