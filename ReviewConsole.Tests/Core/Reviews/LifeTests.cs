using System.Text.Json;
using System.Text.Json.Nodes;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Ledger;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Core.Reviews;

public sealed class LifeTests : IAsyncLifetime
{
    private readonly TestDesk _desk = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Whatever a test did: the entries add up to the rows, and what is sealed matches its commitment.</summary>
    public async ValueTask DisposeAsync()
    {
        var report = _desk.Rebuild.Check(null, TestDesk.Cancellation);
        Assert.Empty(report.Faults);
        Assert.True(report.Reviews > 0);
        await _desk.DisposeAsync();
    }

    [Fact]
    public async Task An_approved_action_is_held_then_released_with_a_receipt_then_executed_and_closed()
    {
        var ana = await _desk.PersonAsync("jonas");
        var review = await _desk.SubmitAsync();
        Assert.Equal(ReviewStatus.Pending, review.Status);

        var decided = await _desk.DecideAsync(ana, review.Id, DecisionKind.Approve);
        Assert.Null(decided.Refusal);
        Assert.Equal(ReviewStatus.Held, decided.Value!.Status);
        Assert.Equal(review.ActionDigest, decided.Value.ActionDigest);
        Assert.Null(_desk.Outcome(review.Id));
        Assert.Null(_desk.Reviews.Receipt(_desk.Reviews.Find(review.Id)!.State, 1));

        await _desk.ReleaseAsync();
        var outcome = _desk.Outcome(review.Id)!.Value;
        Assert.Equal("approved", outcome.GetProperty("decision").GetString());
        Assert.Equal("resume", outcome.GetProperty("instruction").GetString());
        Assert.Equal("issue_refund", outcome.GetProperty("action").GetProperty("name").GetString());
        Assert.Equal(review.ActionDigest, outcome.GetProperty("actionDigest").GetString());
        Assert.True(Receipt.TryParse(System.Text.Encoding.UTF8.GetBytes(outcome.GetProperty("receipt").GetString()!), out _));

        Assert.IsType<Refusal.NotStarted>(await ReportAsync(review, ExecutionStatus.Succeeded));
        Assert.IsType<Refusal.DigestMismatch>((await _desk.Sources.ReportAsync(
            _desk.Source, review.Id, ExecutionStatus.Started, "sha256:" + new string('0', 64), null, null, TestDesk.Cancellation)).Refusal);
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
        var person = await _desk.PersonAsync("jonas");
        var review = await _desk.SubmitAsync();
        await _desk.DecideAsync(person, review.Id, DecisionKind.Reject, static d => d with { Rationale = "SECRET rationale of the reviewer", Alternative = 0 });
        await _desk.ReleaseAsync();
        var outcome = _desk.Outcome(review.Id)!.Value;
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
        var person = await _desk.PersonAsync("jonas");
        var review = await _desk.SubmitAsync();
        var decided = await _desk.DecideAsync(person, review.Id, DecisionKind.Correct);
        Assert.Null(decided.Refusal);
        await _desk.ReleaseAsync();
        var outcome = _desk.Outcome(review.Id)!.Value;
        Assert.Equal("corrected", outcome.GetProperty("decision").GetString());
        Assert.Equal("""[{"path":"/arguments/amount","value":"900.00","was":"1250.00"}]""", outcome.GetProperty("changes").GetRawText());
        Assert.Equal("900.00", outcome.GetProperty("action").GetProperty("arguments").GetProperty("amount").GetString());
        Assert.Equal(decided.Value!.ActionDigest, outcome.GetProperty("actionDigest").GetString());
        Assert.NotEqual(review.ActionDigest, decided.Value.ActionDigest);
    }

