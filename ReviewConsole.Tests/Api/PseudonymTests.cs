using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Ledger;
using ReviewConsole.Core.Store;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Api;

/// <summary>What callers name things reaches the ledger's entries as a pseudonym, as a commitment or as an id, never as it was written (TRUST.md §1).</summary>
public sealed class PseudonymTests
{
    private const string Owner = "Refunds of Ana Müller";
    private const string Path = "/api/v1/reviews";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whose_key_it_was_stands_in_the_entries_as_a_pseudonym()
    {
        await using var world = await ApiWorld.StartAsync();
        using var source = await world.Console.SourceAsync(Owner, ["bot"]);
        await Answers.ObjectAsync(await ApiWorld.PostAsync(source, Path, ApiWorld.Refund()), 201);
        var entries = Entries(world);
        Assert.All(entries, static entry => Assert.DoesNotContain("Ana", entry.ToJsonString(), StringComparison.Ordinal));
        var submitted = entries.Last(static entry => (string)entry["type"]! == "submitted");
        var added = entries.Last(static entry => (string)entry["type"]! == "ownerAdded");
        Assert.Equal((string)added["data"]!["owner"]!, (string)submitted["data"]!["owner"]!);
        Assert.Equal(["name"], added["sealed"]!.AsObject().Select(static part => part.Key));
    }

    [Fact]
    public async Task Another_key_of_the_same_name_goes_on_where_the_first_ended()
    {
        await using var world = await ApiWorld.StartAsync();
        using var first = await world.Console.SourceAsync(Owner, ["bot"]);
        var body = ApiWorld.Refund(static b => b["externalId"] = "r-1");
        var review = await Answers.ObjectAsync(await ApiWorld.PostAsync(first, Path, body, ("Idempotency-Key", "k-1")), 201);
        await world.Console.Services.GetRequiredService<KeyStore>().RevokeAsync(Actor.System, "cli", Owner, Cancelled);
        using var second = await world.Console.SourceAsync(Owner, ["bot"]);
        using var other = await world.Console.SourceAsync("another owner", ["bot"]);

        foreach (var key in (string?[])["k-1", null])
        {
            var again = await ApiWorld.PostAsync(second, Path, body, key is null ? [] : [("Idempotency-Key", key)]);
            Assert.Equal((string)review["id"]!, (string)(await Answers.ObjectAsync(again, 201))["id"]!);
        }

        await Answers.ObjectAsync(await ApiWorld.GetAsync(second, ApiWorld.PathOf(review)));
        Assert.Single((await Answers.ObjectAsync(await ApiWorld.GetAsync(second, Path)))["items"]!.AsArray());
        await Answers.ObjectAsync(await ApiWorld.PostAsync(second, ApiWorld.PathOf(review) + "/cancel", new JsonObject()));
        await Answers.ProblemAsync(await ApiWorld.GetAsync(other, ApiWorld.PathOf(review)), 404, "unknown-review");
        Assert.Empty((await Answers.ObjectAsync(await ApiWorld.GetAsync(other, Path)))["items"]!.AsArray());
        Assert.NotEqual((string)review["id"]!, (string)(await Answers.ObjectAsync(await ApiWorld.PostAsync(other, Path, body), 201))["id"]!);
    }

    [Theory]
    [InlineData("approved for Ana Müller")]
    [InlineData("op/1")]
    [InlineData("op\n1")]
    [InlineData("é")]
    public async Task An_operation_id_is_an_id_and_no_sentence(string operation)
    {
        await using var world = await ApiWorld.StartAsync();
        var supervisor = await world.Console.PersonAsync("supervisor");
        var review = await world.SubmitAsync();
        var body = world.Decision("reject", "DUPLICATE", await world.ClaimAsync(supervisor, review));
        body["operationId"] = operation;
        await RefusedAsync(await world.DecideAsync(supervisor, review, body));
        foreach (var call in (string[])["recall", "rollback", "close"])
        {
            await RefusedAsync(await ApiWorld.PostAsync(supervisor, $"{ApiWorld.PathOf(review)}/{call}", new JsonObject { ["operationId"] = operation }));
        }

        body["operationId"] = string.Concat(Enumerable.Repeat("Aa0._:-9zZ", 20));
        using var taken = await world.DecideAsync(supervisor, review, body);
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);

        static async Task RefusedAsync(HttpResponseMessage answer) =>
            Assert.Equal("#/operationId", (string)(await Answers.ProblemAsync(answer, 422, "invalid"))["errors"]![0]!["pointer"]!);
    }

    private static List<JsonNode> Entries(ApiWorld world)
    {
        using var connection = world.Console.Services.GetRequiredService<ReadDatabase>().Open();
        using var ledger = new LedgerReader(connection);
        return [.. ledger.Entries(0, int.MaxValue).Select(static stored => JsonNode.Parse(stored.Entry)!)];
    }
}
