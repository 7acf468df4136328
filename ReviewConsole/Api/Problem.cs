using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ReviewConsole.Api;

/// <summary>One thing wrong in what was sent: where (RFC 6901 as a fragment, <c>#/signals/0/value</c>), in words, and as a code.</summary>
internal sealed record ProblemError(string Pointer, string Detail, string Code);

/// <summary>
/// A refusal as the wire knows it (RFC 9457). <see cref="Name"/> is the last part of <c>type</c>, and one of WIRE.md §3.
/// It is a result, so an endpoint returns it as it is; everything else that turns a refusal into an answer goes through <see cref="Problems"/>.
/// </summary>
internal sealed record Problem(int Status, string Name, string Title, string Detail) : IResult
{
    // The body is never HTML (nosniff says so too), so an apostrophe may stay one.
    private static readonly JsonWriterOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public IReadOnlyList<ProblemError> Errors { get; init; } = [];

    /// <summary>Goes out as <c>Retry-After</c>, whole seconds, rounded up.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Extension members, for example the link of the review that has the external id.</summary>
    public JsonObject? Members { get; init; }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        response.ContentType = "application/problem+json";
        response.Headers.CacheControl = "no-store";
        if (RetryAfter is { } wait)
        {
            response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        var writer = new Utf8JsonWriter(response.BodyWriter, s_json);
        await using (writer.ConfigureAwait(false))
        {
            Write(writer);
        }
    }

    private void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("type", Problems.TypePrefix + Name);
        writer.WriteString("title", Title);
        writer.WriteNumber("status", Status);
        writer.WriteString("detail", Detail);
        foreach (var (name, value) in Members ?? [])
        {
            writer.WritePropertyName(name);
            if (value is null)
            {
                writer.WriteNullValue();
            }
            else
            {
                value.WriteTo(writer);
            }
        }

        if (Errors.Count > 0)
        {
            writer.WriteStartArray("errors");
            foreach (var error in Errors)
            {
                writer.WriteStartObject();
                writer.WriteString("pointer", error.Pointer);
                writer.WriteString("detail", error.Detail);
                writer.WriteString("code", error.Code);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }
}
