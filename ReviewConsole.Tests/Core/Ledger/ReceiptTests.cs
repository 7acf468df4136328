using System.Text;
using ReviewConsole.Core.Ledger;
using Xunit;

namespace ReviewConsole.Tests.Core.Ledger;

public sealed class ReceiptTests : IDisposable
{
    private readonly TestLog _log = new TestLog().Grow(300, seed: 5);
    private readonly LedgerReader _reader;

    public ReceiptTests() => _reader = new LedgerReader(_log.Connection);

    public void Dispose()
    {
        _reader.Dispose();
        _log.Dispose();
    }

    [Fact]
    public void Every_entry_has_one_receipt_which_holds_and_reads_back()
    {
        for (var seq = 0L; seq < _log.Appender.Size; seq++)
        {
            var receipt = _reader.Receipt(seq)!;
            var text = Bytes(receipt);
            Assert.True(receipt.Checkpoint.Size > seq);
            Assert.Equal(text, Bytes(_reader.Receipt(seq)!));
            Assert.True(Receipt.TryParse(text, out var read));
            Assert.Equal((seq, receipt.Entry.Length, receipt.Hashes.Count), (read.Index, read.Entry.Length, read.Hashes.Count));
            var verdict = ReceiptVerifier.Verify(text, _log.Signer.Key);
            Assert.Equal(("VERIFIED", 0), (verdict.Word, verdict.ExitCode));
        }

        Assert.Null(_reader.Receipt(_log.Appender.Size));
    }

    [Fact]
    public void The_text_is_that_of_the_standard()
    {
        var lines = _reader.Receipt(150)!.Print().Split('\n');
        Assert.Equal("c2sp.org/tlog-proof@v1", lines[0]);
        Assert.Equal("extra " + Convert.ToBase64String(_reader.Entry(150)!), lines[1]);
        Assert.Equal("index 150", lines[2]);
        var empty = Array.IndexOf(lines, "");
        Assert.All(lines[3..empty], hash => Assert.Equal(32, Convert.FromBase64String(hash).Length));
        Assert.Equal(_log.Signer.Origin, lines[empty + 1]);
        Assert.StartsWith("— " + _log.Signer.Origin + " ", lines[empty + 5], StringComparison.Ordinal);
        Assert.Equal("", lines[^1]);
    }

    [Fact]
    public void A_receipt_stays_the_same_when_the_log_grows_and_when_openings_are_erased()
    {
        var before = _reader.Receipt(42)!.Print();
        _log.Grow(400, seed: 6);
        _log.Execute("DELETE FROM sealed");
        Assert.Equal(before, _reader.Receipt(42)!.Print());
    }

