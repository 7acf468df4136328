using ReviewConsole.Core.Store;

namespace ReviewConsole.Live;

/// <summary>
/// One ear on <see cref="Changes"/> (DESIGN.md §4.3): the first signal runs the callback at once, what comes meanwhile is gathered and runs it once more
/// an interval after the last run ended. Runs never overlap. It belongs to whoever started it, usually a component: disposing waits for the run under way.
/// </summary>
internal sealed class LiveSubscription : IAsyncDisposable
{
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(150);

    // Past this many named reviews nobody asks for single ones: the signal says "anything may have changed".
    private const int MostReviews = 1_000;

    private readonly Changes _changes;
    private readonly TimeProvider _time;
    private readonly Func<ChangeSignal, bool>? _concerns;
    private readonly Func<LiveSignal, CancellationToken, Task> _callback;
    private readonly CancellationTokenSource _gone = new();
    // Never disposed, it holds nothing: a commit that began before the end still rings.
    private readonly SemaphoreSlim _ring = new(0, 1);
    private readonly Lock _lock = new();
    private readonly TimeSpan _interval;
    private readonly Task _run;
    private HashSet<Guid> _reviews = [];
    private bool _waiting;
    private bool _any;

    private LiveSubscription(
        Changes changes, TimeProvider time, Func<ChangeSignal, bool>? concerns, Func<LiveSignal, CancellationToken, Task> callback, TimeSpan interval)
    {
        (_changes, _time, _concerns, _callback, _interval) = (changes, time, concerns, callback, interval);
        _changes.Committed += Note;
        _run = RunAsync();
    }

    /// <summary>Listens from now on: subscribe before the first read, so that nothing falls between.</summary>
    /// <param name="concerns">Asked on the Writer's thread: cheap, no waiting. Null is every commit.</param>
    /// <param name="callback">Should not throw: the subscription would end. The signal names what was touched since the last run.</param>
    public static LiveSubscription Start(
        Changes changes, TimeProvider time, Func<ChangeSignal, bool>? concerns, Func<LiveSignal, CancellationToken, Task> callback, TimeSpan? interval = null) =>
        new(changes, time, concerns, callback, interval ?? Interval);

    /// <summary>Asks for a run as a commit would.</summary>
    public void Nudge() => Gather(null);

    public async ValueTask DisposeAsync()
    {
        _changes.Committed -= Note;
        await _gone.CancelAsync().ConfigureAwait(false);
        await _run.ConfigureAwait(false);
        _gone.Dispose();
    }

    private void Note(ChangeSignal signal)
    {
        if (_concerns?.Invoke(signal) != false)
        {
            Gather(signal.Reviews);
        }
    }

    private void Gather(IReadOnlySet<Guid>? reviews)
    {
        lock (_lock)
        {
            if (reviews is null || _reviews.Count + reviews.Count > MostReviews)
            {
                _any = true;
            }
            else
            {
                _reviews.UnionWith(reviews);
            }

            if (!_waiting && !_gone.IsCancellationRequested)
            {
                _waiting = true;
                _ring.Release();
            }
        }
    }

    private LiveSignal Take()
    {
        lock (_lock)
        {
            var signal = new LiveSignal(_any, _reviews);
            (_reviews, _any, _waiting) = ([], false, false);
            return signal;
        }
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                // Never inline: a signal is raised on the Writer's thread.
                await _ring.WaitAsync(_gone.Token).ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
                await _callback(Take(), _gone.Token).ConfigureAwait(false);
                await Task.Delay(_interval, _time, _gone.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
            // Its owner went.
        }
    }
}

/// <summary>What was touched since the last run. <paramref name="Any"/> means that the list of reviews is not complete.</summary>
internal sealed record LiveSignal(bool Any, IReadOnlySet<Guid> Reviews)
{
    public bool Touches(Guid review) => Any || Reviews.Contains(review);
}
