using System.Text.Json.Nodes;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Api;

/// <summary>What rules demand of whoever decides, over HTTP, at low risk: each is told beforehand and refused by name.</summary>
public sealed class DemandCallTests
{
    private const string Policy = """
        rules:
          - rule: demanding
            when: { field: tags, contains: asked }
            then: { verdict: review, evidence: [text], notBy: [editor], expiry: { after: 90 min, outcome: escalate }, reasons: { approve: [POLICY_MET] } }
            reason: Asked for
          - { rule: german, when: { field: tags, contains: german }, then: { verdict: review, skill: german } }
        """;

    [Fact]
    public async Task Evidence_reasons_another_person_and_an_end_that_rules_demand_are_enforced_over_HTTP()
    {
        await using var world = await ApiWorld.StartAsync(Policy);
        var (reviewer, other) = (await world.Console.PersonAsync("reviewer"), await world.Console.PersonAsync("reviewer2"));
        var review = await world.SubmitAsync(static body =>
        {
            body["tags"] = new JsonArray("asked");
            body["kind"] = "agentDecision";
            body["action"] = new JsonObject { ["name"] = "agent_decision", ["arguments"] = new JsonObject { ["grade"] = "b" } };
            body["impact"] = new JsonObject { ["reversible"] = true, ["externallyVisible"] = false };
            body["expires"] = new JsonObject { ["outcome"] = "cancel" };
        });
        Assert.Equal("low", (string)review["gate"]!["risk"]!);
        Assert.Equal("escalate", (string)review["expires"]!["outcome"]!);
        var claim = (string)(await Answers.ObjectAsync(await ApiWorld.PostAsync(reviewer, ApiWorld.PathOf(review) + "/claim", null)))["token"]!;

        var approve = (await Answers.ObjectAsync(await ApiWorld.GetAsync(reviewer, ApiWorld.PathOf(review) + "/options")))["decisions"]![0]!;
        Assert.Equal(["POLICY_MET"], approve["reasonCodes"]!.AsArray().Select(static code => (string)code!["code"]!));
        Assert.Contains("Evidence “chat” in view for a second", approve["missing"]!.AsArray().Select(static word => (string)word!));

        await Answers.ProblemAsync(await world.DecideAsync(reviewer, review, world.Decision("approve", "EVIDENCE_SUPPORTS", claim)), 422, "reason-unknown");
        await Answers.ProblemAsync(await world.DecideAsync(reviewer, review, world.Decision("approve", "POLICY_MET", claim)), 422, "evidence-not-seen");
        claim = await world.ClaimAsync(reviewer, review);
        var corrected = await Answers.ObjectAsync(await world.DecideAsync(reviewer, review, world.Decision("correct", "AMOUNT_WRONG", claim, static body =>
            body["arguments"] = new JsonObject { ["grade"] = "a" })));
        Assert.Equal(("pending", 1, 2), ((string)corrected["status"]!, (int)corrected["approvals"]!["have"]!, (int)corrected["approvals"]!["need"]!));
        Assert.Equal("held", (string)(await world.HoldAsync(other, review, "approve", "POLICY_MET"))["status"]!);
    }

    [Fact]
    public async Task A_skill_that_a_rule_asks_for_is_told_and_refused_by_its_name_over_HTTP()
    {
        await using var world = await ApiWorld.StartAsync(Policy);
        var (jonas, priya) = (await world.Console.PersonAsync("reviewer"), await world.Console.PersonAsync("reviewer2"));
        var review = await world.SubmitAsync(static body => body["tags"] = new JsonArray("german"));
        Assert.Equal(["german"], review["gate"]!["skills"]!.AsArray().Select(static skill => (string)skill!));

        var refused = await Answers.ProblemAsync(await ApiWorld.PostAsync(priya, ApiWorld.PathOf(review) + "/claim", null), 403, "not-permitted");
        Assert.Contains("skill: german", (string)refused["detail"]!, StringComparison.Ordinal);
        Assert.Equal("german", (string)Assert.Single(refused["skills"]!.AsArray())!);
        var options = (await Answers.ObjectAsync(await ApiWorld.GetAsync(priya, ApiWorld.PathOf(review) + "/options")))["decisions"]!.AsArray();
        Assert.All(options, static option => Assert.Contains("skill: german", (string)option!["missing"]![0]!, StringComparison.Ordinal));
        Assert.All(options, static option => Assert.False((bool)option!["allowed"]!));
        await Answers.ProblemAsync(await world.DecideAsync(priya, review, world.Decision("reject", "POLICY_VIOLATION", null)), 403, "not-permitted");
        Assert.Equal("held", (string)(await world.HoldAsync(jonas, review, "approve", "POLICY_MET"))["status"]!);
    }
}
