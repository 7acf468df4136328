using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using ReviewConsole.Core.Store;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Api;

/// <summary><c>POST /api/v1/line</c> and what it does to submits, decisions and releases, over HTTP.</summary>
public sealed class LineCallTests
{
    private const string Path = "/api/v1/line";

    /// <summary>What lets agents' own decisions through, and draws no sample of them.</summary>
    private const string Policy = "rules: [ { rule: fine, when: { field: kind, equals: agentDecision }, then: { verdict: proceed } } ]\n";

    [Fact]
    public async Task Everything_goes_to_people_until_the_time_that_was_named()
    {
        await using var world = await ApiWorld.StartAsync(Policy);
        var supervisor = await world.Console.PersonAsync("supervisor");
        var until = In(world, 60);

        var answer = await Answers.ObjectAsync(await ApiWorld.PostAsync(supervisor, Path, Change("everythingToReview", new JsonObject { ["kind"] = "agentDecision" }, until)));
        var line = Assert.Single(answer["lines"]!.AsArray())!;
        Assert.Equal(("everythingToReview", "everythingToReview", "agentDecision", until, "odd refunds"), ((string)answer["state"]!, (string)line["state"]!, (string)line["kind"]!, (string)line["until"]!, (string)line["reason"]!));
        Assert.Empty(answer["stopped"]!.AsArray());

        var review = await world.SubmitAsync(static body => Certain(body, 1));
        Assert.Equal(("pending", "review", ReviewConsole.Core.Gate.OwnReasons.EverythingToReview), ((string)review["status"]!, (string)review["gate"]!["verdict"]!, (string)Assert.Single(review["gate"]!["reasons"]!.AsArray())!));
        Assert.Equal("review", (string)(await AskAsync())["verdict"]!);
        Assert.DoesNotContain("Ruth", review.ToJsonString(), StringComparison.Ordinal);

        await world.PassAsync(TimeSpan.FromSeconds(60));
        Assert.Equal("proceed", (string)(await AskAsync())["verdict"]!);
        Assert.Equal("released", (string)(await world.SubmitAsync(static body => Certain(body, 2)))["status"]!);

        async Task<JsonObject> AskAsync()
        {
            var body = ApiWorld.Refund();
            Certain(body, 3);
            return await Answers.ObjectAsync(await ApiWorld.PostAsync(world.Source, "/api/v1/gate/evaluate", body));
        }
    }

    [Fact]
    public async Task Two_people_decide_what_is_open_what_is_held_and_what_comes_in()
    {
        await using var world = await ApiWorld.StartAsync();
        var (jonas, mia, supervisor) = (await world.Console.PersonAsync("reviewer"), await world.Console.PersonAsync("reviewer2"), await world.Console.PersonAsync("supervisor"));
        var (held, open) = (await world.SubmitAsync(), await world.SubmitAsync());
        await world.HoldAsync(jonas, held, "approve", "POLICY_MET");

        await Answers.ObjectAsync(await ApiWorld.PostAsync(supervisor, Path, Change("twoPerson", new JsonObject { ["system"] = "bot" })));
        await world.PassAsync(TimeSpan.FromSeconds(11));
        Assert.Equal("pending", (string)(await world.ReviewAsync(held))["status"]!);
        await Answers.ProblemAsync(await world.DecideAsync(jonas, held, world.Decision("approve", "POLICY_MET", null)), 403, "conflict-of-interest");
        await world.HoldAsync(mia, held, "approve", "POLICY_MET");
        Assert.Equal(2, (await world.OutcomeAsync(held))["decidedBy"]!.AsArray().Count);

        var first = await Answers.ObjectAsync(await world.DecideAsync(jonas, open, world.Decision("approve", "POLICY_MET", await world.ClaimAsync(jonas, open))));
        Assert.Equal(("pending", 1, 2), ((string)first["status"]!, (int)first["approvals"]!["have"]!, (int)first["approvals"]!["need"]!));
        var later = await world.SubmitAsync();
        Assert.Equal(2, (int)later["gate"]!["approvals"]!);

        await Answers.ObjectAsync(await ApiWorld.PostAsync(supervisor, Path, Change("running", new JsonObject { ["system"] = "bot" })));
        Assert.Equal(1, (int)(await world.SubmitAsync())["gate"]!["approvals"]!);
    }

