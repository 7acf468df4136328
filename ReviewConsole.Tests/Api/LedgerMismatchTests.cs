using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using ReviewConsole.Core.Ledger;
using ReviewConsole.Core.Store;
using ReviewConsole.Hosting;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Api;

/// <summary>The server has found its ledger damaged: nothing is appended any more, and whoever is to look into it can still sign in and read.</summary>
public sealed class LedgerMismatchTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Known_people_sign_in_and_read_the_history()
    {
        await using var world = await ApiWorld.StartAsync();
        await world.Console.PersonAsync("compliance");
        var review = await DecidedAsync(world);
        await DamageAsync(world);
        var compliance = await world.Console.PersonAsync("compliance");
        Assert.Equal("Viktor Braun", (string)(await Answers.ObjectAsync(await ApiWorld.GetAsync(compliance, "/api/v1/me")))["name"]!);
        Assert.NotEmpty((await Answers.ObjectAsync(await ApiWorld.GetAsync(compliance, "/api/v1/ledger/entries")))["items"]!.AsArray());
        foreach (var page in (string[])["/history", "/history/" + (string)review["id"]!])
        {
            using var answer = await ApiWorld.GetAsync(compliance, page);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        foreach (var path in (string[])["", "/outcome", "/receipt"])
        {
            using var answer = await ApiWorld.GetAsync(world.Source, ApiWorld.PathOf(review) + path);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        using var signedOut = await ApiWorld.PostAsync(compliance, "/signout", null);
        Assert.Equal(HttpStatusCode.Redirect, signedOut.StatusCode);
        using var after = await ApiWorld.GetAsync(compliance, "/api/v1/me");
        Assert.Equal(HttpStatusCode.Unauthorized, after.StatusCode);
    }

    [Fact]
    public async Task Whatever_would_append_is_refused_and_leaves_no_trace()
    {
        await using var world = await ApiWorld.StartAsync();
        var (reviewer, supervisor) = (await world.Console.PersonAsync("reviewer"), await world.Console.PersonAsync("supervisor"));
        var (claimed, pending) = (await world.SubmitAsync(), await world.SubmitAsync());
        var claim = await world.ClaimAsync(reviewer, claimed);
        await DamageAsync(world);
        var before = Size(world);

        await RefusedAsync(await ApiWorld.PostAsync(world.Source, "/api/v1/reviews", ApiWorld.Refund()));
        await RefusedAsync(await ApiWorld.PostAsync(world.Source, ApiWorld.PathOf(pending) + "/cancel", new JsonObject()));
        await RefusedAsync(await world.DecideAsync(reviewer, claimed, world.Decision("reject", "DUPLICATE", claim)));
        await RefusedAsync(await ApiWorld.PostAsync(reviewer, ApiWorld.PathOf(pending) + "/claim", null));
        await RefusedAsync(await ApiWorld.PostAsync(
            supervisor, "/api/v1/line", new JsonObject { ["scope"] = "everything", ["state"] = "stopped", ["reason"] = "odd refunds" }));
        using (var form = new FormUrlEncodedContent([new("person", "publisher")]))
        {
            // Somebody who was never here is a new entry.
            await RefusedAsync(await world.Console.Anonymous().PostAsync(new Uri("/signin/development", UriKind.Relative), form, Cancelled));
        }

        Assert.Equal(before, Size(world));
        Assert.Empty(world.Console.Services.GetRequiredService<LineBoard>().Limits);
        Assert.Equal(["pending", "pending"], [(string)(await world.ReviewAsync(claimed))["status"]!, (string)(await world.ReviewAsync(pending))["status"]!]);
        Assert.Empty(world.Console.Services.GetRequiredService<LedgerRebuild>().Check(null, Cancelled).Faults);
    }

    [Fact]
    public async Task What_has_no_entry_is_still_written()
    {
        await using var world = await ApiWorld.StartAsync();
        var reviewer = await world.Console.PersonAsync("reviewer");
        var review = await world.SubmitAsync();
        var claim = await world.ClaimAsync(reviewer, review);
        await DamageAsync(world);

        var until = (string)(await world.ReviewAsync(review))["claim"]!["until"]!;
        var renewed = await Answers.ObjectAsync(await ApiWorld.PostAsync(reviewer, ApiWorld.PathOf(review) + "/claim/renew", new JsonObject { ["claim"] = claim }));
        Assert.True(string.CompareOrdinal((string)renewed["claim"]!["until"]!, until) > 0);
        world.Time.Advance(TimeSpan.FromSeconds(2));
        var seen = await Answers.ObjectAsync(
            await ApiWorld.PostAsync(reviewer, ApiWorld.PathOf(review) + "/seen", new JsonObject { ["evidence"] = "chat", ["milliseconds"] = 1000 }));
        Assert.Equal(2500, (long)seen["credited"]!);
    }

    private static async Task RefusedAsync(HttpResponseMessage answer) => await Answers.ProblemAsync(answer, 503, "ledger-mismatch");

    private static async Task<JsonObject> DecidedAsync(ApiWorld world)
    {
        var review = await world.SubmitAsync();
        await world.HoldAsync(await world.Console.PersonAsync("reviewer"), review, "reject", "DUPLICATE");
        await world.OutcomeAsync(review);
        return review;
    }

    /// <summary>Puts another opening in the place of one that nothing reads, and has the server find it.</summary>
    private static async Task DamageAsync(ApiWorld world)
    {
        using (var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = world.Console.Host.Data.Database, Pooling = false }.ToString()))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "DROP TRIGGER sealed_no_update; UPDATE sealed SET salt = zeroblob(32) WHERE seq = 0";
            command.ExecuteNonQuery();
        }

        Assert.NotNull((await world.Console.Services.GetRequiredService<LedgerWatch>().VerifyAsync(Cancelled)).Fault);
    }

    private static long Size(ApiWorld world)
    {
        using var connection = world.Console.Services.GetRequiredService<ReadDatabase>().Open();
        using var ledger = new LedgerReader(connection);
        return ledger.Size();
    }
}
