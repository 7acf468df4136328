using Microsoft.Data.Sqlite;
using ReviewConsole.Core.Ledger;
using ReviewConsole.Core.Store;

namespace ReviewConsole.Hosting;

/// <summary>What the last verification of the whole log found.</summary>
/// <param name="At">When it ended, Unix milliseconds.</param>
/// <param name="Entries">How many entries it covered.</param>
/// <param name="Fault">The first thing that is wrong, in words; null when the log was intact.</param>
internal sealed record LedgerFinding(long At, long Entries, string? Fault);

/// <summary>
/// Verifies the whole log in the background, after the start and daily, and when somebody asks. From the first fault on the Writer refuses whatever
/// appends; reading, signing in, exports and verification go on (TRUST.md §1).
/// </summary>
internal sealed partial class LedgerWatch(
    ReadDatabase database, LedgerSigner signer, AnchorFile anchors, Writer writer, TimeProvider time, ILogger<LedgerWatch> log) : BackgroundService
{
    private static readonly TimeSpan s_again = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_period = TimeSpan.FromDays(1);
    // Never disposed, it holds nothing: a verification that a page asked for may end after the host.
    private readonly SemaphoreSlim _one = new(1);
    private volatile LedgerFinding? _last;

    /// <summary>Null until the first verification has ended.</summary>
    public LedgerFinding? Last => _last;

    /// <summary>Verifies now; a second caller waits for the first and then verifies again.</summary>
    /// <param name="progress">Hears how many entries are done, on the verifying thread.</param>
    public async Task<LedgerFinding> VerifyAsync(CancellationToken cancellation, Action<long>? progress = null)
    {
        await _one.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            var found = await Task.Run(() => Verify(progress, cancellation), cancellation).ConfigureAwait(false);
            _last = found;
            if (found.Fault is { } fault)
            {
                LogMismatch(fault);
                writer.Refuse(fault);
            }

            return found;
        }
        finally
        {
            _one.Release();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(await TryAsync(stoppingToken).ConfigureAwait(false) ? s_period : s_again, time, stoppingToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    /// <summary>False when the disk did not let us look: that says nothing of the log, and is tried again.</summary>
    private async Task<bool> TryAsync(CancellationToken cancellation)
    {
        try
        {
            await VerifyAsync(cancellation).ConfigureAwait(false);
            return true;
        }
        catch (Exception fault) when (fault is IOException or SqliteException)
        {
            LogUnread(fault);
            return false;
        }
    }

    private LedgerFinding Verify(Action<long>? progress, CancellationToken cancellation)
    {
        IReadOnlyList<Checkpoint> heads;
        try
        {
            heads = anchors.Read();
        }
        catch (InvalidDataException fault)
        {
            return new LedgerFinding(time.GetUtcNow().ToUnixTimeMilliseconds(), 0, $"the anchor file is damaged: {fault.Message}");
        }

        using var connection = database.Open();
        var result = LedgerVerifier.Run(connection, new LedgerExpectation(signer.Key) { KnownHeads = heads, Progress = progress }, cancellation);
        return new LedgerFinding(time.GetUtcNow().ToUnixTimeMilliseconds(), result.Entries, result.Intact ? null : result.Faults[0].ToString());
    }

    [LoggerMessage(EventId = 5201, Level = LogLevel.Warning, Message = "The ledger could not be read for its verification; it is tried again.")]
    private partial void LogUnread(Exception fault);

    [LoggerMessage(EventId = 5200, Level = LogLevel.Critical, Message = "The ledger does not verify: {Fault}. Nothing more is accepted; look with `ReviewConsole ledger verify`.")]
    private partial void LogMismatch(string fault);
}