    [Fact]
    public async Task A_stop_with_an_end_freezes_until_then_and_gives_a_fresh_hold()
    {
        await using var world = await ApiWorld.StartAsync();
        var (jonas, supervisor) = (await world.Console.PersonAsync("reviewer"), await world.Console.PersonAsync("supervisor"));
        var (held, open) = (await world.SubmitAsync(), await world.SubmitAsync());
        var claim = await world.ClaimAsync(jonas, open);
        await world.HoldAsync(jonas, held, "approve", "POLICY_MET");

        var answer = await Answers.ObjectAsync(await ApiWorld.PostAsync(supervisor, Path, Change("stopped", "everything", In(world, 60))));
        Assert.Equal(In(world, 60), (string)Assert.Single(answer["stopped"]!.AsArray())!["until"]!);
        await Answers.ProblemAsync(await world.DecideAsync(jonas, open, world.Decision("approve", "POLICY_MET", claim)), 423, "line-stopped");
        await world.PassAsync(TimeSpan.FromSeconds(69));
        Assert.Equal("held", (string)(await world.ReviewAsync(held))["status"]!);
        await world.PassAsync(TimeSpan.FromSeconds(1));
        Assert.Equal("released", (string)(await world.ReviewAsync(held))["status"]!);
        Assert.Equal("held", (string)(await Answers.ObjectAsync(await world.DecideAsync(jonas, open, world.Decision("approve", "POLICY_MET", claim))))["status"]!);
    }

    [Fact]
    public async Task Lines_overlap_and_the_strictest_of_each_counts()
    {
        await using var world = await ApiWorld.StartAsync(Policy);
        var (jonas, supervisor) = (await world.Console.PersonAsync("reviewer"), await world.Console.PersonAsync("supervisor"));
        await Answers.ObjectAsync(await ApiWorld.PostAsync(supervisor, Path, Change("everythingToReview", "everything")));
        await Answers.ObjectAsync(await ApiWorld.PostAsync(supervisor, Path, Change("twoPerson", new JsonObject { ["system"] = "bot" })));
        await Answers.ObjectAsync(await ApiWorld.PostAsync(supervisor, Path, Change("stopped", new JsonObject { ["system"] = "bot", ["kind"] = "agentDecision" })));

        var review = await world.SubmitAsync(static body => Certain(body, 1));
        Assert.Equal(("review", 2), ((string)review["gate"]!["verdict"]!, (int)review["gate"]!["approvals"]!));
        var claim = await world.ClaimAsync(jonas, review);
        await Answers.ProblemAsync(await world.DecideAsync(jonas, review, world.Decision("approve", "POLICY_MET", claim)), 423, "line-stopped");

        // Only the stop of the narrowest ends.
        var left = await Answers.ObjectAsync(await ApiWorld.PostAsync(supervisor, Path, Change("running", new JsonObject { ["system"] = "bot", ["kind"] = "agentDecision" })));
        Assert.Equal(["everythingToReview", "twoPerson"], left["lines"]!.AsArray().Select(static line => (string)line!["state"]!).Order());
        var first = await Answers.ObjectAsync(await world.DecideAsync(jonas, review, world.Decision("approve", "POLICY_MET", claim)));
        Assert.Equal((1, 2), ((int)first["approvals"]!["have"]!, (int)first["approvals"]!["need"]!));
    }

    [Fact]
    public async Task One_mode_of_a_line_ends_and_the_others_go_on()
    {
        await using var world = await ApiWorld.StartAsync();
        var supervisor = await world.Console.PersonAsync("supervisor");
        await Answers.ObjectAsync(await ApiWorld.PostAsync(supervisor, Path, Change("twoPerson", "everything")));
        await Answers.ObjectAsync(await ApiWorld.PostAsync(supervisor, Path, Change("stopped", "everything")));

        var ends = Change("running", "everything");
        ends["ends"] = "stopped";
        var answer = await Answers.ObjectAsync(await ApiWorld.PostAsync(supervisor, Path, ends.DeepClone()));
        Assert.Equal(("twoPerson", "twoPerson"), ((string)answer["state"]!, (string)Assert.Single(answer["lines"]!.AsArray())!["state"]!));
        Assert.Equal("#/scope", Pointer(await Answers.ProblemAsync(await ApiWorld.PostAsync(supervisor, Path, ends), 422, "invalid")));
    }

    [Fact]
    public async Task A_milder_mode_under_a_stop_ends_nothing_and_the_answer_says_the_strictest_that_holds()
    {
        await using var world = await ApiWorld.StartAsync();
        var supervisor = await world.Console.PersonAsync("supervisor");
        await Answers.ObjectAsync(await ApiWorld.PostAsync(supervisor, Path, Change("stopped", "everything")));

        var answer = await Answers.ObjectAsync(await ApiWorld.PostAsync(supervisor, Path, Change("twoPerson", "everything")));
        Assert.Equal(("stopped", 2), ((string)answer["state"]!, answer["lines"]!.AsArray().Count));
        await Answers.ObjectAsync(await ApiWorld.PostAsync(supervisor, Path, Change("everythingToReview", new JsonObject { ["system"] = "bot" })));
        var narrow = await Answers.ObjectAsync(await ApiWorld.PostAsync(supervisor, Path, Change("running", new JsonObject { ["system"] = "bot" })));
        Assert.Equal("stopped", (string)narrow["state"]!);
        Assert.Equal("running", (string)(await Answers.ObjectAsync(await ApiWorld.PostAsync(supervisor, Path, Change("running", "everything"))))["state"]!);
    }

