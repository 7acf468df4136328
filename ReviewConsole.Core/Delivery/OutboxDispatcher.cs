using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using ReviewConsole.Core.Store;

namespace ReviewConsole.Core.Delivery;

/// <summary>
/// Tells endpoints what has been released, at least once each: a row stays due until an answer is on disk, so a crash between answer and record repeats the call with
/// the same id. Endpoints do not wait for one another; the order at one endpoint is not promised.
/// </summary>
internal sealed partial class OutboxDispatcher
{
    private const int AtOnce = 32;
    private const int AtOnceEach = 8;
    private static readonly TimeSpan s_longestSleep = TimeSpan.FromSeconds(30);

    private readonly OutboxStore _outbox;
    private readonly EndpointStore _endpoints;
    private readonly EndpointDirectory _directory;
    private readonly SecretBox _box;
    private readonly WebhookSender _sender;
    private readonly OutboxData _data;
    private readonly TimeProvider _time;
    private readonly ILogger<OutboxDispatcher> _log;
    private readonly ConcurrentDictionary<long, (string Endpoint, Task Work)> _underWay = new();
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public OutboxDispatcher(
        OutboxStore outbox, EndpointStore endpoints, EndpointDirectory directory, SecretBox box, WebhookSender sender, OutboxData data, TimeProvider time,
        ILogger<OutboxDispatcher> log)
    {
        (_outbox, _endpoints, _directory, _box, _sender, _data, _time, _log) = (outbox, endpoints, directory, box, sender, data, time, log);
    }

    /// <summary>Look again now: something was added. Costs nothing and never waits, so it may be called from the Writer's thread.</summary>
    public void Wake() => _wake.Writer.TryWrite(true);

    /// <summary>How many attempts are under way.</summary>
    public int UnderWay => _underWay.Count;

