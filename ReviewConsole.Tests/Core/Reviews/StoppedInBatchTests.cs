using System.Text.Json.Nodes;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;
using ReviewConsole.Tests.Core.Gate;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Core.Reviews;

/// <summary>A line that stops or starts and what it governs meet in one transaction: their order there is what counts.</summary>
public sealed class StoppedInBatchTests : IAsyncDisposable
{
    private readonly TestDesk _desk = new(policy: GateCases.Policy("hold: 0 s"));

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task An_approval_without_hold_behind_a_stop_releases_nothing()
    {
        var (supervisor, approve, review) = await ReadyAsync();

        var (stopped, approved) = await _desk.TogetherAsync(() => StopAsync(supervisor), approve);

        Assert.Null(stopped.Refusal);
        Assert.IsType<Refusal.LineStopped>(approved.Refusal);
        Assert.Null(_desk.Outcome(review));
    }

    [Fact]
    public async Task An_approval_without_hold_before_a_stop_has_left()
    {
        var (supervisor, approve, review) = await ReadyAsync();

        var (approved, stopped) = await _desk.TogetherAsync(approve, () => StopAsync(supervisor));

        Assert.Null(stopped.Refusal);
        Assert.Equal(ReviewStatus.Released, approved.Value!.Status);
        Assert.NotNull(_desk.Outcome(review));
    }

    [Fact]
    public async Task What_would_proceed_goes_to_people_behind_a_stop_and_not_before_it()
    {
        var supervisor = await _desk.PersonAsync("ruth", Role.Supervisor);

        var (before, _) = await _desk.TogetherAsync(() => _desk.TrySubmitAsync(static body => Certain(body, 1)), () => StopAsync(supervisor));
        Assert.Null((await ResumeAsync(supervisor)).Refusal);
        var (_, behind) = await _desk.TogetherAsync(() => StopAsync(supervisor), () => _desk.TrySubmitAsync(static body => Certain(body, 2)));

        Assert.Equal(ReviewStatus.Released, State(before).Status);
        Assert.Equal(ReviewStatus.Pending, State(behind).Status);
    }

    [Fact]
    public async Task An_approval_behind_a_resume_is_taken()
    {
        var (supervisor, approve, review) = await ReadyAsync();
        await StopAsync(supervisor);

        var (resumed, approved) = await _desk.TogetherAsync(() => ResumeAsync(supervisor), approve);

        Assert.Null(resumed.Refusal);
        Assert.Equal(ReviewStatus.Released, approved.Value!.Status);
        Assert.NotNull(_desk.Outcome(review));
    }

    [Fact]
    public async Task A_resume_behind_its_stop_finds_it()
    {
        var supervisor = await _desk.PersonAsync("ruth", Role.Supervisor);

        var (stopped, resumed) = await _desk.TogetherAsync(() => StopAsync(supervisor), () => ResumeAsync(supervisor));

        Assert.Null(stopped.Refusal);
        Assert.Null(resumed.Refusal);
        Assert.Empty(_desk.Line.Limits);
    }

    private ReviewState State(Result<Submitted201> submitted) => _desk.Reviews.Find(submitted.Value!.Id)!.State;

    private Task<Result<IReadOnlyList<LineLimit>>> StopAsync(PersonActor supervisor) => _desk.Line.StopAsync(supervisor, "bot", null, "something is wrong", TestDesk.Cancellation);

    private Task<Result<IReadOnlyList<LineLimit>>> ResumeAsync(PersonActor supervisor) => _desk.Line.ResumeAsync(supervisor, "bot", null, "mended", TestDesk.Cancellation);

    /// <summary>A review that its reviewer has claimed and looked at, and the call that approves it.</summary>
    private async Task<(PersonActor Supervisor, Func<Task<Result<DecisionAnswer>>> Approve, Guid Review)> ReadyAsync()
    {
        var (reviewer, supervisor) = (await _desk.PersonAsync("jonas"), await _desk.PersonAsync("ruth", Role.Supervisor));
        var review = await _desk.SubmitAsync();
        var claim = await _desk.Reviewers.ClaimAsync(reviewer, review.Id, Via.Api, TestDesk.Cancellation);
        await _desk.LookAsync(reviewer, review.Id);
        var deciding = _desk.Decision(review.Id, DecisionKind.Approve, claim.Value!.Token);
        return (supervisor, () => _desk.Reviewers.DecideAsync(reviewer, review.Id, deciding, TestDesk.Cancellation), review.Id);
    }

    private static void Certain(JsonObject body, int answer)
    {
        body["kind"] = "agentDecision";
        body["action"] = new JsonObject { ["name"] = "agent_decision", ["arguments"] = new JsonObject { ["answer"] = answer } };
        body["impact"] = new JsonObject { ["reversible"] = true, ["externallyVisible"] = false };
    }
}
