using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;

namespace ReviewConsole.Core.Store;

/// <summary>What became of one put.</summary>
internal abstract record BlobPut
{
    private BlobPut()
    {
    }

    /// <summary>The bytes are on disk. <paramref name="Sha256"/> is lower-case hex, <paramref name="Size"/> in bytes.</summary>
    internal sealed record Stored(string Sha256, long Size) : BlobPut;

    /// <summary>The content is longer than <paramref name="Limit"/> bytes; nothing was kept.</summary>
    internal sealed record TooLarge(long Limit) : BlobPut;
}

/// <summary>
/// Blobs as files named by their content: <c>blobs/ab/&lt;sha256&gt;</c> (DESIGN.md §4.6). A put that returns is durable: temporary file, fsync, rename,
/// fsync of the folder, all on the caller's thread, so that a big upload never waits in front of somebody's decision. Two puts of the same bytes meet in
/// one file; whoever is last replaces it by the same content, which also mends a damaged one.
/// </summary>
internal sealed class BlobFolder
{
    private const int BufferSize = 128 * 1024;
    private readonly string _root;
    private readonly string _incoming;
    private readonly TimeProvider _time;

    /// <param name="root">The folder <c>DIR/blobs</c>; made when absent.</param>
    public BlobFolder(string root, TimeProvider time)
    {
        _root = Path.GetFullPath(root);
        _incoming = Path.Combine(_root, "incoming");
        _time = time;
        Directory.CreateDirectory(_incoming);
    }

    /// <summary>True for 64 lower-case hex digits, the only names there are. Everything else never reaches the file system.</summary>
    public static bool IsName(string? sha256) => sha256 is { Length: 64 } && !sha256.AsSpan().ContainsAnyExcept(s_hex);

    private static readonly SearchValues<char> s_hex = SearchValues.Create("0123456789abcdef");

    /// <summary>
    /// Reads <paramref name="content"/> to its end and stores it, or stops at the first byte past <paramref name="limit"/>. An exception of
    /// <paramref name="content"/> (a broken upload) passes through and leaves nothing behind; a failing disk is a <see cref="StorageException"/>.
    /// </summary>
    public async Task<BlobPut> PutAsync(Stream content, long limit, CancellationToken cancellation)
    {
        var temporary = Path.Combine(_incoming, Guid.CreateVersion7(_time.GetUtcNow()).ToString("N", CultureInfo.InvariantCulture));
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            long size = 0;
            var file = OnDisk(() => new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0));
            await using (file.ConfigureAwait(false))
            {
                int read;
                while ((read = await content.ReadAsync(buffer.AsMemory(0, BufferSize), cancellation).ConfigureAwait(false)) > 0)
                {
                    size += read;
                    if (size > limit)
                    {
                        return new BlobPut.TooLarge(limit);
                    }

                    hash.AppendData(buffer, 0, read);
                    OnDisk(() => file.Write(buffer, 0, read));
                }

                OnDisk(() => file.Flush(flushToDisk: true));
            }

            var name = Convert.ToHexStringLower(hash.GetHashAndReset());
            OnDisk(() => Publish(temporary, name));
            return new BlobPut.Stored(name, size);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            Discard(temporary);
        }
    }

    public bool Exists(string sha256) => IsName(sha256) && File.Exists(PathOf(sha256));

    /// <summary>The blob for reading, seekable; null when there is none.</summary>
    public FileStream? Open(string sha256)
    {
        if (!IsName(sha256))
        {
            return null;
        }

        try
        {
            return new FileStream(PathOf(sha256), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, BufferSize, FileOptions.Asynchronous);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Whether the blob is there and its bytes still have the digest that is its name.</summary>
    public async Task<bool> VerifyAsync(string sha256, CancellationToken cancellation)
    {
        var file = Open(sha256);
        if (file is null)
        {
            return false;
        }

        await using (file.ConfigureAwait(false))
        {
            var digest = await SHA256.HashDataAsync(file, cancellation).ConfigureAwait(false);
            return string.Equals(Convert.ToHexStringLower(digest), sha256, StringComparison.Ordinal);
        }
    }

    /// <summary>Removes what a crash left half uploaded. Only for the holder of the data folder's lock: it would break an upload under way.</summary>
    public void RemoveLeftovers()
    {
        foreach (var file in Directory.EnumerateFiles(_incoming))
        {
            File.Delete(file);
        }
    }

    private string PathOf(string sha256) => Path.Combine(_root, sha256[..2], sha256);

    private void Publish(string temporary, string name)
    {
        var target = PathOf(name);
        var folder = Path.GetDirectoryName(target)!;
        if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder);
            DirectorySync.Flush(_root);
        }

        File.Move(temporary, target, overwrite: true);
        DirectorySync.Flush(folder);
    }

    private static void Discard(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The failure worth telling is the one already on its way; the next start sweeps the file away.
        }
    }

    private static void OnDisk(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"Cannot store a blob: {e.Message}", e);
        }
    }

    private static T OnDisk<T>(Func<T> action)
    {
        T? result = default;
        OnDisk(() => { result = action(); });
        return result!;
    }
}
