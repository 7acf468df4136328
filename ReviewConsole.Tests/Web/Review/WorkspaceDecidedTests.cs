using System.Text.Json.Nodes;
using ReviewConsole.Components.Review;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Web.Review;

/// <summary>What an open page says and shows once its person has decided.</summary>
public sealed class WorkspaceDecidedTests
{
    [Fact]
    public async Task What_runs_is_ones_own_correction_while_others_still_have_to_approve_it()
    {
        await using var desk = new TestDesk();
        var first = await desk.PersonAsync("first");
        var open = desk.Open((await desk.SubmitAsync(Large)).Id, first);
        Assert.Null((await desk.DecideAsync(first, open.Review.Id, DecisionKind.Correct, Acknowledging)).Refusal);

        open.Read(desk);

        Assert.Equal((Standing.Given, ReviewStatus.Pending), (open.Standing, open.State.Status));
        Assert.Equal("900.00", open.Runs.Proposal.Action.Arguments.GetProperty("amount").GetString());
        Assert.Equal("900.00", open.Runs.Gate.Amount!.Value);
    }

    [Theory]
    [InlineData("Approve")]
    [InlineData("Correct")]
    [InlineData("Reject")]
    [InlineData("Return")]
    public async Task A_decision_that_a_supervisor_took_back_is_not_told_as_mine(string name)
    {
        var decision = Enum.Parse<DecisionKind>(name);
        await using var desk = new TestDesk();
        var (first, supervisor) = (await desk.PersonAsync("first"), await desk.PersonAsync("ruth", Role.Supervisor, Role.Reviewer));
        var open = desk.Open((await desk.SubmitAsync()).Id, first);
        Assert.Null((await desk.DecideAsync(first, open.Review.Id, decision)).Refusal);
        open.Read(desk);
        Assert.Equal(decision, open.LastDecision);

        Assert.Null((await desk.Reviewers.RecallAsync(supervisor, open.Review.Id, "recall", Via.Screen, TestDesk.Cancellation)).Refusal);
        open.Read(desk);
        Assert.Null(open.LastDecision);

        desk.Time.Advance(TimeSpan.FromMinutes(20));
        Assert.Null((await desk.DecideAsync(supervisor, open.Review.Id, DecisionKind.Reject)).Refusal);
        await desk.ReleaseAsync();
        open.Read(desk);
        Assert.Equal((Standing.Ended, null), (open.Standing, open.LastDecision));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_decision_that_a_changed_world_took_back_is_not_told_as_mine(bool held)
    {
        await using var desk = new TestDesk();
        var first = await desk.PersonAsync("first");
        var open = desk.Open((await desk.SubmitAsync(held ? null : Large)).Id, first);
        Assert.Null((await desk.DecideAsync(first, open.Review.Id, DecisionKind.Approve)).Refusal);
        open.Read(desk);
        Assert.Equal((held ? ReviewStatus.Held : ReviewStatus.Pending, DecisionKind.Approve), (open.State.Status, open.LastDecision));

        Assert.Null((await desk.Sources.ReportPreconditionsAsync(desk.Source, open.Review.Id, """[{"name":"stock","fingerprint":"v2"}]"""u8.ToArray(), TestDesk.Cancellation)).Refusal);

        open.Read(desk);
        Assert.Null(open.LastDecision);
    }

    [Theory]
    [InlineData("Reject")]
    [InlineData("Return")]
    [InlineData("Escalate")]
    public async Task What_left_or_went_elsewhere_stays_mine(string name)
    {
        var decision = Enum.Parse<DecisionKind>(name);
        await using var desk = new TestDesk();
        var first = await desk.PersonAsync("first");
        var open = desk.Open((await desk.SubmitAsync()).Id, first);
        Assert.Null((await desk.DecideAsync(first, open.Review.Id, decision)).Refusal);
        await desk.ReleaseAsync();

        open.Read(desk);

        Assert.Equal(decision, open.LastDecision);
    }

    private static void Large(JsonObject body)
    {
        body["action"]!["arguments"]!["amount"] = "12500.00";
        body["impact"]!["amount"]!["value"] = "12500.00";
    }

    private static Deciding Acknowledging(Deciding deciding) => deciding with { Acknowledged = new HashSet<string> { "console:declared-amount" } };
}
