using System.Text.Json;
using System.Text.Json.Nodes;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Ledger;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Core.Reviews;

/// <summary>What people decide, and what may leave because of it.</summary>
public sealed class LifeTests : LifeBench
{
    [Fact]
    public async Task An_approved_action_is_held_then_released_with_a_receipt_then_executed_and_closed()
    {
        var ana = await Desk.PersonAsync("jonas");
        var review = await Desk.SubmitAsync();
        Assert.Equal(ReviewStatus.Pending, review.Status);

        var decided = await Desk.DecideAsync(ana, review.Id, DecisionKind.Approve);
        Assert.Null(decided.Refusal);
        Assert.Equal(ReviewStatus.Held, decided.Value!.Status);
        Assert.Equal(review.ActionDigest, decided.Value.ActionDigest);
        Assert.Null(Desk.Outcome(review.Id));
        Assert.Null(Desk.Reviews.Receipt(Desk.Reviews.Find(review.Id)!.State, 1));

        await Desk.ReleaseAsync();
        var outcome = Desk.Outcome(review.Id)!.Value;
        Assert.Equal("approved", outcome.GetProperty("decision").GetString());
        Assert.Equal("resume", outcome.GetProperty("instruction").GetString());
        Assert.Equal("issue_refund", outcome.GetProperty("action").GetProperty("name").GetString());
        Assert.Equal(review.ActionDigest, outcome.GetProperty("actionDigest").GetString());
        Assert.True(Receipt.TryParse(System.Text.Encoding.UTF8.GetBytes(outcome.GetProperty("receipt").GetString()!), out _));

        Assert.IsType<Refusal.NotStarted>(await ReportAsync(review, ExecutionStatus.Succeeded));
        Assert.IsType<Refusal.DigestMismatch>((await Desk.Sources.ReportAsync(
            Desk.Source, review.Id, ExecutionStatus.Started, "sha256:" + new string('0', 64), null, null, TestDesk.Cancellation)).Refusal);
        Assert.Null(await ReportAsync(review, ExecutionStatus.Started));
        Assert.IsType<Refusal.AlreadyStarted>(await ReportAsync(review, ExecutionStatus.Started));
        Assert.Null(await ReportAsync(review, ExecutionStatus.Succeeded));
        Assert.Null(await ReportAsync(review, ExecutionStatus.Succeeded));
        Assert.IsType<Refusal.AlreadyReported>(await ReportAsync(review, ExecutionStatus.Failed));
        Assert.Equal(ReviewStatus.Closed, State(review).Status);
    }

