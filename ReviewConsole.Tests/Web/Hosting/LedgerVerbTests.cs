using Microsoft.Data.Sqlite;
using ReviewConsole.Core.Ledger;
using ReviewConsole.Core.Store;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Web.Hosting;

/// <summary><c>keys ledger</c>, <c>ledger verify</c> and <c>verify</c>: their words and exit codes. What they find is the ledger's own tests' matter.</summary>
public sealed class LedgerVerbTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string Data => _folder.File("data");

    public async ValueTask InitializeAsync()
    {
        foreach (var name in (string[])["one", "two", "three"])
        {
            Assert.Equal(0, (await InProcessShell.RunAsync("keys", "create", "--name", name, "--scopes", "reviews:read", "--data", Data)).Exit);
        }
    }

    public ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task An_intact_ledger_is_said_to_be_so_with_counts()
    {
        var result = await InProcessShell.RunAsync("ledger", "verify", "--content", "--data", Data);
        Assert.Equal((0, ""), (result.Exit, result.Error));
        Assert.StartsWith("intact: 7 entries, 4 checkpoints, 7 openings", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_that_are_what_the_entries_say_are_equal()
    {
        var result = await InProcessShell.RunAsync("ledger", "rebuild", "--check", "--data", Data);
        Assert.Equal((0, "equal: 0 reviews from 7 entries\n", ""), (result.Exit, result.Output, result.Error));
        Assert.Equal(64, (await InProcessShell.RunAsync("ledger", "rebuild", "--data", Data)).Exit);
    }

    [Theory]
    [InlineData("UPDATE ledger_entry SET entry = CAST(replace(CAST(entry AS TEXT), 'cli', 'api') AS BLOB) WHERE seq = 1")]
    [InlineData("UPDATE sealed SET bytes = CAST(replace(CAST(bytes AS TEXT), 'one', 'eno') AS BLOB) WHERE seq = 1")]
    public async Task One_changed_byte_is_named_by_its_entry(string edit)
    {
        Tamper(edit);
        var result = await InProcessShell.RunAsync("ledger", "verify", "--data", Data);
        Assert.Equal(2, result.Exit);
        Assert.StartsWith("entry 1: ", result.Output, StringComparison.Ordinal);
        Assert.Contains("entry 1: ", result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public async Task A_server_does_not_start_on_a_damaged_ledger_and_says_where_and_what_to_do()
    {
        Tamper("UPDATE ledger_entry SET entry = CAST(replace(CAST(entry AS TEXT), 'cli', 'api') AS BLOB) WHERE seq = 1");
        var result = await ConsoleProcess.RunAsync(["--data", Data, "--urls", "http://127.0.0.1:0"], _folder.Path);
        Assert.Equal(2, result.Exit);
        Assert.Contains("entry 1", result.Error, StringComparison.Ordinal);
        Assert.Contains("ledger verify", result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public async Task A_server_does_not_start_without_the_ledgers_triggers()
    {
        Execute($"DROP TRIGGER {LedgerTriggers.Names[0]}");
        var result = await ConsoleProcess.RunAsync(["--data", Data, "--urls", "http://127.0.0.1:0"], _folder.Path);
        Assert.Equal(2, result.Exit);
        Assert.Contains(LedgerTriggers.Names[0], result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_receipt_is_verified_against_the_folder_against_a_key_and_against_nothing()
    {
        var receipt = await ReceiptAsync(1);
        var own = await InProcessShell.RunAsync("verify", receipt, "--data", Data);
        Assert.Equal((0, "VERIFIED"), (own.Exit, FirstLine(own)));

        var key = (await InProcessShell.RunAsync("keys", "ledger", "--data", Data)).Output.Trim();
        var pinned = await ConsoleProcess.RunAsync(["verify", receipt, "--key", key], _folder.Path);
        Assert.Equal((0, "VERIFIED"), (pinned.Exit, FirstLine(pinned)));

        var unpinned = await InProcessShell.RunAsync("verify", receipt, "--data", _folder.File("nothing"));
        Assert.Equal((3, "UNPINNED"), (unpinned.Exit, FirstLine(unpinned)));
    }

    [Fact]
    public async Task A_receipt_under_a_kept_head_is_anchored()
    {
        var receipt = await ReceiptAsync(0);
        using (var connection = new ReadDatabase(Path.Join(Data, "console.db")).Open())
        {
            using var reader = new LedgerReader(connection);
            await File.WriteAllBytesAsync(_folder.File("heads"), reader.Newest()!.Note.ToArray(), Cancelled);
        }

        var result = await InProcessShell.RunAsync("verify", receipt, "--data", Data, "--known-head", _folder.File("heads"));
        Assert.Equal((0, "VERIFIED-ANCHORED"), (result.Exit, FirstLine(result)));
    }

    [Fact]
    public async Task Changed_foreign_and_unreadable_receipts_have_their_words()
    {
        var receipt = await ReceiptAsync(1);
        var other = _folder.File("other");
        Assert.Equal(0, (await InProcessShell.RunAsync("keys", "create", "--name", "n", "--scopes", "reviews:read", "--data", other)).Exit);
        var foreign = await InProcessShell.RunAsync("verify", receipt, "--data", other);
        Assert.Equal((4, "NOT-THIS-LOG"), (foreign.Exit, FirstLine(foreign)));

        await File.AppendAllTextAsync(receipt, "\n", Cancelled);
        var changed = await InProcessShell.RunAsync("verify", receipt, "--data", Data);
        Assert.Equal((2, "TAMPERED"), (changed.Exit, FirstLine(changed)));
        Assert.Equal(64, (await InProcessShell.RunAsync("verify", _folder.File("missing"), "--data", Data)).Exit);
        Assert.Equal(64, (await InProcessShell.RunAsync("verify", receipt, "--key", "nonsense")).Exit);
    }

    [Fact]
    public async Task A_receipt_past_what_the_log_holds_has_diverged()
    {
        SqliteConnection.ClearAllPools();
        Directory.CreateDirectory(_folder.File("before/keys"));
        File.Copy(Path.Join(Data, "console.db"), _folder.File("before/console.db"));
        File.Copy(Path.Join(Data, "keys", "ledger.pem"), _folder.File("before/keys/ledger.pem"));
        Assert.False(File.Exists(Path.Join(Data, "console.db-wal")), "the last one out folds the log back");
        Assert.Equal(0, (await InProcessShell.RunAsync("keys", "create", "--name", "four", "--scopes", "reviews:read", "--data", Data)).Exit);
        var result = await InProcessShell.RunAsync("verify", await ReceiptAsync(7), "--data", _folder.File("before"));
        Assert.Equal((5, "DIVERGED", ""), (result.Exit, FirstLine(result), result.Error));
    }

    private static string FirstLine(ProcessResult result) => result.Output.Split('\n')[0];

    private async Task<string> ReceiptAsync(long seq)
    {
        using var connection = new ReadDatabase(Path.Join(Data, "console.db")).Open();
        using var reader = new LedgerReader(connection);
        var file = _folder.File($"receipt-{seq}");
        await File.WriteAllTextAsync(file, reader.Receipt(seq)!.Print(), Cancelled);
        return file;
    }

    private void Tamper(string edit)
    {
        foreach (var trigger in LedgerTriggers.Names)
        {
            Execute($"DROP TRIGGER IF EXISTS {trigger}");
        }

        var sql = TriggerSql();
        Execute(edit);
        foreach (var trigger in sql)
        {
            Execute(trigger);
        }
    }

    private List<string> TriggerSql()
    {
        using var fresh = typeof(Schema).Assembly.GetManifestResourceStream("ReviewConsole.Core.Store.Schema.001-ledger.sql")!;
        using var memory = new SqliteConnection("Data Source=:memory:");
        memory.Open();
        using var schema = memory.CreateCommand();
        schema.CommandText = new StreamReader(fresh).ReadToEnd();
        schema.ExecuteNonQuery();
        schema.CommandText = "SELECT sql FROM sqlite_schema WHERE type = 'trigger'";
        using var rows = schema.ExecuteReader();
        var sql = new List<string>();
        while (rows.Read())
        {
            sql.Add(rows.GetString(0));
        }

        return sql;
    }

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Join(Data, "console.db"), Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
