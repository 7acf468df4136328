using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using ReviewConsole.Client;
using ReviewConsole.Core.Store;
using ReviewConsole.Demo;
using ReviewConsole.Demo.Cases;
using ReviewConsole.Tests.Api;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Demo;

/// <summary>The sources against the real server, over HTTP; only time is fake, and moves in small steps while something is awaited.</summary>
public sealed class DemoEndToEndTests : IAsyncDisposable
{
    private readonly FakeTime _time = new();
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private readonly Dictionary<string, ReviewConsoleClient> _clients = new(StringComparer.Ordinal);
    private RunningConsole? _console;
    private int _executions = -1;
    private int _operations;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_loop_closes_for_all_six_kinds_and_after_a_kill()
    {
        await OpenAsync();
        var person = await _console!.PersonAsync("reviewer");
        await using (StartSources())
        {
            await UntilAsync("every case is there", async () => (await CountAsync()) == DemoCases.All.Count);
            await UntilAsync("what the gate lets through is done", async () => (await LetThroughAsync()) is { Count: > 0 } through && through.TrueForAll(static r => r.Status is ReviewStatus.Closed));

            await DecideAsync(person, "restock-date", new JsonObject { ["decision"] = "approve", ["reasonCode"] = "EVIDENCE_SUPPORTS" });
            await DecideAsync(person, "north-of-the-border", new JsonObject { ["decision"] = "reject", ["reasonCode"] = "POLICY_VIOLATION", ["instruction"] = "retry", ["message"] = "It was paid in CAD." });
            await DecideAsync(person, "new-address-at-night", new JsonObject { ["decision"] = "reject", ["reasonCode"] = "SUSPECTED_FRAUD" });
            await DecideAsync(person, "before-the-rush", new JsonObject { ["decision"] = "reject", ["reasonCode"] = "POLICY_VIOLATION", ["alternative"] = 0, ["message"] = "After the freeze." });
            await DecideAsync(person, "short-delivery", new JsonObject { ["decision"] = "correct", ["reasonCode"] = "AMOUNT_WRONG", ["arguments"] = new JsonObject { ["document"] = "DOC-61020", ["supplier"] = "harbour-paper", ["amount"] = "1131.00", ["currency"] = "USD" } });
            await DecideAsync(person, "hotfix-tonight", new JsonObject { ["decision"] = "return", ["reasonCode"] = "INFORMATION_MISSING", ["message"] = "Where is the test report?" });
            await DecideAsync(person, "which-language", new JsonObject { ["decision"] = "approve", ["reasonCode"] = "EVIDENCE_SUPPORTS" });

            await UntilAsync("the approved e-mail was carried out", () => ReportedAsync("restock-date"));
            await UntilAsync("the refund is proposed again in CAD", async () => await FindAsync("north-of-the-border", 2) is not null);
            await UntilAsync("the account change is closed", async () => await StatusAsync("new-address-at-night") is ReviewStatus.Closed);
            await UntilAsync("the alternative is proposed", async () => await FindAsync("before-the-rush", 2) is not null);
            await UntilAsync("the corrected invoice was carried out", () => ReportedAsync("short-delivery"));
            await UntilAsync("the question is answered", async () => await FindAsync("hotfix-tonight") is { Revision: 2, Status: ReviewStatus.Pending });
            await UntilAsync("the decision was carried out", () => ReportedAsync("which-language"));
        }

        var corrected = await ClientOf("short-delivery").TryGetOutcomeAsync((await FindAsync("short-delivery"))!.Id, 1, Cancellation);
        Assert.Equal((Decision.Corrected, "1131.00"), (corrected!.Decision, corrected.Action!.Arguments.GetProperty("amount").GetString()));
        Assert.Null((await ClientOf("before-the-rush").TryGetOutcomeAsync((await FindAsync("before-the-rush"))!.Id, 1, Cancellation))!.Action);

        // Decided and released while no source lives.
        var before = await CountAsync();
        await DecideAsync(person, "warranty-denied", new JsonObject { ["decision"] = "reject", ["reasonCode"] = "EVIDENCE_CONTRADICTS", ["alternative"] = 0 });
        await UntilAsync("the rejection has left", async () => await StatusAsync("warranty-denied") is ReviewStatus.Closed);
        await using (StartSources())
        {
            await DecideAsync(person, "hotfix-tonight", new JsonObject { ["decision"] = "approve", ["reasonCode"] = "EVIDENCE_SUPPORTS" }, revision: 2);
            await UntilAsync("a wait was taken up", async () => await FindAsync("warranty-denied", 2) is not null);
            await UntilAsync("the answered proposal was carried out", () => ReportedAsync("hotfix-tonight"));
            Assert.Equal(before + 1, await CountAsync());

            var supervisor = await _console.PersonAsync("supervisor");
            var done = (await FindAsync("restock-date"))!;
            await Answers.ObjectAsync(await ApiWorld.PostAsync(supervisor, $"/api/v1/reviews/{done.Id}/rollback", new JsonObject { ["rationale"] = "The supplier moved the date after all.", ["operationId"] = "undo-1" }));
            await UntilAsync("it was undone", async () => await FindAsync("restock-date") is { Outcomes: 2, Execution.Status: ExecutionStatus.RolledBack, Status: ReviewStatus.Closed });
        }
    }

