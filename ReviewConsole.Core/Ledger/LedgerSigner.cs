using System.Security.Cryptography;
using System.Text;

namespace ReviewConsole.Core.Ledger;

/// <summary>
/// The ledger's private key: ECDSA P-256 with SHA-256. Plain OpenSSL verifies what it signs (docs/ledger.md): take the lines of a checkpoint before
/// the empty one as the text, the base64 after the name without its first four bytes as the signature, then
/// <c>openssl dgst -sha256 -verify key.pem -signature signature.der text</c>.
/// </summary>
internal sealed class LedgerSigner : IDisposable
{
    private readonly ECDsa _key;

    private LedgerSigner(ECDsa key, string? origin)
    {
        _key = key;
        var spki = key.ExportSubjectPublicKeyInfo();
        Key = VerifierKey.Of(origin ?? FreshOrigin(spki), spki);
    }

    /// <summary>The public half, to be pinned.</summary>
    public VerifierKey Key { get; }

    public string Origin => Key.Origin;

    /// <summary>Opens the PEM file, or makes the key and writes it, readable by its owner only, when the file is missing.</summary>
    /// <param name="path">The key file; its folder is made when missing.</param>
    /// <param name="origin">
    /// The log's name: the configured one, or that of the newest checkpoint. Null gives <c>reviewconsole/&lt;16 hex&gt;</c>, which belongs to the key.
    /// </param>
    /// <exception cref="LedgerKeyException">The file is no P-256 key, or the origin cannot name a log.</exception>
    public static LedgerSigner OpenOrCreate(string path, string? origin = null)
    {
        if (origin is not null && !Checkpoint.IsOrigin(origin))
        {
            throw new LedgerKeyException($"The ledger's origin \"{origin}\" cannot be used: it must not be empty nor hold white space or a plus sign.");
        }

        var key = ECDsa.Create();
        try
        {
            if (!File.Exists(path))
            {
                key.GenerateKey(ECCurve.NamedCurves.nistP256);
                Write(path, key.ExportPkcs8PrivateKeyPem());
            }
            else
            {
                key.ImportFromPem(File.ReadAllText(path));
            }

            return new LedgerSigner(key, origin);
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException or PlatformNotSupportedException)
        {
            key.Dispose();
            throw new LedgerKeyException($"The ledger's key file {path} holds no ECDSA P-256 private key in PEM form. Restore it, or name another with Ledger:KeyFile.", e);
        }
    }

    /// <summary>Signs the head of a log. The signature is random: what was signed is stored, never computed again.</summary>
    public Checkpoint Sign(long size, byte[] root) => Checkpoint.Sign(Origin, size, root, Key.KeyId, Sign);

    public void Dispose() => _key.Dispose();

    private byte[] Sign(byte[] text) =>
        EcdsaDer.Encode(_key.SignData(text, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));

    // The key is random, so a part of its digest is; the key id is another part of the same digest.
    private static string FreshOrigin(byte[] spki) => "reviewconsole/" + Convert.ToHexStringLower(SHA256.HashData(spki).AsSpan(4, 8));

    private static void Write(string path, string pem)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new FileStream(path, options);
        file.Write(Encoding.ASCII.GetBytes(pem + "\n"));
        file.Flush(flushToDisk: true);
    }
}

/// <summary>The ledger's key cannot be used. The message says what to do.</summary>
internal sealed class LedgerKeyException(string message, Exception? inner = null) : Exception(message, inner);
