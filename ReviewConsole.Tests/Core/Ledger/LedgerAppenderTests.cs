using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using ReviewConsole.Core.Ledger;
using Xunit;

namespace ReviewConsole.Tests.Core.Ledger;

public sealed class LedgerAppenderTests : IDisposable
{
    private readonly TestLog _log = new();

    public void Dispose() => _log.Dispose();

    [Fact]
    public void An_entry_is_the_canonical_form_of_what_happened()
    {
        _log.Execute("BEGIN IMMEDIATE");
        var seq = _log.Appender.Append(
            new EntryDraft("decided", Guid.Parse("0199f0de-0000-7000-8000-00000000000a"), 2, "p7", "api", "op-é\n", new JsonObject { ["b"] = 1, ["a"] = "x" },
                [new SealedPart("rationale", "because"u8.ToArray()), new SealedPart("message", "no"u8.ToArray())]), 1_732_279_999_123);
        _log.Appender.Seal();
        _log.Execute("COMMIT");

        using var reader = new LedgerReader(_log.Connection);
        var openings = reader.Openings(seq).ToDictionary(o => o.Name);
        string Hex(string name) => Convert.ToHexStringLower(SHA256.HashData([.. openings[name].Salt, .. openings[name].Bytes]));
        Assert.Equal(
            $$"""{"at":1732279999123,"by":"p7","data":{"a":"x","b":1},"op":"op-é\n","review":"0199f0de-0000-7000-8000-00000000000a","revision":2,"sealed":{"message":"{{Hex("message")}}","rationale":"{{Hex("rationale")}}"},"seq":0,"type":"decided","v":1,"via":"api"}""",
            Encoding.UTF8.GetString(reader.Entry(0)!));
        Assert.Equal("because"u8.ToArray(), reader.Opening(0, "rationale"));
        Assert.NotEqual(openings["message"].Salt, openings["rationale"].Salt);
        Assert.Equal(MerkleHash.Leaf(reader.Entry(0)!), reader.LeafHash(0));

        var entry = LedgerEntry.Parse(reader.Entry(0)!);
        Assert.Equal((0L, 1_732_279_999_123L, "decided", 2, "p7", "api", "op-é\n"), (entry.Seq, entry.At, entry.Type, entry.Revision!.Value, entry.By, entry.Via, entry.Op));
        Assert.Equal(reader.Entry(0), CanonicalJson.Of(JsonNode.Parse(reader.Entry(0))));
    }

    [Fact]
    public void What_has_no_value_is_absent()
    {
        _log.Execute("BEGIN IMMEDIATE");
        _log.Appender.Append(new EntryDraft("incarnation", null, null, "console", null, null, [], []), 5);
        _log.Appender.Seal();
        _log.Execute("COMMIT");
        using var reader = new LedgerReader(_log.Connection);
        Assert.Equal("""{"at":5,"by":"console","data":{},"sealed":{},"seq":0,"type":"incarnation","v":1}""", Encoding.UTF8.GetString(reader.Entry(0)!));
        Assert.Null(LedgerEntry.Parse(reader.Entry(0)!).Review);
        Assert.True(LedgerEntry.TryScan(reader.Entry(0), out var seq, out var commitments));
        Assert.Equal((0L, true), (seq, commitments is null));
    }

    [Fact]
    public void A_savepoint_undone_leaves_no_trace()
    {
        _log.Batch(5);
        _log.Execute("BEGIN IMMEDIATE; SAVEPOINT one");
        var mark = _log.Appender.Mark();
        _log.Appender.Append(TestLog.Draft(98), 1);
        _log.Appender.Append(TestLog.Draft(99), 1);
        _log.Appender.Append(TestLog.Draft(100), 1);
        _log.Execute("ROLLBACK TO one; RELEASE one");
        _log.Appender.Return(mark);
        Assert.Equal(5, _log.Appender.Size);
        _log.Execute("COMMIT");
        _log.Batch(6);
        _log.Reopen();
        var head = _log.Batch(3);
        using var reader = new LedgerReader(_log.Connection);
        Assert.Equal(14, head.Size);
        Assert.Equal(head.Root, reader.Root(14));
        Assert.Equal(head.Note, reader.Newest()!.Note);
    }

