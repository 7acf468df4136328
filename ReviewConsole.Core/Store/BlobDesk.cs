using Microsoft.Data.Sqlite;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Proposals;

namespace ReviewConsole.Core.Store;

/// <summary>
/// Bytes that sources upload, and who may use them: a blob is visible to the owner of the key that sent it. The bytes are on disk before the row is, so a row never
/// promises what is not there.
/// </summary>
internal sealed class BlobDesk(Writer writer, ReadDatabase database, BlobFolder folder)
{
    /// <summary>The most that one upload may have, in bytes.</summary>
    public const long Limit = 25 * 1024 * 1024;

    public async Task<BlobPut> UploadAsync(SourceActor actor, Stream content, CancellationToken cancellation)
    {
        var put = await folder.PutAsync(content, Limit, cancellation).ConfigureAwait(false);
        if (put is BlobPut.Stored stored)
        {
            await writer.RunAsync(scope => Own(scope, actor.Owner, stored.Sha256, stored.Size), cancellation).ConfigureAwait(false);
        }

        return put;
    }

    /// <summary>Stores what came inside a body. Idempotent.</summary>
    public async Task StoreAsync(SourceActor actor, IReadOnlyList<InlineBlob> blobs, CancellationToken cancellation)
    {
        foreach (var blob in blobs)
        {
            using var bytes = new MemoryStream(blob.Bytes, writable: false);
            await UploadAsync(actor, bytes, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>The sizes of those blobs that the owner has.</summary>
    public IReadOnlyDictionary<string, long> Sizes(string owner, IEnumerable<string> names)
    {
        var sizes = new Dictionary<string, long>(StringComparer.Ordinal);
        using var connection = database.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT size FROM blob WHERE owner = $owner AND sha256 = $sha";
        command.Parameters.AddWithValue("$owner", owner);
        var sha = command.Parameters.Add("$sha", SqliteType.Text);
        foreach (var name in names)
        {
            sha.Value = name;
            if (command.ExecuteScalar() is long size)
            {
                sizes[name] = size;
            }
        }

        return sizes;
    }

    private static bool Own(WriteScope scope, string owner, string sha256, long size) =>
        scope.Prepare("INSERT OR IGNORE INTO blob (owner, sha256, size, at) VALUES ($owner, $sha, $size, $at)")
            .With("$owner", owner).With("$sha", sha256).With("$size", size).With("$at", scope.Now).ExecuteNonQuery() > 0;
}
