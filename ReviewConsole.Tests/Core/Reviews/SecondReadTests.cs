using System.Text.Json;
using System.Text.Json.Nodes;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Queue;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Core.Reviews;

/// <summary>While approvals are open, an earlier decision is read by nobody but who made it (SCREENS.md §2): the second reader judges the action, not the first reader.</summary>
public sealed class SecondReadTests : LifeBench
{
    [Fact]
    public async Task The_first_decision_is_read_after_the_second_is_made()
    {
        var (jonas, mia, cora) = (await Desk.PersonAsync("jonas"), await Desk.PersonAsync("mia"), await Desk.PersonAsync("cora", Role.Compliance));
        var review = await SubmitAsync();
        Assert.Null((await Desk.DecideAsync(jonas, review.Id, DecisionKind.Approve, static d => d with { Rationale = "The first reader's own words.", Message = "Go on." })).Refusal);
        Assert.Equal((ReviewStatus.Pending, 1), (State(review).Status, State(review).Approvals.Count));

        Assert.Equal(["submitted", "claimed", "decided"], Types(review, jonas));
        Assert.Equal(["submitted"], Types(review, mia));
        Assert.Equal(["submitted"], Types(review, cora));

        Assert.Null((await Desk.DecideAsync(mia, review.Id, DecisionKind.Approve)).Refusal);
        Assert.All(new[] { jonas, mia, cora }, person => Assert.Equal(["submitted", "claimed", "decided", "claimed", "decided"], Types(review, person)));
        Assert.Equal("The first reader's own words.", Desk.Reviews.Read(review.Id, mia.Id)!.Timeline[2].Texts[SealedNames.Rationale]);

        // Taken back, it is open again: who comes now has read nothing of either.
        await Desk.Reviewers.RecallAsync(mia, review.Id, "recall", Via.Api, TestDesk.Cancellation);
        Assert.Equal(["submitted", "claimed"], Types(review, cora));
        Assert.Equal(["submitted", "claimed", "decided", "recalled"], Types(review, mia));
    }

    [Fact]
    public async Task A_correction_is_shown_as_the_action_that_runs_and_not_as_a_decision()
    {
        var (jonas, mia) = (await Desk.PersonAsync("jonas"), await Desk.PersonAsync("mia"));
        var review = await SubmitAsync();
        Assert.Null((await Desk.DecideAsync(jonas, review.Id, DecisionKind.Correct, static d => d with
        {
            Correction = new Correcting(JsonElement.Parse("""{"order":"4711","amount":"11000.00","currency":"USD"}"""), null, null),
            Acknowledged = new HashSet<string> { "console:declared-amount" },
        })).Refusal);

        var shown = Desk.Reviews.Read(review.Id, mia.Id)!;
        Assert.Equal("11000.00", shown.Content!.Effective.Arguments.GetProperty("amount").GetString());
        Assert.DoesNotContain(shown.Timeline, static entry => entry.Type == "decided");
    }

    [Fact]
    public async Task A_list_names_the_action_that_is_now_to_be_approved_and_the_earlier_one_again_when_that_is_taken_back()
    {
        var (jonas, mia) = (await Desk.PersonAsync("jonas"), await Desk.PersonAsync("mia"));
        var review = await SubmitAsync();
        Assert.Equal(("issue_refund 12500.00 USD 4711", "12500.00"), await RowAsync(mia));

        Assert.Null((await Desk.DecideAsync(jonas, review.Id, DecisionKind.Correct, d => To("11000.00", d))).Refusal);
        Assert.Equal(("issue_refund 11000.00 USD 4711", "11000.00"), await RowAsync(mia));
        Assert.Equal("11000.00", Desk.Reviews.Read(review.Id, mia.Id)!.Content!.Effective.Arguments.GetProperty("amount").GetString());

        // A correction of the correction waits for another approval; a correction by the last one is held, and its recall brings back what stood before.
        Assert.Null((await Desk.DecideAsync(mia, review.Id, DecisionKind.Correct, d => To("10500.00", d))).Refusal);
        Assert.Equal(("issue_refund 10500.00 USD 4711", "10500.00"), await RowAsync(jonas));
        var noor = await Desk.PersonAsync("noor");
        Assert.Null((await Desk.DecideAsync(noor, review.Id, DecisionKind.Approve)).Refusal);
        Assert.Equal(ReviewStatus.Held, State(review).Status);
        await Desk.Reviewers.RecallAsync(noor, review.Id, "recall", Via.Api, TestDesk.Cancellation);
        Assert.Equal(("issue_refund 10500.00 USD 4711", "10500.00"), await RowAsync(jonas));
    }

