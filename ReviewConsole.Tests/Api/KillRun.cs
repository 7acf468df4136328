using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using ReviewConsole.Core.Ledger;
using ReviewConsole.Core.Store;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Api;

/// <summary>
/// A server in a process of its own, killed with -9 in the middle of submits. Every submit carries a key, is sent twice at once now and then, and is sent again until it is
/// answered, and once more after that.
/// </summary>
internal sealed class KillRun(ServerBug bug) : IAsyncDisposable
{
    private const int Workers = 12;

    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentQueue<int> _waiting = new();
    private readonly ConcurrentDictionary<int, byte[]> _answers = new();
    private readonly ConcurrentQueue<string> _wrong = new();
    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromSeconds(30) };
    private ConsoleProcess? _server;
    private volatile TaskCompletionSource<Uri> _serving = Signal<Uri>();
    private volatile Milestone _milestone = new(0);
    private int _repeats;
    private int _cut;

    private sealed record Milestone(int Answers)
    {
        public TaskCompletionSource<bool> Reached { get; } = Signal<bool>();
    }

    /// <summary>What was answered that never should have been.</summary>
    public IReadOnlyCollection<string> Wrong => _wrong;

    public int Acknowledged => _answers.Count;

    /// <summary>Requests that a kill left without an answer.</summary>
    public int Cut => _cut;

    /// <summary>Requests with a key that was sent before.</summary>
    public int Repeats => _repeats;

    public async Task RunAsync(int keys, int kills)
    {
        var made = await ConsoleProcess.RunAsync(["keys", "create", "--name", "bot", "--scopes", "reviews:write,reviews:read", "--data", _folder.Path], _folder.Path);
        Assert.Equal((0, ""), (made.Exit, made.Error));
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", made.Output.Trim());
        foreach (var key in Enumerable.Range(0, keys))
        {
            _waiting.Enqueue(key);
        }

        await StartAsync();
        var work = Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(() => WorkAsync(new Random(worker)), TestContext.Current.CancellationToken)));
        for (var kill = 1; kill <= kills; kill++)
        {
            _milestone = new Milestone(keys * kill / (kills + 1));
            await Task.WhenAny(_milestone.Reached.Task, work);
            _serving = Signal<Uri>();
            await _server!.KillAsync();
            await _server.DisposeAsync();
            await StartAsync();
        }

        await work;
        await _server!.KillAsync();
    }

    /// <summary>What the files hold after the last kill: how many reviews, how many acknowledged ones are not there, how many keys have made two.</summary>
    public (int Reviews, int Lost, int Twice) Count()
    {
        var reviews = new List<(string Id, string Case)>();
        using (var connection = Open())
        {
            using var command = new SqliteCommand("SELECT id, case_id FROM review", connection);
            using var rows = command.ExecuteReader();
            while (rows.Read())
            {
                reviews.Add((rows.GetString(0), rows.GetString(1)));
            }
        }

        var there = reviews.ToLookup(static review => review.Case, static review => review.Id, StringComparer.Ordinal);
        var lost = _answers.Count(answer => !there[$"case-{answer.Key}"].Contains((string)JsonNode.Parse(answer.Value)!["id"]!));
        return (reviews.Count, lost, there.Count(static group => group.Count() > 1));
    }

    /// <summary>Every byte of the ledger verifies, and every row is what the entries say.</summary>
    public void Verify()
    {
        using var signer = LedgerSigner.OpenOrCreate(Path.Join(_folder.Path, "keys", "ledger.pem"));
        using var connection = Open();
        Assert.Empty(LedgerVerifier.Run(connection, new LedgerExpectation(signer.Key), TestContext.Current.CancellationToken).Faults);
        Assert.Empty(LedgerProjection.Compare(connection));
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        SqliteConnection.ClearAllPools();
        _client.Dispose();
        _folder.Dispose();
    }

    private async Task StartAsync()
    {
        _server = bug == ServerBug.None ? await ConsoleProcess.ServeAsync(_folder.Path) : await ServerChild.StartAsync(_folder.Path, bug);
        _serving.SetResult(_server.Address);
    }

    private static TaskCompletionSource<T> Signal<T>() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task WorkAsync(Random random)
    {
        // Who takes a key that is not answered puts it back and goes on, so that nobody has to wait for others.
        while (_wrong.IsEmpty && _waiting.TryDequeue(out var key))
        {
            var address = await _serving.Task.WaitAsync(TestContext.Current.CancellationToken);

            // One in four is sent twice at the same time.
            var answers = await Task.WhenAll(Enumerable.Range(0, random.Next(4) == 0 ? 2 : 1).Select(_ => SendAsync(address, key)));
            Interlocked.Add(ref _repeats, answers.Length - 1);
            foreach (var answer in answers.OfType<byte[]>())
            {
                Note(key, answer);
            }

            if (!_answers.ContainsKey(key))
            {
                _waiting.Enqueue(key);
            }
            else if (random.Next(4) == 0 && await SendAsync(address, key) is { } again)
            {
                Interlocked.Increment(ref _repeats);
                Note(key, again);
            }
        }
    }

    private void Note(int key, byte[] answer)
    {
        var first = _answers.TryAdd(key, answer);
        if (first && _answers.Count >= _milestone.Answers)
        {
            _milestone.Reached.TrySetResult(true);
        }

        if (!first && !_answers[key].AsSpan().SequenceEqual(answer))
        {
            _wrong.Enqueue($"key {key} has had two answers: {Encoding.UTF8.GetString(_answers[key])} and {Encoding.UTF8.GetString(answer)}");
        }
    }

    /// <summary>The answer's bytes, or null when there was none: the server was killed, or the same key is just being answered.</summary>
    private async Task<byte[]?> SendAsync(Uri address, int key)
    {
        var body = TestDesk.Refund();
        body["caseId"] = $"case-{key}";
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, "/api/v1/reviews")) { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, new MediaTypeHeaderValue("application/json")) };
        request.Headers.Add("Idempotency-Key", $"key-{key}");
        try
        {
            using var answer = await _client.SendAsync(request, TestContext.Current.CancellationToken);
            var bytes = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
            if (answer.StatusCode is not (HttpStatusCode.Created or HttpStatusCode.Conflict or HttpStatusCode.ServiceUnavailable))
            {
                _wrong.Enqueue($"key {key}: {(int)answer.StatusCode} {Encoding.UTF8.GetString(bytes)}");
            }

            return answer.StatusCode == HttpStatusCode.Created ? WithoutLinks(bytes) : null;
        }
        catch (Exception gone) when (gone is HttpRequestException or IOException)
        {
            Interlocked.Increment(ref _cut);
            return null;
        }
    }

    /// <summary>The links name the port, which is another one after each start.</summary>
    private static byte[] WithoutLinks(byte[] answer)
    {
        var review = JsonNode.Parse(answer)!.AsObject();
        review.Remove("links");
        return Encoding.UTF8.GetBytes(review.ToJsonString());
    }

    private SqliteConnection Open() => new ReadDatabase(Directory.EnumerateFiles(_folder.Path, "*.db").Single()).Open();
}
