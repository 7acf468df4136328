using ReviewConsole.Core.Ledger;
using ReviewConsole.Core.Store;

namespace ReviewConsole.Hosting;

/// <summary>Writes the newest signed head to the anchor file, well within 30 s after the log has grown, and once more when the server stops.</summary>
internal sealed partial class Anchoring(ReadDatabase database, AnchorFile anchors, TimeProvider time, ILogger<Anchoring> log) : BackgroundService
{
    private static readonly TimeSpan s_period = TimeSpan.FromSeconds(15);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        Anchor();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(s_period, time, stoppingToken).ConfigureAwait(false);
                Anchor();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private void Anchor()
    {
        try
        {
            using var connection = database.Open();
            using var reader = new LedgerReader(connection);
            if (reader.Newest() is { } head)
            {
                anchors.Append(head);
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException or Microsoft.Data.Sqlite.SqliteException)
        {
            LogFailed(fault);
        }
    }

    [LoggerMessage(EventId = 5201, Level = LogLevel.Error, Message = "The ledger's newest head could not be anchored")]
    private partial void LogFailed(Exception fault);
}
