using System.Text.Json.Nodes;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Queue;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;
using ReviewConsole.Tests.Core.Gate;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Core.Queue;

/// <summary>What somebody can choose from who stops a line.</summary>
public sealed class LineReaderTests
{
    [Fact]
    public async Task A_source_whose_items_all_proceed_one_that_has_only_a_key_and_every_kind_are_there_to_choose()
    {
        await using var desk = new TestDesk(policy: GateCases.Policy("hold: 10 s"));
        var keys = new KeyStore(desk.Store.Writer, desk.Store.Database, new KeyDirectory());
        await keys.CreateAsync(Actor.System, "cli", "acme", ["idle"], Scopes.All, null, TestDesk.Cancellation);
        await keys.CreateAsync(Actor.System, "cli", "old", ["gone"], Scopes.All, null, TestDesk.Cancellation);
        await keys.RevokeAsync(Actor.System, "cli", "old", TestDesk.Cancellation);
        var proceeds = await desk.SubmitAsync(static body =>
        {
            body["kind"] = "agentDecision";
            body["action"] = new JsonObject { ["name"] = "agent_decision", ["arguments"] = new JsonObject { ["answer"] = 1 } };
            body["impact"] = new JsonObject { ["reversible"] = true, ["externallyVisible"] = false };
        });
        Assert.Equal(ReviewStatus.Released, proceeds.Status);
        Assert.Equal(["bot", "idle"], new LineReader(desk.Store.Database, desk.Gate).Read().Systems);
        await desk.DecideAsync(await desk.PersonAsync("jonas"), (await desk.SubmitAsync(static body => body["kind"] = "night shift")).Id, DecisionKind.Reject);
        await desk.ReleaseAsync();

        var kinds = new LineReader(desk.Store.Database, desk.Gate).Read().Kinds;

        Assert.Contains("night shift", kinds);
        Assert.Superset(desk.Gate.Policy.Catalogue.Values.Select(static action => action.Kind).OfType<string>().ToHashSet(), kinds.ToHashSet());
    }
}
