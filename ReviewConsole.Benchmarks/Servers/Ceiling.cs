using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace ReviewConsole.Benchmarks.Servers;

/// <summary>
/// The most that durable submits can reach on this machine: a bare endpoint that parses the JSON and one SQLite writer with group commit (WAL, FULL), one row and
/// one hashed log row a request, answered after the commit. No product in it.
/// </summary>
internal static class Ceiling
{
    private const int Batch = 512;

    public static void Serve(string database, string url)
    {
        var queue = Channel.CreateBounded<Pending>(10_000);
        using var connection = new SqliteConnection($"Data Source={database}");
        connection.Open();
        Execute(connection, "PRAGMA journal_mode=WAL");
        Execute(connection, "PRAGMA synchronous=FULL");
        Execute(connection, "CREATE TABLE item(id TEXT PRIMARY KEY, body TEXT, status INT, priority INT) STRICT");
        Execute(connection, "CREATE INDEX item_open ON item(status, priority)");
        Execute(connection, "CREATE TABLE log(seq INTEGER PRIMARY KEY, body TEXT, hash BLOB) STRICT");
        new Thread(() => Write(connection, queue.Reader)) { IsBackground = true, Name = "writer" }.Start();

        // Without this the host watches the shell's folder for settings, and with it every write of both databases.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, Args = ["--hostBuilder:reloadConfigOnChange=false"] });
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.MapPost("/r", async (HttpRequest request) =>
        {
            using var body = await JsonDocument.ParseAsync(request.Body, default, request.HttpContext.RequestAborted);
            var pending = new Pending(body.RootElement.GetRawText(), new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously));
            await queue.Writer.WriteAsync(pending, request.HttpContext.RequestAborted);
            return Results.Json(new { id = await pending.Done.Task }, statusCode: 201);
        });
        app.Run(url);
    }

    private static void Write(SqliteConnection connection, ChannelReader<Pending> queue)
    {
        using var item = connection.CreateCommand();
        item.CommandText = "INSERT INTO item VALUES($id, $body, 0, 1)";
        var (itemId, itemBody) = (item.Parameters.Add("$id", SqliteType.Text), item.Parameters.Add("$body", SqliteType.Text));
        using var log = connection.CreateCommand();
        log.CommandText = "INSERT INTO log(body, hash) VALUES($body, $hash)";
        var (logBody, logHash) = (log.Parameters.Add("$body", SqliteType.Text), log.Parameters.Add("$hash", SqliteType.Blob));
        var previous = new byte[SHA256.HashSizeInBytes];
        var written = new List<(string Id, Pending Pending)>(Batch);
        var bytes = new ArrayBufferWriter<byte>();
        while (queue.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            written.Clear();
            using (var transaction = connection.BeginTransaction())
            {
                (item.Transaction, log.Transaction) = (transaction, transaction);
                while (written.Count < Batch && queue.TryRead(out var pending))
                {
                    var id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString("N");
                    (itemId.Value, itemBody.Value) = (id, pending.Body);
                    item.ExecuteNonQuery();
                    bytes.ResetWrittenCount();
                    bytes.Write(previous);
                    bytes.Write(Encoding.UTF8.GetBytes(pending.Body));
                    previous = SHA256.HashData(bytes.WrittenSpan);
                    (logBody.Value, logHash.Value) = (pending.Body, previous);
                    log.ExecuteNonQuery();
                    written.Add((id, pending));
                }

                transaction.Commit();
            }

            foreach (var (id, pending) in written)
            {
                pending.Done.SetResult(id);
            }
        }
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private sealed record Pending(string Body, TaskCompletionSource<string> Done);
}