    [Fact]
    public async Task A_rejected_outcome_carries_nothing_that_could_run_and_nothing_internal()
    {
        var person = await Desk.PersonAsync("jonas");
        var review = await Desk.SubmitAsync();
        await Desk.DecideAsync(person, review.Id, DecisionKind.Reject, static d => d with { Rationale = "SECRET rationale of the reviewer", Alternative = 0 });
        await Desk.ReleaseAsync();
        var outcome = Desk.Outcome(review.Id)!.Value;
        foreach (var member in new[] { "action", "draft", "fields", "actionDigest", "changes", "validUntil" })
        {
            Assert.False(outcome.TryGetProperty(member, out _), member);
        }

        Assert.Equal("retry", outcome.GetProperty("instruction").GetString());
        Assert.Equal("10.00", outcome.GetProperty("suggestedAction").GetProperty("arguments").GetProperty("amount").GetString());
        Assert.Equal(ReviewStatus.Closed, State(review).Status);
        Assert.True(Receipt.TryParse(System.Text.Encoding.UTF8.GetBytes(outcome.GetProperty("receipt").GetString()!), out var receipt));
        var all = outcome.GetRawText() + System.Text.Encoding.UTF8.GetString(receipt.Entry.ToArray());
        foreach (var secret in new[] { "SECRET", person.Session!, person.Name, person.Email, person.Subject })
        {
            Assert.DoesNotContain(secret, all, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task A_correction_is_judged_again_and_its_changes_are_exact()
    {
        var person = await Desk.PersonAsync("jonas");
        var review = await Desk.SubmitAsync();
        var decided = await Desk.DecideAsync(person, review.Id, DecisionKind.Correct);
        Assert.Null(decided.Refusal);
        await Desk.ReleaseAsync();
        var outcome = Desk.Outcome(review.Id)!.Value;
        Assert.Equal("corrected", outcome.GetProperty("decision").GetString());
        Assert.Equal("""[{"path":"/arguments/amount","value":"900.00","was":"1250.00"}]""", outcome.GetProperty("changes").GetRawText());
        Assert.Equal("900.00", outcome.GetProperty("action").GetProperty("arguments").GetProperty("amount").GetString());
        Assert.Equal(decided.Value!.ActionDigest, outcome.GetProperty("actionDigest").GetString());
        Assert.NotEqual(review.ActionDigest, decided.Value.ActionDigest);
    }

    [Fact]
    public async Task The_stricter_verdict_on_a_correction_asks_for_a_second_person()
    {
        var (one, two) = (await Desk.PersonAsync("jonas"), await Desk.PersonAsync("priya"));
        var review = await Desk.SubmitAsync();
        var first = await Desk.DecideAsync(one, review.Id, DecisionKind.Correct, static d => d with
        {
            Correction = new Correcting(JsonElement.Parse("""{"order":"4711","amount":"12500.00","currency":"USD"}"""), null, null),
        });
        Assert.Null(first.Refusal);
        Assert.Equal((ReviewStatus.Pending, 1, 2), (first.Value!.Status, first.Value.Have, first.Value.Need));
        Assert.IsType<Refusal.ConflictOfInterest>((await Desk.DecideAsync(one, review.Id, DecisionKind.Approve)).Refusal);
        Assert.IsType<Refusal.NotHeld>((await Desk.Reviewers.RecallAsync(one, review.Id, "r", Via.Api, TestDesk.Cancellation)).Refusal);

        await ReleaseClaimAsync(one, review);
        var second = await Desk.DecideAsync(two, review.Id, DecisionKind.Approve);
        Assert.Null(second.Refusal);
        Assert.Equal((ReviewStatus.Held, 2), (second.Value!.Status, second.Value.Have));
        await Desk.ReleaseAsync();
        var outcome = Desk.Outcome(review.Id)!.Value;
        Assert.Equal("corrected", outcome.GetProperty("decision").GetString());
        Assert.Equal(2, outcome.GetProperty("decidedBy").GetArrayLength());
        Assert.Equal("12500.00", outcome.GetProperty("action").GetProperty("arguments").GetProperty("amount").GetString());
    }

    [Fact]
    public async Task A_recall_gives_the_claim_back_and_the_outcome_never_leaves()
    {
        var person = await Desk.PersonAsync("jonas");
        var review = await Desk.SubmitAsync();
        var claim = (await Desk.Reviewers.ClaimAsync(person, review.Id, Via.Api, TestDesk.Cancellation)).Value!;
        await Desk.DecideAsync(person, review.Id, DecisionKind.Approve);
        var recalled = await Desk.Reviewers.RecallAsync(person, review.Id, "recall-1", Via.Api, TestDesk.Cancellation);
        Assert.Equal(ReviewStatus.Pending, recalled.Value!.Status);
        Assert.Equal(claim.Token, recalled.Value.Claim!.Token);
        await Desk.ReleaseAsync();
        Assert.Null(Desk.Outcome(review.Id));
        Assert.Equal(recalled.Value, (await Desk.Reviewers.RecallAsync(person, review.Id, "recall-1", Via.Api, TestDesk.Cancellation)).Value);
    }

    [Fact]
    public async Task Friction_is_in_the_command_and_comes_in_order()
    {
        var person = await Desk.PersonAsync("jonas");
        var review = await Desk.SubmitAsync(static body => body["checks"] = new JsonArray(new JsonObject { ["id"] = "REF-2", ["name"] = "Cabin", ["result"] = "fail" }));
        var id = review.Id;
        var claim = (await Desk.Reviewers.ClaimAsync(person, id, Via.Api, TestDesk.Cancellation)).Value!.Token;
        Assert.IsType<Refusal.StaleRevision>(await RefusedAsync(person, id, claim, static d => d with { Revision = 2 }));
        Assert.IsType<Refusal.ClaimLost>(await RefusedAsync(person, id, Guid.Empty, static d => d));
        Assert.IsType<Refusal.ReasonUnknown>(await RefusedAsync(person, id, claim, static d => d with { ReasonCode = "WORDING" }));
        Assert.Equal(20, Assert.IsType<Refusal.RationaleRequired>(await RefusedAsync(person, id, claim, static d => d with { Rationale = "nineteen characters" })).Minimum);
        Assert.Equal(["chat"], Assert.IsType<Refusal.EvidenceNotSeen>(await RefusedAsync(person, id, claim, static d => d)).Which);
        await Desk.LookAsync(person, id);
        Assert.Equal(["REF-2"], Assert.IsType<Refusal.ChecksNotAcknowledged>(await RefusedAsync(person, id, claim, static d => d)).Which);
        Assert.IsType<Refusal.NothingChanged>(await RefusedAsync(person, id, claim, static d => d with
        {
            Decision = DecisionKind.Correct,
            ReasonCode = "AMOUNT_WRONG",
            Acknowledged = new HashSet<string> { "REF-2" },
            Correction = new Correcting(JsonElement.Parse("""{"order":"4711","amount":"1250.00","currency":"USD"}"""), null, null),
        }));
        Assert.Null(await RefusedAsync(person, id, claim, static d => d with { Acknowledged = new HashSet<string> { "REF-2" } }));
        Assert.IsType<Refusal.AlreadyDecided>(await RefusedAsync(person, id, claim, static d => d));
    }

    [Fact]
    public async Task The_initiator_neither_approves_nor_corrects_but_may_reject()
    {
        var ana = await Desk.PersonAsync("ana");
        var review = await Desk.SubmitAsync();
        Assert.IsType<Refusal.ConflictOfInterest>((await Desk.DecideAsync(ana, review.Id, DecisionKind.Approve)).Refusal);
        Assert.IsType<Refusal.ConflictOfInterest>((await Desk.DecideAsync(ana, review.Id, DecisionKind.Correct)).Refusal);
        Assert.Null((await Desk.DecideAsync(ana, review.Id, DecisionKind.Reject)).Refusal);
    }

    private async Task<Refusal?> RefusedAsync(PersonActor person, Guid id, Guid claim, Func<Deciding, Deciding> change) =>
        (await Desk.Reviewers.DecideAsync(person, id, change(Desk.Decision(id, DecisionKind.Approve, claim)), TestDesk.Cancellation)).Refusal;

    private async Task ReleaseClaimAsync(PersonActor person, ReviewState review)
    {
        if (State(review).Claim is { } claim && claim.By == person.Id)
        {
            await Desk.Reviewers.ReleaseClaimAsync(person, review.Id, claim.Token, Via.Api, TestDesk.Cancellation);
        }
    }
}
