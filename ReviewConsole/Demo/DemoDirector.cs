using System.Collections.Concurrent;
using ReviewConsole.Demo.Cases;

namespace ReviewConsole.Demo;

/// <summary>
/// Brings the cases up in their order: takes up what an earlier process left, then a burst, then one every 20 to 40 seconds, and never more open ones than
/// <see cref="DemoOptions.OpenAtMost"/>.
/// </summary>
internal sealed partial class DemoDirector(IReadOnlyDictionary<string, DemoSource> sources, DemoOptions options, TimeProvider time, ILogger<DemoDirector> log)
{
    private readonly ConcurrentDictionary<string, Task> _open = new(StringComparer.Ordinal);

    /// <summary>How many proposals wait for an outcome or are being carried out.</summary>
    public int Open => _open.Count;

    /// <summary>Runs until it is cancelled; returns when every wait has ended.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            int? next;
            while ((next = await TryTakeUpAsync(cancellationToken).ConfigureAwait(false)) is null)
            {
                // The console is still starting, or busy.
                await Task.Delay(options.ShortestPause, time, cancellationToken).ConfigureAwait(false);
            }

            await Task.WhenAll(ProposeAllAsync(next.Value, cancellationToken), UndoAllAsync(cancellationToken)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The end of the demonstration.
        }
        finally
        {
            await Task.WhenAll(_open.Values).ConfigureAwait(false);
        }
    }

    private async Task<int?> TryTakeUpAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await TakeUpAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (IsConsole(fault, cancellationToken))
        {
            LogNotTakenUp(log, fault);
            return null;
        }
    }

    /// <summary>Follows everything unfinished again and says which case of the sequence comes next.</summary>
    private async Task<int> TakeUpAsync(CancellationToken cancellationToken)
    {
        var proposed = 0;
        foreach (var source in sources.Values)
        {
            proposed += await source.CountAsync(cancellationToken).ConfigureAwait(false);
            foreach (var (reviewId, proposal) in await source.UnfinishedAsync(cancellationToken).ConfigureAwait(false))
            {
                Follow(source, reviewId, proposal, cancellationToken);
            }
        }

        LogTakenUp(log, proposed, _open.Count);
        return proposed;
    }

    private async Task ProposeAllAsync(int next, CancellationToken cancellationToken)
    {
        for (var ordinal = next; ; ordinal++)
        {
            if (ordinal >= options.Burst)
            {
                // The pace of the demonstration; and no more open cases than people can look at.
                await Task.Delay(PauseBefore(ordinal), time, cancellationToken).ConfigureAwait(false);
                while (_open.Count >= options.OpenAtMost)
                {
                    await Task.Delay(options.ShortestPause, time, cancellationToken).ConfigureAwait(false);
                }
            }

            var (@case, occasion) = DemoCases.At(options.Seed, ordinal);
            await ProposeAsync(sources[@case.System], DemoProposal.First(@case, occasion), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ProposeAsync(DemoSource source, DemoProposal proposal, CancellationToken cancellationToken)
    {
        try
        {
            var review = await source.ProposeAsync(proposal, cancellationToken).ConfigureAwait(false);
            Follow(source, review.Id, proposal, cancellationToken);
        }
        catch (Exception fault) when (IsConsole(fault, cancellationToken))
        {
            LogNotProposed(log, fault, proposal.Request.ExternalId!);
        }
    }

    private async Task UndoAllAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(options.RollbackLook, time, cancellationToken).ConfigureAwait(false);
            foreach (var source in sources.Values)
            {
                try
                {
                    await source.UndoAsync(cancellationToken).ConfigureAwait(false);
                }
                catch (Exception fault) when (IsConsole(fault, cancellationToken))
                {
                    LogNotUndone(log, fault, source.System);
                }
            }
        }
    }

    private void Follow(DemoSource source, string reviewId, DemoProposal proposal, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_open.TryAdd(reviewId, done.Task))
        {
            return;
        }

        _ = UntilEndAsync();

        async Task UntilEndAsync()
        {
            try
            {
                await source.FollowAsync(reviewId, proposal, cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                // The end of the demonstration; the next process takes the wait up again.
            }
            catch (Exception fault)
            {
                LogLost(log, fault, proposal.Request.ExternalId!);
            }
            finally
            {
                _open.TryRemove(reviewId, out _);
                done.SetResult();
            }
        }
    }

    /// <summary>The same for the same seed and ordinal.</summary>
    private TimeSpan PauseBefore(int ordinal)
        => options.ShortestPause + ((options.LongestPause - options.ShortestPause) * new Random(unchecked((options.Seed * 31) + ordinal)).NextDouble());

    [LoggerMessage(EventId = 7010, Level = LogLevel.Information, Message = "The demonstration begins after {Proposed} proposals, {Open} of them unfinished")]
    private static partial void LogTakenUp(ILogger log, int proposed, int open);

    [LoggerMessage(EventId = 7011, Level = LogLevel.Warning, Message = "{Proposal} could not be proposed")]
    private static partial void LogNotProposed(ILogger log, Exception fault, string proposal);

    [LoggerMessage(EventId = 7012, Level = LogLevel.Warning, Message = "{System} could not look for what is to be undone")]
    private static partial void LogNotUndone(ILogger log, Exception fault, string system);

    /// <summary>The console refused or did not answer in time: another time it may.</summary>
    private static bool IsConsole(Exception fault, CancellationToken cancellationToken) =>
        fault is Client.ReviewConsoleException or HttpRequestException or IOException || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    [LoggerMessage(EventId = 7014, Level = LogLevel.Warning, Message = "The console did not say what is unfinished; it is asked again")]
    private static partial void LogNotTakenUp(ILogger log, Exception fault);

    [LoggerMessage(EventId = 7013, Level = LogLevel.Error, Message = "{Proposal} is no longer followed")]
    private static partial void LogLost(ILogger log, Exception fault, string proposal);
}
