using System.Security.Cryptography;
using ReviewConsole.Core.Store;
using Xunit;

namespace ReviewConsole.Tests.Core.Store;

public sealed class BlobFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rc-blobs-").FullName;
    private readonly BlobFolder _blobs;

    public BlobFolderTests() => _blobs = new BlobFolder(_folder, TimeProvider.System);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_blob_comes_back_as_it_went_in_under_its_digest()
    {
        var bytes = RandomNumberGenerator.GetBytes(300_000);
        var stored = Assert.IsType<BlobPut.Stored>(await _blobs.PutAsync(new MemoryStream(bytes), 25_000_000, Token));

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), stored.Sha256);
        Assert.Equal(bytes.Length, stored.Size);
        Assert.True(File.Exists(Path.Combine(_folder, stored.Sha256[..2], stored.Sha256)));
        Assert.True(_blobs.Exists(stored.Sha256));
        Assert.True(await _blobs.VerifyAsync(stored.Sha256, Token));
        Assert.Equal(bytes, await ReadAsync(stored.Sha256));
        Assert.Empty(Incoming());
    }

    [Fact]
    public async Task The_limit_is_the_last_size_that_is_taken()
    {
        Assert.IsType<BlobPut.Stored>(await _blobs.PutAsync(new MemoryStream(new byte[1000]), 1000, Token));
        Assert.Equal(new BlobPut.TooLarge(1000), await _blobs.PutAsync(new MemoryStream(new byte[1001]), 1000, Token));
        Assert.False(_blobs.Exists(Convert.ToHexStringLower(SHA256.HashData(new byte[1001]))));
        Assert.Empty(Incoming());
    }

    [Fact]
    public async Task A_broken_upload_leaves_nothing()
    {
        await Assert.ThrowsAsync<EndOfStreamException>(() => _blobs.PutAsync(new BreakingStream(200_000), 25_000_000, Token));
        Assert.Empty(Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_failing_disk_is_a_storage_exception()
    {
        Directory.Delete(Path.Combine(_folder, "incoming"));
        await Assert.ThrowsAsync<StorageException>(() => _blobs.PutAsync(new MemoryStream([1]), 10, Token));
    }

    [Fact]
    public async Task The_same_bytes_from_many_at_once_are_one_file()
    {
        var bytes = RandomNumberGenerator.GetBytes(100_000);
        var puts = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => _blobs.PutAsync(new MemoryStream(bytes), 1_000_000, Token), Token)));

        var name = Assert.Single(puts.Cast<BlobPut.Stored>().Select(p => p.Sha256).Distinct());
        Assert.Single(Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories));
        Assert.True(await _blobs.VerifyAsync(name, Token));
    }

    [Fact]
    public async Task A_damaged_blob_is_noticed_and_mended_by_the_next_put()
    {
        var bytes = RandomNumberGenerator.GetBytes(1000);
        var name = ((BlobPut.Stored)await _blobs.PutAsync(new MemoryStream(bytes), 1_000_000, Token)).Sha256;
        var path = Path.Combine(_folder, name[..2], name);
        await File.WriteAllBytesAsync(path, bytes.AsMemory(0, 999), Token);
        Assert.False(await _blobs.VerifyAsync(name, Token));

        await _blobs.PutAsync(new MemoryStream(bytes), 1_000_000, Token);
        Assert.True(await _blobs.VerifyAsync(name, Token));
    }

    [Theory]
    [InlineData("")]
    [InlineData("../../etc/passwd")]
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85")]
    [InlineData("E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855")]
    [InlineData("../3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b8")]
    public async Task Only_a_digest_is_a_name(string name)
    {
        Assert.False(BlobFolder.IsName(name));
        Assert.False(_blobs.Exists(name));
        Assert.Null(_blobs.Open(name));
        Assert.False(await _blobs.VerifyAsync(name, Token));
    }

    [Fact]
    public async Task What_is_absent_is_absent()
    {
        var name = new string('a', 64);
        Assert.False(_blobs.Exists(name));
        Assert.Null(_blobs.Open(name));
        Assert.False(await _blobs.VerifyAsync(name, Token));
    }

    [Fact]
    public async Task Leftovers_of_a_crash_go_and_blobs_stay()
    {
        var stored = (BlobPut.Stored)await _blobs.PutAsync(new MemoryStream([1, 2, 3]), 10, Token);
        await File.WriteAllTextAsync(Path.Combine(_folder, "incoming", "half"), "half", Token);
        _blobs.RemoveLeftovers();
        Assert.Empty(Incoming());
        Assert.True(_blobs.Exists(stored.Sha256));
    }

    private string[] Incoming() => Directory.GetFiles(Path.Combine(_folder, "incoming"));

    private async Task<byte[]> ReadAsync(string name)
    {
        await using var file = _blobs.Open(name)!;
        using var copy = new MemoryStream();
        await file.CopyToAsync(copy, Token);
        return copy.ToArray();
    }

    /// <summary>A client that goes away in the middle.</summary>
    private sealed class BreakingStream(int after) : MemoryStream(new byte[after])
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await base.ReadAsync(buffer, cancellationToken);
            return read > 0 ? read : throw new EndOfStreamException("the client went away");
        }
    }
}