    [Fact]
    public async Task The_stricter_verdict_on_a_correction_asks_for_a_second_person()
    {
        var (one, two) = (await _desk.PersonAsync("jonas"), await _desk.PersonAsync("priya"));
        var review = await _desk.SubmitAsync();
        var first = await _desk.DecideAsync(one, review.Id, DecisionKind.Correct, static d => d with
        {
            Correction = new Correcting(JsonElement.Parse("""{"order":"4711","amount":"12500.00","currency":"USD"}"""), null, null),
        });
        Assert.Null(first.Refusal);
        Assert.Equal((ReviewStatus.Pending, 1, 2), (first.Value!.Status, first.Value.Have, first.Value.Need));
        Assert.IsType<Refusal.ConflictOfInterest>((await _desk.DecideAsync(one, review.Id, DecisionKind.Approve)).Refusal);
        Assert.IsType<Refusal.NotHeld>((await _desk.Reviewers.RecallAsync(one, review.Id, "r", Via.Api, TestDesk.Cancellation)).Refusal);

        await ReleaseClaimAsync(one, review);
        var second = await _desk.DecideAsync(two, review.Id, DecisionKind.Approve);
        Assert.Null(second.Refusal);
        Assert.Equal((ReviewStatus.Held, 2), (second.Value!.Status, second.Value.Have));
        await _desk.ReleaseAsync();
        var outcome = _desk.Outcome(review.Id)!.Value;
        Assert.Equal("corrected", outcome.GetProperty("decision").GetString());
        Assert.Equal(2, outcome.GetProperty("decidedBy").GetArrayLength());
        Assert.Equal("12500.00", outcome.GetProperty("action").GetProperty("arguments").GetProperty("amount").GetString());
    }

    [Fact]
    public async Task A_recall_gives_the_claim_back_and_the_outcome_never_leaves()
    {
        var person = await _desk.PersonAsync("jonas");
        var review = await _desk.SubmitAsync();
        var claim = (await _desk.Reviewers.ClaimAsync(person, review.Id, Via.Api, TestDesk.Cancellation)).Value!;
        await _desk.DecideAsync(person, review.Id, DecisionKind.Approve);
        var recalled = await _desk.Reviewers.RecallAsync(person, review.Id, "recall-1", Via.Api, TestDesk.Cancellation);
        Assert.Equal(ReviewStatus.Pending, recalled.Value!.Status);
        Assert.Equal(claim.Token, recalled.Value.Claim!.Token);
        await _desk.ReleaseAsync();
        Assert.Null(_desk.Outcome(review.Id));
        Assert.Equal(recalled.Value, (await _desk.Reviewers.RecallAsync(person, review.Id, "recall-1", Via.Api, TestDesk.Cancellation)).Value);
    }

    [Fact]
    public async Task Friction_is_in_the_command_and_comes_in_order()
    {
        var person = await _desk.PersonAsync("jonas");
        var review = await _desk.SubmitAsync(static body => body["checks"] = new JsonArray(new JsonObject { ["id"] = "REF-2", ["name"] = "Cabin", ["result"] = "fail" }));
        var id = review.Id;
        var claim = (await _desk.Reviewers.ClaimAsync(person, id, Via.Api, TestDesk.Cancellation)).Value!.Token;
        Assert.IsType<Refusal.StaleRevision>(await RefusedAsync(person, id, claim, static d => d with { Revision = 2 }));
        Assert.IsType<Refusal.ClaimLost>(await RefusedAsync(person, id, Guid.Empty, static d => d));
        Assert.IsType<Refusal.ReasonUnknown>(await RefusedAsync(person, id, claim, static d => d with { ReasonCode = "WORDING" }));
        Assert.Equal(20, Assert.IsType<Refusal.RationaleRequired>(await RefusedAsync(person, id, claim, static d => d with { Rationale = "nineteen characters" })).Minimum);
        Assert.Equal(["chat"], Assert.IsType<Refusal.EvidenceNotSeen>(await RefusedAsync(person, id, claim, static d => d)).Which);
        await _desk.LookAsync(person, id);
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
        var ana = await _desk.PersonAsync("ana");
        var review = await _desk.SubmitAsync();
        Assert.IsType<Refusal.ConflictOfInterest>((await _desk.DecideAsync(ana, review.Id, DecisionKind.Approve)).Refusal);
        Assert.IsType<Refusal.ConflictOfInterest>((await _desk.DecideAsync(ana, review.Id, DecisionKind.Correct)).Refusal);
        Assert.Null((await _desk.DecideAsync(ana, review.Id, DecisionKind.Reject)).Refusal);
    }

