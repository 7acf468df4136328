using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace ReviewConsole.Client;

/// <summary>
/// What a source calls: submit an action, wait for the decision, run exactly what was approved, report what happened.
/// <code>
/// using var console = new ReviewConsoleClient(new Uri("https://review.example.org"), key);
/// var request = new ReviewRequest
/// {
///     Source = new("orders-agent"),
///     Action = ProposedAction.Of("issue_refund", new { order = "A-17", amount = "1250.00", currency = "USD" }),
///     Evidence = [Evidence.Text("complaint", "The customer's complaint", complaint) with { Required = true }],
/// };
/// var review = await console.SubmitAsync(request);
/// var outcome = await console.WaitForOutcomeAsync(review.Id);
/// var action = outcome.RequireApproved(request);              // throws unless a person or the policy said yes to exactly this
/// await console.StartedAsync(outcome);
/// var refund = await payments.RefundAsync(action.Arguments);  // the arguments as approved, corrections included
/// await console.SucceededAsync(outcome, reference: refund.Id);
/// </code>
/// Every call retries while the console restarts or is busy, as long as repeating it cannot do harm. Thread-safe.
/// </summary>
public sealed class ReviewConsoleClient : IDisposable
{
    private static readonly TimeSpan s_breath = TimeSpan.FromSeconds(1);

    private readonly HttpClient _http;
    private readonly bool _owned;
    private readonly ConsoleConnection _connection;
    private readonly ReviewConsoleClientOptions _options;

    /// <summary>Connects with a client of its own, which follows no redirect: the key goes to the console and nowhere else.</summary>
    public ReviewConsoleClient(Uri server, string apiKey)
        : this(
            new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
            {
                Timeout = Timeout.InfiniteTimeSpan,
            },
            new ReviewConsoleClientOptions { Server = server, ApiKey = apiKey }) => _owned = true;

    /// <summary>Connects with your <paramref name="http"/>, whose timeout must be longer than a long poll (60 s).</summary>
    public ReviewConsoleClient(HttpClient http, ReviewConsoleClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentException.ThrowIfNullOrWhiteSpace(options.ApiKey);
        _http = http;
        _options = options;
        _connection = new ConsoleConnection(http, options);
    }

    /// <summary>Submits a proposal. Repeated with the same <paramref name="idempotencyKey"/> (default: a new one for each call) it answers the same review.</summary>
    /// <exception cref="ReviewConsoleException">Refused; <see cref="ReviewConsoleException.Errors"/> points at what is wrong.</exception>
    public Task<Review> SubmitAsync(ReviewRequest request, string? idempotencyKey = null, CancellationToken cancellationToken = default)
    {
        var key = idempotencyKey ?? Guid.CreateVersion7(_options.Time.GetUtcNow()).ToString("D");
        return _connection.SendAsync(
            Ask<Review>(HttpMethod.Post, "api/v1/reviews", request) with { Headers = [("Idempotency-Key", $"\"{key}\"")] }, cancellationToken);
    }

    /// <summary>Uploads bytes for evidence, streamed, up to 25 MB. Read from where the stream stands; a stream that can seek is sent again after a lost connection.</summary>
    public Task<Blob> UploadAsync(Stream content, string? mediaType = null, CancellationToken cancellationToken = default)
    {
        var start = content.CanSeek ? content.Position : 0;
        var request = Ask<Blob>(HttpMethod.Post, "api/v1/blobs") with
        {
            Timeout = _options.Timeout * 10,
            KeepTrying = content.CanSeek ? null : TimeSpan.Zero,
            Body = () =>
            {
                if (content.CanSeek)
                {
                    content.Position = start;
                }

                var body = new BorrowedStreamContent(content);
                body.Headers.ContentType = new MediaTypeHeaderValue(mediaType ?? "application/octet-stream");
                return body;
            },
        };
        return _connection.SendAsync(request, cancellationToken);
    }

    /// <summary>Reads a review.</summary>
    public Task<Review> GetAsync(string reviewId, CancellationToken cancellationToken = default)
        => _connection.SendAsync(Ask<Review>(HttpMethod.Get, PathOf(reviewId)), cancellationToken);

    /// <summary>Reads one page of own reviews.</summary>
    public Task<ReviewPage> ListAsync(ReviewQuery query, CancellationToken cancellationToken = default)
        => _connection.SendAsync(Ask<ReviewPage>(HttpMethod.Get, $"api/v1/reviews{query.ToQueryString()}"), cancellationToken);

    /// <summary>Reads own reviews, page after page.</summary>
    public async IAsyncEnumerable<Review> ListAllAsync(ReviewQuery query, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (ReviewQuery? next = query; next is not null;)
        {
            var page = await ListAsync(next, cancellationToken).ConfigureAwait(false);
            foreach (var review in page.Items)
            {
                yield return review;
            }

            next = page.Next is { } after ? query with { After = after } : null;
        }
    }

