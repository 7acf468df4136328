using System.Text;

namespace ReviewConsole.Rendering;

/// <summary>The drawing in the bytes of an image that is no raster: SVG is markup, and goes the way of markup, into the sandboxed frame.</summary>
internal static class SvgText
{
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>From its first tag on; null when the bytes are no SVG in UTF-8, or more than a frame shows.</summary>
    public static async Task<string?> ReadAsync(Stream bytes, CancellationToken stop)
    {
        if (bytes.Length > FrameDocument.MostCharacters)
        {
            return null;
        }

        bytes.Position = 0;
        var all = new byte[bytes.Length];
        await bytes.ReadExactlyAsync(all, stop);
        try
        {
            return From(s_strict.GetString(all)) is { } drawing && FrameDocument.Shows(drawing) ? drawing : null;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    // What may stand before it in a file is a mark of the encoding, a declaration, comments and a document type; HTML knows none of them here.
    private static string? From(string text)
    {
        var at = 0;
        while (true)
        {
            while (at < text.Length && (char.IsWhiteSpace(text[at]) || text[at] == '\uFEFF'))
            {
                at++;
            }

            var rest = text.AsSpan(at);
            var (begin, end) = rest.StartsWith("<?") ? ("<?", "?>") : rest.StartsWith("<!--") ? ("<!--", "-->") : rest.StartsWith("<!DOCTYPE", StringComparison.OrdinalIgnoreCase) ? ("<!", ">") : ("", "");
            if (begin.Length == 0)
            {
                return rest.StartsWith("<svg", StringComparison.Ordinal) && rest.Length > 4 && (char.IsWhiteSpace(rest[4]) || rest[4] is '>' or '/') ? text[at..] : null;
            }

            var close = rest[begin.Length..].IndexOf(end);
            if (close < 0)
            {
                return null;
            }

            at += begin.Length + close + end.Length;
        }
    }
}
