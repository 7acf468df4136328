using ReviewConsole.Core.Delivery;
using ReviewConsole.Core.Store;

namespace ReviewConsole.Hosting;

/// <summary>Runs the dispatcher for as long as the server runs, and wakes it when a commit has touched the outbox.</summary>
internal sealed class DeliveryWorker(OutboxDispatcher dispatcher, Changes changes) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        changes.Committed += Wake;
        try
        {
            // Off the start's thread: the first look at the outbox reads the disk.
            await Task.Run(() => dispatcher.RunAsync(stoppingToken), stoppingToken).ConfigureAwait(false);
        }
        finally
        {
            changes.Committed -= Wake;
        }
    }

    private void Wake(ChangeSignal signal)
    {
        if (signal.Topics.Contains(ChangeSignal.Outbox))
        {
            dispatcher.Wake();
        }
    }
}
