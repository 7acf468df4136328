using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using ReviewConsole.Core.Ledger;

namespace ReviewConsole.Core.Store;

/// <summary>
/// The only hand that writes. One thread owns the only read-write connection, drains what waits into one transaction, a savepoint for each write, seals the batch
/// with one checkpoint, commits with fsync, and only then answers: an answer means "on disk" (DESIGN.md §4.2).
/// </summary>
internal sealed class Writer : IAsyncDisposable
{
    private const int BatchSize = 512;

    private readonly Channel<Job> _jobs;
    private readonly SqliteConnection _connection;
    private readonly LedgerSigner _signer;
    private readonly Changes _changes;
    private readonly TimeProvider _time;
    private readonly Action<Checkpoint>? _sealed;
    private readonly Thread _thread;
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private LedgerAppender _ledger;
    private WriteScope _scope;
    private volatile string? _mismatch;

    private Writer(SqliteConnection connection, LedgerSigner signer, Changes changes, TimeProvider time, int capacity, Action<Checkpoint>? @sealed)
    {
        (_connection, _signer, _changes, _time, _sealed) = (connection, signer, changes, time, @sealed);
        _jobs = Channel.CreateBounded<Job>(new BoundedChannelOptions(capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
        _ledger = LedgerAppender.Open(connection, signer);
        _scope = new WriteScope(connection, _ledger);
        _thread = new Thread(Run) { IsBackground = true, Name = "ReviewConsole writer" };
    }

    /// <summary>Opens the file, brings its schema up to date and starts the thread.</summary>
    /// <param name="path">The database file; made when missing.</param>
    /// <param name="capacity">How many writes may wait before callers are told that we are busy.</param>
    /// <param name="sealed">Hears of every committed checkpoint, on the Writer's thread.</param>
    public static Writer Open(
        string path, LedgerSigner signer, Changes changes, TimeProvider time, int capacity = 4096, Action<Checkpoint>? @sealed = null)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWriteCreate,
            Pooling = false,
        }.ToString());
        try
        {
            connection.Open();
            Schema.Refuse(connection);
            // Pages of 8 KB: a submit writes about 5 KB in runs, and each page costs two writes to the log and one at the checkpoint (measured: a sixth of the CPU).
            Execute(connection, """
                PRAGMA page_size=8192; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON; PRAGMA trusted_schema=OFF;
                PRAGMA busy_timeout=5000; PRAGMA cell_size_check=ON; PRAGMA secure_delete=ON; PRAGMA cache_size=-65536; PRAGMA wal_autocheckpoint=4000; PRAGMA temp_store=MEMORY;
                """);
            Schema.Migrate(connection);
            var writer = new Writer(connection, signer, changes, time, capacity, @sealed);
            writer._thread.Start();
            return writer;
        }
        catch (SqliteException e)
        {
            connection.Dispose();
            throw new StorageException($"The database {path} cannot be opened: {e.Message}", e);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>How many writes wait now.</summary>
    public int Waiting => _jobs.Reader.Count;

    /// <summary>From now on every write that appends is refused: the ledger was found not to verify. What has no entry, such as a session, is still written.</summary>
    public void Refuse(string fault) => _mismatch = fault;

    /// <summary>Runs <paramref name="write"/> in the next batch and answers when that batch is on disk.</summary>
    /// <exception cref="WriterBusyException">The queue is full; nothing was accepted.</exception>
    /// <exception cref="StorageException">The disk refused; nothing of this write is kept.</exception>
    /// <exception cref="LedgerMismatchException">The ledger does not verify, and the write appends to it.</exception>
    public Task<T> RunAsync<T>(Func<WriteScope, T> write, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var job = new Job<T>(write);
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
        var batch = new List<Job>(BatchSize);
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
            _scope.DisposeCommands();
            _ledger.Dispose();
            _connection.Dispose();
            _stopped.SetResult();
        }
    }

