using System.Diagnostics.CodeAnalysis;
using ReviewConsole.Core.Queue;
using ReviewConsole.Core.Store;

namespace ReviewConsole.Live;

/// <summary>
/// The facts that every open page shows, read once for all circuits: the counts on the rail and the decisions in their hold. Reads only while somebody watches.
/// </summary>
internal sealed partial class ShellBoard(Changes changes, ShellReader reader, TimeProvider time, ILogger<ShellBoard> log) : IAsyncDisposable
{
    // Never disposed, it holds nothing: when the host stops, circuits leave after the board.
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly List<Watcher> _watchers = [];
    private LiveSubscription? _live;

    public ShellFacts Facts { get; private set; } = ShellFacts.None;

    /// <summary>Calls <paramref name="changed"/> after each reading that differs; it notes and does not wait. The first facts are there when the task completes.</summary>
    public async Task<IAsyncDisposable> WatchAsync(Action<ShellFacts> changed)
    {
        var watcher = new Watcher(this, changed);
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            _watchers.Add(watcher);
            if (_live is null)
            {
                _live = LiveSubscription.Start(changes, time, null, (_, _) => ReadAsync());
                Facts = Read();
            }
        }
        finally
        {
            _turn.Release();
        }

        return watcher;
    }

    public async ValueTask DisposeAsync()
    {
        if (_live is { } live)
        {
            _live = null;
            await live.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task LeaveAsync(Watcher watcher)
    {
        LiveSubscription? idle = null;
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            _watchers.Remove(watcher);
            if (_watchers.Count == 0)
            {
                (idle, _live) = (_live, null);
            }
        }
        finally
        {
            _turn.Release();
        }

        // Outside the turn: the run under way may be waiting for it.
        if (idle is not null)
        {
            await idle.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task ReadAsync()
    {
        var facts = Read();
        Watcher[] watchers;
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            if (facts.Open == Facts.Open && facts.Escalated == Facts.Escalated && facts.Holds.SequenceEqual(Facts.Holds))
            {
                return;
            }

            Facts = facts;
            watchers = [.. _watchers];
        }
        finally
        {
            _turn.Release();
        }

        foreach (var watcher in watchers)
        {
            watcher.Changed(facts);
        }
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "A page must not fall because a count could not be read; the next commit reads again.")]
    private ShellFacts Read()
    {
        try
        {
            return reader.Read();
        }
        catch (Exception fault)
        {
            LogMissed(log, fault);
            return Facts;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The counts of the shell could not be read; they stay as they were.")]
    private static partial void LogMissed(ILogger logger, Exception fault);

    private sealed class Watcher(ShellBoard board, Action<ShellFacts> changed) : IAsyncDisposable
    {
        public Action<ShellFacts> Changed { get; } = changed;

        public async ValueTask DisposeAsync() => await board.LeaveAsync(this).ConfigureAwait(false);
    }
}
