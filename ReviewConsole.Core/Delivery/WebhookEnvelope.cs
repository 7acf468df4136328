using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace ReviewConsole.Core.Delivery;

/// <summary>
/// The body of a webhook: <c>{"type":"review.decided","timestamp":"2026-11-22T12:00:00.000Z","data":{…}}</c>. The data goes in byte for byte, and the timestamp is
/// that of the event, not of the attempt, so that every retry is the same body.
/// </summary>
internal static class WebhookEnvelope
{
    /// <param name="type">A word of <see cref="WebhookType"/>.</param>
    /// <param name="at">When the event happened, Unix milliseconds.</param>
    /// <param name="data">One JSON value in UTF-8.</param>
    public static byte[] Of(string type, long at, ReadOnlySpan<byte> data)
    {
        var buffer = new ArrayBufferWriter<byte>(data.Length + 128);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("type", type);
            writer.WriteString("timestamp", DateTimeOffset.FromUnixTimeMilliseconds(at).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            writer.WritePropertyName("data");
            writer.WriteRawValue(data, skipInputValidation: true);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
