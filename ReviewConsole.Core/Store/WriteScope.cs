using Microsoft.Data.Sqlite;
using ReviewConsole.Core.Ledger;

namespace ReviewConsole.Core.Store;

/// <summary>What one write may do, on the Writer's thread and inside its savepoint. Not to be kept after the write has returned.</summary>
internal sealed class WriteScope(SqliteConnection connection, LedgerAppender ledger)
{
    private readonly Dictionary<string, SqliteCommand> _commands = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Statement> _statements = new(StringComparer.Ordinal);
    private readonly List<Action> _afterCommit = [];
    private HashSet<Guid> _reviews = [];
    private HashSet<string> _topics = new(StringComparer.Ordinal);

    /// <summary>The batch's time, Unix milliseconds: every entry of a batch carries the same.</summary>
    public long Now { get; internal set; }

    /// <summary>How many entries the ledger has, those of this batch included.</summary>
    public long LedgerSize => ledger.Size;

    /// <summary>The connection that writes: reading over it sees what this batch has written and not yet committed.</summary>
    internal SqliteConnection Connection => connection;

    /// <summary>The prepared command for this text; its parameters keep their objects from call to call.</summary>
    public SqliteCommand Prepare(string sql)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = sql;
            _commands.Add(sql, command);
        }

        return command;
    }

    /// <summary>The prepared statement for this text: for what every submit runs.</summary>
    public Statement Statement(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            _statements.Add(sql, statement = new Statement(connection, sql));
        }

        return statement;
    }

    /// <summary>What is wrong with the ledger, when it was found not to verify: nothing is appended then. Rows that have no entry are still written.</summary>
    public string? Mismatch { get; internal set; }

    /// <summary>Appends one entry and answers its sequence number.</summary>
    /// <exception cref="LedgerMismatchException">The ledger does not verify; the whole write is undone.</exception>
    public long Append(EntryDraft draft) => Mismatch is { } fault ? throw new LedgerMismatchException(fault) : ledger.Append(draft, Now);

    /// <summary>Names a review or a topic that readers should look at again after the commit.</summary>
    public void Touch(Guid review) => _reviews.Add(review);

    /// <inheritdoc cref="Touch(Guid)"/>
    public void Touch(string topic) => _topics.Add(topic);

    /// <summary>Runs <paramref name="action"/> once this write is on disk, before anybody is answered: for what is kept in memory beside a table.</summary>
    public void AfterCommit(Action action) => _afterCommit.Add(action);

    internal int AfterCommits => _afterCommit.Count;

    /// <summary>Forgets what was to run for a write that is undone.</summary>
    internal void ForgetAfterCommits(int keep) => _afterCommit.RemoveRange(keep, _afterCommit.Count - keep);

    /// <summary>Forgets all that the writes of this batch have left beside the database.</summary>
    internal void Forget()
    {
        _afterCommit.Clear();
        TakeSignal();
    }

    internal Action[] TakeAfterCommits()
    {
        Action[] actions = [.. _afterCommit];
        _afterCommit.Clear();
        return actions;
    }

    internal ChangeSignal TakeSignal()
    {
        var signal = new ChangeSignal(ledger.Size, _reviews, _topics);
        (_reviews, _topics) = ([], new(StringComparer.Ordinal));
        return signal;
    }

    internal void DisposeCommands()
    {
        foreach (var command in _commands.Values)
        {
            command.Dispose();
        }

        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }
    }
}

internal static class Statements
{
    // Calls set a command's parameters in the same order every time, so the next one is nearly always the one after the last.
    [ThreadStatic]
    private static (SqliteCommand? Command, int Index) s_last;

    /// <summary>Sets <paramref name="name"/> on a prepared command; null is SQL NULL.</summary>
    public static SqliteCommand With(this SqliteCommand command, string name, object? value)
    {
        var parameters = command.Parameters;
        var guess = ReferenceEquals(s_last.Command, command) ? s_last.Index + 1 : 0;
        var index = guess < parameters.Count && parameters[guess].ParameterName == name ? guess : parameters.IndexOf(name);
        if (index < 0)
        {
            index = parameters.Count;
            parameters.AddWithValue(name, value ?? DBNull.Value);
        }
        else
        {
            parameters[index].Value = value ?? DBNull.Value;
        }

        s_last = (command, index);
        return command;
    }
}
