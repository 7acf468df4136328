using System.Text.Json.Nodes;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Core.Reviews;

/// <summary>The same operation id has the stored answer: after permission, before everything that has moved on since (WIRE.md §3).</summary>
public sealed class OperationTests
{
    [Fact]
    public async Task Who_has_lost_the_role_gets_no_stored_answer_of_a_recall()
    {
        await using var desk = new TestDesk();
        var reviewer = await desk.PersonAsync("first");
        var review = await desk.SubmitAsync();
        await desk.DecideAsync(reviewer, review.Id, DecisionKind.Approve);

        await ForgottenAsync(desk, "first", () => desk.Reviewers.RecallAsync(reviewer, review.Id, "recall-1", Via.Api, TestDesk.Cancellation));
    }

    [Fact]
    public async Task Who_has_lost_the_role_gets_no_stored_answer_of_a_rollback_or_a_close()
    {
        await using var desk = new TestDesk();
        var (reviewer, supervisor) = (await desk.PersonAsync("first"), await desk.PersonAsync("second", Role.Supervisor));
        var review = await desk.SubmitAsync();
        await desk.DecideAsync(reviewer, review.Id, DecisionKind.Approve);
        await desk.ReleaseAsync();
        foreach (var status in new[] { ExecutionStatus.Started, ExecutionStatus.Failed })
        {
            Assert.Null((await desk.Sources.ReportAsync(desk.Source, review.Id, status, review.ActionDigest, null, null, TestDesk.Cancellation)).Refusal);
        }

        var rollback = () => desk.Reviewers.RollbackAsync(supervisor, review.Id, "wrong customer", "rollback-1", Via.Api, TestDesk.Cancellation);
        Assert.Null((await rollback()).Refusal);
        await ForgottenAsync(desk, "second", () => desk.Reviewers.CloseAsync(supervisor, review.Id, "done by hand", "close-1", Via.Api, TestDesk.Cancellation));
        Assert.IsType<Refusal.NotPermitted>((await rollback()).Refusal);
    }

    [Fact]
    public async Task A_decision_is_answered_again_when_the_revision_has_lost_the_alternative_that_it_chose()
    {
        await using var desk = new TestDesk();
        var reviewer = await desk.PersonAsync("first");
        var review = await desk.SubmitAsync();
        Deciding? sent = null;
        var first = await desk.DecideAsync(reviewer, review.Id, DecisionKind.Reject, deciding => sent = deciding with { Alternative = 0 });
        await ReviseAsync(desk, review.Id, static body => body.Remove("alternatives"));

        var again = await desk.Reviewers.DecideAsync(reviewer, review.Id, sent!, TestDesk.Cancellation);

        Assert.Equal(first.Value, again.Value);
        var late = await desk.Reviewers.DecideAsync(reviewer, review.Id, sent! with { OperationId = "another" }, TestDesk.Cancellation);
        Assert.IsType<Refusal.StaleRevision>(late.Refusal);
    }

    private static async Task ForgottenAsync<T>(TestDesk desk, string name, Func<Task<Result<T>>> call)
    {
        Assert.Null((await call()).Refusal);
        Assert.Null((await call()).Refusal);
        await desk.PersonAsync(name, Role.Compliance);

        Assert.IsType<Refusal.NotPermitted>((await call()).Refusal);
    }

    private static async Task ReviseAsync(TestDesk desk, Guid id, Action<JsonObject> change)
    {
        var body = TestDesk.Refund();
        change(body);
        var bytes = System.Text.Encoding.UTF8.GetBytes(body.ToJsonString());
        var revised = await desk.Sources.ReviseAsync(
            desk.Source, id, 1, new Incoming(ProposalReader.Read(bytes, ProposalLimits.Default).Proposal!, bytes, null), null, TestDesk.Cancellation);
        Assert.Null(revised.Refusal);
    }
}
