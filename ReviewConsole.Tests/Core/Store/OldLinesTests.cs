using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Ledger;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Core.Store;

/// <summary>Lines that were stopped by a program that knew nothing but a stop.</summary>
public sealed class OldLinesTests
{
    [Fact]
    public async Task A_line_that_was_stopped_is_stopped_after_the_step_and_agrees_with_its_entries()
    {
        await using var desk = new TestDesk();
        var ruth = await desk.PersonAsync("ruth", Role.Supervisor);
        foreach (var (type, kind) in new[] { ("lineStopped", "email"), ("lineStopped", "refund"), ("lineResumed", "email") })
        {
            await desk.Store.Writer.RunAsync(scope => Record(scope, type, kind, ruth.Id), TestDesk.Cancellation);
        }

        using (var connection = new SqliteConnection($"Data Source={desk.Store.DatabasePath};Pooling=False"))
        {
            connection.Open();
            using var older = connection.CreateCommand();
            older.CommandText = $"""
                DROP TABLE line_mode;
                CREATE TABLE stopped_line (system TEXT NOT NULL, kind TEXT NOT NULL, reason TEXT NOT NULL, by TEXT NOT NULL, since INTEGER NOT NULL, PRIMARY KEY (system, kind)) STRICT, WITHOUT ROWID;
                INSERT INTO stopped_line VALUES ('', 'refund', 'odd', '{ruth.Id}', {desk.Time.GetUtcNow().ToUnixTimeMilliseconds()});
                {Step()}
                """;
            older.ExecuteNonQuery();
            Assert.Empty(RegistryCheck.Run(connection, TestDesk.Cancellation));
            desk.Lines.Load(connection);
        }

        Assert.Equal((null, "refund", "odd", null), Assert.Single(desk.Line.Limits) is var limit ? (limit.System, limit.Kind, limit.Reason, limit.Until) : default);
        var stopped = desk.Lines.Find("bot", "refund").Stopped;
        Assert.NotNull(stopped);
        Assert.Equal(LineState.Running, desk.Lines.Find("bot", "email"));
        Assert.Null((await desk.Line.ResumeAsync(ruth, null, "refund", "mended", TestDesk.Cancellation)).Refusal);
    }

    /// <summary>The one step of the schema that this is about, whatever came after it.</summary>
    private static string Step()
    {
        var schema = typeof(Schema).Assembly;
        using var text = new StreamReader(schema.GetManifestResourceStream(schema.GetManifestResourceNames().Single(static name => name.EndsWith("-line-modes.sql", StringComparison.Ordinal)))!);
        return text.ReadToEnd();
    }

    // As those programs wrote it: no mode, no state.
    private static long Record(WriteScope scope, string type, string kind, string by) => scope.Append(new EntryDraft(
        type, null, null, by, null, null, new JsonObject { ["everything"] = false },
        [new SealedPart("line", CanonicalJson.Of(new JsonObject { ["reason"] = "odd", ["system"] = null, ["kind"] = kind }))]));
}
