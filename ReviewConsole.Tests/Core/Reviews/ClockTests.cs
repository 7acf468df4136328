using System.Text.Json;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Core.Reviews;

public sealed class ClockTests
{
    [Fact]
    public async Task One_review_that_cannot_leave_does_not_keep_the_next_from_leaving()
    {
        await using var desk = new TestDesk { Spoiled = true };
        var person = await desk.PersonAsync("jonas");
        var (broken, sound) = (await desk.SubmitAsync(), await desk.SubmitAsync());
        await desk.DecideAsync(person, broken.Id, DecisionKind.Reject);
        await desk.DecideAsync(person, sound.Id, DecisionKind.Reject);
        await desk.Store.Writer.RunAsync(
            scope => scope.Prepare("UPDATE review SET state = '{}' WHERE id = $id").With("$id", broken.Id.ToString()).ExecuteNonQuery(), TestDesk.Cancellation);

        await Assert.ThrowsAsync<JsonException>(desk.ReleaseAsync);

        Assert.NotNull(desk.Outcome(sound.Id));
    }
}