    [Theory]
    [InlineData("reviewer")]
    [InlineData("senior")]
    [InlineData("compliance")]
    [InlineData("author")]
    [InlineData("publisher")]
    [InlineData("admin")]
    public async Task Only_a_supervisor_sets_or_ends_a_mode(string who)
    {
        await using var world = await ApiWorld.StartAsync();
        var (person, supervisor) = (await world.Console.PersonAsync(who), await world.Console.PersonAsync("supervisor"));
        await Answers.ObjectAsync(await ApiWorld.PostAsync(supervisor, Path, Change("twoPerson", "everything")));

        foreach (var state in (string[])["twoPerson", "everythingToReview", "stopped", "running"])
        {
            await Answers.ProblemAsync(await ApiWorld.PostAsync(person, Path, Change(state, "everything")), 403, "not-permitted");
        }

        Assert.Single(world.Console.Services.GetRequiredService<LineBoard>().Limits);
    }

    [Theory]
    [InlineData("""{"scope":"everything","state":"slow","reason":"x"}""", "invalid", "#/state")]
    [InlineData("""{"scope":"everything","state":"twoPerson"}""", "invalid", "#/reason")]
    [InlineData("""{"scope":"everything","state":"twoPerson","reason":""}""", "invalid", "#/reason")]
    [InlineData("""{"scope":{},"state":"twoPerson","reason":"x"}""", "invalid", "#/scope")]
    [InlineData("""{"scope":"everything","state":"twoPerson","reason":"x","until":"tomorrow"}""", "invalid", "#/until")]
    [InlineData("""{"scope":"everything","state":"twoPerson","reason":"x","until":12}""", "invalid", "#/until")]
    [InlineData("""{"scope":"everything","state":"twoPerson","reason":"x","until":"2001-01-01T00:00:00.000Z"}""", "invalid", "#/until")]
    [InlineData("""{"scope":"everything","state":"stopped","reason":"x","until":"2999-01-01T00:00:00.000Z"}""", "invalid", "#/until")]
    [InlineData("""{"scope":"everything","state":"running","reason":"x","until":"2999-01-01T00:00:00.000Z"}""", "invalid", "#/until")]
    [InlineData("""{"scope":"everything","state":"running","reason":"x","ends":"running"}""", "invalid", "#/ends")]
    [InlineData("""{"scope":"everything","state":"stopped","reason":"x","ends":"stopped"}""", "invalid", "#/ends")]
    [InlineData("""{"scope":"everything","state":"running","reason":"x"}""", "invalid", "#/scope")]
    [InlineData("""{"scope":"everything","state":"stopped","reason":"x","for":"1 h"}""", "unknown-member", "#/for")]
    public async Task A_bad_body_is_refused_with_its_place_and_changes_nothing(string body, string name, string pointer)
    {
        await using var world = await ApiWorld.StartAsync();

        var problem = await Answers.ProblemAsync(await ApiWorld.PostAsync(await world.Console.PersonAsync("supervisor"), Path, JsonNode.Parse(body)), 422, name);

        Assert.Equal(pointer, Pointer(problem));
        Assert.Empty(world.Console.Services.GetRequiredService<LineBoard>().Limits);
    }

    [Fact]
    public async Task Modes_are_there_again_after_a_start()
    {
        using var folder = new TemporaryFolder();
        await using (var console = await RunningConsole.StartAsync(settings => settings with { Data = folder.Path }))
        {
            await Answers.ObjectAsync(await ApiWorld.PostAsync(await console.PersonAsync("supervisor"), Path, Change("twoPerson", new JsonObject { ["kind"] = "refund" })));
        }

        await using var again = await RunningConsole.StartAsync(settings => settings with { Data = folder.Path });
        Assert.NotNull(again.Services.GetRequiredService<LineBoard>().Find("bot", "refund").TwoPerson);
    }

    private static string Pointer(JsonObject problem) => (string)problem["errors"]![0]!["pointer"]!;

    private static JsonObject Change(string state, JsonNode scope, string? until = null)
    {
        var body = new JsonObject { ["scope"] = scope, ["state"] = state, ["reason"] = "odd refunds" };
        if (until is not null)
        {
            body["until"] = until;
        }

        return body;
    }

    private static string In(ApiWorld world, int seconds) => world.Time.GetUtcNow().AddSeconds(seconds).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static void Certain(JsonObject body, int answer)
    {
        body["kind"] = "agentDecision";
        body["action"] = new JsonObject { ["name"] = "agent_decision", ["arguments"] = new JsonObject { ["answer"] = answer } };
        body["impact"] = new JsonObject { ["reversible"] = true, ["externallyVisible"] = false };
    }
}