    [Fact]
    public async Task A_question_goes_out_after_its_hold_and_an_answer_is_a_new_revision()
    {
        var person = await _desk.PersonAsync("jonas");
        var review = await _desk.SubmitAsync();
        await _desk.DecideAsync(person, review.Id, DecisionKind.Return);
        Assert.Equal(ReviewStatus.Held, State(review).Status);
        await _desk.ReleaseAsync();
        Assert.Equal(ReviewStatus.WaitingOnSource, State(review).Status);
        Assert.Equal("Which one?", _desk.Reviews.Question(State(review)));
        Assert.IsType<Refusal.WaitingOnSource>((await _desk.DecideAsync(person, review.Id, DecisionKind.Approve)).Refusal);

        Assert.IsType<Refusal.StaleRevision>((await ReviseAsync(review, 9)).Refusal);
        var revised = await ReviseAsync(review, 1);
        Assert.Equal((2, ReviewStatus.Pending), (revised.Value!.Revision, revised.Value.Status));
        Assert.Null(_desk.Reviews.Question(State(review)));
        Assert.Null((await _desk.DecideAsync(person, review.Id, DecisionKind.Approve)).Refusal);
    }

    [Fact]
    public async Task What_the_source_does_during_the_hold_pulls_the_decision_back()
    {
        var person = await _desk.PersonAsync("jonas");
        var revised = await _desk.SubmitAsync();
        await _desk.DecideAsync(person, revised.Id, DecisionKind.Approve);
        Assert.Null((await ReviseAsync(revised, 1)).Refusal);
        var changed = await _desk.SubmitAsync();
        await _desk.DecideAsync(person, changed.Id, DecisionKind.Approve);
        Assert.Null((await _desk.Sources.ReportPreconditionsAsync(
            _desk.Source, changed.Id, """[{"fingerprint":"v2","name":"order"}]"""u8.ToArray(), TestDesk.Cancellation)).Refusal);
        var cancelled = await _desk.SubmitAsync();
        await _desk.DecideAsync(person, cancelled.Id, DecisionKind.Approve);
        Assert.Null((await _desk.Sources.CancelAsync(_desk.Source, cancelled.Id, "no longer needed", TestDesk.Cancellation)).Refusal);
        await _desk.ReleaseAsync();

        Assert.Equal(ReviewStatus.Pending, State(revised).Status);
        Assert.Equal(ReviewStatus.Pending, State(changed).Status);
        Assert.Equal("v2", _desk.Reviews.Content(State(changed))!.Preconditions[0].Fingerprint);
        Assert.Equal(ReviewStatus.Cancelled, State(cancelled).Status);
        Assert.Equal("cancelled", _desk.Outcome(cancelled.Id)!.Value.GetProperty("decision").GetString());
        Assert.IsType<Refusal.Cancelled>((await _desk.Sources.CancelAsync(_desk.Source, cancelled.Id, null, TestDesk.Cancellation)).Refusal);
    }

    [Fact]
    public async Task Nobody_in_time_means_no_and_an_escalating_expiry_happens_once()
    {
        var plain = await _desk.SubmitAsync();
        var expert = await _desk.SubmitAsync(static body => body["expires"] = new JsonObject { ["outcome"] = "escalate" });
        _desk.Time.Advance(TimeSpan.FromHours(25));
        await _desk.Clock.TickAsync(TestDesk.Cancellation);
        Assert.Equal(("expired", "cancel"), (_desk.Outcome(plain.Id)!.Value.GetProperty("decision").GetString(), _desk.Outcome(plain.Id)!.Value.GetProperty("instruction").GetString()));
        Assert.Equal((ReviewStatus.Pending, "experts"), (State(expert).Status, State(expert).Queue));
        _desk.Time.Advance(TimeSpan.FromHours(25));
        await _desk.Clock.TickAsync(TestDesk.Cancellation);
        Assert.Equal(ReviewStatus.Closed, State(expert).Status);
        Assert.IsType<Refusal.Expired>((await _desk.Sources.CancelAsync(_desk.Source, plain.Id, null, TestDesk.Cancellation)).Refusal);
    }

