using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Data.Sqlite;
using ReviewConsole.Core.Ledger;
using Xunit;

namespace ReviewConsole.Tests.Core.Ledger;

public sealed class LedgerVerifierTests
{
    [Fact]
    public void R7_every_tampering_is_caught_and_the_first_bad_entry_named()
    {
        var places = Sizes.Of("RC_R7_PLACES", 60);
        using var log = new TestLog().Grow(240, seed: 7);
        var (caught, named) = (0, 0);
        var missed = new List<string>();
        foreach (var kind in Tampering.Kinds)
        {
            for (var place = 0; place < places; place++)
            {
                using var copy = new Tampering(log, seed: (place * 31) + kind.Length);
                if (kind == "receipt")
                {
                    var verdict = ReceiptVerifier.Verify(System.Text.Encoding.UTF8.GetBytes(copy.SwappedReceipt()), log.Signer.Key);
                    var holds = verdict.Standing is ReceiptStanding.Verified or ReceiptStanding.VerifiedAnchored;
                    (caught, named) = holds ? (caught, named) : (caught + 1, named + 1);
                    continue;
                }

                var (from, to) = copy.Do(kind);
                var found = Verify(copy.Connection, log.Signer.Key, copy.Known);
                caught += found.Intact ? 0 : 1;
                if (!found.Intact && found.Faults[0].Seq >= from && found.Faults[0].Seq <= to)
                {
                    named++;
                }
                else
                {
                    missed.Add($"{kind} at {from}..{to}: {(found.Intact ? "nothing" : found.Faults[0].ToString())}");
                }
            }
        }

        var all = Tampering.Kinds.Count * places;
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"R7: {Tampering.Kinds.Count} kinds of tampering x {places} places: {caught} of {all} caught, first bad entry named in {named}");
        Assert.True(missed.Count == 0, string.Join('\n', missed.Take(20)));
        Assert.Equal((all, all), (caught, named));
    }

    [Theory]
    [InlineData("rollback")]
    [InlineData("resign")]
    public void R7_control_without_known_heads_the_owner_of_file_and_key_goes_unseen(string kind)
    {
        using var log = new TestLog().Grow(100, seed: 8);
        using var copy = new Tampering(log, seed: 3);
        copy.Do(kind);
        Assert.Empty(Verify(copy.Connection, log.Signer.Key, []).Faults);
        Assert.NotEmpty(Verify(copy.Connection, log.Signer.Key, copy.Known).Faults);
    }

    [Fact]
    public void R7_clean_logs_raise_no_alarm()
    {
        var logs = Sizes.Of("RC_R7_CLEAN", 200);
        var alarms = new ConcurrentBag<string>();
        Parallel.For(0, logs, new ParallelOptions { MaxDegreeOfParallelism = 2 }, i =>
        {
            using var log = new TestLog().Grow(1 + (i * 7 % 150), seed: i, largest: 1 + (i % 20));
            if (i % 4 == 0)
            {
                // Erasure is lawful.
                log.Execute("DELETE FROM sealed WHERE seq % 5 = 1");
            }

            var found = Verify(log.Connection, log.Signer.Key, [.. log.Heads.Where((_, n) => n % 3 == 0)]);
            if (!found.Intact || found.Entries != log.Appender.Size || found.Checkpoints != log.Heads.Count)
            {
                alarms.Add($"log {i}: {(found.Intact ? "not all was read" : found.Faults[0])}");
            }

            if (LedgerStart.Check(log.Connection, log.Signer.Key, log.Heads[log.Heads.Count / 2]) is { } fault)
            {
                alarms.Add($"start of log {i}: {fault}");
            }
        });
        TestContext.Current.TestOutputHelper?.WriteLine($"R7: {logs} clean logs, {alarms.Count} false alarms");
        Assert.Empty(alarms);
    }

    [Fact]
    public async Task A_log_is_verified_while_it_grows()
    {
        using var log = new TestLog().Grow(200, seed: 1);
        using var stop = new CancellationTokenSource();
        var writing = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested && log.Appender.Size < 20_000)
            {
                log.Batch(5);
            }
        }, TestContext.Current.CancellationToken);
        using var reading = TestLog.Open(log.File, SqliteOpenMode.ReadOnly);
        for (var i = 0; i < 10; i++)
        {
            using var reader = new LedgerReader(reading);
            Assert.Empty(Verify(reading, log.Signer.Key, [reader.Newest()!]).Faults);
        }

        await stop.CancelAsync();
        await writing;
    }

    [Fact]
    public void A_fault_says_what_is_wrong()
    {
        using var log = new TestLog().Grow(40, seed: 2);
        foreach (var trigger in LedgerTriggers.Names)
        {
            log.Execute("DROP TRIGGER " + trigger);
        }

        log.Execute("UPDATE sealed SET bytes = CAST('forged' AS BLOB) WHERE seq = 4 AND name = 'rationale'");
        log.Execute("INSERT INTO sealed VALUES(9, 'extra', NULL, zeroblob(32), x'00')");
        log.Execute("INSERT INTO ledger_entry VALUES(-3, x'00', zeroblob(32)), (9223372036854775807, x'00', zeroblob(32))");
        log.Execute("UPDATE ledger_node SET hash = zeroblob(32) WHERE level = 2 AND idx = 3");
        log.Execute("DELETE FROM ledger_node WHERE level = 1 AND idx = 10");
        log.Execute("INSERT INTO ledger_node VALUES(3, 1000, zeroblob(32)), (3, 1001, zeroblob(32))");
        Assert.Equal(
            [
                "entry 0: 2 rows have a number that no entry can have",
                "entry 4: the opening \"rationale\" is not what was committed",
                "entry 9: the opening \"extra\" was never committed",
                "entry 15: the tree's node (2, 3) is not the hash of its two children",
                "entry 21: the tree's node (1, 10) is missing",
                "entry 40: the tree has 39 interior nodes, 38 belong to its entries",
            ],
            Verify(log.Connection, log.Signer.Key, []).Faults.Select(static fault => fault.ToString()));
    }

    [Fact]
    public void A_forged_row_far_away_does_not_send_the_verification_on_an_endless_way()
    {
        using var log = new TestLog().Grow(40, seed: 2);
        log.Execute("DROP TRIGGER ledger_entry_in_order; INSERT INTO ledger_entry VALUES(281474976710000, x'00', zeroblob(32))");
        Assert.Equal("entry 40: missing", Verify(log.Connection, log.Signer.Key, log.Heads).Faults[0].ToString());
    }

    [Fact]
    public void Entries_that_no_checkpoint_covers_are_named()
    {
        using var log = new TestLog().Grow(20, seed: 3);
        log.Execute("DROP TRIGGER ledger_checkpoint_no_delete; DELETE FROM ledger_checkpoint WHERE size > 0");
        Assert.Equal("entry 0: no checkpoint covers it", Assert.Single(Verify(log.Connection, log.Signer.Key, []).Faults).ToString());
    }

    [Fact]
    public void A_known_head_of_another_key_or_of_another_history_is_named()
    {
        using var log = new TestLog().Grow(20, seed: 4);
        using var other = new TestLog(log.Signer.Origin).Grow(10, seed: 4);
        var stranger = Assert.Single(Verify(log.Connection, log.Signer.Key, [other.Heads[^1]]).Faults);
        Assert.Equal((9L, true), (stranger.Seq, stranger.Detail.Contains("not signed", StringComparison.Ordinal)));
        var forged = log.Signer.Sign(15, MerkleHash.Leaf("other"u8));
        Assert.Equal(0, Assert.Single(Verify(log.Connection, log.Signer.Key, [forged]).Faults).Seq);
        var ahead = Assert.Single(Verify(log.Connection, log.Signer.Key, [log.Signer.Sign(21, new byte[32])]).Faults);
        Assert.Equal("entry 20: missing: a known head covers 21 entries", ahead.ToString());
    }

    [Fact]
    public void An_empty_log_is_intact_until_a_head_says_otherwise()
    {
        using var log = new TestLog();
        Assert.True(Verify(log.Connection, log.Signer.Key, []).Intact);
        Assert.False(Verify(log.Connection, log.Signer.Key, [log.Signer.Sign(3, new byte[32])]).Intact);
        Assert.Null(LedgerStart.Check(log.Connection, log.Signer.Key, null));
    }

    [Fact]
    public void Content_is_verified_by_the_blobs_that_evidence_names()
    {
        var whole = new string('a', 64);
        var broken = new string('b', 64);
        using var log = new TestLog();
        log.Execute("BEGIN IMMEDIATE");
        log.Appender.Append(TestLog.Draft(0) with { Sealed = [Evidence(0, $$"""{"blob":"{{whole}}"}"""), Evidence(1, $$$"""{"content":{"blob":"{{{broken}}}"}}""")] }, 1);
        log.Appender.Append(TestLog.Draft(1) with { Sealed = [Evidence(0, $$"""{"blob":"{{broken}}"}"""), new SealedPart("arguments", Evidence(0, $$"""{"blob":"{{broken}}"}""").Bytes)] }, 1);
        log.Appender.Append(TestLog.Draft(2) with { Sealed = [Evidence(0, "[1]"), Evidence(1, "not json"), Evidence(2, """{"blob":7}""")] }, 1);
        log.Appender.Seal();
        log.Execute("COMMIT");
        Assert.True(Verify(log.Connection, log.Signer.Key, []).Intact);
        var found = LedgerVerifier.Run(
            log.Connection, new LedgerExpectation(log.Signer.Key) { BlobIsWhole = name => name == whole }, TestContext.Current.CancellationToken);
        Assert.Equal($"entry 1: the blob {broken} of \"evidence/0\" is missing or changed", Assert.Single(found.Faults).ToString());
    }

    [Fact]
    public void Progress_is_told_and_a_run_can_be_stopped()
    {
        using var log = new TestLog();
        log.Batch(9_000);
        var heard = new List<long>();
        LedgerVerifier.Run(log.Connection, new LedgerExpectation(log.Signer.Key) { Progress = heard.Add }, TestContext.Current.CancellationToken);
        Assert.Equal([4096, 8192, 9000], heard);
        Assert.Throws<OperationCanceledException>(() => LedgerVerifier.Run(log.Connection, new LedgerExpectation(log.Signer.Key), new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Dropped_and_weakened_triggers_are_named()
    {
        using var log = new TestLog();
        Assert.Empty(LedgerTriggers.Missing(log.Connection));
        Assert.Equal(12, LedgerTriggers.Names.Count);
        log.Execute("DROP TRIGGER sealed_no_update; DROP TRIGGER ledger_entry_in_order; CREATE TRIGGER ledger_entry_in_order BEFORE INSERT ON ledger_entry BEGIN SELECT 1; END");
        Assert.Equal(["ledger_entry_in_order", "sealed_no_update"], LedgerTriggers.Missing(log.Connection));
    }

    private static SealedPart Evidence(int number, string json) =>
        new("evidence/" + number.ToString(CultureInfo.InvariantCulture), System.Text.Encoding.UTF8.GetBytes(json));

    private static LedgerVerification Verify(SqliteConnection connection, VerifierKey key, IReadOnlyList<Checkpoint> known) =>
        LedgerVerifier.Run(connection, new LedgerExpectation(key) { KnownHeads = known }, TestContext.Current.CancellationToken);
}
