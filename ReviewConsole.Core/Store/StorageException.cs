using Microsoft.Data.Sqlite;

namespace ReviewConsole.Core.Store;

/// <summary>The disk or the database refused; nothing of the work that it interrupted is kept. The message says what to do.</summary>
internal sealed class StorageException(string message, Exception? inner = null) : Exception(message, inner)
{
    // SQLITE_FULL
    public bool IsFull => InnerException is SqliteException { SqliteErrorCode: 13 };
}

/// <summary>The Writer's queue is full: nothing was accepted, try again after <see cref="RetryAfter"/>.</summary>
internal sealed class WriterBusyException() : Exception("Too much is waiting to be written. Try again in a moment.")
{
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);
}

/// <summary>The ledger does not verify: nothing is appended to it until somebody has looked (<c>ledger verify</c> names the entry).</summary>
internal sealed class LedgerMismatchException(string fault) : Exception("The ledger does not verify: " + fault);
