using Microsoft.Data.Sqlite;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;
using ReviewConsole.Tests.Core.Ledger;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Core.Reviews;

/// <summary>R4 of TRUST.md, without a wire: people who reach for the same review at once.</summary>
public sealed class RaceTests(ITestOutputHelper output)
{
    private const int AtOnce = 250;
    private static readonly HashSet<string> s_acknowledged = ["evidence"];

    private sealed record Racer(PersonActor Person, Refusal? Refusal, long? Seq);

    [Theory]
    [InlineData("RC_R4_PAIRS", 10_000, 2)]
    [InlineData("RC_R4_CROWDS", 1_000, 8)]
    public async Task R4_exactly_one_of_them_decides(string variable, int usual, int people)
    {
        var races = Sizes.Of(variable, usual);
        await using var desk = new TestDesk();
        var crowd = await CrowdAsync(desk, people);
        var reviews = await Task.WhenAll(Enumerable.Range(0, Math.Min(AtOnce, races)).Select(_ => desk.SubmitAsync(Bare)));
        var (named, run, before) = (0, 0, Decisions(desk));
        for (; run < races; run += reviews.Length)
        {
            foreach (var racers in await Task.WhenAll(reviews.Select(review => RaceAsync(desk, review.Id, crowd))))
            {
                var winner = Assert.Single(racers, static racer => racer.Seq is not null);
                named += racers.Count(racer => NamesTheWinner(racer.Refusal, winner.Person.Id));
            }

            await Task.WhenAll(reviews.Select(review => StartAgainAsync(desk, review.Id, crowd)));
        }

        var decided = Decisions(desk) - before;
        output.WriteLine($"R4: {run} races of {people} people in process, {decided} decisions, {named} of {(long)run * (people - 1)} losers told who won");
        Assert.Equal(run, decided);
        Assert.Equal((long)run * (people - 1), named);
    }

    [Fact]
    public async Task R4_control_deciding_from_what_was_read_before_would_be_found()
    {
        await using var desk = new TestDesk();
        var crowd = await CrowdAsync(desk, 2);
        var review = await desk.SubmitAsync(Bare);
        var runner = new ReviewRunner(desk.Board);
        var known = desk.Reviews.Find(review.Id)!;
        var before = Decisions(desk);

        // The switched-on bug: each acts on its own reading, and the Writer only writes down.
        await Task.WhenAll(crowd.Select(person => desk.Store.Writer.RunAsync(
            scope =>
            {
                var moment = runner.Moment(scope, known);
                var claimed = ClaimDecider.Claim(known.State, person, Guid.CreateVersion7(desk.Time.GetUtcNow()), desk.Gate.RulesOf(known.State), moment);
                var held = runner.Save(scope, known, person.Id, Via.Api, null, claimed).State;
                var content = desk.Reviews.Content(known.State)!;
                var command = new DecideCommand(
                    1, DecisionKind.Approve, desk.Gate.RulesOf(known.State).Reasons[DecisionKind.Approve][0].Code, "Looked at all of it and it holds.", null, null, null, null, null,
                    s_acknowledged, held.Claim!.Token, "operation", Via.Api, ReviewerDesk.Renderer, null);
                var decision = DecisionDecider.Decide(held, content, person, command, EvidenceSeen.Nothing, desk.Gate.RulesOf(known.State), runner.Moment(scope, known));
                return runner.Save(scope, known with { State = held }, person.Id, Via.Api, null, decision).Entries.Count;
            },
            TestDesk.Cancellation)));

        var decided = Decisions(desk) - before;
        output.WriteLine($"R4 control: deciding from a reading of before, {decided} decisions on one review");
        Assert.Equal(2, decided);
        desk.Spoiled = true;
    }

    /// <summary>Everybody claims and decides at once; who did not get the claim tries to decide all the same.</summary>
    private static Task<Racer[]> RaceAsync(TestDesk desk, Guid id, PersonActor[] crowd) => Task.WhenAll(crowd.Select(async (person, i) =>
    {
        var deciding = desk.Decision(id, i % 2 == 0 ? DecisionKind.Approve : DecisionKind.Reject, null) with { Acknowledged = s_acknowledged };
        var claim = await desk.Reviewers.ClaimAsync(person, id, Via.Api, TestDesk.Cancellation);
        var decided = await desk.Reviewers.DecideAsync(person, id, deciding with { Claim = claim.Value?.Token }, TestDesk.Cancellation);
        return new Racer(person, decided.Refusal, decided.Value?.Seq);
    }));

    private static bool NamesTheWinner(Refusal? refusal, string winner) => refusal switch
    {
        Refusal.HeldByAnother held => held.Who == winner,
        Refusal.AlreadyDecided decided => decided.By == winner,
        _ => false,
    };

    private static async Task StartAgainAsync(TestDesk desk, Guid id, PersonActor[] crowd)
    {
        var held = desk.Reviews.Find(id)!.State.Held!;
        var person = crowd.Single(person => person.Id == held.By);
        var recalled = await desk.Reviewers.RecallAsync(person, id, $"recall-{held.Seq}", Via.Api, TestDesk.Cancellation);
        Assert.Null((await desk.Reviewers.ReleaseClaimAsync(person, id, recalled.Value!.Claim!.Token, Via.Api, TestDesk.Cancellation)).Refusal);
    }

    private static async Task<PersonActor[]> CrowdAsync(TestDesk desk, int people)
    {
        var crowd = new List<PersonActor>();
        for (var i = 0; i < people; i++)
        {
            crowd.Add(await desk.PersonAsync($"reviewer{i}"));
        }

        return [.. crowd];
    }

    private static long Decisions(TestDesk desk)
    {
        using var connection = desk.Store.Database.Open();
        using var command = new SqliteCommand("SELECT count(*) FROM ledger_entry WHERE json_extract(entry, '$.type') = 'decided'", connection);
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>Without evidence nobody has to look at any, so that the race is about the decision alone.</summary>
    private static void Bare(System.Text.Json.Nodes.JsonObject body) => body.Remove("evidence");
}
