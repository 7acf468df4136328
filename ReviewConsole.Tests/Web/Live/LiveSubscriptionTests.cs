using System.Threading.Channels;
using ReviewConsole.Core.Store;
using ReviewConsole.Live;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Web.Live;

/// <summary>Signal, throttle, re-query: at once, once more after a burst, never two at a time, nothing after the end.</summary>
public sealed class LiveSubscriptionTests
{
    private readonly Changes _changes = new();
    private readonly FakeTime _time = new();
    private readonly Channel<LiveSignal> _runs = Channel.CreateUnbounded<LiveSignal>();
    private int _overlaps;
    private int _running;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_signal_runs_at_once_and_a_burst_behind_it_once_more()
    {
        await using var live = Start();
        var (first, second, third) = (Signal(), Signal(), Signal());
        Assert.True((await NextAsync()).Touches(first));
        await RestingAsync();
        _time.Advance(LiveSubscription.Interval - TimeSpan.FromMilliseconds(1));
        var late = Signal();
        Assert.False(_runs.Reader.TryRead(out _));
        _time.Advance(TimeSpan.FromMilliseconds(1));
        var burst = await NextAsync();
        Assert.True(burst.Touches(late));

        // The second and third came with the first run or with the one behind it, whichever was quicker: none is lost.
        Assert.All([second, third], review => Assert.True(burst.Touches(review) || _first!.Touches(review)));
        await RestingAsync();
        _time.Advance(LiveSubscription.Interval);
        Assert.False(_runs.Reader.TryRead(out _));
    }

    [Fact]
    public async Task A_long_run_is_never_joined_by_another()
    {
        using var gate = new SemaphoreSlim(0);
        await using var live = Start(work: gate.WaitAsync);
        Signal();
        await NextAsync();
        var meanwhile = Enumerable.Range(0, 20).Select(_ => Signal()).ToArray();
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.False(_runs.Reader.TryRead(out _));
        gate.Release(2);
        await RestingAsync();
        _time.Advance(LiveSubscription.Interval);
        var next = await NextAsync();
        Assert.All(meanwhile, review => Assert.True(next.Touches(review)));
        Assert.Equal(0, _overlaps);
    }

    [Fact]
    public async Task Only_what_concerns_it_is_heard()
    {
        await using var live = Start(signal => signal.Topics.Contains(ChangeSignal.Line));
        Signal();
        _changes.Raise(new ChangeSignal(2, new HashSet<Guid>(), new HashSet<string> { ChangeSignal.Line }));
        Assert.Empty((await NextAsync()).Reviews);
    }

    [Fact]
    public async Task A_flood_of_reviews_is_said_as_anything()
    {
        using var gate = new SemaphoreSlim(0);
        await using var live = Start(work: gate.WaitAsync);
        Signal();
        await NextAsync();
        _changes.Raise(new ChangeSignal(3, Enumerable.Range(0, 2_000).Select(_ => Guid.CreateVersion7(_time.GetUtcNow())).ToHashSet(), new HashSet<string>()));
        gate.Release(2);
        await RestingAsync();
        _time.Advance(LiveSubscription.Interval);
        var next = await NextAsync();
        Assert.True(next.Any);
        Assert.True(next.Touches(Guid.Empty));
    }

    [Fact]
    public async Task Nothing_runs_after_its_end_and_the_end_waits_for_the_run_under_way()
    {
        using var gate = new SemaphoreSlim(0);
        var live = Start(work: _ => gate.WaitAsync(CancellationToken.None));
        Signal();
        await NextAsync();
        var end = live.DisposeAsync().AsTask();
        Assert.False(end.IsCompleted);
        gate.Release();
        await end;
        Signal();
        Assert.False(_runs.Reader.TryRead(out _));
        Assert.Null(_time.UntilNext());
    }

    private LiveSignal? _first;

    private LiveSubscription Start(Func<ChangeSignal, bool>? concerns = null, Func<CancellationToken, Task>? work = null) =>
        LiveSubscription.Start(_changes, _time, concerns, async (signal, cancellation) =>
        {
            _overlaps += Interlocked.Increment(ref _running) > 1 ? 1 : 0;
            _first ??= signal;
            await _runs.Writer.WriteAsync(signal, cancellation);
            await (work?.Invoke(cancellation) ?? Task.CompletedTask);
            Interlocked.Decrement(ref _running);
        });

    private Guid Signal()
    {
        var review = Guid.CreateVersion7(_time.GetUtcNow());
        _changes.Raise(new ChangeSignal(1, new HashSet<Guid> { review }, new HashSet<string>()));
        return review;
    }

    private async Task<LiveSignal> NextAsync() => await _runs.Reader.ReadAsync(Cancellation);

    /// <summary>The run has ended and the interval has begun.</summary>
    private async Task RestingAsync()
    {
        while (_time.UntilNext() is null)
        {
            Cancellation.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
