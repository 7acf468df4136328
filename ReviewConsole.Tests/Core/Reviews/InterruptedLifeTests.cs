using System.Text.Json.Nodes;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Ledger;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Core.Reviews;

/// <summary>What comes between a proposal and its decision: questions, a source that changes its mind, time, a stopped line.</summary>
public sealed class InterruptedLifeTests : LifeBench
{
    [Fact]
    public async Task A_question_goes_out_after_its_hold_and_an_answer_is_a_new_revision()
    {
        var person = await Desk.PersonAsync("jonas");
        var review = await Desk.SubmitAsync();
        await Desk.DecideAsync(person, review.Id, DecisionKind.Return);
        Assert.Equal(ReviewStatus.Held, State(review).Status);
        await Desk.ReleaseAsync();
        Assert.Equal(ReviewStatus.WaitingOnSource, State(review).Status);
        Assert.Equal("Which one?", Desk.Reviews.Question(State(review)));
        Assert.IsType<Refusal.WaitingOnSource>((await Desk.DecideAsync(person, review.Id, DecisionKind.Approve)).Refusal);

        Assert.IsType<Refusal.StaleRevision>((await ReviseAsync(review, 9)).Refusal);
        var revised = await ReviseAsync(review, 1);
        Assert.Equal((2, ReviewStatus.Pending), (revised.Value!.Revision, revised.Value.Status));
        Assert.Null(Desk.Reviews.Question(State(review)));
        Assert.Null((await Desk.DecideAsync(person, review.Id, DecisionKind.Approve)).Refusal);
    }

    [Fact]
    public async Task What_the_source_does_during_the_hold_pulls_the_decision_back()
    {
        var person = await Desk.PersonAsync("jonas");
        var revised = await Desk.SubmitAsync();
        await Desk.DecideAsync(person, revised.Id, DecisionKind.Approve);
        Assert.Null((await ReviseAsync(revised, 1)).Refusal);
        var changed = await Desk.SubmitAsync();
        await Desk.DecideAsync(person, changed.Id, DecisionKind.Approve);
        Assert.Null((await Desk.Sources.ReportPreconditionsAsync(
            Desk.Source, changed.Id, """[{"fingerprint":"v2","name":"order"}]"""u8.ToArray(), TestDesk.Cancellation)).Refusal);
        var cancelled = await Desk.SubmitAsync();
        await Desk.DecideAsync(person, cancelled.Id, DecisionKind.Approve);
        Assert.Null((await Desk.Sources.CancelAsync(Desk.Source, cancelled.Id, "no longer needed", TestDesk.Cancellation)).Refusal);
        await Desk.ReleaseAsync();

        Assert.Equal(ReviewStatus.Pending, State(revised).Status);
        Assert.Equal(ReviewStatus.Pending, State(changed).Status);
        Assert.Equal("v2", Desk.Reviews.Content(State(changed))!.Preconditions[0].Fingerprint);
        Assert.Equal(ReviewStatus.Cancelled, State(cancelled).Status);
        Assert.Equal("cancelled", Desk.Outcome(cancelled.Id)!.Value.GetProperty("decision").GetString());
        Assert.IsType<Refusal.Cancelled>((await Desk.Sources.CancelAsync(Desk.Source, cancelled.Id, null, TestDesk.Cancellation)).Refusal);
    }

    [Fact]
    public async Task Nobody_in_time_means_no_and_an_escalating_expiry_happens_once()
    {
        var plain = await Desk.SubmitAsync();
        var expert = await Desk.SubmitAsync(static body => body["expires"] = new JsonObject { ["outcome"] = "escalate" });
        Desk.Time.Advance(TimeSpan.FromHours(25));
        await Desk.Clock.TickAsync(TestDesk.Cancellation);
        Assert.Equal(("expired", "cancel"), (Desk.Outcome(plain.Id)!.Value.GetProperty("decision").GetString(), Desk.Outcome(plain.Id)!.Value.GetProperty("instruction").GetString()));
        Assert.Equal((ReviewStatus.Pending, "experts"), (State(expert).Status, State(expert).Queue));
        Desk.Time.Advance(TimeSpan.FromHours(25));
        await Desk.Clock.TickAsync(TestDesk.Cancellation);
        Assert.Equal(ReviewStatus.Closed, State(expert).Status);
        Assert.IsType<Refusal.Expired>((await Desk.Sources.CancelAsync(Desk.Source, plain.Id, null, TestDesk.Cancellation)).Refusal);
    }

