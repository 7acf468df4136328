using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Core.Reviews;

public sealed class RebuildTests
{
    [Theory]
    [InlineData("owner = 'other'")]
    [InlineData("submitted_at = submitted_at - 1")]
    [InlineData("decision = 'approved'")]
    [InlineData("decided_at = decided_at + 1")]
    [InlineData("execution = 'succeeded'")]
    [InlineData("escalated_at = 1")]
    [InlineData("changed_seq = 4711, status = 'pending'")]
    public async Task A_row_that_was_edited_by_hand_is_named(string edit)
    {
        await using var desk = new TestDesk { Spoiled = true };
        var review = await desk.SubmitAsync();
        await desk.DecideAsync(await desk.PersonAsync("jonas"), review.Id, DecisionKind.Reject);
        await desk.ReleaseAsync();
        Assert.Empty(desk.Rebuild.Check(null, TestDesk.Cancellation).Faults);

        await desk.Store.Writer.RunAsync(scope => scope.Prepare($"UPDATE review SET {edit}").ExecuteNonQuery(), TestDesk.Cancellation);

        Assert.Contains(review.Id.ToString(), Assert.Single(desk.Rebuild.Check(null, TestDesk.Cancellation).Faults), StringComparison.Ordinal);
    }
}