    /// <summary>Works until told to stop; what is under way then is broken off and tried again after the next start.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            while (!cancellation.IsCancellationRequested)
            {
                var sleep = Begin(cancellation);
                await SleepAsync(sleep, cancellation).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The way out.
        }
        finally
        {
            await Task.WhenAll(_underWay.Values.Select(one => one.Work)).ConfigureAwait(false);
        }
    }

    /// <summary>Starts what is due and may start, and answers how long nothing else will be.</summary>
    private TimeSpan Begin(CancellationToken cancellation)
    {
        try
        {
            while (AtOnce - _underWay.Count is > 0 and var room)
            {
                var due = _outbox.Due(Now, Math.Min(room, AtOnceEach), [.. _underWay.Keys], Busy());
                foreach (var row in due)
                {
                    // Delivery removes itself when done, which must not come before it is added.
                    var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                    _underWay[row.Entry] = (row.Endpoint, DeliverAsync(row, start.Task, cancellation));
                    start.SetResult();
                }

                if (due.Count == 0)
                {
                    return Until(_outbox.NextDue([.. _underWay.Keys], Busy()));
                }
            }

            return s_longestSleep;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogUnreadable(e);
            return s_longestSleep;
        }
    }

    private string[] Busy() =>
        [.. _underWay.Values.GroupBy(one => one.Endpoint, StringComparer.Ordinal).Where(group => group.Count() >= AtOnceEach).Select(group => group.Key)];

    private TimeSpan Until(long? next) =>
        next is null ? s_longestSleep : TimeSpan.FromMilliseconds(Math.Clamp(next.Value - Now, 1, (long)s_longestSleep.TotalMilliseconds));

    // Until the next row is due, or a commit says that there is a new one.
    private async Task SleepAsync(TimeSpan time, CancellationToken cancellation)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var timer = Task.Delay(time, _time, over.Token);
        var woken = _wake.Reader.WaitToReadAsync(over.Token).AsTask();
        await Task.WhenAny(timer, woken).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
        _wake.Reader.TryRead(out _);
        cancellation.ThrowIfCancellationRequested();
    }

    private async Task DeliverAsync(OutboxRow row, Task start, CancellationToken cancellation)
    {
        await start.ConfigureAwait(false);
        try
        {
            await AttemptAsync(row, cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Still due; the next start repeats it.
        }
        catch (Exception e)
        {
            // The attempt could not be made or recorded (a full disk, say). The row is still due at the same time: rest, or this would be a storm.
            LogUnrecorded(e, row.Entry);
            await Task.Delay(s_longestSleep, _time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        finally
        {
            _underWay.TryRemove(row.Entry, out _);
            Wake();
        }
    }

    private async Task AttemptAsync(OutboxRow row, CancellationToken cancellation)
    {
        if (_directory.Find(row.Endpoint) is not { } endpoint)
        {
            await _outbox.DeadAsync(row, null, OutboxFault.NoEndpoint, cancellation).ConfigureAwait(false);
            return;
        }

        if (endpoint.Disabled is not null)
        {
            await _outbox.DeadAsync(row, null, OutboxFault.EndpointDisabled, cancellation).ConfigureAwait(false);
            return;
        }

        if (_data(row) is not { } data)
        {
            await _outbox.DeadAsync(row, null, OutboxFault.Erased, cancellation).ConfigureAwait(false);
            return;
        }

        var body = WebhookEnvelope.Of(row.Type, row.Made, data);
        var attempt = await _sender.SendAsync(new Uri(endpoint.Url), row.Message, body, endpoint.Secrets(_box, Now), cancellation).ConfigureAwait(false);
        await RecordAsync(row, endpoint, attempt, cancellation).ConfigureAwait(false);
    }

    private async Task RecordAsync(OutboxRow row, Endpoint endpoint, WebhookAttempt attempt, CancellationToken cancellation)
    {
        switch (OutboxStep.After(attempt, row.Attempts, Random.Shared.NextDouble()))
        {
            case OutboxStep.Delivered:
                await _outbox.DeliveredAsync(row, attempt.Status!.Value, cancellation).ConfigureAwait(false);
                break;
            case OutboxStep.Again again:
                LogFailed(row.Entry, endpoint.Id, row.Attempts + 1, attempt.Status, attempt.Fault, again.Wait);
                await _outbox.AgainAsync(row, again.Wait, attempt.Status, attempt.Fault, cancellation).ConfigureAwait(false);
                break;
            case OutboxStep.Dead:
                LogDead(row.Entry, endpoint.Id, attempt.Status, attempt.Fault);
                await _outbox.DeadAsync(row, attempt.Status, attempt.Fault, cancellation).ConfigureAwait(false);
                break;
            case OutboxStep.Gone:
                LogGone(endpoint.Id);
                await _outbox.DeadAsync(row, attempt.Status, null, cancellation).ConfigureAwait(false);
                await _endpoints.DisableAsync(endpoint, cancellation).ConfigureAwait(false);
                break;
        }
    }

    private long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    [LoggerMessage(EventId = 4100, Level = LogLevel.Warning, Message = "Webhook for entry {Entry} to {Endpoint}: attempt {Attempt} failed ({Status} {Fault}), next in {Wait}")]
    private partial void LogFailed(long entry, string endpoint, int attempt, int? status, string? fault, TimeSpan wait);

    [LoggerMessage(EventId = 4101, Level = LogLevel.Error, Message = "Webhook for entry {Entry} to {Endpoint} is a dead letter ({Status} {Fault})")]
    private partial void LogDead(long entry, string endpoint, int? status, string? fault);

    [LoggerMessage(EventId = 4102, Level = LogLevel.Warning, Message = "Endpoint {Endpoint} answered 410 and is disabled")]
    private partial void LogGone(string endpoint);

    [LoggerMessage(EventId = 4103, Level = LogLevel.Error, Message = "Webhook for entry {Entry} could not be made or recorded; it stays due")]
    private partial void LogUnrecorded(Exception fault, long entry);

    [LoggerMessage(EventId = 4104, Level = LogLevel.Error, Message = "The outbox could not be read")]
    private partial void LogUnreadable(Exception fault);
}
