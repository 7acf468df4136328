using System.Text.Json;
using System.Text.Json.Nodes;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Core.Reviews;

/// <summary>A source says that its preconditions have changed: no approval that was given for the world of before counts any more (WIRE.md §2).</summary>
public sealed class AnotherWorldTests
{
    [Fact]
    public async Task The_first_of_two_approvals_is_taken_back()
    {
        await using var desk = new TestDesk();
        var (one, two) = (await desk.PersonAsync("jonas"), await desk.PersonAsync("priya"));
        var review = await desk.SubmitAsync(FourEyes);
        Assert.Equal((1, 2), await ApproveAsync(desk, one, review));

        await ChangeAsync(desk, review);

        Assert.Empty(desk.Reviews.Find(review.Id)!.State.Approvals);
        Assert.Equal((1, 2), await ApproveAsync(desk, two, review));
        Assert.Equal((2, 2), await ApproveAsync(desk, one, review));
        await desk.ReleaseAsync();
        Assert.Equal([two.Id, one.Id], desk.Outcome(review.Id)!.Value.GetProperty("decidedBy").EnumerateArray().Select(static by => by.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task Both_of_two_approvals_are_taken_back_during_the_hold()
    {
        await using var desk = new TestDesk();
        var (one, two) = (await desk.PersonAsync("jonas"), await desk.PersonAsync("priya"));
        var review = await desk.SubmitAsync(FourEyes);
        await ApproveAsync(desk, one, review);
        Assert.Equal((2, 2), await ApproveAsync(desk, two, review));

        await ChangeAsync(desk, review);
        await desk.ReleaseAsync();

        var state = desk.Reviews.Find(review.Id)!.State;
        Assert.Equal((ReviewStatus.Pending, 0, null), (state.Status, state.Approvals.Count, state.Held));
        Assert.Null(desk.Outcome(review.Id));
        Assert.Equal((1, 2), await ApproveAsync(desk, two, review));
    }

    [Fact]
    public async Task A_correction_that_waits_for_a_second_person_is_taken_back_with_what_it_asked_for()
    {
        await using var desk = new TestDesk();
        var one = await desk.PersonAsync("jonas");
        var review = await desk.SubmitAsync(static body => Amount(body, "250.00"));
        Assert.Equal((Risk.High, 1), (review.Gate.Risk, review.Gate.Approvals));
        var corrected = await desk.DecideAsync(one, review.Id, DecisionKind.Correct, static d => d with
        {
            Correction = new Correcting(JsonElement.Parse("""{"order":"4711","amount":"12500.00","currency":"USD"}"""), null, null),
        });
        Assert.Equal((1, 2), (corrected.Value!.Have, corrected.Value.Need));

        await ChangeAsync(desk, review);

        var state = desk.Reviews.Find(review.Id)!.State;
        Assert.Equal((review.ActionDigest, null, review.Gate), (state.EffectiveDigest, state.CorrectionSeq, state.Gate));
        Assert.Equal((1, 1), await ApproveAsync(desk, one, review));
        await desk.ReleaseAsync();
        var outcome = desk.Outcome(review.Id)!.Value;
        Assert.Equal("approved", outcome.GetProperty("decision").GetString());
        Assert.Equal("250.00", outcome.GetProperty("action").GetProperty("arguments").GetProperty("amount").GetString());
    }

    private static void FourEyes(JsonObject body) => Amount(body, "20000.00");

    private static void Amount(JsonObject body, string amount) =>
        body["action"]!["arguments"]!["amount"] = (body["impact"]!["amount"]!["value"] = amount).DeepClone();

    private static async Task<(int Have, int Need)> ApproveAsync(TestDesk desk, ReviewConsole.Core.Identity.PersonActor person, ReviewState review)
    {
        var answer = await desk.DecideAsync(person, review.Id, DecisionKind.Approve);
        Assert.Null(answer.Refusal);
        return (answer.Value!.Have, answer.Value.Need);
    }

    private static async Task ChangeAsync(TestDesk desk, ReviewState review) => Assert.Null((await desk.Sources.ReportPreconditionsAsync(
        desk.Source, review.Id, """[{"fingerprint":"v2","name":"order"}]"""u8.ToArray(), TestDesk.Cancellation)).Refusal);
}
