using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using ReviewConsole.Core.Ledger;
using ReviewConsole.Core.Store;
using ReviewConsole.Tests.Core.Ledger;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Core.Store;

/// <summary>
/// R1 of TRUST.md: a kill cannot show what fsync keeps, since the page cache survives it; a file cut short can. At every acknowledgement the length of the write-ahead log is noted;
/// what a disk would then hold is the log cut there, or one byte before.
/// </summary>
public sealed class CrashImageTests(ITestOutputHelper output)
{
    // SQLite moves the log into the database at 4,000 pages; an image is a cut only until then. Short logs make cheap images.
    private const long LogLimit = 1_200 * 4_120L;

    private sealed record Ack(Guid Review, long Log);

    [Fact]
    public async Task R1_everything_acknowledged_is_in_every_crash_image()
    {
        var (acks, images) = (Sizes.Of("RC_R1_ACKS", 5_000), Sizes.Of("RC_R1_IMAGES", 1_000));
        var (acknowledged, cut, lost) = (0, 0, 0);
        while (acknowledged < acks || cut < images)
        {
            var epoch = await EpochAsync(acks - acknowledged, answersBeforeCommit: false);
            acknowledged += epoch.Acks;
            cut += epoch.Images;
            lost += epoch.Lost;
        }

        output.WriteLine($"R1: {acknowledged} acknowledged submits, {cut} crash images, {lost} lost");
        Assert.Equal(0, lost);
    }

    [Fact]
    public async Task R1_control_an_answer_before_the_commit_would_be_found()
    {
        var epoch = await EpochAsync(200, answersBeforeCommit: true);
        output.WriteLine($"R1 control: answered before the commit, {epoch.Lost} times an acknowledged submit is missing in {epoch.Images} crash images");
        Assert.True(epoch.Lost > 0);
    }

    /// <summary>Submits until the log is nearly full, then looks at each image of it.</summary>
    private static async Task<(int Acks, int Images, int Lost)> EpochAsync(int most, bool answersBeforeCommit)
    {
        await using var desk = new TestDesk();
        var log = desk.Store.DatabasePath + "-wal";
        var acks = new ConcurrentQueue<Ack>();
        for (var wave = 0; acks.Count < most && new FileInfo(log).Length < LogLimit; wave++)
        {
            await Task.WhenAll(Enumerable.Range(0, 1 + (wave % 17)).Select(_ => SubmitAsync(desk, log, acks, answersBeforeCommit)));
        }

        // Nothing was moved into the database file since it was opened, so that it is what it was at every one of these moments.
        var (database, whole) = (await File.ReadAllBytesAsync(desk.Store.DatabasePath, TestDesk.Cancellation), await ReadSharedAsync(log));
        var lengths = acks.Select(static ack => ack.Log).Distinct().Order().ToArray();
        using var folder = new ImageFolder(Path.Join(desk.Store.Folder, "ledger.pem"));
        var lost = 0;
        foreach (var (length, i) in lengths.Select(static (length, i) => (length, i)))
        {
            lost += folder.Missing(database, whole.AsMemory(0, (int)length), [.. acks.Where(ack => ack.Log <= length).Select(static ack => ack.Review)], thorough: i % 25 == 0);
            var before = i == 0 ? 0 : lengths[i - 1];
            lost += folder.Missing(database, whole.AsMemory(0, (int)length - 1), [.. acks.Where(ack => ack.Log <= before).Select(static ack => ack.Review)], thorough: false);
        }

        return (acks.Count, lengths.Length * 2, lost);
    }

    private static async Task SubmitAsync(TestDesk desk, string log, ConcurrentQueue<Ack> acks, bool answersBeforeCommit)
    {
        // The switched-on bug: what was there before the write counts as what was there at its answer.
        var early = new FileInfo(log).Length;
        var result = await desk.TrySubmitAsync();
        acks.Enqueue(new Ack(result.Value!.Id, answersBeforeCommit ? early : new FileInfo(log).Length));
    }

    private static async Task<byte[]> ReadSharedAsync(string path)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[file.Length];
        await file.ReadExactlyAsync(bytes, TestDesk.Cancellation);
        return bytes;
    }

    /// <summary>Where images are opened: in memory when the system has a place for that, since what is proved lies in the bytes.</summary>
    private sealed class ImageFolder : IDisposable
    {
        private readonly string _folder = Directory.Exists("/dev/shm") ? Directory.CreateDirectory($"/dev/shm/rc-{Guid.CreateVersion7(TimeProvider.System.GetUtcNow())}").FullName
            : Directory.CreateTempSubdirectory("rc-").FullName;

        private readonly LedgerSigner _signer;

        public ImageFolder(string key) => _signer = LedgerSigner.OpenOrCreate(key);

        /// <summary>Opens the image with a Writer, as after a power cut; answers how many of these reviews are not in it.</summary>
        public int Missing(byte[] database, ReadOnlyMemory<byte> log, IReadOnlyCollection<Guid> acknowledged, bool thorough)
        {
            var path = Path.Join(_folder, "console.db");
            File.Delete(path + "-shm");
            File.WriteAllBytes(path, database);
            using (var file = File.Create(path + "-wal"))
            {
                file.Write(log.Span);
            }

            var there = new HashSet<Guid>();
            var writer = Writer.Open(path, _signer, new Changes(), TimeProvider.System, NullLogger<Writer>.Instance);
            try
            {
                using var connection = new ReadDatabase(path).Open();
                Assert.Null(LedgerStart.Check(connection, _signer.Key, null));
                if (thorough)
                {
                    Assert.Empty(LedgerVerifier.Run(connection, new LedgerExpectation(_signer.Key), TestDesk.Cancellation).Faults);
                    Assert.Empty(new LedgerRebuild(new ReadDatabase(path)).Check(null, TestDesk.Cancellation).Faults);
                }

                using var command = connection.CreateCommand();
                command.CommandText = "SELECT id FROM review";
                using var rows = command.ExecuteReader();
                while (rows.Read())
                {
                    there.Add(rows.GetGuid(0));
                }
            }
            finally
            {
                SqliteConnection.ClearAllPools();
                writer.DisposeAsync().AsTask().GetAwaiter().GetResult();
            }

            return acknowledged.Count(id => !there.Contains(id));
        }

        public void Dispose()
        {
            _signer.Dispose();
            Directory.Delete(_folder, recursive: true);
        }
    }
}
