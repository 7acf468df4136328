using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ReviewConsole.Core.Ledger;
using ReviewConsole.Core.Store;

namespace ReviewConsole.Tests.Support;

/// <summary>A data folder of its own with a real Writer on a real file; gone with the test.</summary>
internal sealed class TestStore : IAsyncDisposable
{
    private readonly LedgerSigner _signer;

    public TestStore(TimeProvider? time = null, int capacity = 4096, ILogger<Writer>? log = null)
    {
        Folder = Directory.CreateTempSubdirectory("reviewconsole-").FullName;
        _signer = LedgerSigner.OpenOrCreate(Path.Combine(Folder, "ledger.pem"));
        Writer = Writer.Open(DatabasePath, _signer, Changes, time ?? TimeProvider.System, log ?? NullLogger<Writer>.Instance, capacity);
        Database = new ReadDatabase(DatabasePath);
    }

    public string Folder { get; }

    public string DatabasePath => Path.Combine(Folder, "console.db");

    public Changes Changes { get; } = new();

    public Writer Writer { get; }

    public ReadDatabase Database { get; }

    public VerifierKey Key => _signer.Key;

    public async ValueTask DisposeAsync()
    {
        await Writer.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _signer.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
