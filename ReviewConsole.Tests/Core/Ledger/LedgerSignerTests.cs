using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using ReviewConsole.Core.Ledger;
using Xunit;

namespace ReviewConsole.Tests.Core.Ledger;

public sealed class LedgerSignerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("key-").FullName;

    private string KeyFile => Path.Combine(_folder, "keys", "ledger.pem");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_missing_key_is_made_for_its_owner_only_and_opened_again()
    {
        using var first = LedgerSigner.OpenOrCreate(KeyFile);
        using var again = LedgerSigner.OpenOrCreate(KeyFile);
        Assert.Equal(first.Key.ToString(), again.Key.ToString());
        Assert.Matches("^reviewconsole/[0-9a-f]{16}$", first.Origin);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyFile));
        }
    }

    [Fact]
    public void The_origin_can_be_given_but_must_be_able_to_name_a_log()
    {
        using var named = LedgerSigner.OpenOrCreate(KeyFile, "example.org/decisions");
        Assert.Equal("example.org/decisions", named.Origin);
        Assert.Throws<LedgerKeyException>(() => LedgerSigner.OpenOrCreate(KeyFile, "two words"));
        Assert.Throws<LedgerKeyException>(() => LedgerSigner.OpenOrCreate(KeyFile, "a+b"));
        Assert.Throws<LedgerKeyException>(() => LedgerSigner.OpenOrCreate(KeyFile, ""));
    }

    [Fact]
    public void A_file_that_is_no_such_key_is_refused_with_words()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(KeyFile)!);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        foreach (var content in (string[])["", "nonsense", other.ExportPkcs8PrivateKeyPem()])
        {
            File.WriteAllText(KeyFile, content);
            Assert.Contains("Ledger:KeyFile", Assert.Throws<LedgerKeyException>(() => LedgerSigner.OpenOrCreate(KeyFile)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_verifier_key_reads_back_and_takes_nothing_else()
    {
        using var signer = LedgerSigner.OpenOrCreate(KeyFile);
        var text = signer.Key.ToString();
        Assert.Matches(@"^reviewconsole/[0-9a-f]{16}\+[0-9a-f]{8}\+AjBZ[A-Za-z0-9+/]+=*$", text);
        Assert.True(VerifierKey.TryParse(text, out var read));
        Assert.Equal((text, signer.Key.Fingerprint), (read.ToString(), read.Fingerprint));
        Assert.StartsWith(read.KeyId.ToString("x8", System.Globalization.CultureInfo.InvariantCulture), read.Fingerprint, StringComparison.Ordinal);
        for (var i = 0; i < text.Length; i++)
        {
            var changed = text[..i] + (text[i] == 'A' ? 'B' : 'A') + text[(i + 1)..];
            Assert.False(VerifierKey.TryParse(changed, out var other) && other.Fingerprint == read.Fingerprint && other.Origin == read.Origin);
            Assert.False(VerifierKey.TryParse(text[..i], out _));
        }

        Assert.False(VerifierKey.TryParse(text + "\n", out _));
    }

    [Fact]
    public void Signatures_verify_have_one_form_and_a_low_s()
    {
        using var signer = LedgerSigner.OpenOrCreate(KeyFile);
        var fixedField = new byte[64];
        for (var i = 0; i < 300; i++)
        {
            var head = signer.Sign(i, MerkleHash.Leaf([(byte)i]));
            Assert.True(signer.Key.Verifies(head));
            Assert.True(EcdsaDer.TryDecode(head.Signature, fixedField));
            Assert.True(fixedField[32] < 0x80);
            Assert.Equal(head.Signature, EcdsaDer.Encode(fixedField));
            Assert.True(Checkpoint.TryParse(head.Note, out var read));
            Assert.Equal((head.Size, Convert.ToHexString(head.Root)), (read.Size, Convert.ToHexString(read.Root)));
        }
    }

    [Fact]
    public void The_twin_of_a_signature_is_refused()
    {
        using var signer = LedgerSigner.OpenOrCreate(KeyFile);
        var head = signer.Sign(7, new byte[32]);
        var fixedField = new byte[64];
        Assert.True(EcdsaDer.TryDecode(head.Signature, fixedField));
        using var ecdsa = ECDsa.Create();
        ecdsa.ImportFromPem(File.ReadAllText(KeyFile));

        // n − s verifies mathematically; only the rule of the low s refuses it.
        var order = new System.Numerics.BigInteger(
            Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551"), isUnsigned: true, isBigEndian: true);
        var twin = (order - new System.Numerics.BigInteger(fixedField.AsSpan(32), isUnsigned: true, isBigEndian: true)).ToByteArray(isUnsigned: true, isBigEndian: true);
        fixedField.AsSpan(32).Clear();
        twin.CopyTo(fixedField.AsSpan(64 - twin.Length));
        Assert.True(ecdsa.VerifyData(head.SignedText, fixedField, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));
        var der = new System.Formats.Asn1.AsnWriter(System.Formats.Asn1.AsnEncodingRules.DER);
        using (der.PushSequence())
        {
            der.WriteIntegerUnsigned(fixedField.AsSpan(0, 32).TrimStart((byte)0));
            der.WriteIntegerUnsigned(fixedField.AsSpan(32).TrimStart((byte)0));
        }

        Assert.False(EcdsaDer.TryDecode(der.Encode(), new byte[64]));
    }

    [Fact]
    public void Every_changed_byte_of_a_note_is_refused()
    {
        using var signer = LedgerSigner.OpenOrCreate(KeyFile, "example.org/log");
        var note = signer.Sign(123_456, MerkleHash.Leaf("x"u8)).Note;
        for (var i = 0; i < note.Length; i++)
        {
            foreach (var flip in (byte[])[0x01, 0x20, 0x80])
            {
                var changed = note.ToArray();
                changed[i] ^= flip;
                Assert.False(Checkpoint.TryParse(changed, out var read) && signer.Key.Verifies(read));
            }

            Assert.False(Checkpoint.TryParse(note.AsSpan(0, i), out _));
        }

        Assert.False(Checkpoint.TryParse([.. note, (byte)'\n'], out _));
        Assert.False(Checkpoint.TryParse(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(note).Replace("\n", "\r\n", StringComparison.Ordinal)), out _));
        Assert.False(Checkpoint.TryParse(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(note).Replace("\n123456", "\n0123456", StringComparison.Ordinal)), out _));
    }

    [Fact]
    public async Task Plain_openssl_verifies_a_checkpoint_as_the_documentation_says()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows comes without openssl.");
        using var signer = LedgerSigner.OpenOrCreate(KeyFile);
        var head = signer.Sign(812, MerkleHash.Leaf("entry"u8));
        await File.WriteAllTextAsync(Path.Combine(_folder, "key.txt"), signer.Key.ToString() + "\n", TestContext.Current.CancellationToken);
        var receipt = new Receipt(811, "entry"u8.ToArray(), [], head).Print();
        await File.WriteAllTextAsync(Path.Combine(_folder, "receipt.txt"), receipt, TestContext.Current.CancellationToken);
        Assert.Equal((0, "Verified OK"), await RunDocumentedCommands());
        Assert.Equal(signer.Key.ToPem().Trim(), (await File.ReadAllTextAsync(Path.Combine(_folder, "key.pem"), TestContext.Current.CancellationToken)).Trim());

        var changed = receipt.Replace("\n812\n", "\n813\n", StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(_folder, "receipt.txt"), changed, TestContext.Current.CancellationToken);
        Assert.Equal(1, (await RunDocumentedCommands()).Exit);
    }

    private async Task<(int Exit, string Said)> RunDocumentedCommands()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "ReviewConsole.sln")))
        {
            root = root.Parent!;
        }

        var page = await File.ReadAllTextAsync(Path.Combine(root.FullName, "docs", "ledger.md"), TestContext.Current.CancellationToken);
        var commands = page.Split("```sh\n")[1].Split("```")[0];
        var start = new ProcessStartInfo("sh", ["-c", commands]) { WorkingDirectory = _folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, said.Trim());
    }
}
