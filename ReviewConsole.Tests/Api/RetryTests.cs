using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Store;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Api;

/// <summary>A source sends again what it has no answer to: it gets the first answer, whatever has passed or gone since (WIRE.md §1).</summary>
public sealed class RetryTests
{
    [Fact]
    public async Task The_first_answer_comes_again_after_the_proposal_would_have_expired()
    {
        await using var world = await ApiWorld.StartAsync();
        await AnswersAgainAsync(world, Expiring(world), "#/expires/at", () =>
        {
            world.Time.Advance(TimeSpan.FromHours(2));
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task The_first_answer_comes_again_after_its_endpoint_has_gone()
    {
        await using var world = await ApiWorld.StartAsync();
        var endpoints = world.Console.Services.GetRequiredService<EndpointStore>();
        await endpoints.AddAsync(Actor.System, "cli", "orders", "https://orders.example.org/hook", TestContext.Current.CancellationToken);
        await AnswersAgainAsync(world, ApiWorld.Refund(b => b["deliver"] = new JsonObject { ["webhook"] = "orders" }), "#/deliver/webhook", () =>
            endpoints.RemoveAsync(Actor.System, "cli", "orders", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_same_external_id_and_body_are_the_same_review_after_it_would_have_expired()
    {
        await using var world = await ApiWorld.StartAsync();
        var body = Expiring(world);
        body["externalId"] = "r-1";
        var first = await Answers.ObjectAsync(await ApiWorld.PostAsync(world.Source, "/api/v1/reviews", body), 201);
        world.Time.Advance(TimeSpan.FromHours(2));

        var again = await Answers.ObjectAsync(await ApiWorld.PostAsync(world.Source, "/api/v1/reviews", body), 201);

        Assert.Equal((string)first["id"]!, (string)again["id"]!);
        body["title"] = "Another";
        await Answers.ProblemAsync(await ApiWorld.PostAsync(world.Source, "/api/v1/reviews", body), 409, "external-id-taken");
    }

    [Fact]
    public async Task A_proposal_that_would_already_have_expired_is_refused()
    {
        await using var world = await ApiWorld.StartAsync();
        var review = await world.SubmitAsync();
        var body = Expiring(world);
        world.Time.Advance(TimeSpan.FromHours(2));

        foreach (var (method, path) in new[] { (HttpMethod.Post, "/api/v1/reviews"), (HttpMethod.Post, "/api/v1/gate/evaluate"), (HttpMethod.Put, ApiWorld.PathOf(review)) })
        {
            var problem = await Answers.ProblemAsync(await ApiWorld.SendAsync(world.Source, method, path, body, ("If-Match", "\"1\"")), 422, "invalid");
            Assert.Equal("#/expires/at", (string)problem["errors"]![0]!["pointer"]!);
        }
    }

    private static JsonObject Expiring(ApiWorld world) => ApiWorld.Refund(b => b["expires"] = new JsonObject
    {
        ["at"] = world.Time.GetUtcNow().AddHours(1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture),
    });

    /// <param name="pointer">What is wrong with the body once <paramref name="then"/> has happened.</param>
    private static async Task AnswersAgainAsync(ApiWorld world, JsonObject body, string pointer, Func<Task> then)
    {
        using var first = await SubmitAsync("k-1");
        Assert.Equal(201, (int)first.StatusCode);
        await then();

        using var again = await SubmitAsync("k-1");

        Assert.Equal((201, first.Headers.Location, first.Headers.ETag), ((int)again.StatusCode, again.Headers.Location, again.Headers.ETag));
        Assert.Equal(
            await first.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken), await again.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        var refused = await Answers.ProblemAsync(await SubmitAsync("k-2"), 422, "invalid");
        Assert.Equal(pointer, (string)refused["errors"]![0]!["pointer"]!);
        body["title"] = "Another";
        await Answers.ProblemAsync(await SubmitAsync("k-1"), 422, "idempotency-key-reused");

        Task<HttpResponseMessage> SubmitAsync(string key) => ApiWorld.PostAsync(world.Source, "/api/v1/reviews", body, ("Idempotency-Key", key));
    }
}
