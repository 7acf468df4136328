using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ReviewConsole.Api;

/// <summary>Answers written by hand, so that a member without value is absent and nothing enters by accident.</summary>
internal sealed class Json(int status, byte[] body) : IResult
{
    // A review with its gate's trace fits: grown up to that from 1 KB it would be copied three times.
    private const int Usual = 8 * 1024;

    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Bytes(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(Usual);
        using (var writer = new Utf8JsonWriter(buffer, s_options))
        {
            write(writer);
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>200 with the object whose members <paramref name="write"/> writes.</summary>
    public static Json Object(Action<Utf8JsonWriter> write) => new(StatusCodes.Status200OK, Bytes(writer =>
    {
        writer.WriteStartObject();
        write(writer);
        writer.WriteEndObject();
    }));

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = "application/json";
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, httpContext.RequestAborted).ConfigureAwait(false);
    }
}
