using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using ReviewConsole.Core.Ledger;
using ReviewConsole.Core.Store;
using ReviewConsole.Hosting;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Web.Hosting;

/// <summary>What health says, the anchors and the background verification.</summary>
public sealed class HealthTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ready_names_engine_journal_and_ledger()
    {
        await using var console = await RunningConsole.StartAsync();
        await console.KeyAsync("one");
        await console.Services.GetRequiredService<LedgerWatch>().VerifyAsync(Cancelled);
        var ready = await Answers.ObjectAsync(await console.Anonymous().GetAsync("/health/ready", Cancelled));
        Assert.Equal("ready", (string)ready["status"]!);
        Assert.Matches(@"^SQLite 3\.\d+\.\d+$", (string)ready["engine"]!);
        Assert.Equal("wal", (string)ready["journal"]!);
        // The policy that came into force, the owner and the key.
        Assert.Equal(3, (long)ready["ledger"]!["size"]!);
        Assert.StartsWith("intact, 3 entries verified at ", (string)ready["ledger"]!["state"]!, StringComparison.Ordinal);
        Assert.Equal("key beside the data: protects against accident, not against the operator", (string)ready["ledger"]!["key"]!);
    }

    [Fact]
    public async Task A_ledger_that_fails_while_the_server_runs_stops_writing_and_not_reading()
    {
        await using var console = await RunningConsole.StartAsync();
        await console.KeyAsync("one");
        using (var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = console.Host.Data.Database, Pooling = false }.ToString()))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "DELETE FROM sealed; INSERT INTO sealed (seq, name, salt, bytes) VALUES (0, 'key', zeroblob(32), x'00')";
            command.ExecuteNonQuery();
        }

        Assert.NotNull((await console.Services.GetRequiredService<LedgerWatch>().VerifyAsync(Cancelled)).Fault);
        await Assert.ThrowsAsync<LedgerMismatchException>(() => console.KeyAsync("two"));
        var ready = await console.Anonymous().GetAsync("/health/ready", Cancelled);
        Assert.Contains("does not verify", await ready.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
        Assert.Equal(503, (int)ready.StatusCode);
        Assert.Equal(200, (int)(await console.Anonymous().GetAsync("/signin", Cancelled)).StatusCode);
    }

    [Fact]
    public async Task R10_growth_is_anchored_within_thirty_seconds_and_when_the_server_stops()
    {
        using var folder = new TemporaryFolder();
        var time = new FakeTime();
        await using (var console = await RunningConsole.StartAsync(settings => settings with { Data = folder.Path }, time))
        {
            await console.KeyAsync("one");
            Assert.Null(new AnchorFile(console.Host.Data.AnchorLog).Newest());
            await Eventually.HoldsAsync("the anchoring waits for its time", () => time.IsAwaited(TimeSpan.FromSeconds(15)));
            time.Advance(TimeSpan.FromSeconds(30));
            Assert.Equal(3, new AnchorFile(console.Host.Data.AnchorLog).Newest()?.Size);
            await console.KeyAsync("two");
        }

        Assert.Equal([3, 5], new AnchorFile(folder.File("anchors/log")).Read().Select(head => head.Size));
        TestContext.Current.TestOutputHelper!.WriteLine("R10: growth anchored 30 s after it at the latest (by a clock of our own), and when the server stops: 2 of 2 heads");
    }
}
