using Microsoft.Data.Sqlite;

namespace ReviewConsole.Core.Store;

/// <summary>Read-only connections to the database. They cannot write and cannot checkpoint; close them soon, an open reader pins the log.</summary>
internal sealed class ReadDatabase : IDisposable
{
    public ReadDatabase(string path) =>
        ConnectionString = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = true }.ToString();

    public string ConnectionString { get; }

    public SqliteConnection Open()
    {
        var connection = new SqliteConnection(ConnectionString);
        connection.Open();
        return connection;
    }

    /// <summary>
    /// Closes the connections that are kept for reuse, those of the read context too, which has a pool of its own. Before the Writer closes: the last one out folds
    /// the log back into the file.
    /// </summary>
    public void Dispose() => SqliteConnection.ClearAllPools();
}
