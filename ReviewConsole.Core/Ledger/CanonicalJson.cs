using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ReviewConsole.Core.Ledger;

/// <summary>
/// The JSON Canonicalization Scheme of RFC 8785: no white space, keys in the order of their UTF-16 code units, numbers as ECMAScript
/// writes them, the fewest escapes. Stricter than the RFC in one point: a number whose decimal value differs from that of its canonical
/// text (9007199254740993, 1e400) is refused, because a digest must not cover another number than the one sent.
/// </summary>
/// <remarks>Nothing is written when an exception is thrown.</remarks>
internal static class CanonicalJson
{
    /// <summary>The RFC 8785 bytes of <paramref name="value"/>, of an object without those of its own members that <paramref name="without"/> names.</summary>
    /// <exception cref="CanonicalJsonException">The value has no exact canonical form.</exception>
    public static byte[] Of(JsonElement value, params ReadOnlySpan<string> without)
    {
        var writer = CanonicalJsonWriter.Rent();
        try
        {
            writer.Value(value, without);
            return writer.Written.ToArray();
        }
        finally
        {
            CanonicalJsonWriter.Return(writer);
        }
    }

    /// <summary>The RFC 8785 bytes of <paramref name="value"/>; <see langword="null"/> is the JSON <c>null</c>.</summary>
    /// <exception cref="CanonicalJsonException">The value has no exact canonical form.</exception>
    public static byte[] Of(JsonNode? value)
    {
        var writer = CanonicalJsonWriter.Rent();
        try
        {
            writer.Value(value);
            return writer.Written.ToArray();
        }
        finally
        {
            CanonicalJsonWriter.Return(writer);
        }
    }

    /// <summary>Writes the RFC 8785 bytes of <paramref name="value"/> to <paramref name="output"/>.</summary>
    /// <exception cref="CanonicalJsonException">The value has no exact canonical form.</exception>
    public static void Write(JsonElement value, IBufferWriter<byte> output)
    {
        var writer = CanonicalJsonWriter.Rent();
        try
        {
            writer.Value(value);
            output.Write(writer.Written);
        }
        finally
        {
            CanonicalJsonWriter.Return(writer);
        }
    }
}
