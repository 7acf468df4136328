using System.Collections.Concurrent;
using ReviewConsole.Core.Store;

namespace ReviewConsole.Api;

/// <summary>
/// Wakes long polls: a commit that touched a review completes the waits on it. Register first, read then, wait last, and nothing is missed. The Writer's thread only
/// looks the reviews up; what wakes runs elsewhere.
/// </summary>
internal sealed class ReviewSignals : IDisposable
{
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource> _waits = new();
    private readonly Changes _changes;

    public ReviewSignals(Changes changes)
    {
        _changes = changes;
        _changes.Committed += Wake;
    }

    /// <summary>Completes at the next commit that touches the review.</summary>
    public Task Next(Guid review) => _waits.GetOrAdd(review, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void Dispose() => _changes.Committed -= Wake;

    private void Wake(ChangeSignal signal)
    {
        if (_waits.IsEmpty)
        {
            return;
        }

        foreach (var review in signal.Reviews)
        {
            if (_waits.TryRemove(review, out var wait))
            {
                wait.TrySetResult();
            }
        }
    }
}
