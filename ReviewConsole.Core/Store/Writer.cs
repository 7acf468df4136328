using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using ReviewConsole.Core.Ledger;

namespace ReviewConsole.Core.Store;

/// <summary>
/// The only hand that writes. One thread drains what waits into one transaction, seals the batch with one checkpoint, commits with fsync, and only then answers: an answer
/// means "on disk" (DESIGN.md §4.2).
/// </summary>
internal sealed partial class Writer : IAsyncDisposable
{
    private const int BatchSize = 512;
    private static readonly TimeSpan s_pace = TimeSpan.FromSeconds(1);

    private readonly Channel<WriterJob> _jobs;
    private readonly Func<WriteSession> _resume;
    private readonly Changes _changes;
    private readonly TimeProvider _time;
    private readonly ILogger<Writer> _log;
    private readonly Thread _thread;
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WriteSession? _session;
    private long? _resumedAt;
    private volatile string? _mismatch;

    private Writer(WriteSession session, Func<WriteSession> resume, Changes changes, TimeProvider time, ILogger<Writer> log, int capacity)
    {
        (_session, _resume, _changes, _time, _log) = (session, resume, changes, time, log);
        _jobs = Channel.CreateBounded<WriterJob>(new BoundedChannelOptions(capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
        _thread = new Thread(Run) { IsBackground = true, Name = "ReviewConsole writer" };
    }

    /// <summary>Opens the file, brings its schema up to date and starts the thread.</summary>
    /// <param name="path">The database file; made when missing.</param>
    /// <param name="capacity">How many writes may wait before callers are told that we are busy.</param>
    public static Writer Open(string path, LedgerSigner signer, Changes changes, TimeProvider time, ILogger<Writer> log, int capacity = 4096)
    {
        var writer = new Writer(WriteSession.Start(path, signer), () => WriteSession.Resume(path, signer), changes, time, log, capacity);
        writer._thread.Start();
        return writer;
    }

    /// <summary>How many writes wait now.</summary>
    public int Waiting => _jobs.Reader.Count;

    /// <summary>From now on every write that appends is refused: the ledger was found not to verify. What has no entry, such as a session, is still written.</summary>
    public void Refuse(string fault) => _mismatch = fault;

    /// <summary>Runs <paramref name="write"/> in the next batch and answers when that batch is on disk.</summary>
    /// <param name="write">May run twice: when a write of its batch throws, the batch is undone and run again.</param>
    /// <exception cref="WriterBusyException">The queue is full; nothing was accepted.</exception>
    /// <exception cref="StorageException">The disk refused; nothing of this write is kept.</exception>
    /// <exception cref="LedgerMismatchException">The ledger does not verify, and the write appends to it.</exception>
    public Task<T> RunAsync<T>(Func<WriteScope, T> write, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var job = new WriterJob<T>(write);
        if (!_jobs.Writer.TryWrite(job))
        {
            throw new WriterBusyException();
        }

        return job.Task;
    }

    public async ValueTask DisposeAsync()
    {
        if (_jobs.Writer.TryComplete())
        {
            await _stopped.Task.ConfigureAwait(false);
        }
    }

    private void Run()
    {
        var batch = new List<WriterJob>(BatchSize);
        try
        {
            while (_jobs.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
            {
                while (batch.Count < BatchSize && _jobs.Reader.TryRead(out var job))
                {
                    batch.Add(job);
                }

                RunBatch(batch);
                batch.Clear();
            }
        }
        finally
        {
            _session?.Dispose();
            _stopped.SetResult();
        }
    }

    private void RunBatch(List<WriterJob> batch)
    {
        if (_session is null && _resumedAt is { } at && _time.GetElapsedTime(at) < s_pace)
        {
            Fail(batch, null);
            return;
        }

        WriteScope scope;
        try
        {
            scope = (_session ??= Resume()).Scope;
            (scope.Now, scope.Mismatch) = (_time.GetUtcNow().ToUnixTimeMilliseconds(), _mismatch);
            _session.Run(batch);
        }
        catch (Exception e)
        {
            Abandon(e, batch);
            return;
        }

        // On disk: nothing that runs from here on can make it undone, so nothing may say so or end this thread.
        foreach (var action in scope.TakeAfterCommits())
        {
            Try(action);
        }

        var signal = scope.TakeSignal();
        foreach (var job in batch)
        {
            job.Answer();
        }

        foreach (var listener in _changes.Listeners)
        {
            Try(() => listener(signal));
        }
    }

    private WriteSession Resume()
    {
        _resumedAt = _time.GetTimestamp();
        return _resume();
    }

    /// <summary>The next work opens the database again, once a second at most: a disk that is gone is not asked at the pace of its callers.</summary>
    private void Abandon(Exception cause, List<WriterJob> batch)
    {
        LogAbandoned(cause, batch.Count);
        Try(() => _session?.Dispose());
        _session = null;
        Fail(batch, cause);
    }

    private static void Fail(List<WriterJob> batch, Exception? cause)
    {
        var failure = new StorageException("The disk refused the write; nothing was recorded. Free space or mend the disk, then try again.", cause);
        batch.ForEach(job => job.Fail(failure));
    }

    private void Try(Action action)
    {
        try
        {
            action();
        }
        catch (Exception fault)
        {
            LogFailed(fault);
        }
    }

    [LoggerMessage(EventId = 4200, Level = LogLevel.Error, Message = "The disk refused a batch of {Count} writes; nothing of it was recorded")]
    private partial void LogAbandoned(Exception cause, int count);

    [LoggerMessage(EventId = 4201, Level = LogLevel.Error, Message = "What was to follow a commit failed; the commit stands")]
    private partial void LogFailed(Exception fault);
}