    /// <summary>
    /// Waits until the outcome is released: long polls, and goes on through restarts of the console until it is cancelled. When a reviewer asks something,
    /// <see cref="WaitOptions.OnQuestion"/> is called once for each question.
    /// </summary>
    public async Task<Outcome> WaitForOutcomeAsync(string reviewId, WaitOptions? options = null, CancellationToken cancellationToken = default)
    {
        var wait = options ?? new WaitOptions();
        var answered = 0;
        while (true)
        {
            var askedAt = _options.Time.GetTimestamp();
            var (outcome, status) = await PollAsync(reviewId, wait, cancellationToken).ConfigureAwait(false);
            if (outcome is not null)
            {
                return outcome;
            }

            if (status is ReviewStatus.WaitingOnSource && wait.OnQuestion is { } answer)
            {
                var review = await GetAsync(reviewId, cancellationToken).ConfigureAwait(false);
                if (review.Status is ReviewStatus.WaitingOnSource && review.Revision > answered)
                {
                    answered = review.Revision;
                    await answer(review, cancellationToken).ConfigureAwait(false);
                }
            }

            // A proxy, or a poll of zero seconds, answers at once; ask again only after a breath.
            if (s_breath - _options.Time.GetElapsedTime(askedAt) is { Ticks: > 0 } rest)
            {
                await Task.Delay(rest, _options.Time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>The outcome if it is released, else null. Never waits.</summary>
    public async Task<Outcome?> TryGetOutcomeAsync(string reviewId, int sequence = 1, CancellationToken cancellationToken = default)
        => await _connection.SendAsync(
            new ConsoleRequest<Outcome?>(HttpMethod.Get, OutcomePath(reviewId, 0, sequence), static async (response, token) => (await ReadOutcomeAsync(response, token).ConfigureAwait(false)).Outcome),
            cancellationToken).ConfigureAwait(false);

    /// <summary>
    /// Says that the action is about to run. Taken once: for a second executor it throws with <c>already-started</c>, once a rollback was asked for with
    /// <c>already-reported</c>, and it is never repeated when it is not known whether it arrived. Run nothing unless this call returned.
    /// </summary>
    public Task<Review> StartedAsync(Outcome outcome, string? detail = null, CancellationToken cancellationToken = default)
        => ReportAsync(outcome, ExecutionStatus.Started, detail, null, cancellationToken);

    /// <summary>Says that the action ran.</summary>
    public Task<Review> SucceededAsync(Outcome outcome, string? reference = null, string? detail = null, CancellationToken cancellationToken = default)
        => ReportAsync(outcome, ExecutionStatus.Succeeded, detail, reference, cancellationToken);

    /// <summary>Says that the action failed.</summary>
    public Task<Review> FailedAsync(Outcome outcome, string detail, string? reference = null, CancellationToken cancellationToken = default)
        => ReportAsync(outcome, ExecutionStatus.Failed, detail, reference, cancellationToken);

    /// <summary>Says that nobody knows whether the action ran; a person follows it up.</summary>
    public Task<Review> UnknownAsync(Outcome outcome, string detail, string? reference = null, CancellationToken cancellationToken = default)
        => ReportAsync(outcome, ExecutionStatus.Unknown, detail, reference, cancellationToken);

    /// <summary>Says that the action was undone, as the second outcome asked.</summary>
    public Task<Review> RolledBackAsync(Outcome rollback, string? reference = null, string? detail = null, CancellationToken cancellationToken = default)
        => ReportAsync(rollback, ExecutionStatus.RolledBack, detail, reference, cancellationToken);

    /// <summary>Reports an execution in your own words; <see cref="ExecutionReport.ActionDigest"/> is that of what really ran.</summary>
    public Task<Review> ReportAsync(string reviewId, ExecutionReport report, CancellationToken cancellationToken = default)
        => _connection.SendAsync(
            Ask<Review>(HttpMethod.Post, $"{PathOf(reviewId)}/execution", report) with
            {
                Repeat = report.Status is ExecutionStatus.Started ? Repeat.IfNotDone : Repeat.Always,
            },
            cancellationToken);

    /// <summary>Takes a proposal back; possible until its outcome is released.</summary>
    public Task<Review> CancelAsync(string reviewId, string reason, CancellationToken cancellationToken = default)
        => _connection.SendAsync(Ask<Review>(HttpMethod.Post, $"{PathOf(reviewId)}/cancel", new { reason }) with { Repeat = Repeat.IfNotDone }, cancellationToken);

    /// <summary>
    /// Replaces revision <paramref name="revision"/> by a new one. A decision that is still held is pulled back. Answer a question with
    /// <see cref="ReviewRequest.Answer"/>.
    /// </summary>
    public Task<Review> ReviseAsync(string reviewId, int revision, ReviewRequest request, CancellationToken cancellationToken = default)
        => _connection.SendAsync(
            Ask<Review>(HttpMethod.Put, PathOf(reviewId), request) with
            {
                Repeat = Repeat.IfNotDone,
                Headers = [("If-Match", $"\"{revision.ToString(CultureInfo.InvariantCulture)}\"")],
            },
            cancellationToken);

    /// <summary>Says that the world changed; a decision that is not yet released is pulled back.</summary>
    public Task<Review> ReportPreconditionsAsync(string reviewId, IReadOnlyList<Precondition> preconditions, CancellationToken cancellationToken = default)
        => _connection.SendAsync(Ask<Review>(HttpMethod.Post, $"{PathOf(reviewId)}/preconditions", preconditions), cancellationToken);

    /// <summary>The receipt of a released outcome: text that verifies offline.</summary>
    public Task<string> ReceiptAsync(string reviewId, int sequence = 1, CancellationToken cancellationToken = default)
        => _connection.SendAsync(
            new ConsoleRequest<string>(
                HttpMethod.Get,
                string.Create(CultureInfo.InvariantCulture, $"{PathOf(reviewId)}/receipt?sequence={sequence}"),
                static (response, token) => response.Content.ReadAsStringAsync(token)),
            cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_owned)
        {
            _http.Dispose();
        }
    }

    private Task<Review> ReportAsync(Outcome outcome, ExecutionStatus status, string? detail, string? reference, CancellationToken cancellationToken)
    {
        var digest = outcome.ActionDigest ?? throw new ArgumentException("The outcome has no action digest: there is nothing to report about it.", nameof(outcome));
        return ReportAsync(outcome.ReviewId, new ExecutionReport(status, digest, detail, reference), cancellationToken);
    }

    private Task<(Outcome? Outcome, ReviewStatus Status)> PollAsync(string reviewId, WaitOptions wait, CancellationToken cancellationToken)
    {
        var seconds = Math.Clamp((int)wait.Poll.TotalSeconds, 0, 60);
        return _connection.SendAsync(
            new ConsoleRequest<(Outcome?, ReviewStatus)>(HttpMethod.Get, OutcomePath(reviewId, seconds, wait.Sequence), ReadOutcomeAsync)
            {
                Timeout = _options.Timeout + TimeSpan.FromSeconds(seconds),
                KeepTrying = Timeout.InfiniteTimeSpan,
            },
            cancellationToken);
    }

    private static string PathOf(string reviewId) => $"api/v1/reviews/{Uri.EscapeDataString(reviewId)}";

    private static string OutcomePath(string reviewId, int wait, int sequence)
        => string.Create(CultureInfo.InvariantCulture, $"{PathOf(reviewId)}/outcome?wait={wait}&sequence={sequence}");

    private static async Task<(Outcome? Outcome, ReviewStatus Status)> ReadOutcomeAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.StatusCode is not HttpStatusCode.NoContent)
        {
            return (await ReadAsync<Outcome>(response, cancellationToken).ConfigureAwait(false), ReviewStatus.Released);
        }

        var word = response.Headers.TryGetValues("Review-Status", out var values) ? values.First() : "";
        return (null, Enum.TryParse<ReviewStatus>(word, ignoreCase: true, out var status) ? status : ReviewStatus.Unknown);
    }

    private static ConsoleRequest<T> Ask<T>(HttpMethod method, string path, object? body = null)
    {
        var bytes = body is null ? null : JsonSerializer.SerializeToUtf8Bytes(body, body.GetType(), Wire.Json);
        return new ConsoleRequest<T>(method, path, ReadAsync<T>) { Body = bytes is null ? null : () => JsonBody(bytes) };
    }

    private static ByteArrayContent JsonBody(byte[] bytes)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        return JsonSerializer.Deserialize<T>(bytes, Wire.Json) ?? throw new JsonException("The console answered null.");
    }

    /// <summary>Sends a stream that belongs to the caller: not closed with the request, so that it can be sent again.</summary>
    private sealed class BorrowedStreamContent(Stream stream) : HttpContent
    {
        private readonly long? _length = stream.CanSeek ? stream.Length - stream.Position : null;

        protected override Task SerializeToStreamAsync(Stream target, TransportContext? context) => stream.CopyToAsync(target);

        protected override Task SerializeToStreamAsync(Stream target, TransportContext? context, CancellationToken cancellationToken)
            => stream.CopyToAsync(target, cancellationToken);

        protected override bool TryComputeLength(out long length)
        {
            length = _length ?? 0;
            return _length is not null;
        }
    }
}