    [Fact]
    public async Task A_stopped_line_keeps_approvals_out_and_gives_held_ones_a_fresh_hold()
    {
        var (person, supervisor) = (await _desk.PersonAsync("jonas"), await _desk.PersonAsync("ruth", Role.Supervisor));
        var (held, open) = (await _desk.SubmitAsync(), await _desk.SubmitAsync());
        await _desk.DecideAsync(person, held.Id, DecisionKind.Approve);
        Assert.IsType<Refusal.NotPermitted>((await _desk.Line.StopAsync(person, null, null, "no", TestDesk.Cancellation)).Refusal);
        Assert.Null((await _desk.Line.StopAsync(supervisor, "bot", null, "Two customers were refunded twice.", TestDesk.Cancellation)).Refusal);
        await _desk.ReleaseAsync();
        Assert.Equal(ReviewStatus.Held, State(held).Status);
        Assert.IsType<Refusal.LineStopped>((await _desk.DecideAsync(person, open.Id, DecisionKind.Approve)).Refusal);
        Assert.Null((await _desk.DecideAsync(person, open.Id, DecisionKind.Reject)).Refusal);
        Assert.Null((await _desk.Line.ResumeAsync(supervisor, "bot", null, "mended", TestDesk.Cancellation)).Refusal);
        Assert.Equal(0, await _desk.Clock.TickAsync(TestDesk.Cancellation));
        await _desk.ReleaseAsync();
        Assert.Equal(ReviewStatus.Released, State(held).Status);
    }

    [Fact]
    public async Task What_a_stopped_line_freezes_keeps_nothing_else_waiting()
    {
        var (person, supervisor) = (await _desk.PersonAsync("jonas"), await _desk.PersonAsync("ruth", Role.Supervisor));
        for (var i = 0; i < 201; i++)
        {
            await _desk.DecideAsync(person, (await _desk.SubmitAsync()).Id, DecisionKind.Reject);
        }

        var other = await _desk.SubmitAsync(static body => body["kind"] = "email");
        await _desk.DecideAsync(person, other.Id, DecisionKind.Reject);
        Assert.Null((await _desk.Line.StopAsync(supervisor, null, "refund", "Two customers were refunded twice.", TestDesk.Cancellation)).Refusal);
        await _desk.ReleaseAsync();
        Assert.Equal(ReviewStatus.Closed, State(other).Status);
        Assert.Null((await _desk.Line.ResumeAsync(supervisor, null, "refund", "mended", TestDesk.Cancellation)).Refusal);
    }

