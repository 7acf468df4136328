using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Core.Reviews;

/// <summary>What happens after the outcome has left: executions, rollbacks, failures.</summary>
public sealed class ExecutionLifeTests : LifeBench
{
    [Fact]
    public async Task A_rollback_is_a_second_outcome_with_only_the_digest_to_undo()
    {
        var (person, supervisor) = (await Desk.PersonAsync("jonas"), await Desk.PersonAsync("ruth", Role.Supervisor));
        var review = await Desk.SubmitAsync();
        await Desk.DecideAsync(person, review.Id, DecisionKind.Approve);
        Assert.IsType<Refusal.NotReleased>((await Desk.Reviewers.RollbackAsync(supervisor, review.Id, "wrong", "o1", Via.Api, TestDesk.Cancellation)).Refusal);
        await Desk.ReleaseAsync();
        Assert.Null(await ReportAsync(review, ExecutionStatus.Started));
        Assert.Null(await ReportAsync(review, ExecutionStatus.Succeeded));
        Assert.IsType<Refusal.NotReleased>(await ReportAsync(review, ExecutionStatus.RolledBack));
        Assert.IsType<Refusal.NotPermitted>((await Desk.Reviewers.RollbackAsync(person, review.Id, "wrong", "o2", Via.Api, TestDesk.Cancellation)).Refusal);
        Assert.Null((await Desk.Reviewers.RollbackAsync(supervisor, review.Id, "wrong customer", "o3", Via.Api, TestDesk.Cancellation)).Refusal);
        var second = Desk.Outcome(review.Id, 2)!.Value;
        Assert.Equal("rollback", second.GetProperty("instruction").GetString());
        Assert.Equal(review.ActionDigest, second.GetProperty("actionDigest").GetString());
        Assert.False(second.TryGetProperty("action", out _));
        Assert.Null(await ReportAsync(review, ExecutionStatus.RolledBack));
        Assert.Equal(ReviewStatus.Closed, State(review).Status);
    }

    [Fact]
    public async Task What_is_to_be_undone_no_longer_starts()
    {
        var (person, supervisor) = (await Desk.PersonAsync("jonas"), await Desk.PersonAsync("ruth", Role.Supervisor));
        var review = await Desk.SubmitAsync();
        await Desk.DecideAsync(person, review.Id, DecisionKind.Approve);
        await Desk.ReleaseAsync();
        Assert.Null((await Desk.Reviewers.RollbackAsync(supervisor, review.Id, "wrong customer", "o1", Via.Api, TestDesk.Cancellation)).Refusal);

        Assert.IsType<Refusal.RollbackAsked>(await ReportAsync(review, ExecutionStatus.Started));
        Assert.IsType<Refusal.NotStarted>(await ReportAsync(review, ExecutionStatus.Succeeded));
        Assert.Null(await ReportAsync(review, ExecutionStatus.RolledBack));
        Assert.IsType<Refusal.RollbackAsked>(await ReportAsync(review, ExecutionStatus.Started));
        Assert.Equal(ReviewStatus.Closed, State(review).Status);
    }

    [Theory]
    [InlineData("Succeeded")]
    [InlineData("Failed")]
    [InlineData("Unknown")]
    public async Task How_it_ended_does_not_end_a_review_that_is_to_be_undone(string status)
    {
        var (person, supervisor) = (await Desk.PersonAsync("jonas"), await Desk.PersonAsync("ruth", Role.Supervisor));
        var review = await Desk.SubmitAsync();
        await Desk.DecideAsync(person, review.Id, DecisionKind.Approve);
        await Desk.ReleaseAsync();
        Assert.Null(await ReportAsync(review, ExecutionStatus.Started));
        Assert.Null((await Desk.Reviewers.RollbackAsync(supervisor, review.Id, "wrong customer", "o1", Via.Api, TestDesk.Cancellation)).Refusal);

        Assert.IsType<Refusal.AlreadyStarted>(await ReportAsync(review, ExecutionStatus.Started));
        Assert.Null(await ReportAsync(review, Enum.Parse<ExecutionStatus>(status)));
        Assert.Equal(ReviewStatus.Released, State(review).Status);
        if (status != "Succeeded")
        {
            await Desk.SubmitAsync(body => body["retryOf"] = review.Id.ToString());
            Assert.Equal(ReviewStatus.Released, State(review).Status);
        }

        Assert.Null(await ReportAsync(review, ExecutionStatus.RolledBack));
        Assert.Equal(ReviewStatus.Closed, State(review).Status);
    }

    [Fact]
    public async Task A_failure_waits_for_a_person_or_a_linked_retry()
    {
        var (person, supervisor) = (await Desk.PersonAsync("jonas"), await Desk.PersonAsync("ruth", Role.Supervisor));
        foreach (var byPerson in new[] { true, false })
        {
            var review = await Desk.SubmitAsync();
            Assert.IsType<Refusal.Invalid>((await Desk.TrySubmitAsync(body => body["retryOf"] = review.Id.ToString())).Refusal);
            await Desk.DecideAsync(person, review.Id, DecisionKind.Approve);
            await Desk.ReleaseAsync();
            await ReportAsync(review, ExecutionStatus.Started);
            await ReportAsync(review, ExecutionStatus.Unknown);
            Assert.Null(await ReportAsync(review, ExecutionStatus.Failed));
            Assert.Equal(ReviewStatus.Released, State(review).Status);
            if (byPerson)
            {
                Assert.IsType<Refusal.RationaleRequired>((await Desk.Reviewers.CloseAsync(supervisor, review.Id, " ", "c1", Via.Api, TestDesk.Cancellation)).Refusal);
                Assert.Null((await Desk.Reviewers.CloseAsync(supervisor, review.Id, "done by hand", "c2", Via.Api, TestDesk.Cancellation)).Refusal);
            }
            else
            {
                await Desk.SubmitAsync(body => body["retryOf"] = review.Id.ToString());
            }

            Assert.Equal(ReviewStatus.Closed, State(review).Status);
        }
    }
}
