using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ReviewConsole.Core.Ledger;

/// <summary>
/// A statement without rows that the Writer prepares once and runs thousands of times a second. Values are added in the order of the SQL's question marks and go straight
/// to SQLite: a <see cref="SqliteCommand"/> boxes each value and looks its parameter up by name at every run.
/// </summary>
internal sealed class Statement : IDisposable
{
    private readonly sqlite3 _connection;
    private readonly sqlite3_stmt _statement;
    private int _added;

    public Statement(SqliteConnection connection, string sql)
    {
        _connection = connection.Handle!;
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v3(_connection, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement), _connection);
    }

    public Statement Add(long value) => Added(raw.sqlite3_bind_int64(_statement, ++_added, value));

    public Statement Add(long? value) => value is { } there ? Add(there) : AddNull();

    public Statement Add(double? value) => value is { } there ? Added(raw.sqlite3_bind_double(_statement, ++_added, there)) : AddNull();

    public Statement Add(string? text) => text is null ? AddNull() : Added(raw.sqlite3_bind_text(_statement, ++_added, text));

    public Statement AddText(ReadOnlySpan<byte> utf8) => Added(raw.sqlite3_bind_text(_statement, ++_added, utf8));

    public Statement Add(ReadOnlySpan<byte> blob) => Added(raw.sqlite3_bind_blob(_statement, ++_added, blob));

    public Statement Add(Guid? id)
    {
        if (id is not { } there)
        {
            return AddNull();
        }

        Span<byte> text = stackalloc byte[36];
        there.TryFormat(text, out _, "D");
        return AddText(text);
    }

    public void Run()
    {
        raw.sqlite3_step(_statement);
        _added = 0;
        // Says once more how the step has ended.
        SqliteException.ThrowExceptionForRC(raw.sqlite3_reset(_statement), _connection);
    }

    public void Dispose() => _statement.Dispose();

    private Statement AddNull() => Added(raw.sqlite3_bind_null(_statement, ++_added));

    private Statement Added(int result)
    {
        if (result != raw.SQLITE_OK)
        {
            _added = 0;
            SqliteException.ThrowExceptionForRC(result, _connection);
        }

        return this;
    }
}
