using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using ReviewConsole.Core.Store;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Api;

/// <summary>The real server with fake time, a source and people, and the steps that every journey takes.</summary>
internal sealed class ApiWorld : IAsyncDisposable
{
    private int _operations;

    private readonly PolicyFile? _policy;

    private ApiWorld(RunningConsole console, FakeTime time, HttpClient source, PolicyFile? policy)
    {
        _policy = policy;
        Console = console;
        Time = time;
        Source = source;
    }

    public RunningConsole Console { get; }

    public FakeTime Time { get; }

    public HttpClient Source { get; }

    /// <param name="policy">Lines that extend the default policy.</param>
    public static async Task<ApiWorld> StartAsync(string? policy = null)
    {
        var time = new FakeTime();
        var file = policy is null ? null : new PolicyFile(policy);
        var console = await RunningConsole.StartAsync(file is null ? null : file.Use, time);
        return new ApiWorld(console, time, await console.SourceAsync("bot"), file);
    }

    /// <summary>A refund of high risk with required evidence; <paramref name="change"/> alters it.</summary>
    public static JsonObject Refund(Action<JsonObject>? change = null)
    {
        var body = TestDesk.Refund();
        change?.Invoke(body);
        return body;
    }

    public async Task<JsonObject> SubmitAsync(Action<JsonObject>? change = null) =>
        await Answers.ObjectAsync(await PostAsync(Source, "/api/v1/reviews", Refund(change)), 201);

    public static Task<HttpResponseMessage> PostAsync(HttpClient client, string path, JsonNode? body, params (string Name, string Value)[] headers) =>
        SendAsync(client, HttpMethod.Post, path, body, headers);

    public static async Task<HttpResponseMessage> SendAsync(HttpClient client, HttpMethod method, string path, JsonNode? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public static Task<HttpResponseMessage> GetAsync(HttpClient client, string path) => client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

    public static string PathOf(JsonObject review) => "/api/v1/reviews/" + (string)review["id"]!;

    /// <summary>Claims and looks at all evidence for long enough; answers the claim's token.</summary>
    public async Task<string> ClaimAsync(HttpClient person, JsonObject review)
    {
        var claim = await Answers.ObjectAsync(await PostAsync(person, PathOf(review) + "/claim", null));
        Time.Advance(TimeSpan.FromSeconds(2));
        await Answers.ObjectAsync(await PostAsync(person, PathOf(review) + "/seen", new JsonObject { ["evidence"] = "chat", ["milliseconds"] = 1500 }));
        return (string)claim["token"]!;
    }

    public JsonObject Decision(string decision, string reason, string? claim, Action<JsonObject>? change = null)
    {
        var body = new JsonObject
        {
            ["decision"] = decision, ["reasonCode"] = reason, ["rationale"] = "Looked at all of it and it holds.", ["operationId"] = $"op-{Interlocked.Increment(ref _operations)}",
        };
        if (claim is not null)
        {
            body["claim"] = claim;
        }

        change?.Invoke(body);
        return body;
    }

    public Task<HttpResponseMessage> DecideAsync(HttpClient person, JsonObject review, JsonObject body, int revision = 1) =>
        PostAsync(person, PathOf(review) + "/decision", body, ("If-Match", $"\"{revision}\""));

    public async Task<JsonObject> HoldAsync(HttpClient person, JsonObject review, string decision, string reason, Action<JsonObject>? change = null)
    {
        var answer = await Answers.ObjectAsync(await DecideAsync(person, review, Decision(decision, reason, await ClaimAsync(person, review), change)));
        Assert.Equal("held", (string)answer["status"]!);
        return answer;
    }

    /// <summary>Lets the hold pass; answers the outcome.</summary>
    public async Task<JsonObject> OutcomeAsync(JsonObject review, int sequence = 1)
    {
        await PassAsync(TimeSpan.FromSeconds(11));
        return await Answers.ObjectAsync(await GetAsync(Source, $"{PathOf(review)}/outcome?sequence={sequence}"));
    }

    /// <summary>Moves the clock, and has done what time does.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        Time.Advance(time);
        await Console.Services.GetRequiredService<ClockDesk>().TickAsync(TestContext.Current.CancellationToken);
    }

    public async Task<JsonObject> ReviewAsync(JsonObject review) =>
        (await Source.GetFromJsonAsync<JsonObject>(PathOf(review), TestContext.Current.CancellationToken))!;

    public async ValueTask DisposeAsync()
    {
        await Console.DisposeAsync();
        _policy?.Dispose();
    }
}
