using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using ReviewConsole.Benchmarks.Servers;
using ReviewConsole.Core.Ledger;
using ReviewConsole.Core.Store;

namespace ReviewConsole.Benchmarks;

/// <summary>A log that the product's own Writer writes, with entries like those of the product: ids and digests in the open, texts sealed.</summary>
internal sealed class BenchmarkLedger : IAsyncDisposable
{
    private readonly LedgerSigner _signer;
    private readonly Writer _writer;

    public BenchmarkLedger(BenchmarkFolder folder)
    {
        Path = folder.At("console.db");
        _signer = LedgerSigner.OpenOrCreate(folder.At("ledger.pem"));
        _writer = Writer.Open(Path, _signer, new Changes(), TimeProvider.System, NullLogger<Writer>.Instance);
    }

    public string Path { get; }

    public VerifierKey Key => _signer.Key;

    public static EntryDraft Draft(long number) => new(
        (number % 3) switch { 0 => "submitted", 1 => "decided", _ => "outcomeReleased" },
        Guid.CreateVersion7(DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000 + number)),
        1, "p7", "screen", number % 2 == 0 ? "op-" + number.ToString(CultureInfo.InvariantCulture) : null,
        new JsonObject { ["actionDigest"] = "sha256:" + new string('a', 64), ["decision"] = "approved", ["number"] = number },
        number % 3 == 2 ? [] : [Part("rationale", number), Part("message", number)]);

    /// <summary>Appends all of them in one transaction and answers when it is on disk.</summary>
    public void Append(IEnumerable<EntryDraft> drafts) => _writer.RunAsync(
        scope =>
        {
            foreach (var draft in drafts)
            {
                scope.Append(draft);
            }

            return scope.LedgerSize;
        },
        CancellationToken.None).GetAwaiter().GetResult();

    /// <summary>The newest signed head, as a witness outside would know it.</summary>
    public Checkpoint Head()
    {
        using var database = new ReadDatabase(Path);
        using var connection = database.Open();
        using var ledger = new LedgerReader(connection);
        return ledger.Newest()!;
    }

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        _signer.Dispose();
    }

    private static SealedPart Part(string name, long number) => new(name, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{name} of case {number}")));
}
