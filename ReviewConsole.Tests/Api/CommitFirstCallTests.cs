using System.Text.Json.Nodes;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Api;

/// <summary>Commit first over HTTP: the API is no way around it.</summary>
public sealed class CommitFirstCallTests
{
    [Fact]
    public async Task A_first_judgement_comes_before_the_decision_and_before_what_the_AI_says_of_itself()
    {
        await using var world = await ApiWorld.StartAsync(PolicyFile.CommitFirst);
        var (reviewer, other) = (await world.Console.PersonAsync("reviewer"), await world.Console.PersonAsync("reviewer2"));
        var review = await world.SubmitAsync(static body =>
        {
            body["tags"] = new JsonArray("first");
            body["signals"]![0]!["value"] = 0.313;
        });
        Assert.DoesNotContain("commitFirst", review.ToJsonString(), StringComparison.OrdinalIgnoreCase);
        var body = new JsonObject { ["decision"] = "reject", ["note"] = "She asked for less.", ["operationId"] = "j-1" };
        await Answers.ProblemAsync(await JudgeAsync(), 409, "claim-lost");
        var claim = await world.ClaimAsync(reviewer, review);
        var decision = world.Decision("approve", "POLICY_MET", claim);
        Assert.Contains("Say first what you think", (string)(await Answers.ProblemAsync(await world.DecideAsync(reviewer, review, decision), 422, "judgement-required"))["detail"]!, StringComparison.Ordinal);
        var options = await Answers.ObjectAsync(await ApiWorld.GetAsync(reviewer, ApiWorld.PathOf(review) + "/options"));
        Assert.All(options["decisions"]!.AsArray(), static option => Assert.False((bool)option!["allowed"]!));
        Assert.Empty(await LowAsync(reviewer));

        body["claim"] = claim;
        await Answers.ProblemAsync(await ApiWorld.PostAsync(reviewer, ApiWorld.PathOf(review) + "/judgement", body.DeepClone()), 428, "precondition-required");
        var said = await Answers.ObjectAsync(await JudgeAsync());
        Assert.Equal("reject", (string)said["decision"]!);
        Assert.Equal(said.ToJsonString(), (await Answers.ObjectAsync(await JudgeAsync())).ToJsonString());
        body["decision"] = "approve";
        body["operationId"] = "j-2";
        Assert.Equal("reject", (string)(await Answers.ProblemAsync(await JudgeAsync(), 409, "already-judged"))["decision"]!);
        Assert.Single(await LowAsync(reviewer));
        Assert.Empty(await LowAsync(other));
        Assert.Equal("held", (string)(await Answers.ObjectAsync(await world.DecideAsync(reviewer, review, decision)))["status"]!);

        var plain = await world.SubmitAsync();
        body["claim"] = await world.ClaimAsync(other, plain);
        body["operationId"] = "j-3";
        await Answers.ProblemAsync(await ApiWorld.PostAsync(other, ApiWorld.PathOf(plain) + "/judgement", body.DeepClone(), ("If-Match", "\"1\"")), 422, "invalid");
        await Answers.ProblemAsync(await ApiWorld.PostAsync(await world.Console.PersonAsync("compliance"), ApiWorld.PathOf(plain) + "/judgement", body.DeepClone(), ("If-Match", "\"1\"")), 403, "not-permitted");

        Task<HttpResponseMessage> JudgeAsync() => ApiWorld.PostAsync(reviewer, ApiWorld.PathOf(review) + "/judgement", body.DeepClone(), ("If-Match", "\"1\""));
    }

    private static async Task<JsonArray> LowAsync(HttpClient person) => (await Answers.ObjectAsync(await ApiWorld.GetAsync(person, "/api/v1/queue?view=lowConfidence")))["items"]!.AsArray();
}