    [Fact]
    public async Task A_rollback_is_a_second_outcome_with_only_the_digest_to_undo()
    {
        var (person, supervisor) = (await _desk.PersonAsync("jonas"), await _desk.PersonAsync("ruth", Role.Supervisor));
        var review = await _desk.SubmitAsync();
        await _desk.DecideAsync(person, review.Id, DecisionKind.Approve);
        Assert.IsType<Refusal.NotReleased>((await _desk.Reviewers.RollbackAsync(supervisor, review.Id, "wrong", "o1", Via.Api, TestDesk.Cancellation)).Refusal);
        await _desk.ReleaseAsync();
        Assert.Null(await ReportAsync(review, ExecutionStatus.Started));
        Assert.Null(await ReportAsync(review, ExecutionStatus.Succeeded));
        Assert.IsType<Refusal.NotReleased>(await ReportAsync(review, ExecutionStatus.RolledBack));
        Assert.IsType<Refusal.NotPermitted>((await _desk.Reviewers.RollbackAsync(person, review.Id, "wrong", "o2", Via.Api, TestDesk.Cancellation)).Refusal);
        Assert.Null((await _desk.Reviewers.RollbackAsync(supervisor, review.Id, "wrong customer", "o3", Via.Api, TestDesk.Cancellation)).Refusal);
        var second = _desk.Outcome(review.Id, 2)!.Value;
        Assert.Equal("rollback", second.GetProperty("instruction").GetString());
        Assert.Equal(review.ActionDigest, second.GetProperty("actionDigest").GetString());
        Assert.False(second.TryGetProperty("action", out _));
        Assert.Null(await ReportAsync(review, ExecutionStatus.RolledBack));
        Assert.Equal(ReviewStatus.Closed, State(review).Status);
    }

    [Fact]
    public async Task What_is_to_be_undone_no_longer_starts()
    {
        var (person, supervisor) = (await _desk.PersonAsync("jonas"), await _desk.PersonAsync("ruth", Role.Supervisor));
        var review = await _desk.SubmitAsync();
        await _desk.DecideAsync(person, review.Id, DecisionKind.Approve);
        await _desk.ReleaseAsync();
        Assert.Null((await _desk.Reviewers.RollbackAsync(supervisor, review.Id, "wrong customer", "o1", Via.Api, TestDesk.Cancellation)).Refusal);

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
        var (person, supervisor) = (await _desk.PersonAsync("jonas"), await _desk.PersonAsync("ruth", Role.Supervisor));
        var review = await _desk.SubmitAsync();
        await _desk.DecideAsync(person, review.Id, DecisionKind.Approve);
        await _desk.ReleaseAsync();
        Assert.Null(await ReportAsync(review, ExecutionStatus.Started));
        Assert.Null((await _desk.Reviewers.RollbackAsync(supervisor, review.Id, "wrong customer", "o1", Via.Api, TestDesk.Cancellation)).Refusal);

        Assert.IsType<Refusal.AlreadyStarted>(await ReportAsync(review, ExecutionStatus.Started));
        Assert.Null(await ReportAsync(review, Enum.Parse<ExecutionStatus>(status)));
        Assert.Equal(ReviewStatus.Released, State(review).Status);
        if (status != "Succeeded")
        {
            await _desk.SubmitAsync(body => body["retryOf"] = review.Id.ToString());
            Assert.Equal(ReviewStatus.Released, State(review).Status);
        }

        Assert.Null(await ReportAsync(review, ExecutionStatus.RolledBack));
        Assert.Equal(ReviewStatus.Closed, State(review).Status);
    }

    [Fact]
    public async Task A_failure_waits_for_a_person_or_a_linked_retry()
    {
        var (person, supervisor) = (await _desk.PersonAsync("jonas"), await _desk.PersonAsync("ruth", Role.Supervisor));
        foreach (var byPerson in new[] { true, false })
        {
            var review = await _desk.SubmitAsync();
            Assert.IsType<Refusal.Invalid>((await _desk.TrySubmitAsync(body => body["retryOf"] = review.Id.ToString())).Refusal);
            await _desk.DecideAsync(person, review.Id, DecisionKind.Approve);
            await _desk.ReleaseAsync();
            await ReportAsync(review, ExecutionStatus.Started);
            await ReportAsync(review, ExecutionStatus.Unknown);
            Assert.Null(await ReportAsync(review, ExecutionStatus.Failed));
            Assert.Equal(ReviewStatus.Released, State(review).Status);
            if (byPerson)
            {
                Assert.IsType<Refusal.RationaleRequired>((await _desk.Reviewers.CloseAsync(supervisor, review.Id, " ", "c1", Via.Api, TestDesk.Cancellation)).Refusal);
                Assert.Null((await _desk.Reviewers.CloseAsync(supervisor, review.Id, "done by hand", "c2", Via.Api, TestDesk.Cancellation)).Refusal);
            }
            else
            {
                await _desk.SubmitAsync(body => body["retryOf"] = review.Id.ToString());
            }

            Assert.Equal(ReviewStatus.Closed, State(review).Status);
        }
    }