    private void RunBatch(List<Job> batch)
    {
        (_scope.Now, _scope.Mismatch) = (_time.GetUtcNow().ToUnixTimeMilliseconds(), _mismatch);
        Checkpoint? checkpoint;
        try
        {
            checkpoint = Transact(batch);
        }
        catch (Exception e)
        {
            var failure = Abandon(e);
            foreach (var job in batch)
            {
                job.Fail(failure);
            }

            return;
        }

        if (checkpoint is not null)
        {
            _sealed?.Invoke(checkpoint);
        }

        _scope.RunAfterCommits();
        var signal = _scope.TakeSignal();
        foreach (var job in batch)
        {
            job.Answer();
        }

        _changes.Raise(signal);
    }

    private Checkpoint? Transact(List<Job> batch)
    {
        _scope.Prepare("BEGIN IMMEDIATE").ExecuteNonQuery();
        var before = _ledger.Mark();
        if (!TryRunTogether(batch))
        {
            _scope.Prepare("ROLLBACK").ExecuteNonQuery();
            _ledger.Return(before);
            _scope.Forget();
            _scope.Prepare("BEGIN IMMEDIATE").ExecuteNonQuery();
            batch.ForEach(RunAlone);
        }

        var checkpoint = _ledger.HasGrown ? _ledger.Seal() : null;
        _scope.Prepare("COMMIT").ExecuteNonQuery();
        return checkpoint;
    }

    /// <summary>Without savepoints, each of which copies every page that its write touches. False when a write has thrown: then none of them has happened.</summary>
    private bool TryRunTogether(List<Job> batch)
    {
        try
        {
            foreach (var job in batch)
            {
                job.Run(_scope);
            }

            return true;
        }
        catch (Exception e) when (!IsStorageFault(e))
        {
            return false;
        }
    }

    private void RunAlone(Job job)
    {
        _scope.Prepare("SAVEPOINT one").ExecuteNonQuery();
        var mark = _ledger.Mark();
        var afterCommits = _scope.AfterCommits;
        try
        {
            job.Run(_scope);
        }
        catch (Exception e) when (!IsStorageFault(e))
        {
            _scope.Prepare("ROLLBACK TO one").ExecuteNonQuery();
            _ledger.Return(mark);
            _scope.ForgetAfterCommits(afterCommits);
            job.Spoil(e);
        }

        _scope.Prepare("RELEASE one").ExecuteNonQuery();
    }

    /// <summary>Undoes the whole batch and starts again from what is on disk: after a disk fault nothing held in memory is believed.</summary>
    private StorageException Abandon(Exception cause)
    {
        _scope.DisposeCommands();
        try
        {
            Execute(_connection, "ROLLBACK");
        }
        catch (SqliteException)
        {
            // SQLite has already rolled back by itself, as it does on a full disk.
        }

        _ledger.Dispose();
        _ledger = LedgerAppender.Open(_connection, _signer);
        _scope = new WriteScope(_connection, _ledger);
        return new StorageException("The disk refused the write; nothing was recorded. Free space or mend the disk, then try again.", cause);
    }

    // FULL, IOERR, CORRUPT, READONLY, CANTOPEN, NOMEM, NOTADB: the transaction itself is in doubt, not this one write.
    private static bool IsStorageFault(Exception e) => e is SqliteException { SqliteErrorCode: 13 or 10 or 11 or 8 or 14 or 7 or 26 };

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private abstract class Job
    {
        public abstract void Run(WriteScope scope);

        /// <summary>This write threw; it is told so after the commit, when its savepoint is certainly undone.</summary>
        public abstract void Spoil(Exception e);

        public abstract void Answer();

        public abstract void Fail(Exception e);
    }

    private sealed class Job<T>(Func<WriteScope, T> write) : Job
    {
        private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? _result;
        private Exception? _spoiled;

        public Task<T> Task => _completion.Task;

        public override void Run(WriteScope scope) => _result = write(scope);

        public override void Spoil(Exception e) => _spoiled = e;

        public override void Answer()
        {
            if (_spoiled is null)
            {
                _completion.SetResult(_result!);
            }
            else
            {
                _completion.SetException(_spoiled);
            }
        }

        public override void Fail(Exception e) => _completion.SetException(e);
    }
}
