using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using ReviewConsole.Core.Ledger;
using ReviewConsole.Core.Store;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Core.Store;

public sealed class WriterTests
{
    [Fact]
    public async Task A_write_that_throws_is_undone_alone()
    {
        await using var store = new TestStore();
        var cancellation = TestContext.Current.CancellationToken;
        using var gate = new ManualResetEventSlim();
        var first = store.Writer.RunAsync(
            scope =>
            {
                gate.Wait(cancellation);
                return scope.Append(Entry("first"));
            },
            cancellation);
        var broken = store.Writer.RunAsync<long>(
            scope =>
            {
                scope.AfterCommit(static () => Assert.Fail("An undone write has nothing to do after the commit."));
                scope.Append(Entry("broken"));
                throw new InvalidOperationException("broken");
            },
            cancellation);
        var last = store.Writer.RunAsync(static scope => scope.Append(Entry("last")), cancellation);
        gate.Set();

        Assert.Equal(0, await first);
        await Assert.ThrowsAsync<InvalidOperationException>(() => broken);
        Assert.Equal(1, await last);
        using var connection = store.Database.Open();
        using var ledger = new LedgerReader(connection);
        Assert.Equal(2, ledger.Size());
        Assert.Equal(2, ledger.Newest()!.Size);
    }

    [Fact]
    public async Task A_full_queue_says_so_and_accepts_nothing()
    {
        await using var store = new TestStore(capacity: 1);
        var cancellation = TestContext.Current.CancellationToken;
        using var gate = new ManualResetEventSlim();
        using var started = new ManualResetEventSlim();
        var running = store.Writer.RunAsync(
            scope =>
            {
                started.Set();
                gate.Wait(cancellation);
                return scope.Now;
            },
            cancellation);
        started.Wait(cancellation);
        var waiting = store.Writer.RunAsync(static scope => scope.Now, cancellation);
        await Assert.ThrowsAsync<WriterBusyException>(() => store.Writer.RunAsync(static scope => scope.Now, cancellation));
        gate.Set();
        await running;
        await waiting;
    }

    [Fact]
    public async Task R20_a_full_disk_is_said_nothing_is_acknowledged_and_it_heals()
    {
        await using var store = new TestStore();
        var cancellation = TestContext.Current.CancellationToken;
        var first = await store.Writer.RunAsync(static scope => scope.Append(Entry("first")), cancellation);
        var pages = await store.Writer.RunAsync(static scope => (long)scope.Prepare("PRAGMA page_count").ExecuteScalar()!, cancellation);
        await store.Writer.RunAsync(scope => scope.Prepare($"PRAGMA max_page_count = {pages}").ExecuteScalar(), cancellation);
        var large = new SealedPart("text", new byte[1_000_000]);

        await Assert.ThrowsAsync<StorageException>(
            () => store.Writer.RunAsync(scope => scope.Append(Entry("lost") with { Sealed = [large] }), cancellation));

        await store.Writer.RunAsync(static scope => scope.Prepare("PRAGMA max_page_count = 1000000").ExecuteScalar(), cancellation);
        var second = await store.Writer.RunAsync(scope => scope.Append(Entry("second") with { Sealed = [large] }), cancellation);
        Assert.Equal((0, 1), (first, second));
        TestContext.Current.TestOutputHelper!.WriteLine("R20: 1 of 1 full disks said, 0 acknowledged without a commit, healed");
        using var connection = store.Database.Open();
        Assert.Empty(LedgerVerifier.Run(connection, new LedgerExpectation(store.Key), cancellation).Faults);
    }

    [Fact]
    public async Task A_disk_that_went_is_asked_once_a_second_and_its_return_heals()
    {
        var time = new FakeTime();
        await using var store = new TestStore(time);
        var cancellation = TestContext.Current.CancellationToken;
        Task<long> WriteAsync() => store.Writer.RunAsync(static scope => scope.Append(Entry("entry")), cancellation);
        Assert.Equal(0, await WriteAsync());
        var away = store.DatabasePath + ".away";
        File.Move(store.DatabasePath, away);
        await Assert.ThrowsAsync<StorageException>(() => store.Writer.RunAsync<long>(static _ => throw Fault(), cancellation));

        await Assert.ThrowsAsync<StorageException>(WriteAsync);
        Assert.False(File.Exists(store.DatabasePath));
        File.Move(away, store.DatabasePath);
        await Assert.ThrowsAsync<StorageException>(WriteAsync);
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(1, await WriteAsync());
        using var connection = store.Database.Open();
        Assert.Empty(LedgerVerifier.Run(connection, new LedgerExpectation(store.Key), cancellation).Faults);
    }

    [Fact]
    public async Task What_fails_after_the_commit_fails_neither_the_write_nor_those_that_follow()
    {
        var log = new CollectingLogger<Writer>();
        await using var store = new TestStore(log: log);
        var cancellation = TestContext.Current.CancellationToken;
        var sizes = new System.Collections.Concurrent.ConcurrentQueue<long>();
        store.Changes.Committed += static _ => throw new InvalidOperationException("listener");
        store.Changes.Committed += signal => sizes.Enqueue(signal.LedgerSize);

        var first = await store.Writer.RunAsync(
            static scope =>
            {
                scope.AfterCommit(static () => throw new InvalidOperationException("after"));
                return scope.Append(Entry("first"));
            },
            cancellation);
        var second = await store.Writer.RunAsync(static scope => scope.Append(Entry("second")), cancellation);
        await store.Writer.DisposeAsync();

        Assert.Equal((0, 1), (first, second));
        Assert.Equal([1, 2], sizes);
        Assert.Equal(["after", "listener", "listener"], log.Faults.Select(static fault => fault!.Message));
    }

    [Fact]
    public async Task The_write_connection_has_every_setting_that_durability_needs()
    {
        await using var store = new TestStore();
        var settings = await store.Writer.RunAsync(
            static scope => new[] { "journal_mode", "synchronous", "foreign_keys", "recursive_triggers", "trusted_schema", "secure_delete", "cell_size_check" }
                .ToDictionary(name => name, name => scope.Prepare("PRAGMA " + name).ExecuteScalar()!.ToString()),
            TestContext.Current.CancellationToken);
        Assert.Equal(
            new Dictionary<string, string?>
            {
                ["journal_mode"] = "wal",
                ["synchronous"] = "2",
                ["foreign_keys"] = "1",
                ["recursive_triggers"] = "1",
                ["trusted_schema"] = "0",
                ["secure_delete"] = "1",
                ["cell_size_check"] = "1",
            },
            settings);
    }

    [Fact]
    public void A_foreign_database_is_refused_and_left_as_it_is()
    {
        var path = Path.GetTempFileName();
        using (var other = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={path};Pooling=False"))
        {
            other.Open();
            using var command = other.CreateCommand();
            command.CommandText = "CREATE TABLE theirs (a)";
            command.ExecuteNonQuery();
        }

        var before = File.ReadAllBytes(path);
        using var signer = LedgerSigner.OpenOrCreate(path + ".pem");
        var refused = Assert.Throws<StorageException>(() => Writer.Open(path, signer, new Changes(), TimeProvider.System, NullLogger<Writer>.Instance));
        Assert.Contains("another program", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(path));
        File.Delete(path);
        File.Delete(path + ".pem");
    }

    private static Microsoft.Data.Sqlite.SqliteException Fault() => new("disk I/O error", 10);

    private static EntryDraft Entry(string type) => new(type, null, null, "console", null, null, new JsonObject(), []);
}