    [Fact]
    public async Task A_stopped_line_keeps_approvals_out_and_gives_held_ones_a_fresh_hold()
    {
        var (person, supervisor) = (await Desk.PersonAsync("jonas"), await Desk.PersonAsync("ruth", Role.Supervisor));
        var (held, open) = (await Desk.SubmitAsync(), await Desk.SubmitAsync());
        await Desk.DecideAsync(person, held.Id, DecisionKind.Approve);
        Assert.IsType<Refusal.NotPermitted>((await Desk.Line.StopAsync(person, null, null, "no", TestDesk.Cancellation)).Refusal);
        Assert.Null((await Desk.Line.StopAsync(supervisor, "bot", null, "Two customers were refunded twice.", TestDesk.Cancellation)).Refusal);
        await Desk.ReleaseAsync();
        Assert.Equal(ReviewStatus.Held, State(held).Status);
        Assert.IsType<Refusal.LineStopped>((await Desk.DecideAsync(person, open.Id, DecisionKind.Approve)).Refusal);
        Assert.Null((await Desk.DecideAsync(person, open.Id, DecisionKind.Reject)).Refusal);
        Assert.Null((await Desk.Line.ResumeAsync(supervisor, "bot", null, "mended", TestDesk.Cancellation)).Refusal);
        Assert.Equal(0, await Desk.Clock.TickAsync(TestDesk.Cancellation));
        await Desk.ReleaseAsync();
        Assert.Equal(ReviewStatus.Released, State(held).Status);
    }

    [Fact]
    public async Task What_a_stopped_line_freezes_keeps_nothing_else_waiting()
    {
        var (person, supervisor) = (await Desk.PersonAsync("jonas"), await Desk.PersonAsync("ruth", Role.Supervisor));
        for (var i = 0; i < 201; i++)
        {
            await Desk.DecideAsync(person, (await Desk.SubmitAsync()).Id, DecisionKind.Reject);
        }

        var other = await Desk.SubmitAsync(static body => body["kind"] = "email");
        await Desk.DecideAsync(person, other.Id, DecisionKind.Reject);
        Assert.Null((await Desk.Line.StopAsync(supervisor, null, "refund", "Two customers were refunded twice.", TestDesk.Cancellation)).Refusal);
        await Desk.ReleaseAsync();
        Assert.Equal(ReviewStatus.Closed, State(other).Status);
        Assert.Null((await Desk.Line.ResumeAsync(supervisor, null, "refund", "mended", TestDesk.Cancellation)).Refusal);
    }

    [Fact]
    public async Task The_same_key_and_body_get_the_first_answer_and_another_body_is_refused()
    {
        var first = (await Desk.TrySubmitAsync(null, "k")).Value!;
        var again = (await Desk.TrySubmitAsync(null, "k")).Value!;
        Assert.Equal((first.Id, true, false), (again.Id, first.IsNew, again.IsNew));
        Assert.Equal(first.Answer, again.Answer);
        Assert.IsType<Refusal.IdempotencyKeyReused>((await Desk.TrySubmitAsync(static body => body["title"] = "other", "k")).Refusal);

        var named = (await Desk.TrySubmitAsync(static body => body["externalId"] = "refund-1")).Value!;
        Assert.Equal(named.Id, (await Desk.TrySubmitAsync(static body => body["externalId"] = "refund-1")).Value!.Id);
        Assert.Equal(named.Id, Assert.IsType<Refusal.ExternalIdTaken>((await Desk.TrySubmitAsync(static body =>
        {
            body["externalId"] = "refund-1";
            body["title"] = "other";
        })).Refusal).By);
    }

    [Fact]
    public async Task Low_risk_proceeds_at_once_and_reading_and_drafting_make_no_history()
    {
        var result = await Desk.TrySubmitAsync(static body =>
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
            Desk.Outcome(state.Id);
            Desk.Reviews.Read(state.Id, null);
        }

        Assert.Equal(size, Size());
    }

    private long Size()
    {
        using var connection = Desk.Store.Database.Open();
        using var ledger = new LedgerReader(connection);
        return ledger.Size();
    }
}
