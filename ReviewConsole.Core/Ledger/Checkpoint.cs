using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace ReviewConsole.Core.Ledger;

/// <summary>
/// The signed head of the log: a C2SP tlog-checkpoint in a signed note with exactly one signature, the log's own.
/// <code>
/// reviewconsole/0123456789abcdef
/// 812
/// sFodV/vSp5O8n9a8QpW6PRY97tfOSW5bsc2Xl/EQi08=
///
/// — reviewconsole/0123456789abcdef base64(key id ‖ DER signature)
/// </code>
/// Parsing is strict: a text is accepted only if printing what was read gives the same bytes.
/// </summary>
internal sealed class Checkpoint
{
    private const string Dash = "— ";
    private const int KeyIdBytes = 4;
    private const int MaxBytes = 4096;

    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly int _textLength;

    private Checkpoint(string origin, long size, byte[] root, uint keyId, byte[] signature)
    {
        (Origin, Size, Root, KeyId, Signature) = (origin, size, root, keyId, signature);
        var text = Text(origin, size, root);
        var bytes = new byte[KeyIdBytes + signature.Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, keyId);
        signature.CopyTo(bytes, KeyIdBytes);
        _textLength = text.Length;
        Note = [.. text, .. s_utf8.GetBytes($"\n{Dash}{origin} {Convert.ToBase64String(bytes)}\n")];
    }

    /// <summary>The log's name, which is also its key's name.</summary>
    public string Origin { get; }

    /// <summary>How many entries the head covers.</summary>
    public long Size { get; }

    /// <summary>The RFC 6962 root over them, 32 bytes.</summary>
    public byte[] Root { get; }

    /// <summary>First four bytes of SHA-256 over the key's SPKI DER.</summary>
    public uint KeyId { get; }

    /// <summary>The DER signature over <see cref="SignedText"/>.</summary>
    public byte[] Signature { get; }

    /// <summary>The whole note as it is stored and handed out, UTF-8.</summary>
    public byte[] Note { get; }

    /// <summary>What the signature covers: the note up to and with the last newline before the empty line.</summary>
    public ReadOnlySpan<byte> SignedText => Note.AsSpan(0, _textLength);

    /// <summary>Signs a head.</summary>
    public static Checkpoint Sign(string origin, long size, byte[] root, uint keyId, Func<byte[], byte[]> sign) =>
        new(origin, size, root, keyId, sign(Text(origin, size, root)));

    /// <summary>Reads one note; false when a single byte is not as it would be printed. The signature is not checked.</summary>
    public static bool TryParse(ReadOnlySpan<byte> note, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Checkpoint? checkpoint)
    {
        checkpoint = null;
        string[] lines;
        try
        {
            lines = note.Length > MaxBytes ? [] : s_utf8.GetString(note).Split('\n');
        }
        catch (DecoderFallbackException)
        {
            return false;
        }

        if (lines is not [var origin, var size, var root, "", var line, ""] || !IsOrigin(origin) || !line.StartsWith(Dash + origin + " ", StringComparison.Ordinal)
            || !long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var leaves)
            || !TryBase64(root, out var hash) || hash.Length != MerkleHash.Size
            || !TryBase64(line[(Dash.Length + origin.Length + 1)..], out var signature) || signature.Length <= KeyIdBytes)
        {
            return false;
        }

        var read = new Checkpoint(origin, leaves, hash, BinaryPrimitives.ReadUInt32BigEndian(signature), signature[KeyIdBytes..]);
        checkpoint = note.SequenceEqual(read.Note) ? read : null;
        return checkpoint is not null;
    }

    /// <summary>Whether a text may name a log: not empty, no white space, no plus, no control character.</summary>
    public static bool IsOrigin(string text) =>
        text.Length is > 0 and <= 200 && !text.Any(static c => char.IsWhiteSpace(c) || char.IsControl(c) || c == '+' || char.IsSurrogate(c));

    internal static bool TryBase64(string text, out byte[] bytes)
    {
        bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, bytes, out var length))
        {
            return false;
        }

        Array.Resize(ref bytes, length);
        return true;
    }

    private static byte[] Text(string origin, long size, byte[] root) =>
        s_utf8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{origin}\n{size}\n{Convert.ToBase64String(root)}\n"));
}