    [Fact]
    public async Task The_same_key_and_body_get_the_first_answer_and_another_body_is_refused()
    {
        var first = (await _desk.TrySubmitAsync(null, "k")).Value!;
        var again = (await _desk.TrySubmitAsync(null, "k")).Value!;
        Assert.Equal((first.Id, true, false), (again.Id, first.IsNew, again.IsNew));
        Assert.Equal(first.Answer, again.Answer);
        Assert.IsType<Refusal.IdempotencyKeyReused>((await _desk.TrySubmitAsync(static body => body["title"] = "other", "k")).Refusal);

        var named = (await _desk.TrySubmitAsync(static body => body["externalId"] = "refund-1")).Value!;
        Assert.Equal(named.Id, (await _desk.TrySubmitAsync(static body => body["externalId"] = "refund-1")).Value!.Id);
        Assert.Equal(named.Id, Assert.IsType<Refusal.ExternalIdTaken>((await _desk.TrySubmitAsync(static body =>
        {
            body["externalId"] = "refund-1";
            body["title"] = "other";
        })).Refusal).By);
    }

    [Fact]
    public async Task Low_risk_proceeds_at_once_and_reading_and_drafting_make_no_history()
    {
        var result = await _desk.TrySubmitAsync(static body =>
        {
            body["action"]!["arguments"]!["amount"] = "5.00";
            body["impact"] = new JsonObject { ["amount"] = new JsonObject { ["value"] = "5.00", ["currency"] = "USD" }, ["reversible"] = true };
            body["action"]!["name"] = "post_invoice";
            body["kind"] = "extraction";
        });
        var state = State(result.Value!.Id);
        Assert.Contains(state.Status, new[] { ReviewStatus.Released, ReviewStatus.Pending });
        var size = Size();
        for (var i = 0; i < 3; i++)
        {
            _desk.Outcome(state.Id);
            _desk.Reviews.Read(state.Id);
        }

        Assert.Equal(size, Size());
    }

    private ReviewState State(ReviewState review) => State(review.Id);

    private ReviewState State(Guid id) => _desk.Reviews.Find(id)!.State;

    private long Size()
    {
        using var connection = _desk.Store.Database.Open();
        using var ledger = new LedgerReader(connection);
        return ledger.Size();
    }

    private async Task<Refusal?> ReportAsync(ReviewState review, ExecutionStatus status) =>
        (await _desk.Sources.ReportAsync(_desk.Source, review.Id, status, review.ActionDigest, null, null, TestDesk.Cancellation)).Refusal;

    private async Task<Refusal?> RefusedAsync(PersonActor person, Guid id, Guid claim, Func<Deciding, Deciding> change) =>
        (await _desk.Reviewers.DecideAsync(person, id, change(_desk.Decision(id, DecisionKind.Approve, claim)), TestDesk.Cancellation)).Refusal;

    private async Task ReleaseClaimAsync(PersonActor person, ReviewState review)
    {
        if (State(review).Claim is { } claim && claim.By == person.Id)
        {
            await _desk.Reviewers.ReleaseClaimAsync(person, review.Id, claim.Token, Via.Api, TestDesk.Cancellation);
        }
    }

    private Task<Result<ReviewState>> ReviseAsync(ReviewState review, int expected)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(TestDesk.Refund().ToJsonString());
        var reading = ReviewConsole.Core.Proposals.ProposalReader.Read(
            bytes, ReviewConsole.Core.Proposals.ProposalLimits.Default);
        return _desk.Sources.ReviseAsync(_desk.Source, review.Id, expected, new Incoming(reading.Proposal!, bytes, null), "The blue one.", TestDesk.Cancellation);
    }
}
