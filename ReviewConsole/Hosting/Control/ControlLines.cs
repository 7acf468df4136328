using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ReviewConsole.Hosting.Control;

/// <summary>
/// The protocol of the control socket, one JSON object a line. The shell sends <c>{"verb", "arguments"}</c>; the server answers any number of
/// <c>{"out": text}</c>, <c>{"error": text}</c>, <c>{"done": n, "total": n}</c>, and at last <c>{"exit": code}</c>.
/// </summary>
internal sealed class ControlLines(Stream stream) : IDisposable
{
    private static readonly JsonSerializerOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonDocumentOptions s_strict = new() { AllowDuplicateProperties = false };
    private readonly StreamReader _reader = new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    private readonly Lock _writing = new();

    public void Send(JsonObject line)
    {
        lock (_writing)
        {
            stream.Write(Encoding.UTF8.GetBytes(line.ToJsonString(s_json) + "\n"));
        }
    }

    /// <summary>The next line, or null at the end or when it is no JSON object.</summary>
    public async Task<JsonObject?> ReceiveAsync(CancellationToken cancellation)
    {
        if (await _reader.ReadLineAsync(cancellation).ConfigureAwait(false) is not { } line)
        {
            return null;
        }

        try
        {
            return JsonNode.Parse(line, null, s_strict) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public void Dispose()
    {
        _reader.Dispose();
        stream.Dispose();
    }
}
