using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using ReviewConsole.Core.Ledger;
using Xunit;

namespace ReviewConsole.Tests.Core.Ledger;

/// <summary>Figures that take the machine for themselves: no other test runs beside them.</summary>
[CollectionDefinition(nameof(LedgerSpeed), DisableParallelization = true)]
public sealed class LedgerSpeed;

/// <summary>
/// A figure holds when it is met by the clock, or by the processor time of this process: then another process had the cores, and the figure
/// would be met without it.
/// </summary>
[Collection(nameof(LedgerSpeed))]
public sealed class LedgerSpeedTests
{
    [Fact]
    public void Ten_thousand_entries_a_second_fit_into_one_transaction()
    {
        const int entries = 10_000;
        using var log = new TestLog();
        var drafts = Enumerable.Range(0, 300).Select(TestLog.Draft).ToArray();
        log.Batch(500);
        var (clock, processor) = Best(() =>
        {
            log.Execute("BEGIN IMMEDIATE");
            for (var i = 0; i < entries; i++)
            {
                log.Appender.Append(drafts[i % drafts.Length], 1_700_000_000_000);
            }

            log.Appender.Seal();
            log.Execute("COMMIT");
        });
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"append: {entries} entries with {entries * 4 / 3} sealed parts: {entries / clock:0} a second by the clock, {entries / processor:0} by the processor"));
        Assert.True(Math.Min(clock, processor) < 1);
    }

    [Fact]
    public void R9_a_hundred_thousand_entries_are_verified_in_a_second()
    {
        var entries = Sizes.Of("RC_R9_ENTRIES", 100_000);
        using var log = new TestLog();
        while (log.Appender.Size < entries)
        {
            log.Batch((int)Math.Min(100, entries - log.Appender.Size));
        }

        LedgerVerification found = null!;
        var (clock, processor) = Best(() =>
        {
            using var connection = TestLog.Open(log.File, SqliteOpenMode.ReadOnly);
            found = LedgerVerifier.Run(connection, new LedgerExpectation(log.Signer.Key) { KnownHeads = log.Heads }, TestContext.Current.CancellationToken);
        });
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"R9: {found.Entries} entries, {found.Checkpoints} checkpoints, {found.Heads} known heads and {found.Openings} openings verified in {clock:0.00} s by the clock, {processor:0.00} s of processor"));
        Assert.Empty(found.Faults);
        Assert.Equal((entries, log.Heads.Count), ((int)found.Entries, (int)found.Checkpoints));
        Assert.True(Math.Min(clock, processor) < Math.Max(1, entries / 100_000.0));
    }

    private static (double Clock, double Processor) Best(Action work)
    {
        var (clock, processor) = (double.MaxValue, double.MaxValue);
        for (var i = 0; i < 3; i++)
        {
            var before = Environment.CpuUsage.TotalTime;
            var watch = Stopwatch.StartNew();
            work();
            clock = Math.Min(clock, watch.Elapsed.TotalSeconds);
            processor = Math.Min(processor, (Environment.CpuUsage.TotalTime - before).TotalSeconds);
        }

        return (clock, processor);
    }
}
