using System.Collections.Frozen;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Store;

namespace ReviewConsole.Core.Oversight;

/// <summary>A report, and how many reviews were left out of it because their content is erased.</summary>
/// <param name="Signals">Names of the signals that its reviews have, the first so many of them: each can be asked for a frontier of its own.</param>
internal sealed record PastReport(BacktestReport Report, long Erased, IReadOnlyList<string> Signals);

/// <summary>Back-tests, and the search for automation candidates, over the reviews of this console while it works: off the caller's thread, and one at a time, so that they never take more than one core from it.</summary>
internal sealed class PastReviews(ReadDatabase database, TimeProvider time)
{
    private static readonly TimeSpan s_every = TimeSpan.FromMilliseconds(200);

    /// <summary>More nobody chooses from.</summary>
    private const int MostSignals = 50;

    private readonly SemaphoreSlim _one = new(1);

    /// <summary>Who writes policies or puts them into force: nobody else looks through what everybody decided.</summary>
    public static bool May(PersonActor? person) => person?.May(Permission.PolicyDraft) == true || person?.May(Permission.PolicyPublish) == true;

    /// <param name="days">Reviews of the last so many days; null for all.</param>
    /// <param name="signal">The signal of the frontier; null for the lowest of each review.</param>
    /// <param name="progress">Told now and then how many of how many are done.</param>
    public Task<PastReport> BacktestAsync(GatePolicy policy, int? days, string? signal, Action<long, long> progress, CancellationToken cancellation)
    {
        var (backtest, signals) = (new Backtest(policy, signal), new SortedSet<string>(StringComparer.Ordinal));
        return ReadAsync(days, Add, erased => new PastReport(backtest.Report(), erased, [.. signals]), progress, cancellation);

        void Add(BacktestItem item)
        {
            backtest.Add(item);
            foreach (var said in signals.Count < MostSignals ? item.Proposal.Signals : [])
            {
                signals.Add(said.Name);
            }
        }
    }

    /// <summary>Which classes of what people decided a rule may stand for.</summary>
    /// <param name="days">Reviews of the last so many days; null for all.</param>
    /// <param name="progress">Told now and then how many of how many are done.</param>
    public Task<AutomationReport> ClassesAsync(
        GatePolicy policy, FrozenSet<string> demoted, FrozenSet<Guid> doubted, int? days, Action<long, long> progress, CancellationToken cancellation)
    {
        var classes = new AutomationClasses(policy, demoted, doubted);
        return ReadAsync(days, classes.Add, _ => classes.Report(), progress, cancellation);
    }

    private async Task<T> ReadAsync<T>(int? days, Action<BacktestItem> add, Func<long, T> report, Action<long, long> progress, CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await Task.Run(() => report(Read(days, add, progress, cancellation)), cancellation).ConfigureAwait(false);
        }
        finally
        {
            _one.Release();
        }
    }

    private long Read(int? days, Action<BacktestItem> add, Action<long, long> progress, CancellationToken cancellation)
    {
        var reviews = new RecordedReviews(database, days is { } past ? time.GetUtcNow().AddDays(-past).ToUnixTimeMilliseconds() : 0);
        var (done, total, told) = (0L, reviews.Count(), time.GetTimestamp());
        foreach (var item in reviews.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            add(item);
            done++;
            if (time.GetElapsedTime(told) >= s_every)
            {
                told = time.GetTimestamp();
                progress(done, Math.Max(done, total));
            }
        }

        return reviews.Erased;
    }
}
