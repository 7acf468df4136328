using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using ReviewConsole.Core.Delivery;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Ledger;
using ReviewConsole.Core.Store;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Core.Delivery;

/// <summary>The delivery room with a real database, a real network and a clock that stands still. A restart closes and opens all of it on the same folder.</summary>
internal sealed class DeliveryHarness : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rc-delivery-").FullName;
    private readonly bool _development;
    private CancellationTokenSource _stop = new();
    private LedgerSigner _signer = null!;
    private HttpClient _client = null!;
    private Task _running = Task.CompletedTask;
    private long _entries;

    private DeliveryHarness(bool development) => _development = development;

    public FakeTime Time { get; } = new();

    /// <summary>What the outcome of an entry is; null when erased.</summary>
    public Func<long, byte[]?> Data { get; set; } = static entry => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""{"reviewId":"r{{entry}}"}"""));

    public SecretBox Box { get; } = new(Turn, Turn);

    public Writer Writer { get; private set; } = null!;

    public ReadDatabase Database { get; private set; } = null!;

    public EndpointStore Endpoints { get; private set; } = null!;

    public EndpointDirectory Names { get; private set; } = null!;

    public OutboxStore Outbox { get; private set; } = null!;

    public OutboxDispatcher Dispatcher { get; private set; } = null!;

    public string DatabaseFile => Path.Combine(_folder, "console.db");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static DeliveryHarness Open(bool development = true)
    {
        var harness = new DeliveryHarness(development);
        harness.Open();
        return harness;
    }

    public async Task<string> AddEndpointAsync(string name, string url) =>
        Assert.IsType<EndpointAnswer.Done>(await Endpoints.AddAsync(Actor.System, "cli", name, url, Token)).Secret!;

    /// <summary>Records something to tell; answers its entry. The number stands in for the ledger's.</summary>
    public async Task<long> TellAsync(string endpoint, string type = WebhookType.Decided, int count = 1)
    {
        await Writer.RunAsync(
            scope =>
            {
                for (var i = 0; i < count; i++)
                {
                    OutboxRows.Add(scope, ++_entries, Guid.CreateVersion7(Time.GetUtcNow()), endpoint, type);
                }

                return 0;
            },
            Token);
        Dispatcher.Wake();
        return _entries;
    }

    public void Start() => _running = Task.Run(() => Dispatcher.RunAsync(_stop.Token), Token);

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _client.Dispose();
        await Writer.DisposeAsync();
        _signer.Dispose();
        SqliteConnection.ClearAllPools();
    }

    public async Task RestartAsync()
    {
        await StopAsync();
        _stop.Dispose();
        _stop = new CancellationTokenSource();
        Open();
        Start();
    }

    /// <summary>Moves the clock once everything that is due now has been tried and recorded.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        await QuietAsync();
        Time.Advance(time);
        Dispatcher.Wake();
    }

    /// <summary>Everything that is due now has been tried and recorded.</summary>
    public Task QuietAsync() => Eventually.HoldsAsync(
        "nothing is due and nothing under way", () => Dispatcher.UnderWay == 0 && Scalar("SELECT count(*) FROM outbox WHERE state = 'due' AND next <= $now") == 0 && Dispatcher.UnderWay == 0);

    public long Scalar(string sql)
    {
        using var connection = Database.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("$now", Time.GetUtcNow().ToUnixTimeMilliseconds());
        return (long)command.ExecuteScalar()!;
    }

    public List<string> EntryTypes()
    {
        using var reader = new LedgerReader(Database.Open());
        return [.. reader.Entries(0, 1000).Select(entry => LedgerEntry.Parse(entry.Entry).Type)];
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void Open()
    {
        _signer = LedgerSigner.OpenOrCreate(Path.Combine(_folder, "ledger.pem"), "test/log");
        Writer = Writer.Open(DatabaseFile, _signer, new Changes(), Time, NullLogger<Writer>.Instance);
        Database = new ReadDatabase(DatabaseFile);
        var rules = AddressRules.Create([], _development);
        Names = new EndpointDirectory();
        Endpoints = new EndpointStore(Writer, Database, Names, rules, Box);
        Endpoints.Refresh();
        Outbox = new OutboxStore(Writer, Database);
        _client = new AddressGuard(rules).CreateClient();
        Dispatcher = new OutboxDispatcher(
            Outbox, Endpoints, Names, Box, new WebhookSender(_client, Time), row => Data(row.Entry), Time, NullLogger<OutboxDispatcher>.Instance);
    }

    private static byte[] Turn(byte[] bytes) => [.. bytes.Select(b => (byte)(b ^ 0x5a))];
}
