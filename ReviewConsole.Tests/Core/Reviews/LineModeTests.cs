using System.Text.Json;
using System.Text.Json.Nodes;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Ledger;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;
using ReviewConsole.Tests.Core.Gate;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Core.Reviews;

/// <summary>Lines that are kept back: who may set and end it, how long it lasts, what it does to what is open and held, and what is recorded.</summary>
public sealed class LineModeTests : IAsyncDisposable
{
    private readonly TestDesk _desk = new(policy: GateCases.Policy("hold: 10 s"));
    private PersonActor? _ruth;

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task A_single_approval_in_its_hold_becomes_the_first_of_two()
    {
        var (jonas, mia) = (await _desk.PersonAsync("jonas"), await _desk.PersonAsync("mia"));
        var review = await _desk.SubmitAsync();
        await ApproveAsync(jonas, review.Id);
        await SetAsync(LineMode.TwoPerson);

        Assert.Equal(ReviewStatus.Held, State(review).Status);
        await PassAsync(11);
        Assert.Equal((ReviewStatus.Pending, 1, 2), (State(review).Status, State(review).Approvals.Count, State(review).Gate.Approvals));
        Assert.Null(_desk.Outcome(review.Id));
        await ApproveAsync(mia, review.Id);
        await PassAsync(11);

        var outcome = _desk.Outcome(review.Id)!.Value;
        Assert.Equal([jonas.Id, mia.Id], outcome.GetProperty("decidedBy").EnumerateArray().Select(static by => by.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task A_correction_in_its_hold_becomes_the_first_of_two_and_the_second_approves_what_was_corrected()
    {
        var (jonas, mia) = (await _desk.PersonAsync("jonas"), await _desk.PersonAsync("mia"));
        var review = await _desk.SubmitAsync();
        Assert.Equal(1, (await _desk.DecideAsync(jonas, review.Id, DecisionKind.Correct)).Value!.Need);
        var corrected = State(review).EffectiveDigest;
        await SetAsync(LineMode.TwoPerson);
        await PassAsync(11);

        Assert.Equal((ReviewStatus.Pending, corrected), (State(review).Status, State(review).EffectiveDigest));
        await ApproveAsync(mia, review.Id);
        await PassAsync(11);
        Assert.Equal(("corrected", corrected), (_desk.Outcome(review.Id)!.Value.GetProperty("decision").GetString(), State(review).Outcomes[0].ActionDigest));
    }

    [Fact]
    public async Task What_is_open_when_two_person_mode_begins_needs_two_and_what_was_asked_of_two_stays_so()
    {
        var (jonas, mia) = (await _desk.PersonAsync("jonas"), await _desk.PersonAsync("mia"));
        var (review, untouched) = (await _desk.SubmitAsync(), await _desk.SubmitAsync());
        await SetAsync(LineMode.TwoPerson);

        var first = (await _desk.DecideAsync(jonas, review.Id, DecisionKind.Approve)).Value!;
        Assert.Equal((ReviewStatus.Pending, 1, 2), (first.Status, first.Have, first.Need));
        await EndAsync(LineMode.TwoPerson);
        Assert.Equal((1, 1), Approvals(await _desk.DecideAsync(jonas, untouched.Id, DecisionKind.Approve)));
        Assert.Equal((2, 2), Approvals(await _desk.DecideAsync(mia, review.Id, DecisionKind.Approve)));
    }

    [Fact]
    public async Task A_correction_by_the_second_voids_the_first_and_asks_for_another()
    {
        var (jonas, mia) = (await _desk.PersonAsync("jonas"), await _desk.PersonAsync("mia"));
        var review = await _desk.SubmitAsync();
        await SetAsync(LineMode.TwoPerson);

        await ApproveAsync(jonas, review.Id);
        Assert.Equal((1, 2), Approvals(await _desk.DecideAsync(mia, review.Id, DecisionKind.Correct)));
        Assert.Equal((2, 2), Approvals(await _desk.DecideAsync(jonas, review.Id, DecisionKind.Approve)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Where_who_corrects_is_none_of_those_who_approve_two_others_approve(bool before)
    {
        await using var desk = new TestDesk(policy: GateCases.Policy("hold: 10 s\nrules: [ { rule: apart, when: { field: kind, equals: refund }, then: { verdict: review, notBy: [editor] } } ]"));
        var (jonas, ruth) = (await desk.PersonAsync("jonas"), await desk.PersonAsync("ruth", Role.Supervisor));
        var review = await desk.SubmitAsync();
        if (before)
        {
            await SetAsync();
        }

        Assert.Equal((1, before ? 3 : 2), Approvals(await desk.DecideAsync(jonas, review.Id, DecisionKind.Correct)));
        await SetAsync();
        Assert.Equal((2, 3), Approvals(await desk.DecideAsync(await desk.PersonAsync("mia"), review.Id, DecisionKind.Approve)));
        Assert.Equal((3, 3), Approvals(await desk.DecideAsync(await desk.PersonAsync("lea"), review.Id, DecisionKind.Approve)));

        Task SetAsync() => desk.Line.SetAsync(ruth, null, null, LineMode.TwoPerson, null, "odd", TestDesk.Cancellation);
    }

    [Fact]
    public async Task Rejecting_and_escalating_need_nobody_else_and_ask_nothing_of_who_comes_next()
    {
        var jonas = await _desk.PersonAsync("jonas");
        var (rejected, escalated) = (await _desk.SubmitAsync(), await _desk.SubmitAsync());
        await SetAsync(LineMode.TwoPerson);

        Assert.Equal(ReviewStatus.Held, (await _desk.DecideAsync(jonas, rejected.Id, DecisionKind.Reject)).Value!.Status);
        Assert.Null((await _desk.DecideAsync(jonas, escalated.Id, DecisionKind.Escalate)).Refusal);
        await PassAsync(11);
        Assert.Equal((ReviewStatus.Closed, 1), (State(rejected).Status, State(escalated).Gate.Approvals));
    }

    [Fact]
    public async Task What_comes_in_is_judged_with_the_mode_and_the_facts_say_who_and_until_when()
    {
        var until = In(60);
        await SetAsync(LineMode.EverythingToReview, until: until, kind: "agentDecision");
        await SetAsync(LineMode.TwoPerson, system: "bot");

        var review = await _desk.SubmitAsync(static body => Certain(body, 1));
        var gate = _desk.Reviews.Content(review)!.Gate;
        Assert.Equal((ReviewStatus.Pending, Verdict.Review, 2), (review.Status, gate.Verdict, gate.Approvals));
        Assert.Equal((new LineFact(_ruth!.Id, until), new LineFact(_ruth.Id, null)), (gate.Facts.EverythingToReview, gate.Facts.TwoPerson));
        Assert.Equal(SealedGate.Write(gate), SealedGate.Write(ReviewConsole.Core.Gate.Gate.Evaluate(_desk.Gate.Policy, _desk.Reviews.Content(review)!.Proposal, gate.Facts)));

        _desk.Time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(ReviewStatus.Released, (await _desk.SubmitAsync(static body => Certain(body, 2))).Status);
    }

    [Fact]
    public async Task A_mode_that_begins_in_the_same_batch_before_a_submit_counts_for_it()
    {
        await RuthAsync();
        var (_, behind) = await _desk.TogetherAsync(
            () => _desk.Line.SetAsync(_ruth!, null, null, LineMode.EverythingToReview, null, "a bad night", TestDesk.Cancellation), () => _desk.TrySubmitAsync(static body => Certain(body, 1)));

        Assert.Equal(ReviewStatus.Pending, _desk.Reviews.Find(behind.Value!.Id)!.State.Status);
    }

    [Fact]
    public async Task A_stop_ends_by_itself_and_what_it_froze_has_a_fresh_hold()
    {
        var jonas = await _desk.PersonAsync("jonas");
        var (held, open) = (await _desk.SubmitAsync(), await _desk.SubmitAsync());
        await ApproveAsync(jonas, held.Id);
        var end = In(60);
        await SetAsync(LineMode.Stopped, until: end);
        await _desk.DecideAsync(jonas, open.Id, DecisionKind.Reject);
        Assert.IsType<Refusal.LineStopped>((await _desk.DecideAsync(jonas, (await _desk.SubmitAsync()).Id, DecisionKind.Approve)).Refusal);

        await PassAsync((int)((end - In(0)) / 1_000) - 1);
        Assert.Single(_desk.Line.Limits);
        await PassAsync(1);
        Assert.Equal((ReviewStatus.Held, ReviewStatus.Held), (State(held).Status, State(open).Status));
        Assert.Empty(_desk.Line.Limits);
        await PassAsync(9);
        Assert.Equal((ReviewStatus.Held, ReviewStatus.Held), (State(held).Status, State(open).Status));
        await PassAsync(1);
        Assert.Equal((ReviewStatus.Released, ReviewStatus.Closed), (State(held).Status, State(open).Status));
    }

    [Fact]
    public async Task A_stop_that_is_resumed_before_its_end_leaves_the_end_of_another_one()
    {
        var jonas = await _desk.PersonAsync("jonas");
        var held = await _desk.SubmitAsync();
        await ApproveAsync(jonas, held.Id);
        await SetAsync(LineMode.Stopped, until: In(60));
        await SetAsync(LineMode.Stopped, system: "bot");
        await PassAsync(30);
        await EndAsync(LineMode.Stopped, system: "bot");

        await PassAsync(35);
        Assert.Equal(ReviewStatus.Held, State(held).Status);
        await PassAsync(5);
        Assert.Equal(ReviewStatus.Released, State(held).Status);
    }

    [Fact]
    public async Task A_mode_stands_beside_those_of_its_scope_and_ends_none_of_them()
    {
        await SetAsync(LineMode.EverythingToReview);
        await SetAsync(LineMode.Stopped, until: In(60));
        Assert.Equal([LineMode.EverythingToReview, LineMode.Stopped], Modes());
        _desk.Time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal([LineMode.EverythingToReview], Modes());

        await SetAsync(LineMode.Stopped);
        await SetAsync(LineMode.TwoPerson);
        Assert.Equal([LineMode.TwoPerson, LineMode.EverythingToReview, LineMode.Stopped], Modes());
        await EndAsync(LineMode.Stopped);
        Assert.Equal([LineMode.TwoPerson, LineMode.EverythingToReview], Modes());
        Assert.Null((await _desk.Line.ResumeAsync(_ruth!, null, null, "all is well", TestDesk.Cancellation)).Refusal);
        Assert.Empty(Modes());
        Assert.IsType<Refusal.Invalid>((await _desk.Line.ResumeAsync(_ruth!, null, null, "again", TestDesk.Cancellation)).Refusal);

        IEnumerable<LineMode> Modes() => _desk.Line.Limits.Select(static limit => limit.Mode).Order();
    }

    [Fact]
    public async Task What_a_stop_holds_stays_when_a_milder_mode_is_set_under_it_and_the_mode_counts_after_the_stop()
    {
        var jonas = await _desk.PersonAsync("jonas");
        var held = await _desk.SubmitAsync();
        await ApproveAsync(jonas, held.Id);
        await SetAsync(LineMode.Stopped);
        await SetAsync(LineMode.TwoPerson);

        await PassAsync(3_600);
        Assert.Equal(ReviewStatus.Held, State(held).Status);
        await EndAsync(LineMode.Stopped);
        await PassAsync(11);
        Assert.Equal((ReviewStatus.Pending, 1), (State(held).Status, State(held).Approvals.Count));
    }

    [Fact]
    public async Task Who_is_asked_second_after_a_long_stop_has_the_time_that_the_first_had()
    {
        const int day = 24 * 3_600;
        var (jonas, mia) = (await _desk.PersonAsync("jonas"), await _desk.PersonAsync("mia"));
        var review = await _desk.SubmitAsync();
        await ApproveAsync(jonas, review.Id);
        await SetAsync(LineMode.TwoPerson);
        await SetAsync(LineMode.Stopped);
        await PassAsync(2 * day);
        await EndAsync(LineMode.Stopped);

        await PassAsync(11);
        Assert.Equal((ReviewStatus.Pending, 1, In(day)), (State(review).Status, State(review).Approvals.Count, State(review).ExpiresAt));
        await PassAsync(day - 1);
        await ApproveAsync(mia, review.Id);
        await PassAsync(11);
        Assert.Equal("approved", _desk.Outcome(review.Id)!.Value.GetProperty("decision").GetString());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData((30 * 24 * 3_600) + 1)]
    public async Task An_end_that_is_past_or_far_away_is_refused(int seconds)
    {
        await RuthAsync();

        var refused = await _desk.Line.SetAsync(_ruth!, null, null, LineMode.Stopped, In(seconds), "x", TestDesk.Cancellation);

        Assert.Equal("#/until", Assert.IsType<Refusal.Invalid>(refused.Refusal).Pointer);
        Assert.Empty(_desk.Line.Limits);
    }

    [Theory]
    [InlineData("", "stopped", false)]
    [InlineData("stopped", "", true)]
    [InlineData("stopped", "stopped", false)]
    [InlineData("stopped", "stopped 5", true)]
    [InlineData("stopped 5", "stopped", false)]
    [InlineData("stopped 5", "stopped 6", false)]
    [InlineData("stopped 6", "stopped 5", true)]
    [InlineData("stopped", "twoPerson", true)]
    [InlineData("twoPerson", "twoPerson,stopped", false)]
    [InlineData("twoPerson,stopped", "twoPerson,everythingToReview", true)]
    public void To_let_more_through_or_sooner_is_to_resume(string prior, string now, bool loosens)
    {
        Assert.Equal(loosens, LineLimit.Loosens(Limits(prior), Limits(now)));

        static LineLimit[] Limits(string words) =>
        [
            .. words.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(static word => word.Split(' ')).Select(static part => new LineLimit(
                null, null, LineModes.Words[part[0]], "x", "p1", 0, part.Length == 1 ? null : long.Parse(part[1], System.Globalization.CultureInfo.InvariantCulture))),
        ];
    }

    [Fact]
    public async Task The_entry_says_who_until_when_what_was_and_what_is_and_seals_the_rest()
    {
        var until = In(60);
        await SetAsync(LineMode.TwoPerson, system: "bot");
        await SetAsync(LineMode.Stopped, system: "bot", until: until);
        await EndAsync(LineMode.Stopped, system: "bot");
        await SetAsync(LineMode.EverythingToReview, system: "bot", until: until);

        using var connection = _desk.Store.Database.Open();
        using var ledger = new LedgerReader(connection);
        var entries = ledger.Entries(0, int.MaxValue).Select(static stored => JsonElement.Parse(stored.Entry)).Where(static entry => entry.GetProperty("type").GetString()!.StartsWith("line", StringComparison.Ordinal)).ToArray();
        Assert.Equal(["lineLimited", "lineStopped", "lineResumed", "lineLimited"], entries.Select(static entry => entry.GetProperty("type").GetString()));
        Assert.All(entries, entry => Assert.Equal(_ruth!.Id, entry.GetProperty("by").GetString()));
        Assert.Equal(
            [
                """{"everything":false,"mode":"twoPerson","prior":[],"state":["twoPerson"]}""",
                $$"""{"everything":false,"mode":"stopped","prior":["twoPerson"],"state":["stopped","twoPerson"],"until":{{until}}}""",
                """{"everything":false,"prior":["stopped","twoPerson"],"state":["twoPerson"]}""",
                $$"""{"everything":false,"mode":"everythingToReview","prior":["twoPerson"],"state":["everythingToReview","twoPerson"],"until":{{until}}}""",
            ],
            entries.Select(static entry => entry.GetProperty("data").GetRawText()));
    }

    private ReviewState State(ReviewState review) => _desk.Reviews.Find(review.Id)!.State;

    private static (int Have, int Need) Approvals(Result<DecisionAnswer> answer) => (answer.Value!.Have, answer.Value.Need);

    private long In(int seconds) => _desk.Time.GetUtcNow().AddSeconds(seconds).ToUnixTimeMilliseconds();

    private async Task RuthAsync() => _ruth ??= await _desk.PersonAsync("ruth", Role.Supervisor);

    private async Task SetAsync(LineMode mode, string? system = null, string? kind = null, long? until = null)
    {
        await RuthAsync();
        Assert.Null((await _desk.Line.SetAsync(_ruth!, system, kind, mode, until, "Two customers were refunded twice.", TestDesk.Cancellation)).Refusal);
    }

    private async Task EndAsync(LineMode mode, string? system = null) =>
        Assert.Null((await _desk.Line.EndAsync(_ruth!, system, null, mode, "mended", TestDesk.Cancellation)).Refusal);

    private async Task ApproveAsync(PersonActor person, Guid review) => Assert.Null((await _desk.DecideAsync(person, review, DecisionKind.Approve)).Refusal);

    private async Task PassAsync(int seconds)
    {
        _desk.Time.Advance(TimeSpan.FromSeconds(seconds));
        await _desk.Clock.TickAsync(TestDesk.Cancellation);
    }

    private static void Certain(JsonObject body, int answer)
    {
        body["kind"] = "agentDecision";
        body["action"] = new JsonObject { ["name"] = "agent_decision", ["arguments"] = new JsonObject { ["answer"] = answer } };
        body["impact"] = new JsonObject { ["reversible"] = true, ["externallyVisible"] = false };
    }
}
