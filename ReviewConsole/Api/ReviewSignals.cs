using ReviewConsole.Core.Store;

namespace ReviewConsole.Api;

/// <summary>
/// Wakes long polls: a commit that touched a review completes the waits on it. Register first, read then, wait last, and nothing is missed. The Writer's thread only
/// looks the reviews up; what wakes runs elsewhere.
/// </summary>
internal sealed class ReviewSignals : IDisposable
{
    private readonly Dictionary<Guid, Wait> _waits = [];
    private readonly Lock _gate = new();
    private readonly Changes _changes;

    public ReviewSignals(Changes changes)
    {
        _changes = changes;
        _changes.Committed += Wake;
    }

    /// <summary>How many reviews are waited for now.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate)
            {
                return _waits.Count;
            }
        }
    }

    /// <summary>A wait for the next commit that touches the review. To be disposed: with its last waiter it is forgotten, or ids that nothing ever touches would pile up.</summary>
    public Wait Next(Guid review)
    {
        lock (_gate)
        {
            if (!_waits.TryGetValue(review, out var wait))
            {
                _waits.Add(review, wait = new Wait(this, review));
            }

            wait.Waiters++;
            return wait;
        }
    }

    public void Dispose() => _changes.Committed -= Wake;

    private void Wake(ChangeSignal signal)
    {
        lock (_gate)
        {
            if (_waits.Count == 0)
            {
                return;
            }

            foreach (var review in signal.Reviews)
            {
                if (_waits.Remove(review, out var wait))
                {
                    wait.Complete();
                }
            }
        }
    }

    private void Leave(Wait wait)
    {
        lock (_gate)
        {
            if (--wait.Waiters == 0 && _waits.TryGetValue(wait.Review, out var current) && current == wait)
            {
                _waits.Remove(wait.Review);
            }
        }
    }

    internal sealed class Wait(ReviewSignals signals, Guid review) : IDisposable
    {
        private readonly TaskCompletionSource _touched = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Guid Review => review;

        /// <summary>Completes at the commit.</summary>
        public Task Touched => _touched.Task;

        internal int Waiters { get; set; }

        public void Dispose() => signals.Leave(this);

        internal void Complete() => _touched.TrySetResult();
    }
}