    [Fact]
    public async Task A_recalled_correction_leaves_no_trace_in_lists()
    {
        var jonas = await Desk.PersonAsync("jonas");
        var review = await Desk.SubmitAsync();
        var before = await RowAsync(jonas);
        Assert.Null((await Desk.DecideAsync(jonas, review.Id, DecisionKind.Correct)).Refusal);
        Assert.Equal(("issue_refund 900.00 USD 4711", "900.00"), await RowAsync(jonas));
        await Desk.Reviewers.RecallAsync(jonas, review.Id, "recall", Via.Api, TestDesk.Cancellation);
        Assert.Equal(before, await RowAsync(jonas));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_the_source_declared_of_the_amount_says_nothing_of_a_correction(bool corrected)
    {
        var (jonas, mia) = (await Desk.PersonAsync("jonas"), await Desk.PersonAsync("mia"));
        var review = await SubmitAsync();
        Assert.Null((await Desk.DecideAsync(jonas, review.Id, corrected ? DecisionKind.Correct : DecisionKind.Approve, d => corrected ? To("11000.00", d) : d)).Refusal);
        Assert.Null(Desk.Reviews.Read(review.Id, mia.Id)!.Content!.Current.Impact!.Amount);
    }

    [Fact]
    public async Task What_the_next_reader_needs_stays_questions_and_escalations()
    {
        var (jonas, mia, noor) = (await Desk.PersonAsync("jonas"), await Desk.PersonAsync("mia"), await Desk.PersonAsync("noor"));
        var review = await SubmitAsync();
        Assert.Null((await Desk.DecideAsync(jonas, review.Id, DecisionKind.Approve)).Refusal);
        Assert.Null((await Desk.DecideAsync(mia, review.Id, DecisionKind.Escalate, static d => d with { Rationale = "I do not know this tariff." })).Refusal);

        var timeline = Desk.Reviews.Read(review.Id, noor.Id)!.Timeline;
        Assert.Equal(["submitted", "claimed", "decided", "escalated"], timeline.Select(static entry => entry.Type));
        Assert.Equal("I do not know this tariff.", timeline[2].Texts[SealedNames.Rationale]);
    }

    [Fact]
    public async Task A_note_of_the_first_reader_is_read_by_whom_it_speaks_to()
    {
        var (jonas, mia, noor) = (await Desk.PersonAsync("jonas"), await Desk.PersonAsync("mia"), await Desk.PersonAsync("noor"));
        var review = await SubmitAsync();
        await Desk.Notes.WriteAsync(jonas, review.Id, "All is well here.", [], asks: false, TestDesk.Cancellation);
        await Desk.Notes.WriteAsync(jonas, review.Id, "Who is the payee, @noor?", [noor.Id], asks: false, TestDesk.Cancellation);
        Assert.Equal(["submitted", "noted", "noted"], Types(review, mia));
        Assert.Null((await Desk.DecideAsync(jonas, review.Id, DecisionKind.Approve)).Refusal);

        Assert.Equal(["submitted"], Types(review, mia));
        Assert.Equal(["Who is the payee, @noor?"], Desk.Reviews.Read(review.Id, noor.Id)!.Timeline.Where(static entry => entry.Type == "noted").Select(static entry => entry.Texts[SealedNames.Note]));
    }

    private static Deciding To(string amount, Deciding deciding) => deciding with
    {
        Correction = new Correcting(JsonElement.Parse($$"""{"order":"4711","amount":"{{amount}}","currency":"USD"}"""), null, null),
        Acknowledged = new HashSet<string> { "console:declared-amount" },
    };

    private async Task<(string Headline, string? Amount)> RowAsync(PersonActor person)
    {
        var row = Assert.Single((await Desk.Queue.ReadAsync(QueueFilter.Everything, person.Id, null, 10, TestDesk.Cancellation)).Items);
        return (row.Headline, row.Amount);
    }

    private Task<ReviewState> SubmitAsync() => Desk.SubmitAsync(static body =>
    {
        body["action"]!["arguments"]!["amount"] = "12500.00";
        body["impact"]!["amount"] = new JsonObject { ["value"] = "12500.00", ["currency"] = "USD" };
    });

    private IEnumerable<string> Types(ReviewState review, PersonActor person) => Desk.Reviews.Read(review.Id, person.Id)!.Timeline.Select(static entry => entry.Type);
}
