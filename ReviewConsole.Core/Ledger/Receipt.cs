using System.Globalization;
using System.Text;

namespace ReviewConsole.Core.Ledger;

/// <summary>
/// The proof that one entry is in the log: a C2SP tlog-proof with the entry's bytes as <c>extra</c>. It holds no key: whoever verifies pins one.
/// <code>
/// c2sp.org/tlog-proof@v1
/// extra base64(entry)
/// index 811
/// base64(sibling hash), from the leaf up
///
/// the checkpoint, a signed note
/// </code>
/// Parsing is strict: a text is accepted only if printing what was read gives the same bytes.
/// </summary>
/// <param name="Index">The entry's number.</param>
/// <param name="Entry">The entry's bytes.</param>
/// <param name="Hashes">The inclusion proof of RFC 6962 §2.1.1.</param>
/// <param name="Checkpoint">The head that the proof leads to.</param>
internal sealed record Receipt(long Index, byte[] Entry, IReadOnlyList<byte[]> Hashes, Checkpoint Checkpoint)
{
    private const string Header = "c2sp.org/tlog-proof@v1";
    private const string Extra = "extra ";
    private const string IndexWord = "index ";
    private const int MaxHashes = MerkleFrontier.MaxLevels;

    /// <summary>The text form.</summary>
    public string Print()
    {
        var text = new StringBuilder(Header, 1024).Append('\n')
            .Append(Extra).Append(Convert.ToBase64String(Entry)).Append('\n')
            .Append(IndexWord).Append(CultureInfo.InvariantCulture, $"{Index}").Append('\n');
        foreach (var hash in Hashes)
        {
            text.Append(Convert.ToBase64String(hash)).Append('\n');
        }

        return text.Append('\n').Append(Encoding.UTF8.GetString(Checkpoint.Note)).ToString();
    }

    /// <summary>Reads the text form; false when a single byte is not as it would be printed. Neither proof nor signature is checked.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Receipt? receipt)
    {
        receipt = null;
        var end = text.IndexOf("\n\n"u8);
        if (end < 0 || !System.Text.Ascii.IsValid(text[..end]) || !Checkpoint.TryParse(text[(end + 2)..], out var checkpoint))
        {
            return false;
        }

        var lines = Encoding.ASCII.GetString(text[..end]).Split('\n');
        if (lines is not [Header, var extra, var index, .. var rest] || rest.Length > MaxHashes
            || !extra.StartsWith(Extra, StringComparison.Ordinal) || !Checkpoint.TryBase64(extra[Extra.Length..], out var entry)
            || !index.StartsWith(IndexWord, StringComparison.Ordinal)
            || !long.TryParse(index.AsSpan(IndexWord.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        var hashes = new byte[rest.Length][];
        for (var i = 0; i < rest.Length; i++)
        {
            if (!Checkpoint.TryBase64(rest[i], out hashes[i]) || hashes[i].Length != MerkleHash.Size)
            {
                return false;
            }
        }

        var read = new Receipt(number, entry, hashes, checkpoint);
        receipt = text.SequenceEqual(Encoding.UTF8.GetBytes(read.Print())) ? read : null;
        return receipt is not null;
    }
}
