using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Core.Store;

public sealed class DraftDeskTests
{
    [Fact]
    public async Task A_draft_that_comes_after_the_outcome_has_left_is_not_kept()
    {
        await using var desk = new TestDesk();
        var drafts = new DraftDesk(desk.Store.Writer, desk.Store.Database);
        var jonas = await desk.PersonAsync("jonas", Role.Reviewer);
        var id = (await desk.SubmitAsync()).Id;
        Assert.Null((await drafts.SaveAsync(jonas, id, 1, "{}", TestDesk.Cancellation)).Refusal);
        Assert.Null((await desk.DecideAsync(jonas, id, DecisionKind.Reject)).Refusal);
        Assert.NotNull(drafts.Find(jonas, id));
        await desk.ReleaseAsync();
        Assert.Null(drafts.Find(jonas, id));

        Assert.IsType<Refusal.AlreadyDecided>((await drafts.SaveAsync(jonas, id, 1, "{}", TestDesk.Cancellation)).Refusal);
        Assert.Null(drafts.Find(jonas, id));
    }

    [Fact]
    public async Task A_session_that_has_ended_keeps_no_draft()
    {
        await using var desk = new TestDesk();
        var drafts = new DraftDesk(desk.Store.Writer, desk.Store.Database);
        var jonas = await desk.PersonAsync("jonas", Role.Reviewer);
        var id = (await desk.SubmitAsync()).Id;
        await desk.People.SignOutAsync(jonas.Session!, TestDesk.Cancellation);
        Assert.IsType<Refusal.NotPermitted>((await drafts.SaveAsync(jonas, id, 1, "{}", TestDesk.Cancellation)).Refusal);
        Assert.Null(drafts.Find(jonas, id));
    }
}
