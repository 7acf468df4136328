using ReviewConsole.Core.Queue;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Core.Reviews;

/// <summary>A correction is compared with what it corrects before the Writer is entered; when that moved on meanwhile, it is compared again, outside.</summary>
public sealed class MovedOnTests
{
    [Fact]
    public async Task A_correction_of_what_moved_on_meanwhile_is_refused_for_what_is_there_now()
    {
        await using var desk = new TestDesk();
        var ben = await desk.PersonAsync("ben");
        var id = (await desk.SubmitAsync()).Id;
        var claim = (await desk.Reviewers.ClaimAsync(ben, id, Via.Api, TestDesk.Cancellation)).Value!.Token;
        await desk.LookAsync(ben, id);
        using var gate = new ManualResetEventSlim();
        var busy = desk.Store.Writer.RunAsync(_ => gate.Wait(TimeSpan.FromMinutes(1), TestDesk.Cancellation), TestDesk.Cancellation);
        // Both have read the review when the first is written.
        var first = desk.Reviewers.DecideAsync(ben, id, desk.Decision(id, DecisionKind.Correct, claim), TestDesk.Cancellation);
        var second = desk.Reviewers.DecideAsync(ben, id, desk.Decision(id, DecisionKind.Correct, claim), TestDesk.Cancellation);
        gate.Set();
        Assert.True(await busy);
        Assert.Null((await first).Refusal);
        Assert.IsType<Refusal.AlreadyDecided>((await second).Refusal);
    }
}
