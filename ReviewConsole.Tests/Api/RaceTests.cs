using System.Text.Json.Nodes;
using ReviewConsole.Core.Store;
using ReviewConsole.Tests.Core.Ledger;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Api;

/// <summary>R4 of TRUST.md over HTTP: two people, one review, one decision.</summary>
public sealed class RaceTests(ITestOutputHelper output)
{
    private const int AtOnce = 40;

    [Fact]
    public async Task R4_exactly_one_of_two_people_decides()
    {
        var races = Sizes.Of("RC_R4_HTTP", 2_000);
        await using var world = await ApiWorld.StartAsync();
        var people = new[] { await world.Console.PersonAsync("reviewer"), await world.Console.PersonAsync("reviewer2") };
        var reviews = new List<JsonObject>();
        for (var i = 0; i < Math.Min(AtOnce, races); i++)
        {
            reviews.Add(await world.SubmitAsync());
        }

        var (run, wins) = (0, new int[people.Length]);
        var losers = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (; run < races; run += reviews.Count)
        {
            foreach (var (winner, refusal) in await Task.WhenAll(reviews.Select((review, i) => RaceAsync(world, people, review, first: i % 2))))
            {
                wins[winner]++;
                losers[refusal] = losers.GetValueOrDefault(refusal) + 1;
            }
        }

        output.WriteLine(
            $"R4: {run} races of 2 people over HTTP, {wins.Sum()} decisions ({string.Join(" : ", wins)}), losers told: {string.Join(", ", losers.Select(l => $"{l.Value} {l.Key}"))}");
        Assert.Equal(run, wins.Sum());
        Assert.Equal(["already-decided", "held-by-another"], losers.Keys.Union(["already-decided", "held-by-another"]));
        using var connection = new ReadDatabase(world.Console.Host.Data.Database).Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM ledger_entry WHERE json_extract(entry, '$.type') = 'decided'";
        Assert.Equal((long)run, command.ExecuteScalar());
    }

    /// <summary>Both claim and decide; answers who was first and what the other was told. The winner takes the decision back for the next race.</summary>
    private static async Task<(int Winner, string Refusal)> RaceAsync(ApiWorld world, HttpClient[] people, JsonObject review, int first)
    {
        // Who sets out first changes, or one of them would nearly always win.
        var answers = await Task.WhenAll((first == 0 ? people : people.Reverse()).Select(async person =>
        {
            using var claimed = await ApiWorld.PostAsync(person, ApiWorld.PathOf(review) + "/claim", null);
            var claim = JsonNode.Parse(await claimed.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
            using var decided = await world.DecideAsync(person, review, world.Decision("reject", "DUPLICATE", (string?)claim["token"]));
            return (Status: (int)decided.StatusCode, Body: JsonNode.Parse(await decided.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!);
        }));
        answers = first == 0 ? answers : [.. answers.Reverse()];
        var winner = Array.FindIndex(answers, static answer => answer.Status == 200);
        Assert.True(winner >= 0 && answers.Count(static answer => answer.Status == 200) == 1, string.Join("\n", answers.Select(static answer => answer.Body.ToJsonString())));
        Assert.Equal(409, answers[1 - winner].Status);
        var again = await Answers.ObjectAsync(await ApiWorld.PostAsync(
            people[winner], ApiWorld.PathOf(review) + "/recall", new JsonObject { ["operationId"] = $"recall-{(long)answers[winner].Body["ledger"]!["seq"]!}" }));
        await Answers.ObjectAsync(await ApiWorld.PostAsync(
            people[winner], ApiWorld.PathOf(review) + "/claim/release", new JsonObject { ["claim"] = (string)again["claim"]!["token"]! }));
        return (winner, ((string)answers[1 - winner].Body["type"]!).Split('/')[^1]);
    }
}
