namespace ReviewConsole.Core.Store;

/// <summary>The disk refused: full, read-only or broken. Nothing was acknowledged; the edge answers 503 <c>storage</c>.</summary>
internal sealed class StorageException(string message, Exception? inner = null) : Exception(message, inner);
