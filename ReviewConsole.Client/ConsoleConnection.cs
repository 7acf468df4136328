using System.Net;
using System.Net.Http.Headers;

namespace ReviewConsole.Client;

/// <summary>Whether a request may be sent again when nobody knows whether the first one arrived.</summary>
internal enum Repeat
{
    /// <summary>Only when it surely was not carried out: no connection, 429 or 503.</summary>
    IfNotDone,

    /// <summary>Doing it twice is the same as doing it once.</summary>
    Always,
}

/// <summary>One request with its retries: exponential from 250 ms to 15 s, each shortened at random by up to a half, never sooner than <c>Retry-After</c>.</summary>
internal sealed class ConsoleConnection(HttpClient http, ReviewConsoleClientOptions options)
{
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_longestObeyed = TimeSpan.FromMinutes(2);

    public async Task<T> SendAsync<T>(ConsoleRequest<T> request, CancellationToken cancellationToken)
    {
        var giveUpAt = request.KeepTrying == System.Threading.Timeout.InfiniteTimeSpan
            ? DateTimeOffset.MaxValue
            : options.Time.GetUtcNow() + (request.KeepTrying ?? options.KeepTrying);
        for (var attempt = 0; ; attempt++)
        {
            TimeSpan? asked = null;
            try
            {
                return await AttemptAsync(request, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested && MayRepeat(e, request.Repeat))
            {
                asked = (e as ReviewConsoleException)?.RetryAfter;
                if (options.Time.GetUtcNow() + Pause(attempt, asked) >= giveUpAt)
                {
                    throw;
                }
            }

            // Back-off with jitter, or as long as the console asked for.
            await Task.Delay(Pause(attempt, asked) * (1 - (options.Jitter() / 2)), options.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    private static TimeSpan Pause(int attempt, TimeSpan? asked)
    {
        var own = TimeSpan.FromMilliseconds(250 * Math.Pow(2, Math.Min(attempt, 10)));
        own = own < s_longestPause ? own : s_longestPause;

        // Doubled because the spread takes away up to a half: nobody comes back sooner than asked.
        var theirs = (asked ?? TimeSpan.Zero) < s_longestObeyed ? (asked ?? TimeSpan.Zero) * 2 : s_longestObeyed * 2;
        return own > theirs ? own : theirs;
    }

    private static bool MayRepeat(Exception e, Repeat repeat) => e switch
    {
        ReviewConsoleException { Status: HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests } => true,
        ReviewConsoleException { Status: HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout } => repeat is Repeat.Always,
        ReviewConsoleException r => repeat is Repeat.Always && r.Is("in-progress"),
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError } => true,
        HttpRequestException or IOException or OperationCanceledException => repeat is Repeat.Always,
        _ => false,
    };

    private async Task<T> AttemptAsync<T>(ConsoleRequest<T> request, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(request.Timeout ?? options.Timeout, options.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        using var message = new HttpRequestMessage(request.Method, new Uri(options.Server, request.Path));
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.ApiKey);
        message.Headers.Accept.ParseAdd("application/json");
        foreach (var (name, value) in request.Headers)
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        message.Content = request.Body?.Invoke();
        using var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, both.Token).ConfigureAwait(false);
        return response.IsSuccessStatusCode
            ? await request.Read(response, both.Token).ConfigureAwait(false)
            : throw await ReviewConsoleException.OfAsync(response, options.Time, both.Token).ConfigureAwait(false);
    }
}

/// <summary>A request as the connection needs it to send it more than once.</summary>
internal sealed record ConsoleRequest<T>(HttpMethod Method, string Path, Func<HttpResponseMessage, CancellationToken, Task<T>> Read)
{
    public Func<HttpContent>? Body { get; init; }

    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    public Repeat Repeat { get; init; } = Repeat.Always;

    public TimeSpan? Timeout { get; init; }

    public TimeSpan? KeepTrying { get; init; }
}
