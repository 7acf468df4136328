using System.Numerics;
using System.Text;
using ReviewConsole.Core.Ledger;
using Xunit;

namespace ReviewConsole.Tests.Core.Ledger;

/// <summary>R8: a receipt that differs in one byte from one that was issued is never VERIFIED, also where the difference means nothing.</summary>
public sealed class ReceiptMutationTests
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private static readonly BigInteger s_order = new(
        Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551"), isUnsigned: true, isBigEndian: true);

    [Fact]
    public void R8_no_mutated_receipt_is_verified()
    {
        var wanted = Sizes.Of("RC_R8_RECEIPTS", 100_000);
        using var log = new TestLog().Grow(400, seed: 9);
        using var reader = new LedgerReader(log.Connection);
        var receipts = Enumerable.Range(0, 40).Select(i => reader.Receipt(i * 10)!.Print()).ToArray();
        Assert.All(receipts, text => Assert.Equal(ReceiptStanding.Verified, ReceiptVerifier.Verify(Encoding.UTF8.GetBytes(text), log.Signer.Key).Standing));

        var (tried, verified, meaningless) = (0, 0, 0);
        var words = new int[6];
        Parallel.For(0, wanted, new ParallelOptions { MaxDegreeOfParallelism = 2 }, i =>
        {
            var random = new Random(i);
            var original = receipts[random.Next(receipts.Length)];
            var before = Encoding.UTF8.GetBytes(original);
            byte[] mutated;
            bool sameMeaning;
            do
            {
                (mutated, sameMeaning) = Mutate(original, before, receipts[random.Next(receipts.Length)], random);
            }
            while (mutated.AsSpan().SequenceEqual(before) || Array.Exists(receipts, text => text.Length == mutated.Length && text == Encoding.UTF8.GetString(mutated)));

            var standing = ReceiptVerifier.Verify(mutated, log.Signer.Key).Standing;
            Interlocked.Increment(ref tried);
            Interlocked.Add(ref meaningless, sameMeaning ? 1 : 0);
            Interlocked.Increment(ref words[(int)standing]);
            if (standing is ReceiptStanding.Verified or ReceiptStanding.VerifiedAnchored)
            {
                Interlocked.Increment(ref verified);
            }
        });
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"R8: {tried} mutated receipts, {meaningless} of them with the same meaning: {verified} VERIFIED, {words[(int)ReceiptStanding.Tampered]} TAMPERED, {words[(int)ReceiptStanding.NotThisLog]} NOT-THIS-LOG");
        Assert.Equal((wanted, 0), (tried, verified));
        Assert.True(meaningless > wanted / 10, "too few mutations that a lenient reader would let pass");
    }

    [Fact]
    public void R8_control_a_reader_that_tidies_up_first_lets_mutated_receipts_pass()
    {
        using var log = new TestLog().Grow(90, seed: 10);
        using var reader = new LedgerReader(log.Connection);
        var text = reader.Receipt(41)!.Print();
        string[] mutated =
        [
            text.Replace("\n", "\r\n", StringComparison.Ordinal), text + "\n\n", text.Replace("index ", "index 00", StringComparison.Ordinal),
            text.Replace("\nindex", " \nindex", StringComparison.Ordinal),
        ];
        foreach (var one in mutated)
        {
            var tidied = string.Join('\n', one.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n').Select(static line => line.Trim().Replace("index 00", "index ", StringComparison.Ordinal))) + "\n";
            Assert.Equal("VERIFIED", ReceiptVerifier.Verify(Encoding.UTF8.GetBytes(tidied), log.Signer.Key).Word);
            Assert.Equal("TAMPERED", ReceiptVerifier.Verify(Encoding.UTF8.GetBytes(one), log.Signer.Key).Word);
        }
    }

    [Fact]
    public void Every_single_bit_of_a_receipt_counts()
    {
        using var log = new TestLog().Grow(90, seed: 10);
        using var reader = new LedgerReader(log.Connection);
        var text = Encoding.UTF8.GetBytes(reader.Receipt(41)!.Print());
        for (var bit = 0; bit < text.Length * 8; bit++)
        {
            text[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.NotEqual(ReceiptStanding.Verified, ReceiptVerifier.Verify(text, log.Signer.Key).Standing);
            text[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    private static (byte[] Mutated, bool SameMeaning) Mutate(string text, byte[] bytes, string other, Random random)
    {
        var at = random.Next(bytes.Length);
        var lines = text.Split('\n');
        var line = random.Next(lines.Length - 1);
        switch (random.Next(18))
        {
            case 0:
                var flipped = bytes.ToArray();
                flipped[at] ^= (byte)(1 << random.Next(8));
                return (flipped, false);
            case 1:
                var replaced = bytes.ToArray();
                replaced[at] = (byte)random.Next(256);
                return (replaced, false);
            case 2:
                return ([.. bytes[..at], (byte)random.Next(256), .. bytes[at..]], false);
            case 3:
                return ([.. bytes[..at], .. bytes[(at + 1)..]], false);
            case 4:
                return (bytes[..at], false);
            case 5:
                var from = random.Next(at + 1);
                return ([.. bytes[..at], .. bytes[from..at], .. bytes[at..]], false);
            case 6:
                (lines[line], lines[^2]) = (lines[^2], lines[line]);
                return Joined(lines, false);
            case 7:
                return Joined([.. lines[..line], .. lines[(line + 1)..]], false);
            case 8:
                return Joined([.. lines[..line], lines[line], .. lines[line..]], false);
            case 9:
                var others = other.Split('\n');
                lines[line] = others[Math.Min(line, others.Length - 1)];
                return Joined(lines, false);
            case 10:
                return (Encoding.UTF8.GetBytes(text.Replace("\n", "\r\n", StringComparison.Ordinal)), true);
            case 11:
                return (Encoding.UTF8.GetBytes(text + new string('\n', 1 + random.Next(3))), true);
            case 12:
                lines[line] += random.Next(2) == 0 ? " " : "\t";
                return Joined(lines, true);
            case 13:
                return Joined([.. lines.Select(l => l.StartsWith("index ", StringComparison.Ordinal) ? "index " + new string('0', 1 + random.Next(3)) + l[6..] : l)], true);
            case 14:
                return Joined([.. lines[..^1], "— witness.example/w1 " + Convert.ToBase64String(Bytes(random, 76)), ""], true);
            case 15:
                return Joined([.. lines[..^2], Resigned(lines[^2], Twin), ""], true);
            case 16:
                return Joined([.. lines[..^2], Resigned(lines[^2], Padded), ""], true);
            default:
                return Joined(SpareBits(lines, random), true);
        }
    }

    private static (byte[], bool) Joined(string[] lines, bool sameMeaning) => (Encoding.UTF8.GetBytes(string.Join('\n', lines)), sameMeaning);

    private static byte[] Bytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    // The last letter before the padding holds bits that lenient decoders drop.
    private static string[] SpareBits(string[] lines, Random random)
    {
        var padded = Enumerable.Range(0, lines.Length).Where(i => lines[i].EndsWith('=')).ToArray();
        var i = padded[random.Next(padded.Length)];
        var last = lines[i].TrimEnd('=').Length - 1;
        var letter = Alphabet.IndexOf(lines[i][last], StringComparison.Ordinal);
        lines[i] = lines[i][..last] + Alphabet[letter ^ 1] + lines[i][(last + 1)..];
        return lines;
    }

    private static string Resigned(string line, Func<byte[], byte[], byte[]> encode)
    {
        var space = line.LastIndexOf(' ') + 1;
        var signature = Convert.FromBase64String(line[space..]);
        var fixedField = new byte[64];
        Assert.True(EcdsaDer.TryDecode(signature.AsSpan(4), fixedField));
        return line[..space] + Convert.ToBase64String([.. signature[..4], .. encode(fixedField[..32], fixedField[32..])]);
    }

    // The other valid signature: n − s.
    private static byte[] Twin(byte[] r, byte[] s) =>
        Der(Unsigned(r), (s_order - new BigInteger(s, isUnsigned: true, isBigEndian: true)).ToByteArray(isUnsigned: false, isBigEndian: true));

    // The same numbers with a needless zero in front.
    private static byte[] Padded(byte[] r, byte[] s) => Der([0, .. Unsigned(r)], Unsigned(s));

    private static byte[] Unsigned(byte[] number) => new BigInteger(number, isUnsigned: true, isBigEndian: true).ToByteArray(isUnsigned: false, isBigEndian: true);

    private static byte[] Der(byte[] r, byte[] s) => [0x30, (byte)(4 + r.Length + s.Length), 0x02, (byte)r.Length, .. r, 0x02, (byte)s.Length, .. s];
}
