using System.Text.Json;
using ReviewConsole.Api.Described;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Ledger;
using ReviewConsole.Core.Queue;
using ReviewConsole.Core.Store;
using ReviewConsole.SignIn;

namespace ReviewConsole.Api;

/// <summary>
/// The log for those who check it: signed head, entries, proofs (WIRE.md §2). Hashes are lower-case hex, an entry's bytes base64. A source gets the bytes of its own
/// <c>submitted</c> and <c>outcomeReleased</c> entries and of all others the leaf hash alone; people with <c>ledger.verify</c> get all.
/// </summary>
internal static class LedgerPages
{
    public static void MapLedger(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/ledger").WithTags("Ledger").RequireSourceOrPerson(Scopes.LedgerRead, Permission.LedgerVerify);
        group.MapGet("checkpoint", Checkpoint).WithSummary("The newest signed head").Produces<string>(200, "text/plain");
        group.MapGet("entries", Entries).WithSummary("Entries, page by page").Gives("LedgerEntries");
        group.MapGet("proof", Proof).WithSummary("Inclusion of seq in size, or consistency of first with second").Gives("LedgerProof");
    }

    private static IResult Checkpoint(ReadDatabase database)
    {
        using var connection = database.Open();
        using var ledger = new LedgerReader(connection);
        return ledger.Newest() is { } head ? Results.Bytes(head.Note, "text/plain; charset=utf-8") : Problems.Of("unknown-resource", "The ledger is still empty.");
    }

    private static IResult Entries(HttpContext http, ReadDatabase database)
    {
        var (from, wrongFrom) = Paging.Number(http, "from", 0, long.MaxValue, 0);
        var (limit, wrongLimit) = Paging.Limit(http);
        if ((wrongFrom ?? wrongLimit) is { } problem)
        {
            return problem;
        }

        using var connection = database.Open();
        using var ledger = new LedgerReader(connection);
        var entries = ledger.Entries(from, limit);
        var size = ledger.Size();
        return Json.Object(writer =>
        {
            writer.WriteStartArray("items");
            foreach (var entry in entries)
            {
                writer.WriteStartObject();
                writer.WriteNumber("seq", entry.Seq);
                if (MayRead(http, connection, entry.Entry))
                {
                    writer.WriteBase64String("entry", entry.Entry);
                }

                writer.WriteString("leafHash", Convert.ToHexStringLower(entry.LeafHash));
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            if (entries.Count > 0 && entries[^1].Seq + 1 < size)
            {
                writer.WriteNumber("next", entries[^1].Seq + 1);
            }
        });
    }

    private static bool MayRead(HttpContext http, Microsoft.Data.Sqlite.SqliteConnection connection, byte[] entry)
    {
        if (http.Caller() is not SourceActor actor)
        {
            return true;
        }

        using var document = JsonDocument.Parse(entry);
        var root = document.RootElement;
        return root.GetProperty("type").GetString() is "submitted" or "outcomeReleased"
            && root.TryGetProperty("review", out var review)
            && ReviewRows.Load(connection, Guid.Parse(review.GetString()!)) is { } stored
            && stored.State.Owner == actor.Owner
            && actor.Systems.Contains(stored.System);
    }

    private static IResult Proof(HttpContext http, ReadDatabase database)
    {
        using var connection = database.Open();
        using var ledger = new LedgerReader(connection);
        var log = ledger.Size();
        var inclusion = http.Request.Query.ContainsKey("seq");
        var (size, wrongSize) = Paging.Number(http, inclusion ? "size" : "second", 1, log, log);
        var (place, wrongPlace) = Paging.Number(http, inclusion ? "seq" : "first", inclusion ? 0 : 1, inclusion ? size - 1 : size, null);
        if ((wrongSize ?? wrongPlace) is { } problem)
        {
            return problem;
        }

        var proof = inclusion ? ledger.Inclusion(place, size) : ledger.Consistency(place, size);
        return Json.Object(writer =>
        {
            writer.WriteNumber(inclusion ? "seq" : "first", place);
            writer.WriteNumber(inclusion ? "size" : "second", size);
            if (inclusion)
            {
                writer.WriteString("leafHash", Convert.ToHexStringLower(ledger.LeafHash(place)!));
            }

            writer.WriteString("root", Convert.ToHexStringLower(ledger.Root(size)!));
            writer.WriteStartArray("proof");
            foreach (var hash in proof)
            {
                writer.WriteStringValue(Convert.ToHexStringLower(hash));
            }

            writer.WriteEndArray();
        });
    }
}
