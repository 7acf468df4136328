using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Oversight;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;
using ReviewConsole.Hosting;
using ReviewConsole.Tests.Core.Gate;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Core.Oversight;

/// <summary>How often people approved unchanged what had about the same signal: what counts, from how many on it is said, and what a condition makes of it.</summary>
public sealed class CalibrationTests
{
    // Everything goes to a person at low risk; what is known of its signal is asked beside.
    private const string Policy = """
        hold: 5 s
        rules:
          - { rule: all, when: { field: kind, missing: false }, then: { verdict: review } }
          - { rule: known-well, when: { field: signals/model/calibrated, atLeast: 0.8 }, then: { queue: experts } }
        """;

    [Fact]
    public void Counted_by_hand_for_each_system_version_signal_and_tenth()
    {
        var calibration = new Calibration { IsWhole = true };
        for (var i = 0; i < 45; i++)
        {
            calibration.Add("shop", "v1", [new Signal("model", i % 2 == 0 ? 0.9m : 1), new Signal("judge", 0.35m)], approved: i < 41);
        }

        // 41 of 45: (41/45 + z²/90 − z·√((41·4/45³) + z²/(4·45²))) / (1 + z²/45), z = 1.96, rounded down.
        var known = new CalibratedFact(41, 45, 0.792m);
        Assert.Equal((known, known), (calibration.Find("shop", "v1", "model", 0.95m), calibration.Find("shop", "v1", "judge", 0.3m)));
        Assert.Equal((known, null), (calibration.Find("shop", "v1", CalibratedFact.Lowest, 0.35m), calibration.Find("shop", "v1", CalibratedFact.Lowest, 0.95m)));
        Assert.All(
            [calibration.Find("shop", "v2", "model", 0.95m), calibration.Find("bot", "v1", "model", 0.95m), calibration.Find("shop", "v1", "other", 0.95m), calibration.Find("shop", "v1", "model", 0.899m), calibration.Find("shop", null, "model", 0.95m)],
            Assert.Null);

        var proposal = GateCases.Certain() with { Signals = [new Signal("model", 0.93m), new Signal("judge", 0.3m), new Signal("new", 0.5m)] };
        proposal = proposal with { Source = proposal.Source with { System = "shop", Version = "v1" } };
        Assert.Equal(["", "judge", "model"], calibration.Of(proposal).Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Under_twenty_and_without_a_version_nothing_is_said()
    {
        var calibration = new Calibration { IsWhole = true };
        for (var i = 0; i < 20; i++)
        {
            Assert.Null(calibration.Find("shop", "v1", "model", 0.5m));
            calibration.Add("shop", "v1", [new Signal("model", 0.5m)], approved: false);
            calibration.Add("shop", null, [new Signal("model", 0.5m)], approved: true);
        }

        Assert.Equal(new CalibratedFact(0, 20, 0), calibration.Find("shop", "v1", "model", 0.5m));
        Assert.Null(calibration.Find("shop", null, "model", 0.5m));
    }

    [Fact]
    public void A_full_table_drops_what_was_counted_longest_ago_and_a_new_version_is_calibrated()
    {
        var calibration = new Calibration { IsWhole = true };
        AddTwenty("v0", "bot");
        for (var i = 0; i < Calibration.MostOfASystem / 2; i++)
        {
            AddTwenty($"v{i}", "shop");
        }

        Assert.NotNull(Find("v0", "shop"));
        AddTwenty("v0", "shop");
        AddTwenty("new", "shop");
        Assert.Equal((20, 40), (Find("new", "shop")?.Decided, Find("v0", "shop")?.Decided));
        Assert.Null(Find("v1", "shop"));
        Assert.NotNull(Find("v2", "shop"));
        Assert.NotNull(Find("v0", "bot"));

        CalibratedFact? Find(string version, string system) => calibration.Find(system, version, "model", 0.5m);

        void AddTwenty(string version, string system)
        {
            for (var i = 0; i < 20; i++)
            {
                calibration.Add(system, version, [new Signal("model", 0.5m)], approved: true);
            }
        }
    }

    [Fact]
    public async Task Nothing_is_said_before_all_is_counted_and_what_cannot_be_read_is_passed_over()
    {
        await using var desk = new TestDesk(policy: GateCases.Policy(Policy));
        var (person, calibration) = (await desk.PersonAsync("r"), new Calibration());
        var reviews = new List<ReviewState>();
        for (var i = 0; i < 22; i++)
        {
            reviews.Add(await SubmitAsync(desk));
            Assert.Null((await desk.DecideAsync(person, reviews[i].Id, DecisionKind.Approve)).Refusal);
        }

        await desk.ReleaseAsync();
        await RunAsync("DROP TRIGGER sealed_no_update");
        await RunAsync($"UPDATE sealed SET bytes = CAST('no proposal' AS BLOB) WHERE name = '{SealedNames.Proposal}' AND seq = {reviews[0].ContentSeq}");
        for (var i = 0; i < 20; i++)
        {
            calibration.Add("bot", "v0", [new Signal("model", 0.91m)], approved: true);
        }

        var (proposal, log) = (desk.Reviews.Content(reviews[^1])!.Proposal, new CollectingLogger<CalibrationReader>());
        var reader = new CalibrationReader(desk.Store.Database, calibration, log);
        reader.Follow(new CancellationToken(canceled: true));
        Assert.Null(calibration.Find("bot", "v0", "model", 0.91m));
        Assert.Empty(calibration.Of(proposal with { Source = proposal.Source with { Version = "v0" } }));

        reader.Follow(TestDesk.Cancellation);
        reader.Follow(TestDesk.Cancellation);
        Assert.Equal((20, 21), (calibration.Find("bot", "v0", "model", 0.91m)?.Decided, calibration.Find("bot", "v1", "model", 0.91m)?.Decided));
        Assert.Single(log.Faults);

        // What is erased later was counted while it was there.
        await RunAsync($"DELETE FROM sealed WHERE seq = {reviews[^1].ContentSeq}");
        reader.Follow(TestDesk.Cancellation);
        Assert.Equal(21, calibration.Find("bot", "v1", "model", 0.91m)?.Decided);
        var restarted = new Calibration();
        Reader(desk, restarted).Follow(TestDesk.Cancellation);
        Assert.Equal(20, restarted.Find("bot", "v1", "model", 0.91m)?.Decided);

        Task RunAsync(string sql) => desk.Store.Writer.RunAsync(scope => scope.Prepare(sql).ExecuteNonQuery(), TestDesk.Cancellation);
    }

    [Fact]
    public async Task No_source_is_told_what_people_made_of_its_signals()
    {
        const string Ask = """
            rules:
              - { rule: doubt, when: { field: FIELD, below: 0.8 }, then: { verdict: block } }
              - { rule: sure, when: { field: FIELD, atLeast: 0.8 }, then: { queue: experts } }
              - { rule: sure-of-others, when: { all: [ { field: FIELD, atLeast: 0.8 }, { field: kind, missing: true } ] }, then: { queue: experts } }
            """;
        foreach (var field in (string[])["signals/model/calibrated", "signals.lowestCalibrated"])
        {
            var policy = GateCases.Policy(Ask.Replace("FIELD", field, StringComparison.Ordinal));
            await using var desk = new TestDesk(policy: policy);
            for (var i = 0; i < 40; i++)
            {
                desk.Calibration.Add("bot", "v1", [new Signal("model", 0.99m)], approved: true);
            }

            var known = desk.Reviews.Content(await SubmitAsync(desk))!;
            Assert.Equal("experts", known.Gate.Queue);
            var trace = JsonNode.Parse(known.Gate.ToJson())!["trace"]!.AsArray().SelectMany(static rule => rule!["conditions"]!.AsArray()).Where(condition => (string?)condition!["field"] == field).ToList();
            Assert.Equal([false, true, false], trace.Select(static condition => (bool)condition!["holds"]!));
            Assert.All(trace, static condition => Assert.Null(condition!["seen"]));

            var answer = desk.Gate.Answer(policy, known.Proposal, []);
            Assert.True(answer.NotKnown);
            Assert.Equal((Verdict.Review, 0), (answer.Verdict, answer.Facts.Calibrated.Count));
        }
    }

    [Fact]
    public async Task Only_what_has_left_by_a_persons_decision_counts_once_and_the_same_again_from_the_start()
    {
        await using var desk = new TestDesk(policy: GateCases.Policy(Policy));
        var (person, reader) = (await desk.PersonAsync("r"), Reader(desk, desk.Calibration));
        for (var i = 0; i < 22; i++)
        {
            var review = await SubmitAsync(desk);
            Assert.Null((await desk.DecideAsync(person, review.Id, i switch { 0 => DecisionKind.Reject, 1 => DecisionKind.Correct, _ => DecisionKind.Approve })).Refusal);
            if (i == 21)
            {
                // What is held may be recalled, and what one of two has said is nobody else's to know.
                reader.Follow(TestDesk.Cancellation);
                Assert.Equal(20, Found()!.Decided);
            }

            if (i != 20)
            {
                await desk.ReleaseAsync();
            }
        }

        reader.Follow(TestDesk.Cancellation);
        reader.Follow(TestDesk.Cancellation);
        Assert.Equal((20, 22), (Found()!.Approved, Found()!.Decided));

        var again = new Calibration();
        Reader(desk, again).Follow(TestDesk.Cancellation);
        Assert.Equal(Found(), again.Find("bot", "v1", "model", 0.91m));

        // What no person decided says nothing.
        var open = await SubmitAsync(desk);
        Assert.Null((await desk.Sources.CancelAsync(desk.Source, open.Id, "Not needed.", TestDesk.Cancellation)).Refusal);
        reader.Follow(TestDesk.Cancellation);
        Assert.Equal(22, Found()!.Decided);

        CalibratedFact? Found() => desk.Calibration.Find("bot", "v1", "model", 0.91m);
    }

    [Fact]
    public async Task A_server_counts_what_there_is_when_it_starts_and_follows()
    {
        await using var desk = new TestDesk(policy: GateCases.Policy(Policy));
        var person = await desk.PersonAsync("r");
        await DecideAsync(20);
        using var calibrating = new Calibrating(Reader(desk, desk.Calibration), desk.Time, NullLogger<Calibrating>.Instance);
        await calibrating.StartAsync(TestDesk.Cancellation);
        await Eventually.HoldsAsync("what was there is counted", () => Decided() == 20);
        await DecideAsync(1);
        await Eventually.HoldsAsync("what came is counted", () =>
        {
            desk.Time.Advance(TimeSpan.FromSeconds(1));
            return Decided() == 21;
        });
        await calibrating.StopAsync(TestDesk.Cancellation);

        int? Decided() => desk.Calibration.Find("bot", "v1", "model", 0.91m)?.Decided;

        async Task DecideAsync(int reviews)
        {
            for (var i = 0; i < reviews; i++)
            {
                Assert.Null((await desk.DecideAsync(person, (await SubmitAsync(desk)).Id, DecisionKind.Approve)).Refusal);
            }

            await desk.ReleaseAsync();
        }
    }

    [Fact]
    public async Task What_is_not_known_goes_to_a_person_and_what_was_known_is_sealed_for_every_replay()
    {
        var policy = GateCases.Policy(Policy);
        await using var desk = new TestDesk(policy: policy);
        var before = desk.Reviews.Content(await SubmitAsync(desk))!;
        Assert.Empty(before.Gate.Facts.Calibrated);
        Assert.Null(Condition(before.Gate).Holds);

        for (var i = 0; i < 40; i++)
        {
            desk.Calibration.Add("bot", "v1", [new Signal("model", 0.99m)], approved: i > 1);
        }

        var known = desk.Reviews.Content(await SubmitAsync(desk))!;
        Assert.Equal(new CalibratedFact(38, 40, 0.834m), known.Gate.Facts.Calibrated["model"]);
        Assert.Equal((true, GateValue.Of(0.834m), "experts"), (Condition(known.Gate).Holds, Condition(known.Gate).Seen, known.Gate.Queue));

        // Whatever people do afterwards: asked again with its facts, the gate says the same.
        for (var i = 0; i < 40; i++)
        {
            desk.Calibration.Add("bot", "v1", [new Signal("model", 0.99m)], approved: false);
        }

        Assert.Equal(SealedGate.Write(known.Gate), SealedGate.Write(ReviewConsole.Core.Gate.Gate.Evaluate(policy, known.Proposal, known.Gate.Facts)));
        var item = new RecordedReviews(desk.Store.Database, 0).Read().Single(item => item.Review == known.Review);
        Assert.Equal(known.Gate.Facts.Calibrated, item.FactsFor(PolicyReader.Default).Calibrated);

        static ConditionTrace Condition(GateResult gate) => gate.Trace.Single(static rule => rule.Rule == "known-well").Conditions.Single();
    }

    [Theory]
    [InlineData("signals/model/calibrated")]
    [InlineData("signals/absent/calibrated")]
    [InlineData("signals.lowestCalibrated")]
    public void A_rule_that_asks_for_it_lets_nothing_through_that_nobody_knows_and_says_nothing_before_a_first_judgement(string field)
    {
        var policy = GateCases.Policy($"rules:\n  - {{ rule: doubt, when: {{ field: {field}, below: 0.8 }}, then: {{ verdict: block }} }}\n");
        var asked = GateCases.Ask(GateCases.Certain(), GateCases.Facts, policy);
        Assert.True(asked.NotKnown);
        Assert.Equal(Verdict.Review, asked.Verdict);
        Assert.True(GateField.IsSelfReported(field));
    }

    [Fact]
    public void Another_value_is_calibrated_by_others_and_counts_as_changed()
    {
        var before = GateCases.Certain() with { Signals = [new Signal("model", 0.9m)] };
        string[] names = ["signals/model/calibrated", "signals.lowestCalibrated"];

        Assert.Superset(names.ToHashSet(), RevisionChanges.Between(PolicyReader.Default, before, before with { Signals = [new Signal("model", 0.4m)] }).ToHashSet());
        Assert.Empty(RevisionChanges.Between(PolicyReader.Default, before, before).Intersect(names));
    }

    private static CalibrationReader Reader(TestDesk desk, Calibration calibration) => new(desk.Store.Database, calibration, NullLogger<CalibrationReader>.Instance);

    private static Task<ReviewState> SubmitAsync(TestDesk desk) => desk.SubmitAsync(static body =>
    {
        body["source"] = new JsonObject { ["system"] = "bot", ["version"] = "v1" };
    });
}
