using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Web.Review;

/// <summary>Nobody decides about another action than the one on their screen.</summary>
public sealed class WorkspaceStaleTests
{
    [Fact]
    public async Task A_page_is_stale_once_somebody_has_corrected_what_it_shows()
    {
        await using var desk = new TestDesk();
        var (first, second) = (await desk.PersonAsync("first"), await desk.PersonAsync("second"));
        var review = await desk.SubmitAsync(static body =>
        {
            body["action"]!["arguments"]!["amount"] = "12500.00";
            body["impact"]!["amount"]!["value"] = "12500.00";
        });
        var open = desk.Open(review.Id, second);
        var corrected = await desk.DecideAsync(first, review.Id, DecisionKind.Correct, static d => d with { Acknowledged = new HashSet<string> { "console:declared-amount" } });
        Assert.Equal((1, 2), (corrected.Value!.Have, corrected.Value.Need));

        open.Detail = desk.Reviews.Read(review.Id, second.Id)!;

        Assert.True(open.IsStale);
        Assert.True(open.IsOtherAction);
        Assert.False(desk.Open(review.Id, second).IsStale);
    }

    [Fact]
    public async Task A_page_that_shows_a_correction_is_stale_once_that_was_recalled()
    {
        await using var desk = new TestDesk();
        var (first, second) = (await desk.PersonAsync("first"), await desk.PersonAsync("second"));
        var review = await desk.SubmitAsync();
        var mine = desk.Open(review.Id, first);
        Assert.Null((await desk.DecideAsync(first, review.Id, DecisionKind.Correct)).Refusal);
        var (open, held) = (desk.Open(review.Id, second), desk.Reviews.Read(review.Id, first.Id)!);
        mine.Detail = held;
        Assert.False(open.IsStale);
        Assert.False(mine.IsStale);

        await desk.Reviewers.RecallAsync(first, review.Id, "recall", Via.Screen, TestDesk.Cancellation);

        (open.Detail, mine.Detail) = (desk.Reviews.Read(review.Id, second.Id)!, desk.Reviews.Read(review.Id, first.Id)!);
        Assert.True(open.IsStale);
        Assert.False(mine.IsStale);
    }
}
