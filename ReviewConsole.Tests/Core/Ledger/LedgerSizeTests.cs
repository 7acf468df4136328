using Microsoft.Data.Sqlite;
using ReviewConsole.Core.Ledger;
using Xunit;

namespace ReviewConsole.Tests.Core.Ledger;

/// <summary>R9 of TRUST.md: the whole of a large log. How fast, <c>ledger verify</c> of ReviewConsole.Benchmarks measures, against a bare pass over the same bytes.</summary>
public sealed class LedgerSizeTests
{
    [Fact]
    public void R9_all_of_a_hundred_thousand_entries_are_verified_and_one_letter_among_them_is_found()
    {
        var entries = Sizes.Of("RC_R9_ENTRIES", 100_000);
        using var log = new TestLog();
        while (log.Appender.Size < entries)
        {
            log.Batch((int)Math.Min(100, entries - log.Appender.Size));
        }

        var found = Verify(log);
        Assert.Empty(found.Faults);
        Assert.Equal((entries, log.Heads.Count, log.Heads.Count), ((int)found.Entries, (int)found.Checkpoints, (int)found.Heads));

        var bad = (entries * 9L) / 10;
        log.Execute($"DROP TRIGGER ledger_entry_no_update; UPDATE ledger_entry SET entry = CAST(replace(CAST(entry AS TEXT), '\"p7\"', '\"p8\"') AS BLOB) WHERE seq = {bad}");
        Assert.Equal(bad, Verify(log).Faults[0].Seq);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"R9: {found.Entries} entries, {found.Checkpoints} checkpoints, {found.Heads} known heads and {found.Openings} openings verified; one letter changed in entry {bad}: found there");
    }

    private static LedgerVerification Verify(TestLog log)
    {
        using var connection = TestLog.Open(log.File, SqliteOpenMode.ReadOnly);
        return LedgerVerifier.Run(connection, new LedgerExpectation(log.Signer.Key) { KnownHeads = log.Heads }, TestContext.Current.CancellationToken);
    }
}
