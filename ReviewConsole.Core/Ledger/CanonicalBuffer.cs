using System.Buffers;
using System.Globalization;
using System.Text.Unicode;

namespace ReviewConsole.Core.Ledger;

/// <summary>Where a text lies in the scratch space of a <see cref="CanonicalBuffer"/>.</summary>
internal readonly record struct KeptText(int Start, int Length);

/// <summary>The bytes that a canonical writer has written, and scratch space for the unescaped keys of the objects that it is inside of.</summary>
internal sealed class CanonicalBuffer
{
    private const int KeptBytes = 1 << 20;
    private const int EscapeChunk = 1024;
    private const int LongestEscape = 6;

    private byte[] _bytes = new byte[4096];
    private int _length;
    private byte[] _scratch = new byte[1024];
    private int _scratchLength;

    /// <summary>The bytes so far; valid until the next write.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    /// <summary>The scratch space, for comparing many texts in it.</summary>
    public byte[] Scratch => _scratch;

    /// <summary>False when one value has blown it up too far to be kept for the next.</summary>
    public bool IsSmall => _bytes.Length + _scratch.Length <= KeptBytes;

    public void Clear() => _length = _scratchLength = 0;

    /// <summary>Bytes that are canonical already.</summary>
    public void Raw(ReadOnlySpan<byte> canonical)
    {
        canonical.CopyTo(Room(canonical.Length));
        _length += canonical.Length;
    }

    public void Integer(long value)
    {
        value.TryFormat(Room(20), out var written, default, CultureInfo.InvariantCulture);
        _length += written;
    }

    /// <summary>A string with quotes and escapes.</summary>
    public void Quoted(ReadOnlySpan<byte> utf8)
    {
        Raw("\""u8);
        if (CanonicalText.IsPlain(utf8))
        {
            Raw(utf8);
        }
        else
        {
            for (var rest = utf8; !rest.IsEmpty;)
            {
                var chunk = rest[..Math.Min(rest.Length, EscapeChunk)];
                _length += CanonicalText.Escape(chunk, Room(chunk.Length * LongestEscape));
                rest = rest[chunk.Length..];
            }
        }

        Raw("\""u8);
    }

    /// <summary>Room for at least so many bytes after those written; <see cref="Advance"/> counts what was used.</summary>
    public Span<byte> Room(int length)
    {
        if (_bytes.Length - _length < length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + length));
        }

        return _bytes.AsSpan(_length);
    }

    public void Advance(int length) => _length += length;

    /// <summary>Keeps the unescaped text of a JSON string token; false when it is not valid Unicode.</summary>
    public bool TryKeepToken(ReadOnlySpan<byte> token, out KeptText kept) => Keep(CanonicalText.Unescape(token, ScratchRoom(token.Length)), out kept);

    /// <summary>Keeps a text as UTF-8; false when it is not valid Unicode.</summary>
    public bool TryKeep(string text, out KeptText kept) => Keep(
        Utf8.FromUtf16(text, ScratchRoom(text.Length * 3), out _, out var written, replaceInvalidSequences: false) == OperationStatus.Done ? written : -1, out kept);

    public ReadOnlySpan<byte> TextOf(KeptText kept) => _scratch.AsSpan(kept.Start, kept.Length);

    /// <summary>How much scratch space is in use, to be given back by <see cref="Release"/>.</summary>
    public int Mark() => _scratchLength;

    public void Release(int mark) => _scratchLength = mark;

    private bool Keep(int length, out KeptText kept)
    {
        kept = new KeptText(_scratchLength, Math.Max(length, 0));
        _scratchLength += kept.Length;
        return length >= 0;
    }

    private Span<byte> ScratchRoom(int length)
    {
        if (_scratch.Length - _scratchLength < length)
        {
            Array.Resize(ref _scratch, Math.Max(_scratch.Length * 2, _scratchLength + length));
        }

        return _scratch.AsSpan(_scratchLength, length);
    }
}
