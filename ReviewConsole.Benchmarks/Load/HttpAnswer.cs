using System.Buffers.Text;

namespace ReviewConsole.Benchmarks.Load;

/// <summary>
/// Reads one HTTP/1.1 answer out of a buffer: status line, headers, and a body by Content-Length or chunks. Enough for servers that we start ourselves, and cheap
/// enough that the generator does not eat the two cores it measures.
/// </summary>
internal static class HttpAnswer
{
    /// <summary>True when a whole answer is in <paramref name="received"/>.</summary>
    public static bool TryRead(ReadOnlySpan<byte> received, out int status, out Range body, out int consumed)
    {
        status = 0;
        body = default;
        consumed = 0;
        var end = received.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return false;
        }

        var head = received[..end];
        _ = Utf8Parser.TryParse(head[9..], out status, out int _);
        var start = end + 4;
        if (Header(head, "\r\nContent-Length: "u8) is { IsEmpty: false } length)
        {
            _ = Utf8Parser.TryParse(length, out int size, out _);
            body = start..(start + size);
            consumed = start + size;
            return received.Length >= consumed;
        }

        if (Header(head, "\r\nTransfer-Encoding: "u8).IsEmpty)
        {
            body = start..start;
            consumed = start;
            return true;
        }

        var last = received[start..].IndexOf("\r\n0\r\n\r\n"u8);
        body = start..(start + Math.Max(last, 0));
        consumed = start + last + 7;
        return last >= 0;
    }

    private static ReadOnlySpan<byte> Header(ReadOnlySpan<byte> head, ReadOnlySpan<byte> name)
    {
        var at = head.IndexOf(name);
        return at < 0 ? default : head[(at + name.Length)..];
    }
}
