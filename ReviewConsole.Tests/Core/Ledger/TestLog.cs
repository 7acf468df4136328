using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using ReviewConsole.Core.Ledger;

namespace ReviewConsole.Tests.Core.Ledger;

/// <summary>A log in a database file of its own, written as the Writer writes it: one transaction and one checkpoint a batch.</summary>
internal sealed class TestLog : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ledger-").FullName;
    private LedgerAppender _appender;

    public TestLog(string? origin = null)
    {
        Signer = LedgerSigner.OpenOrCreate(Path.Combine(_folder, "ledger.pem"), origin);
        Connection = Open(File, SqliteOpenMode.ReadWriteCreate);
        Execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA recursive_triggers=ON; PRAGMA foreign_keys=ON;");
        Execute(SchemaText());
        _appender = LedgerAppender.Open(Connection, Signer);
    }

    public string File => Path.Combine(_folder, "log.db");

    public string Folder => _folder;

    public LedgerSigner Signer { get; }

    public SqliteConnection Connection { get; }

    public LedgerAppender Appender => _appender;

    public List<Checkpoint> Heads { get; } = [];

    public static string SchemaText()
    {
        using var stream = typeof(LedgerAppender).Assembly.GetManifestResourceStream("ReviewConsole.Core.Store.Schema.001-ledger.sql")!;
        using var text = new StreamReader(stream);
        return text.ReadToEnd();
    }

    public static SqliteConnection Open(string file, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    /// <summary>An entry like those of the product: ids and digests in the open, texts sealed.</summary>
    public static EntryDraft Draft(int number) => new(
        number % 3 == 0 ? "submitted" : number % 3 == 1 ? "decided" : "outcomeReleased",
        Guid.CreateVersion7(DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000 + number)),
        1, "p7", "screen", number % 2 == 0 ? "op-" + number.ToString(CultureInfo.InvariantCulture) : null,
        new JsonObject { ["actionDigest"] = "sha256:" + new string('a', 64), ["decision"] = "approved", ["number"] = number },
        number % 3 == 2 ? [] :
        [
            new SealedPart("rationale", System.Text.Encoding.UTF8.GetBytes($"because of case {number}")),
            new SealedPart("message", System.Text.Encoding.UTF8.GetBytes($"message {number}")),
        ]);

    /// <summary>Commits one batch and keeps its head.</summary>
    public Checkpoint Batch(int entries)
    {
        Execute("BEGIN IMMEDIATE");
        for (var i = 0; i < entries; i++)
        {
            _appender.Append(Draft((int)_appender.Size), 1_700_000_000_000 + _appender.Size);
        }

        var head = _appender.Seal();
        Execute("COMMIT");
        Heads.Add(head);
        return head;
    }

    /// <summary>Batches of random sizes up to <paramref name="entries"/> entries in all.</summary>
    public TestLog Grow(int entries, int seed, int largest = 8)
    {
        var random = new Random(seed);
        while (_appender.Size < entries)
        {
            Batch((int)Math.Min(random.Next(1, largest + 1), entries - _appender.Size));
        }

        return this;
    }

    /// <summary>As after a restart.</summary>
    public void Reopen()
    {
        _appender.Dispose();
        _appender = LedgerAppender.Open(Connection, Signer);
    }

    public void Execute(string sql) => Execute(Connection, sql);

    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        _appender.Dispose();
        Connection.Dispose();
        Signer.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