    [Fact]
    public void A_batch_without_entries_is_not_sealed()
    {
        _log.Batch(1);
        Assert.Throws<InvalidOperationException>(_log.Appender.Seal);
    }

    [Fact]
    public void Two_parts_of_one_name_are_refused_before_anything_is_written()
    {
        var twice = TestLog.Draft(0) with { Sealed = [new SealedPart("a", []), new SealedPart("a", [1])] };
        _log.Execute("BEGIN IMMEDIATE");
        Assert.Throws<ArgumentException>(() => _log.Appender.Append(twice, 1));
        Assert.Throws<CanonicalJsonException>(() => _log.Appender.Append(TestLog.Draft(0) with { Op = "\ud800" }, 1));
        Assert.Equal(0, _log.Appender.Size);
        _log.Execute("COMMIT");
        _log.Batch(1);
    }

    [Fact]
    public void A_log_that_its_newest_checkpoint_does_not_fit_is_not_continued()
    {
        _log.Batch(5);
        _log.Execute("DROP TRIGGER ledger_checkpoint_no_delete; DELETE FROM ledger_checkpoint");
        Assert.Equal(4, Assert.Throws<LedgerDamagedException>(_log.Reopen).Fault.Seq);
        _log.Execute("DROP TRIGGER ledger_node_no_delete; DELETE FROM ledger_node WHERE level = 2");
        Assert.Equal(3, Assert.Throws<LedgerDamagedException>(_log.Reopen).Fault.Seq);
    }

    [Theory]
    [InlineData("UPDATE ledger_entry SET entry = x'00' WHERE seq = 1")]
    [InlineData("DELETE FROM ledger_entry WHERE seq = 4")]
    [InlineData("INSERT INTO ledger_entry VALUES(7, x'00', zeroblob(32))")]
    [InlineData("INSERT INTO ledger_entry(entry, leaf_hash) VALUES(x'00', zeroblob(32))")]
    [InlineData("INSERT OR REPLACE INTO ledger_entry VALUES(2, x'00', zeroblob(32))")]
    [InlineData("REPLACE INTO ledger_entry VALUES(4, x'00', zeroblob(32))")]
    [InlineData("INSERT INTO ledger_entry VALUES(5, x'00', zeroblob(31))")]
    [InlineData("INSERT INTO ledger_entry VALUES(5, 'text', zeroblob(32))")]
    [InlineData("UPDATE ledger_node SET hash = zeroblob(32)")]
    [InlineData("DELETE FROM ledger_node")]
    [InlineData("INSERT OR REPLACE INTO ledger_node VALUES(1, 0, zeroblob(32))")]
    [InlineData("INSERT INTO ledger_node VALUES(1, 3, zeroblob(32))")]
    [InlineData("UPDATE ledger_checkpoint SET note = x'00'")]
    [InlineData("DELETE FROM ledger_checkpoint")]
    [InlineData("INSERT OR REPLACE INTO ledger_checkpoint VALUES(5, x'00')")]
    [InlineData("INSERT INTO ledger_checkpoint VALUES(4, x'00')")]
    [InlineData("INSERT INTO ledger_checkpoint VALUES(6, x'00')")]
    [InlineData("UPDATE sealed SET bytes = x'00'")]
    [InlineData("UPDATE OR REPLACE sealed SET name = 'rationale' WHERE name = 'message'")]
    [InlineData("INSERT OR REPLACE INTO ledger_anchor VALUES(5, 'file', 2, x'00')")]
    [InlineData("UPDATE ledger_anchor SET at = 3")]
    [InlineData("DELETE FROM ledger_anchor")]
    public void Accidents_are_refused_by_the_tables_themselves(string sql)
    {
        _log.Batch(5);
        _log.Execute("INSERT INTO ledger_anchor VALUES(5, 'file', 1, x'00')");
        Assert.Equal(19, Assert.Throws<SqliteException>(() => _log.Execute(sql)).SqliteErrorCode);
    }

    [Fact]
    public void Openings_can_be_erased()
    {
        _log.Batch(5);
        _log.Execute("DELETE FROM sealed");
        using var reader = new LedgerReader(_log.Connection);
        Assert.Empty(reader.Openings(0));
    }
}
