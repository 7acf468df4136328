using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Authentication;

namespace ReviewConsole.Core.Delivery;

/// <summary>How one attempt ended. The receiver's words are never kept: they are the text of a stranger.</summary>
/// <param name="Status">The HTTP status, or null when there was no answer.</param>
/// <param name="Fault">Null when there was an answer, else <c>timeout</c>, <c>address-refused</c>, <c>tls</c> or <c>connection</c>.</param>
/// <param name="RetryAfter">What the receiver asked for.</param>
internal sealed record WebhookAttempt(int? Status, string? Fault, TimeSpan? RetryAfter)
{
    /// <summary>Only 2xx is success; a redirect is not followed and therefore a failure.</summary>
    public bool Delivered => Status is >= 200 and < 300;

    /// <summary>410: the receiver wants no more calls.</summary>
    public bool Gone => Status == 410;
}

/// <summary>Makes one signed POST. The client comes from <see cref="AddressGuard"/>, which decides where it may go.</summary>
internal sealed class WebhookSender(HttpClient client, TimeProvider time)
{
    /// <summary>How long a receiver may take to answer.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public async Task<WebhookAttempt> SendAsync(
        Uri url, string id, ReadOnlyMemory<byte> body, IReadOnlyList<WebhookSecret> secrets, CancellationToken cancellation)
    {
        var timestamp = time.GetUtcNow().ToUnixTimeSeconds();
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", timestamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.TryAddWithoutValidation("webhook-signature", WebhookSignature.Of(id, timestamp, body.Span, secrets));

        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        try
        {
            // The body of the answer is never read: disposing drains a little of it and else closes the connection.
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            return new WebhookAttempt((int)answer.StatusCode, null, RetryAfter(answer.Headers.RetryAfter));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new WebhookAttempt(null, "timeout", null);
        }
        catch (HttpRequestException e)
        {
            return new WebhookAttempt(null, Name(e), null);
        }
    }

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? header)
    {
        var wait = header?.Delta ?? (header?.Date - time.GetUtcNow());
        return wait > TimeSpan.Zero ? wait : null;
    }

    private static string Name(HttpRequestException e) => e switch
    {
        { InnerException: AddressRefusedException } => "address-refused",
        { InnerException: AuthenticationException } => "tls",
        _ => "connection",
    };
}
