using System.Globalization;
using System.Security.Cryptography;

namespace ReviewConsole.Core.Ledger;

/// <summary>
/// The public half of the ledger's key, as it is pinned: <c>origin+&lt;8 hex key id&gt;+base64(0x02 ‖ SPKI DER)</c>. Type 0x02 is ECDSA in C2SP signed
/// notes; the curve is P-256.
/// </summary>
internal sealed class VerifierKey
{
    private const byte EcdsaType = 0x02;
    private const string P256 = "1.2.840.10045.3.1.7";

    private readonly byte[] _spki;

    private VerifierKey(string origin, byte[] spki)
    {
        (Origin, _spki) = (origin, spki);
        KeyId = IdOf(spki);
    }

    public string Origin { get; }

    /// <summary>The first four bytes of SHA-256 over the SPKI DER.</summary>
    public uint KeyId { get; }

    /// <summary>SHA-256 over the SPKI DER, hex: what two people compare over the telephone.</summary>
    public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(_spki));

    /// <summary>Reads the text form; strict.</summary>
    public static bool TryParse(string text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out VerifierKey? key)
    {
        key = null;
        if (text.Split('+', 3) is not [var origin, _, var encoded] || !Checkpoint.IsOrigin(origin)
            || !Checkpoint.TryBase64(encoded, out var bytes) || bytes is not [EcdsaType, ..])
        {
            return false;
        }

        try
        {
            var read = Of(origin, bytes[1..]);
            key = read.ToString() == text ? read : null;
            return key is not null;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    /// <exception cref="CryptographicException">Not the DER of a P-256 key.</exception>
    public static VerifierKey Of(string origin, byte[] spki)
    {
        using var probe = Import(spki);
        return new VerifierKey(origin, spki);
    }

    /// <summary>Whether <paramref name="checkpoint"/> claims this log and this key.</summary>
    public bool IsNamedBy(Checkpoint checkpoint) => checkpoint.Origin == Origin && checkpoint.KeyId == KeyId;

    /// <summary>Whether <paramref name="checkpoint"/> is this log's and its signature holds.</summary>
    public bool Verifies(Checkpoint checkpoint)
    {
        using var key = Import(_spki);
        return Verifies(checkpoint, key);
    }

    /// <summary>Many at once, on all cores. Answers which of them hold.</summary>
    public bool[] Verify(IReadOnlyList<Checkpoint> checkpoints)
    {
        var holds = new bool[checkpoints.Count];
        Parallel.For(0, checkpoints.Count, () => Import(_spki), (i, _, key) =>
        {
            holds[i] = Verifies(checkpoints[i], key);
            return key;
        }, static key => key.Dispose());
        return holds;
    }

    public string ToPem() => PemEncoding.WriteString("PUBLIC KEY", _spki);

    public override string ToString() =>
        $"{Origin}+{KeyId.ToString("x8", CultureInfo.InvariantCulture)}+{Convert.ToBase64String([EcdsaType, .. _spki])}";

    internal static uint IdOf(ReadOnlySpan<byte> spki) => System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(spki));

    private bool Verifies(Checkpoint checkpoint, ECDsa key)
    {
        Span<byte> fixedField = stackalloc byte[2 * EcdsaDer.Half];
        return IsNamedBy(checkpoint) && EcdsaDer.TryDecode(checkpoint.Signature, fixedField)
            && key.VerifyData(checkpoint.SignedText, fixedField, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    private static ECDsa Import(byte[] spki)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(spki, out var read);
            return read == spki.Length && key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value == P256
                ? key : throw new CryptographicException("The key is not an ECDSA P-256 key.");
        }
        catch (PlatformNotSupportedException e)
        {
            // A curve that this platform has never heard of.
            key.Dispose();
            throw new CryptographicException("The key is not an ECDSA P-256 key.", e);
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }
}
