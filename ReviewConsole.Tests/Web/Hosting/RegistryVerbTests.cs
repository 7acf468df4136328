using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using ReviewConsole.Tests.Api;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Web.Hosting;

/// <summary><c>ledger verify</c> and <c>ledger rebuild --check</c> find what was changed in the tables while the log stayed whole.</summary>
public sealed class RegistryVerbTests
{
    private static readonly (string Edit, string Names)[] s_edits =
    [
        ("UPDATE owner SET name = 'another'", "owner o1"),
        ("UPDATE person SET roles = '[\"admin\"]'", "person p1"),
        ("UPDATE api_key SET systems = '[\"bot\",\"bank\"]'", "api_key k1"),
        ("UPDATE endpoint SET url = 'https://elsewhere.example/'", "endpoint e1"),
        ("DELETE FROM line_mode", "line_mode [\"bot\",\"\",\"stopped\"]"),
        ("UPDATE policy SET text = text || '\n# mine'", "policy d1"),
        ("UPDATE policy_force SET by = 'p1'", "policy_force of entry 0"),
    ];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_changed_row_is_named_by_both()
    {
        using var folder = new TemporaryFolder();
        await using (var console = await RunningConsole.StartAsync(settings => settings with { Data = folder.Path }))
        {
            await console.SourceAsync("bot");
            Assert.Equal(0, (await InProcessShell.RunAsync("endpoints", "add", "--name", "orders", "--url", "https://hooks.example.org/", "--data", folder.Path)).Exit);
            var stop = new JsonObject { ["scope"] = new JsonObject { ["system"] = "bot" }, ["state"] = "stopped", ["reason"] = "odd refunds" };
            await Answers.ObjectAsync(await ApiWorld.PostAsync(await console.PersonAsync("supervisor"), "/api/v1/line", stop));
        }

        SqliteConnection.ClearAllPools();
        var database = folder.File("console.db");
        var whole = await File.ReadAllBytesAsync(database, Cancelled);
        string[][] verbs = [["ledger", "verify", "--data", folder.Path], ["ledger", "rebuild", "--check", "--data", folder.Path]];
        foreach (var verb in verbs)
        {
            Assert.Equal((0, ""), await RunAsync(verb));
        }

        foreach (var (edit, names) in s_edits)
        {
            await File.WriteAllBytesAsync(database, whole, Cancelled);
            Execute(database, edit);
            foreach (var verb in verbs)
            {
                var result = await InProcessShell.RunAsync(verb);
                Assert.Equal(2, result.Exit);
                Assert.Contains(names, Assert.Single(result.Output.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
                Assert.Single(result.Error.TrimEnd('\n').Split('\n'));
            }
        }
    }

    private static async Task<(int Exit, string Error)> RunAsync(string[] verb)
    {
        var result = await InProcessShell.RunAsync(verb);
        return (result.Exit, result.Error);
    }

    private static void Execute(string database, string sql)
    {
        SqliteConnection.ClearAllPools();
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