    [Fact]
    public async Task The_demo_host_starts_its_sources_with_keys_of_their_own()
    {
        _console = await RunningConsole.StartAsync(
            static settings => settings with { Demo = true, Services = static services => services.AddSingleton(new DemoOptions { Burst = 5, OpenAtMost = 1 }) }, _time);
        var person = await _console.PersonAsync("reviewer");
        await UntilAsync("somebody has something to decide", async () => (await person.GetFromJsonAsync<JsonObject>("/api/v1/queue", Cancellation))!["items"]!.AsArray().Count > 0);
        var keys = _console.Services.GetRequiredService<KeyStore>().All();
        Assert.Equal(DemoCases.All.Select(static c => c.System).Distinct(StringComparer.Ordinal), keys.Select(static k => k.Name));
        Assert.All(keys, static key => Assert.Equal([key.Name], key.Systems));
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_console is not null)
        {
            await _console.DisposeAsync();
        }
    }

    private async Task OpenAsync()
    {
        _console = await RunningConsole.StartAsync(time: _time);
        foreach (var system in DemoCases.All.Select(static c => c.System).Distinct(StringComparer.Ordinal))
        {
            _clients[system] = new ReviewConsoleClient(_http, new ReviewConsoleClientOptions { Server = _console.Address, ApiKey = await _console.KeyAsync(system), Time = _time });
        }
    }

    private Running StartSources()
    {
        var sources = _clients.ToDictionary(
            static c => c.Key,
            c => new DemoSource(c.Value, c.Key, () => new Fate(Ending.Succeeds, Interlocked.Increment(ref _executions) == 1), _time, NullLogger<DemoSource>.Instance),
            StringComparer.Ordinal);
        var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var director = new DemoDirector(sources, new DemoOptions { Burst = DemoCases.All.Count, OpenAtMost = 0 }, _time, NullLogger<DemoDirector>.Instance);
        return new Running(director.RunAsync(stop.Token), stop);
    }

    /// <summary>Steps of a tenth of a second until it holds. Each step is an answer over HTTP, so the sources get their turn.</summary>
    private Task UntilAsync(string what, Func<Task<bool>> holds) => Eventually.HoldsAsync(what, holds, () => StepAsync(TimeSpan.FromMilliseconds(100)));

    private async Task StepAsync(TimeSpan by)
    {
        _time.Advance(by);
        await _console!.Services.GetRequiredService<ClockDesk>().TickAsync(Cancellation);
    }

    private ReviewConsoleClient ClientOf(string key) => _clients[DemoCases.All.Single(c => c.Key == key).System];

    private async Task<Review?> FindAsync(string key, int attempt = 1)
        => (await ClientOf(key).ListAsync(new ReviewQuery { ExternalId = $"{key}.0.{attempt}" }, Cancellation)).Items.SingleOrDefault();

    private async Task<ReviewStatus?> StatusAsync(string key) => (await FindAsync(key))?.Status;

    private async Task<bool> ReportedAsync(string key) => await FindAsync(key) is { Execution.Status: ExecutionStatus.Succeeded, Status: ReviewStatus.Closed };

    /// <summary>Four cases at most: which of them are drawn as audit samples depends on this server's own secret.</summary>
    private async Task<List<Review>> LetThroughAsync()
    {
        string[] candidates = ["docs-to-staging", "locked-out", "october-power", "route-to-bikes"];
        var found = new List<Review>();
        foreach (var key in candidates)
        {
            if (await FindAsync(key) is { Gate.Verdict: GateVerdict.Proceed } review)
            {
                found.Add(review);
            }
        }

        return found;
    }

    private async Task<int> CountAsync()
    {
        var count = 0;
        foreach (var client in _clients.Values)
        {
            count += (await client.ListAsync(new ReviewQuery { Limit = 200 }, Cancellation)).Items.Count;
        }

        return count;
    }

    /// <summary>Claims, looks at what the console wants to be looked at, acknowledges what failed, and decides.</summary>
    private async Task DecideAsync(HttpClient person, string key, JsonObject decision, int revision = 1)
    {
        var review = (await FindAsync(key))!;
        var path = $"/api/v1/reviews/{review.Id}";
        var claim = await Answers.ObjectAsync(await ApiWorld.PostAsync(person, $"{path}/claim", null));
        decision["claim"] = (string)claim["token"]!;
        decision["rationale"] = "I looked at all of it and am sure.";
        decision["acknowledged"] = new JsonArray([.. DemoCases.All.Single(c => c.Key == key).Propose(new Occasion(0)).Checks!.Select(static c => JsonValue.Create(c.Id))]);
        foreach (var piece in DemoCases.All.Single(c => c.Key == key).Propose(new Occasion(0)).Evidence!.Select(static e => e.Id).Append("tests"))
        {
            await StepAsync(TimeSpan.FromSeconds(1.2));
            await ApiWorld.PostAsync(person, $"{path}/seen", new JsonObject { ["evidence"] = piece, ["milliseconds"] = 1200 });
        }

        decision["operationId"] = $"op-{++_operations}";
        var answer = await Answers.ObjectAsync(await ApiWorld.PostAsync(person, $"{path}/decision", decision, ("If-Match", $"\"{revision}\"")));
        Assert.Equal("held", (string)answer["status"]!);
    }

    private sealed record Running(Task Run, CancellationTokenSource Stop) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Stop.CancelAsync();
            await Run;
            Stop.Dispose();
        }
    }
}
