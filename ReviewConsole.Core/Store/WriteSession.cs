using Microsoft.Data.Sqlite;
using ReviewConsole.Core.Ledger;

namespace ReviewConsole.Core.Store;

/// <summary>The only read-write connection, with all that is prepared and remembered over it. After a fault of the disk nothing of it is believed: it goes as a whole.</summary>
internal sealed class WriteSession : IDisposable
{
    // Pages of 8 KB: a submit writes about 5 KB in runs, and each page costs two writes to the log and one at the checkpoint (measured: a sixth of the CPU).
    private const string Settings = """
        PRAGMA page_size=8192; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON; PRAGMA trusted_schema=OFF;
        PRAGMA busy_timeout=5000; PRAGMA cell_size_check=ON; PRAGMA secure_delete=ON; PRAGMA cache_size=-65536; PRAGMA wal_autocheckpoint=4000; PRAGMA temp_store=MEMORY;
        """;

    private readonly SqliteConnection _connection;
    private readonly LedgerAppender _ledger;

    private WriteSession(SqliteConnection connection, LedgerSigner signer)
    {
        _connection = connection;
        _ledger = LedgerAppender.Open(connection, signer);
        Scope = new WriteScope(connection, _ledger);
    }

    public WriteScope Scope { get; }

    /// <summary>At the start: makes the file when it is missing, and brings its schema up to date.</summary>
    public static WriteSession Start(string path, LedgerSigner signer) => Open(path, SqliteOpenMode.ReadWriteCreate, connection =>
    {
        Schema.Refuse(connection);
        Execute(connection, Settings);
        Schema.Migrate(connection);
        return new WriteSession(connection, signer);
    });

    /// <summary>After a fault: takes up what is on disk. A file that is gone is a fault too, and no new one takes its place.</summary>
    public static WriteSession Resume(string path, LedgerSigner signer) => Open(path, SqliteOpenMode.ReadWrite, connection =>
    {
        Execute(connection, Settings);
        return new WriteSession(connection, signer);
    });

    /// <summary>One transaction for them all, under one checkpoint; when it returns, it is on disk.</summary>
    public void Run(List<WriterJob> batch)
    {
        Scope.Prepare("BEGIN IMMEDIATE").ExecuteNonQuery();
        var before = _ledger.Mark();
        if (!TryRunTogether(batch))
        {
            Scope.Prepare("ROLLBACK").ExecuteNonQuery();
            _ledger.Return(before);
            Scope.Forget();
            Scope.Prepare("BEGIN IMMEDIATE").ExecuteNonQuery();
            batch.ForEach(RunAlone);
        }

        if (_ledger.HasGrown)
        {
            _ledger.Seal();
        }

        Scope.Prepare("COMMIT").ExecuteNonQuery();
    }

    public void Dispose()
    {
        Scope.DisposeCommands();
        _ledger.Dispose();
        _connection.Dispose();
    }

    /// <summary>Without savepoints, each of which copies every page that its write touches. False when a write has thrown: then none of them has happened.</summary>
    private bool TryRunTogether(List<WriterJob> batch)
    {
        try
        {
            foreach (var job in batch)
            {
                job.Run(Scope);
            }

            return true;
        }
        catch (Exception e) when (!IsStorageFault(e))
        {
            return false;
        }
    }

    private void RunAlone(WriterJob job)
    {
        Scope.Prepare("SAVEPOINT one").ExecuteNonQuery();
        var mark = _ledger.Mark();
        var afterCommits = Scope.AfterCommits;
        try
        {
            job.Run(Scope);
        }
        catch (Exception e) when (!IsStorageFault(e))
        {
            Scope.Prepare("ROLLBACK TO one").ExecuteNonQuery();
            _ledger.Return(mark);
            Scope.ForgetAfterCommits(afterCommits);
            job.Spoil(e);
        }

        Scope.Prepare("RELEASE one").ExecuteNonQuery();
    }

    // FULL, IOERR, CORRUPT, READONLY, CANTOPEN, NOMEM, NOTADB: the transaction itself is in doubt, not this one write.
    private static bool IsStorageFault(Exception e) => e is SqliteException { SqliteErrorCode: 13 or 10 or 11 or 8 or 14 or 7 or 26 };

    private static WriteSession Open(string path, SqliteOpenMode mode, Func<SqliteConnection, WriteSession> start)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ToString());
        try
        {
            connection.Open();
            return start(connection);
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

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
