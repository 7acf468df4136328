using System.Text;
using System.Text.Json.Nodes;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Core.Reviews;

/// <summary>Commands that meet in one transaction: the second rests on what the first has written and nobody else can read yet.</summary>
public sealed class SameBatchTests
{
    [Fact]
    public async Task Who_comes_too_late_for_a_correction_does_not_change_what_it_releases()
    {
        await using var desk = new TestDesk();
        var (first, second) = (await desk.PersonAsync("first"), await desk.PersonAsync("second"));
        var review = await desk.SubmitAsync();
        var claim = await desk.Reviewers.ClaimAsync(first, review.Id, Via.Api, TestDesk.Cancellation);
        await desk.LookAsync(first, review.Id);
        var (correcting, late) = await desk.TogetherAsync(
            () => desk.Reviewers.DecideAsync(first, review.Id, desk.Decision(review.Id, DecisionKind.Correct, claim.Value!.Token), TestDesk.Cancellation),
            () => desk.Reviewers.DecideAsync(second, review.Id, desk.Decision(review.Id, DecisionKind.Approve, null), TestDesk.Cancellation));
        Assert.Null(correcting.Refusal);
        Assert.IsType<Refusal.AlreadyDecided>(late.Refusal);

        await desk.ReleaseAsync();

        var outcome = desk.Outcome(review.Id)!.Value;
        Assert.Equal("900.00", outcome.GetProperty("action").GetProperty("arguments").GetProperty("amount").GetString());
        Assert.Equal("/arguments/amount", outcome.GetProperty("changes")[0].GetProperty("path").GetString());
        Assert.Equal(correcting.Value!.ActionDigest, outcome.GetProperty("actionDigest").GetString());
    }

    [Fact]
    public async Task A_decision_beside_a_new_revision_is_stale()
    {
        await using var desk = new TestDesk();
        var person = await desk.PersonAsync("first");
        var review = await desk.SubmitAsync();
        var claim = await desk.Reviewers.ClaimAsync(person, review.Id, Via.Api, TestDesk.Cancellation);
        var body = TestDesk.Refund();
        body["title"] = "Another title";
        var bytes = Encoding.UTF8.GetBytes(body.ToJsonString());
        var proposal = ProposalReader.Read(bytes, ProposalLimits.Default).Proposal!;
        var (revised, decided) = await desk.TogetherAsync(
            () => desk.Sources.ReviseAsync(desk.Source, review.Id, 1, new Incoming(proposal, bytes, null), null, TestDesk.Cancellation),
            () => desk.Reviewers.DecideAsync(person, review.Id, desk.Decision(review.Id, DecisionKind.Reject, claim.Value!.Token), TestDesk.Cancellation));
        Assert.Equal(2, revised.Value!.Revision);
        Assert.Equal(2, Assert.IsType<Refusal.StaleRevision>(decided.Refusal).Current);
    }

    [Fact]
    public async Task The_same_body_twice_at_once_is_one_review()
    {
        await using var desk = new TestDesk();
        static void Name(JsonObject body) => body["externalId"] = "refund-1";
        var (first, second) = await desk.TogetherAsync(() => desk.TrySubmitAsync(Name), () => desk.TrySubmitAsync(Name));
        Assert.Null(second.Refusal);
        Assert.Equal(first.Value!.Id, second.Value!.Id);
        Assert.False(second.Value.IsNew);
    }
}
