using System.Buffers.Binary;

namespace ReviewConsole.Rendering;

/// <summary>What the first bytes of an image say: the only media types that are served as images, and the size in pixels.</summary>
internal sealed record ImageFacts(string MediaType, int Width, int Height)
{
    /// <summary>Larger images could exhaust the reader's browser; they stay downloads.</summary>
    public const long MostPixels = 60_000_000;

    /// <summary>How many first bytes are enough: a JPEG carries its metadata before its size.</summary>
    public const int Enough = 256 * 1024;

    /// <summary>True when it may be drawn.</summary>
    public bool MayBeShown => Width > 0 && Height > 0 && (long)Width * Height <= MostPixels;

    /// <summary>Reads the beginning of a file; null when it is no PNG, JPEG, GIF or WebP.</summary>
    public static ImageFacts? Of(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
        {
            return start.Length >= 24 && start[12..16].SequenceEqual("IHDR"u8)
                ? new ImageFacts("image/png", BinaryPrimitives.ReadInt32BigEndian(start[16..]), BinaryPrimitives.ReadInt32BigEndian(start[20..]))
                : null;
        }
        if (start.StartsWith("GIF87a"u8) || start.StartsWith("GIF89a"u8))
        {
            return start.Length >= 10
                ? new ImageFacts("image/gif", BinaryPrimitives.ReadUInt16LittleEndian(start[6..]), BinaryPrimitives.ReadUInt16LittleEndian(start[8..]))
                : null;
        }
        if (start.Length >= 30 && start.StartsWith("RIFF"u8) && start[8..12].SequenceEqual("WEBP"u8))
        {
            return WebP(start);
        }
        return start.Length > 4 && start[0] == 0xFF && start[1] == 0xD8 && start[2] == 0xFF ? Jpeg(start) : null;
    }

    private static ImageFacts? WebP(ReadOnlySpan<byte> start)
    {
        var chunk = start[12..16];
        if (chunk.SequenceEqual("VP8X"u8))
        {
            return new ImageFacts("image/webp", 1 + UInt24(start[24..]), 1 + UInt24(start[27..]));
        }
        if (chunk.SequenceEqual("VP8L"u8) && start[20] == 0x2F)
        {
            var bits = BinaryPrimitives.ReadUInt32LittleEndian(start[21..]);
            return new ImageFacts("image/webp", 1 + (int)(bits & 0x3FFF), 1 + (int)((bits >> 14) & 0x3FFF));
        }
        return chunk.SequenceEqual("VP8 "u8) && start[23..26].SequenceEqual((ReadOnlySpan<byte>)[0x9D, 0x01, 0x2A])
            ? new ImageFacts("image/webp", BinaryPrimitives.ReadUInt16LittleEndian(start[26..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(start[28..]) & 0x3FFF)
            : null;
    }

    // Walks the segments to the start of frame (SOF0–15 without DHT, JPG, DAC).
    private static ImageFacts? Jpeg(ReadOnlySpan<byte> start)
    {
        var at = 2;
        while (at + 9 <= start.Length && start[at] == 0xFF)
        {
            var marker = start[at + 1];
            if (marker == 0xFF)
            {
                at++;
                continue;
            }
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                return new ImageFacts("image/jpeg", BinaryPrimitives.ReadUInt16BigEndian(start[(at + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(start[(at + 5)..]));
            }
            at += marker is 0x01 or (>= 0xD0 and <= 0xD8) ? 2 : 2 + BinaryPrimitives.ReadUInt16BigEndian(start[(at + 2)..]);
        }
        return null;
    }

    private static int UInt24(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);
}
