using System.Text.Json.Nodes;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Api;

/// <summary>What the screen asks for by risk, the API asks for too (WIRE.md §3): evidence in view, failed checks acknowledged, a rationale.</summary>
public sealed class FrictionCallTests
{
    private const string Long = "Looked at all of it and it holds.";

    /// <param name="amount">Under 100 is low, from 100 medium, from 1,000 high.</param>
    /// <param name="asks">The refusals that come one after the other until the approval is held.</param>
    [Theory]
    [InlineData("50.00", "low", false, "")]
    [InlineData("50.00", "low", true, "rationale-required:20")]
    [InlineData("150.00", "medium", false, "rationale-required:1 evidence-not-seen")]
    [InlineData("150.00", "medium", true, "rationale-required:20 evidence-not-seen checks-not-acknowledged")]
    [InlineData("1250.00", "high", false, "rationale-required:20 evidence-not-seen")]
    [InlineData("1250.00", "high", true, "rationale-required:20 evidence-not-seen checks-not-acknowledged")]
    public async Task Approve_is_refused_until_what_the_risk_asks_for_is_there(string amount, string risk, bool failing, string asks)
    {
        await using var world = await ApiWorld.StartAsync(Policy);
        var reviewer = await world.Console.PersonAsync("reviewer");
        var review = await world.SubmitAsync(body => Change(body, amount, failing));
        Assert.Equal(risk, (string)review["gate"]!["risk"]!);
        var path = ApiWorld.PathOf(review);
        var claim = await Answers.ObjectAsync(await ApiWorld.PostAsync(reviewer, path + "/claim", null));
        var body = world.Decision("approve", "POLICY_MET", (string)claim["token"]!, static body => body.Remove("rationale"));

        foreach (var ask in asks.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var name = ask.Split(':')[0];
            var problem = await Answers.ProblemAsync(await world.DecideAsync(reviewer, review, body.DeepClone().AsObject()), 422, name);
            switch (name)
            {
                case "rationale-required":
                    Assert.Equal(ask.Split(':')[1], problem["minimum"]!.ToString());
                    if (ask.EndsWith(":20", StringComparison.Ordinal))
                    {
                        body["rationale"] = "It is all there.";
                        await Answers.ProblemAsync(await world.DecideAsync(reviewer, review, body.DeepClone().AsObject()), 422, name);
                    }

                    body["rationale"] = ask.EndsWith(":1", StringComparison.Ordinal) ? "x" : Long;
                    break;
                case "evidence-not-seen":
                    Assert.Equal("chat", (string)problem["evidence"]!.AsArray().Single()!);
                    world.Time.Advance(TimeSpan.FromSeconds(2));
                    await SeenAsync(999);
                    await Answers.ProblemAsync(await world.DecideAsync(reviewer, review, body.DeepClone().AsObject()), 422, name);
                    await SeenAsync(1);
                    break;
                default:
                    Assert.Equal("REF-2", (string)problem["checks"]!.AsArray().Single()!);
                    body["acknowledged"] = new JsonArray("REF-1");
                    await Answers.ProblemAsync(await world.DecideAsync(reviewer, review, body.DeepClone().AsObject()), 422, name);
                    body["acknowledged"] = new JsonArray("REF-2");
                    break;
            }
        }

        Assert.Equal("held", (string)(await Answers.ObjectAsync(await world.DecideAsync(reviewer, review, body)))["status"]!);

        async Task SeenAsync(int milliseconds) => await Answers.ObjectAsync(
            await ApiWorld.PostAsync(reviewer, path + "/seen", new JsonObject { ["evidence"] = "chat", ["milliseconds"] = milliseconds }));
    }

    /// <summary>Rationale depends on the risk, never on the decision; evidence and checks belong to what lets something run.</summary>
    [Theory]
    [InlineData("50.00", 0)]
    [InlineData("150.00", 1)]
    [InlineData("1250.00", 20)]
    public async Task A_rejection_needs_the_same_rationale_and_nothing_else(string amount, int minimum)
    {
        await using var world = await ApiWorld.StartAsync(Policy);
        var reviewer = await world.Console.PersonAsync("reviewer");
        var review = await world.SubmitAsync(body => Change(body, amount, failing: true));
        var claim = await Answers.ObjectAsync(await ApiWorld.PostAsync(reviewer, ApiWorld.PathOf(review) + "/claim", null));
        var body = world.Decision("reject", "DUPLICATE", (string)claim["token"]!, static body => body.Remove("rationale"));
        if (minimum > 0)
        {
            body["rationale"] = new string('x', minimum - 1);
            Assert.Equal(minimum, (int)(await Answers.ProblemAsync(await world.DecideAsync(reviewer, review, body.DeepClone().AsObject()), 422, "rationale-required"))["minimum"]!);
            body["rationale"] = new string('x', minimum);
        }

        Assert.Equal("held", (string)(await Answers.ObjectAsync(await world.DecideAsync(reviewer, review, body)))["status"]!);
    }

    // The rules that look at other things than the amount are off: a refund can be taken back here, and nobody sees it.
    private const string Policy = """
        rules:
          - { rule: checks, when: { field: tags, contains: never }, then: { verdict: review } }
          - { rule: rest, when: { field: rules.matched, equals: false }, then: { verdict: review, risk: low } }
        catalogue: { issue_refund: { kind: refund, amount: /amount, currency: /currency, reversible: true, external: false } }
        """;

    private static void Change(JsonObject body, string amount, bool failing)
    {
        body["action"]!["arguments"]!["amount"] = amount;
        body["impact"] = new JsonObject { ["amount"] = new JsonObject { ["value"] = amount, ["currency"] = "USD" }, ["reversible"] = true, ["externallyVisible"] = false };
        body["checks"] = new JsonArray(
            new JsonObject { ["id"] = "REF-1", ["name"] = "Order found", ["result"] = "warn" },
            new JsonObject { ["id"] = "REF-2", ["name"] = "Cabin", ["result"] = failing ? "fail" : "pass" });
    }
}
