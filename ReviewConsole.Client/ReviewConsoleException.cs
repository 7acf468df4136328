using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace ReviewConsole.Client;

/// <summary>The console refused a call, with its problem document (RFC 9457).</summary>
public sealed class ReviewConsoleException : Exception
{
    internal ReviewConsoleException(HttpStatusCode status, string type, string? title, string? detail, IReadOnlyList<InputError> errors, TimeSpan? retryAfter)
        : base(Describe(status, type, detail ?? title, errors))
    {
        Status = status;
        Type = type;
        Detail = detail;
        Errors = errors;
        RetryAfter = retryAfter;
    }

    /// <summary>The HTTP status.</summary>
    public HttpStatusCode Status { get; }

    /// <summary>The name of the problem: the last part of its <c>type</c>, for instance <c>already-started</c>; empty when the answer was no problem document.</summary>
    public string Type { get; }

    /// <summary>What went wrong, in words.</summary>
    public string? Detail { get; }

    /// <summary>What is wrong in the body, and where.</summary>
    public IReadOnlyList<InputError> Errors { get; }

    /// <summary>How long the console asks to wait.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>Whether the problem has this name.</summary>
    public bool Is(string type) => string.Equals(Type, type, StringComparison.Ordinal);

    internal static async Task<ReviewConsoleException> OfAsync(HttpResponseMessage response, TimeProvider time, CancellationToken cancellationToken)
    {
        var retryAfter = WaitFor(response.Headers.RetryAfter, time);
        try
        {
            var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            if (JsonSerializer.Deserialize<Problem>(bytes, Wire.Json) is { } problem)
            {
                return new(response.StatusCode, problem.Type?.Split('/', ':', '#')[^1] ?? "", problem.Title, problem.Detail, problem.Errors ?? [], retryAfter);
            }
        }
        catch (JsonException)
        {
            // A proxy's page, for instance; the status alone has to do.
        }

        return new(response.StatusCode, "", response.ReasonPhrase, null, [], retryAfter);
    }

    private static TimeSpan? WaitFor(RetryConditionHeaderValue? header, TimeProvider time) => header switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when date > time.GetUtcNow() => date - time.GetUtcNow(),
        _ => null,
    };

    private static string Describe(HttpStatusCode status, string type, string? detail, IReadOnlyList<InputError> errors)
        => string.Join("; ", errors.Select(static e => $"{e.Pointer}: {e.Detail}").Prepend($"{(type.Length == 0 ? "refused" : type)} ({(int)status}): {detail}"));

    private sealed record Problem(string? Type, string? Title, string? Detail, IReadOnlyList<InputError>? Errors);
}

/// <summary>One thing that is wrong in a body.</summary>
/// <param name="Pointer">Where, for instance <c>#/signals/0/value</c>.</param>
/// <param name="Detail">What, in words.</param>
/// <param name="Code">What, as a word.</param>
public sealed record InputError(string Pointer, string? Detail, string? Code);