    [Fact]
    public void Without_a_key_it_is_unpinned_and_names_the_key_to_get()
    {
        var verdict = ReceiptVerifier.Verify(Bytes(_reader.Receipt(7)!), key: null);
        Assert.Equal(("UNPINNED", 3), (verdict.Word, verdict.ExitCode));
        Assert.Contains(_log.Signer.Key.ToString()[..(_log.Signer.Origin.Length + 9)], verdict.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_key_and_another_name_are_not_this_log()
    {
        using var sameName = new TestLog(_log.Signer.Origin);
        using var other = new TestLog("example.org/other");
        foreach (var key in (VerifierKey[])[sameName.Signer.Key, other.Signer.Key])
        {
            var verdict = ReceiptVerifier.Verify(Bytes(_reader.Receipt(7)!), key);
            Assert.Equal(("NOT-THIS-LOG", 4), (verdict.Word, verdict.ExitCode));
        }
    }

    [Fact]
    public void What_does_not_parse_or_does_not_prove_is_tampered()
    {
        var receipt = _reader.Receipt(7)!;
        foreach (var text in (byte[][])[[], "nonsense"u8.ToArray(), Bytes(receipt)[1..], Bytes(receipt with { Index = 8 }), Bytes(receipt with { Entry = _reader.Entry(8)! }), receipt.Checkpoint.Note])
        {
            var verdict = ReceiptVerifier.Verify(text, key: null);
            Assert.Equal(("TAMPERED", 2), (verdict.Word, verdict.ExitCode));
        }
    }

    [Fact]
    public void A_head_that_covers_the_entry_and_agrees_anchors_it()
    {
        var receipt = _reader.Receipt(100)!;
        var text = Bytes(receipt);
        var key = _log.Signer.Key;
        var before = _log.Heads.Last(head => head.Size <= 100);
        var later = _log.Heads[^1];

        // Without the log, only heads whose root the receipt itself determines say something.
        Assert.Equal("VERIFIED-ANCHORED", ReceiptVerifier.Verify(text, key, [receipt.Checkpoint]).Word);
        Assert.Equal("VERIFIED", ReceiptVerifier.Verify(text, key, [later]).Word);
        Assert.Equal("VERIFIED", ReceiptVerifier.Verify(text, key, [before]).Word);
        Assert.Equal("VERIFIED-ANCHORED", ReceiptVerifier.Verify(text, key, [_log.Signer.Sign(101, _reader.Root(101)!)]).Word);

        // With it every head does, but one from before the entry does not cover it.
        Assert.Equal("VERIFIED-ANCHORED", ReceiptVerifier.Verify(text, key, [before, later], _reader.Root).Word);
        Assert.Equal("VERIFIED", ReceiptVerifier.Verify(text, key, [before], _reader.Root).Word);
        Assert.Equal("VERIFIED", ReceiptVerifier.Verify(text, key, [], _reader.Root).Word);

        // A stranger's head says nothing.
        using var stranger = new TestLog(_log.Signer.Origin).Grow(120, seed: 1);
        Assert.Equal("VERIFIED", ReceiptVerifier.Verify(text, key, [stranger.Signer.Sign(receipt.Checkpoint.Size, new byte[32])], _reader.Root).Word);
    }

    [Fact]
    public void Whoever_signs_two_histories_has_diverged()
    {
        var receipt = _reader.Receipt(100)!;
        var text = Bytes(receipt);
        var other = MerkleHash.Leaf("another history"u8);
        void Diverged(ReceiptVerdict verdict) => Assert.Equal(("DIVERGED", 5), (verdict.Word, verdict.ExitCode));

        Diverged(ReceiptVerifier.Verify(text, _log.Signer.Key, [_log.Signer.Sign(receipt.Checkpoint.Size, other)]));
        Diverged(ReceiptVerifier.Verify(text, _log.Signer.Key, [_log.Signer.Sign(100, other)]));
        Diverged(ReceiptVerifier.Verify(text, _log.Signer.Key, [_log.Signer.Sign(250, other)], _reader.Root));
        Diverged(ReceiptVerifier.Verify(text, _log.Signer.Key, [_log.Signer.Sign(1_000, other)], _reader.Root));
        Diverged(ReceiptVerifier.Verify(text, _log.Signer.Key, [], size => size == receipt.Checkpoint.Size ? other : _reader.Root(size)));
    }

    [Fact]
    public void A_receipt_past_the_end_of_a_restored_log_has_diverged_and_says_so()
    {
        var verdict = ReceiptVerifier.Verify(Bytes(_reader.Receipt(290)!), _log.Signer.Key, [], size => size > 200 ? null : _reader.Root(size));
        Assert.Equal("DIVERGED", verdict.Word);
        Assert.Contains("restored", verdict.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rewritten_log_is_found_by_old_receipts_and_by_known_heads()
    {
        var old = _reader.Receipt(100)!;
        var diverged = 0;
        for (var seed = 0; seed < 20; seed++)
        {
            using var rewritten = new Tampering(_log, seed);
            rewritten.Do("resign");
            using var reader = new LedgerReader(rewritten.Connection);

            // What the rewritten log hands out now is signed and proves itself; only what has left before gives it away.
            var fresh = Bytes(reader.Receipt(299)!);
            Assert.Equal("VERIFIED", ReceiptVerifier.Verify(fresh, _log.Signer.Key, [], reader.Root).Word);
            Assert.Equal("DIVERGED", ReceiptVerifier.Verify(fresh, _log.Signer.Key, rewritten.Known, reader.Root).Word);

            var touched = !old.Checkpoint.Root.AsSpan().SequenceEqual(reader.Root(old.Checkpoint.Size));
            Assert.Equal(touched ? "DIVERGED" : "VERIFIED", ReceiptVerifier.Verify(Bytes(old), _log.Signer.Key, [], reader.Root).Word);
            diverged += touched ? 1 : 0;
        }

        Assert.InRange(diverged, 1, 19);
    }

    [Fact]
    public void Consistency_and_inclusion_come_from_the_stored_nodes()
    {
        for (var i = 1; i < _log.Heads.Count; i++)
        {
            var (first, second) = (_log.Heads[i / 2], _log.Heads[i]);
            Assert.True(MerkleProof.VerifyConsistency(first.Size, first.Root, second.Size, second.Root, _reader.Consistency(first.Size, second.Size)));
            Assert.True(MerkleProof.VerifyInclusion(_reader.LeafHash(i)!, i, second.Size < i + 1 ? 300 : second.Size,
                _reader.Inclusion(i, second.Size < i + 1 ? 300 : second.Size), _reader.Root(second.Size < i + 1 ? 300 : second.Size)));
        }
    }

    private static byte[] Bytes(Receipt receipt) => Encoding.UTF8.GetBytes(receipt.Print());
}
