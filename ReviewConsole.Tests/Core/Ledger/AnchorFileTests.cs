using ReviewConsole.Core.Ledger;
using Xunit;

namespace ReviewConsole.Tests.Core.Ledger;

public sealed class AnchorFileTests : IDisposable
{
    private readonly TestLog _log = new TestLog().Grow(60, seed: 11);
    private readonly AnchorFile _anchors;

    public AnchorFileTests() => _anchors = new AnchorFile(Path.Combine(_log.Folder, "anchors", "log"));

    public void Dispose() => _log.Dispose();

    [Fact]
    public void Heads_are_appended_and_read_back()
    {
        Assert.Empty(_anchors.Read());
        Assert.Null(_anchors.Newest());
        foreach (var head in _log.Heads)
        {
            Assert.True(_anchors.Append(head));
            Assert.Equal(head.Note, _anchors.Newest()!.Note);
        }

        Assert.Equal(_log.Heads.Select(static head => head.Size), _anchors.Read().Select(static head => head.Size));
        Assert.Equal(_log.Heads.Sum(static head => head.Note.Length), new FileInfo(_anchors.Path).Length);
    }

    [Fact]
    public void A_head_that_is_no_larger_is_not_written_again()
    {
        Assert.True(_anchors.Append(_log.Heads[3]));
        Assert.False(_anchors.Append(_log.Heads[3]));
        Assert.False(_anchors.Append(_log.Heads[2]));
        Assert.Single(_anchors.Read());
    }

    [Fact]
    public void A_note_that_a_crash_cut_short_is_left_out_and_then_replaced()
    {
        foreach (var whole in (int[])[0, 1, 4])
        {
            for (var kept = 0; kept < _log.Heads[whole].Note.Length; kept += 5)
            {
                byte[] file = [.. _log.Heads.Take(whole).SelectMany(static head => head.Note), .. _log.Heads[whole].Note[..kept]];
                Directory.CreateDirectory(Path.GetDirectoryName(_anchors.Path)!);
                File.WriteAllBytes(_anchors.Path, file);
                Assert.Equal(whole, _anchors.Read().Count);
                Assert.Equal(whole == 0 ? null : _log.Heads[whole - 1].Size, _anchors.Newest()?.Size);
                Assert.True(_anchors.Append(_log.Heads[whole + 1]));
                Assert.Equal([.. _log.Heads.Take(whole).Select(static head => head.Size), _log.Heads[whole + 1].Size], _anchors.Read().Select(static head => head.Size));
            }
        }
    }

    [Theory]
    [InlineData("some other file\nof somebody else\n")]
    [InlineData("a\nb\n\nc\n")]
    public void A_file_of_somebody_else_is_not_touched(string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_anchors.Path)!);
        File.WriteAllText(_anchors.Path, content);
        Assert.Throws<InvalidDataException>(() => _anchors.Append(_log.Heads[0]));
        Assert.Equal(content, File.ReadAllText(_anchors.Path));
    }

    [Fact]
    public void Known_heads_may_be_concatenated_with_empty_lines_between()
    {
        byte[] text = [.. _log.Heads[0].Note, (byte)'\n', (byte)'\n', .. _log.Heads[1].Note, .. _log.Heads[2].Note, (byte)'\n'];
        Assert.True(KnownHeads.TryParse(text, out var heads));
        Assert.Equal(3, heads.Count);
        Assert.True(KnownHeads.TryParse([], out heads));
        Assert.Empty(heads);
        text[_log.Heads[0].Note.Length + 30] = (byte)' ';
        Assert.False(KnownHeads.TryParse(text, out _));
    }

    [Fact]
    public void The_start_check_holds_the_log_against_checkpoint_anchor_and_tail()
    {
        var key = _log.Signer.Key;
        var anchor = _log.Heads[^4];
        LedgerFault? Check(Checkpoint? head) => LedgerStart.Check(_log.Connection, key, head);
        Assert.Null(Check(anchor));
        Assert.Null(Check(null));

        Assert.Equal(0, Check(_log.Signer.Sign(anchor.Size, new byte[32]))!.Value.Seq);
        Assert.Equal("entry 60: missing: the newest anchor covers 61 entries", Check(_log.Signer.Sign(61, new byte[32])).ToString());
        using var other = new TestLog(_log.Signer.Origin).Grow(60, seed: 11);
        Assert.Contains("anchor is not signed", Check(other.Heads[^1])!.Value.Detail, StringComparison.Ordinal);
        Assert.Contains("checkpoint is not signed", LedgerStart.Check(_log.Connection, other.Signer.Key, null)!.Value.Detail, StringComparison.Ordinal);

        foreach (var trigger in LedgerTriggers.Names)
        {
            _log.Execute("DROP TRIGGER " + trigger);
        }

        _log.Execute($"SAVEPOINT s; UPDATE ledger_entry SET entry = x'7b7d' WHERE seq = {anchor.Size + 1}");
        Assert.Equal(anchor.Size + 1, Check(anchor)!.Value.Seq);
        _log.Execute($"ROLLBACK TO s; UPDATE ledger_node SET hash = zeroblob(32) WHERE level = (SELECT max(level) FROM ledger_node)");
        Assert.Equal(0, Check(anchor)!.Value.Seq);
        _log.Execute("ROLLBACK TO s; DELETE FROM ledger_checkpoint WHERE size = 60");
        Assert.Contains("its newest checkpoint covers", Check(anchor)!.Value.Detail, StringComparison.Ordinal);
        _log.Execute("ROLLBACK TO s; UPDATE ledger_checkpoint SET note = x'00'");
        Assert.Contains("no signed note", Check(anchor)!.Value.Detail, StringComparison.Ordinal);
        _log.Execute("ROLLBACK TO s; DELETE FROM ledger_node");
        Assert.Contains("is missing", Check(anchor)!.Value.Detail, StringComparison.Ordinal);
    }
}
