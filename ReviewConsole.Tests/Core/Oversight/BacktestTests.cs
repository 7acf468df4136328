using System.Collections.Frozen;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Oversight;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Tests.Core.Gate;
using Xunit;

namespace ReviewConsole.Tests.Core.Oversight;

/// <summary>What a back-test adds up, and what it says where nobody knows.</summary>
public sealed class BacktestTests
{
    private const string Window = "windows: { lately: { over: source, period: 24 h } }";

    private static readonly string[] s_actions = ["agent_decision", "post_invoice", "issue_refund", "format_disk"];

    [Fact]
    public void Every_verdict_is_that_of_the_gate_and_the_totals_add_up()
    {
        var random = new Random(5);
        var items = Enumerable.Range(0, 3_000).Select(i => Any(random, i)).ToList();
        var report = Run(PolicyReader.Default, items);

        var verdicts = items.ToLookup(item => GateCases.Ask(item.Proposal, item.Facts).Verdict);
        Assert.All(report.Verdicts, volume => Assert.Equal(
            (verdicts[volume.Verdict].LongCount(), verdicts[volume.Verdict].Select(item => item.Action).Distinct().LongCount()), (volume.Items.Count, volume.DistinctActions)));
        Assert.Equal(items.Count, report.Verdicts.Sum(volume => volume.Items.Count));
        Assert.Equal(items.Count, report.Kinds.Sum(kind => kind.Items));
        Assert.Equal(items.Count, report.Labels.Right + report.Labels.Wrong + report.Labels.Unlabelled);
        Assert.Equal(items.Select(item => item.Action).Distinct().Count(), report.DistinctActions);
        Assert.Equal(report.Slipped.Items, report.Kinds.Sum(kind => kind.Slipped));
        Assert.Equal(report.Slipped.Items + report.Drawn, report.Errors.Wrong);
        Assert.Equal(report.Load.ReviewedNow, report.Risks.Sum(risk => risk.Now));
        Assert.Equal(verdicts[Verdict.Review].Count(), report.Load.ReviewedNow);
        Assert.Equal(verdicts[Verdict.Proceed].Count(item => item.Label == Label.Wrong), report.Slipped.Items);
        Assert.InRange(report.Slipped.Items, 20, items.Count);
        Assert.InRange(report.Drawn, 1, items.Count);
    }

    [Fact]
    public void The_frontier_has_a_point_for_each_value_and_counts_what_is_at_or_above()
    {
        var random = new Random(7);
        var items = Enumerable.Range(0, 500).Select(i => Any(random, i)).ToList();
        var values = items.Where(item => item.Proposal.Signals.Count > 0).Select(item => item.Proposal.Signals.Min(signal => signal.Value)).Distinct().Order().ToList();
        var frontier = Run(PolicyReader.Default, items).Frontier;
        Assert.Equal(values, frontier.Select(point => point.Value));
        Assert.All(frontier, point =>
        {
            var above = items.Where(item => item.Proposal.Signals.Count > 0 && item.Proposal.Signals.Min(signal => signal.Value) >= point.Value).ToList();
            Assert.Equal(((long)above.Count, (long)items.Count), (point.Proceeding.Count, point.Proceeding.Of));
            Assert.Equal(above.Count(item => item.Label == Label.Wrong), point.Errors.Wrong);
            Assert.Equal(above.Select(item => item.Action).Distinct().Count(), point.DistinctProceeding);
            Assert.Equal(above.Where(item => item.Label == Label.Wrong).Select(item => item.Action).Distinct().Count(), point.DistinctErrors.Count);
            Assert.Equal(above.Where(item => item.Label != Label.None).Select(item => item.Action).Distinct().Count(), point.DistinctErrors.Of);
        });
    }

    [Fact]
    public void Many_values_are_taken_together_and_every_point_stays_exact()
    {
        var items = Enumerable.Range(0, 5_000).Select(i => Item(i, GateCases.Certain() with { Signals = [new Signal("m", i / 5_000m)] })).ToList();
        var frontier = Run(PolicyReader.Default, items).Frontier;
        Assert.InRange(frontier.Count, 900, Frontier.MostPoints);
        Assert.All(frontier, point => Assert.Equal(items.Count(item => item.Proposal.Signals[0].Value >= point.Value), point.Proceeding.Count));
    }

    [Fact]
    public void Of_what_proceeded_and_was_never_looked_at_no_rate_is_made_up()
    {
        var let = new EarlierVerdict(Verdict.Proceed, Risk.Low, 1440, false);
        var seen = new EarlierVerdict(Verdict.Review, Risk.Low, 1440, false);
        var report = Run(PolicyReader.Default,
        [
            .. Enumerable.Range(0, 90).Select(i => Item(i, GateCases.Certain(), Label.None, let)),
            .. Enumerable.Range(90, 10).Select(i => Item(i, GateCases.Certain(), Label.Right, seen)),
        ]);
        Assert.True(report.Labels.IsCensored);
        Assert.Equal((10L, 90L), (report.Errors.Labelled, report.Errors.Unlabelled));
        Assert.Equal((10L, 90L, 0d), (report.Errors.SpeaksFor, report.Errors.Silent, report.Errors.Share!.Value));
        Assert.Equal(WilsonInterval.Of(0, 10), report.Errors.Interval);
        Assert.Null(report.Caught);
        Assert.Null(Run(PolicyReader.Default, [.. Enumerable.Range(0, 90).Select(i => Item(i, GateCases.Certain(), Label.None, let))]).Errors.Share);
    }

    [Fact]
    public void The_audit_sample_stands_for_all_that_proceeded_and_not_for_how_many_were_drawn()
    {
        // 900 proceeded of which 100 were drawn, 10 of those wrong; 100 more were judged for other reasons, 50 wrong. Bare counts would say 60 of 200.
        var let = new EarlierVerdict(Verdict.Proceed, Risk.Low, 1440, false);
        var drawn = new EarlierVerdict(Verdict.Review, Risk.Low, 1440, true);
        var seen = new EarlierVerdict(Verdict.Review, Risk.Low, 1440, false);
        var report = Run(PolicyReader.Default,
        [
            .. Enumerable.Range(0, 800).Select(i => Item(i, GateCases.Certain(), Label.None, let)),
            .. Enumerable.Range(800, 100).Select(i => Item(i, GateCases.Certain(), i < 810 ? Label.Wrong : Label.Right, drawn, draw: 0.01)),
            .. Enumerable.Range(900, 100).Select(i => Item(i, GateCases.Certain(), i < 950 ? Label.Wrong : Label.Right, seen)),
        ]);
        Assert.Equal((0.9 * 0.1) + (0.1 * 0.5), report.Errors.Share!.Value, 12);
        Assert.Equal(WilsonInterval.Of(0.14, 1 / ((0.81 / 100) + (0.01 / 100))).High, report.Errors.Interval!.Value.High, 12);
        Assert.Equal((60L, 200L, 800L), (report.Errors.Wrong, report.Errors.Labelled, report.Errors.Unlabelled));
        Assert.Equal((50L, 10L), (report.Slipped.Items, report.Drawn));
    }

    [Fact]
    public void Classes_that_are_drawn_at_another_share_count_by_their_size_and_not_by_their_labels()
    {
        // 2,000 at 50 %, none of 1,000 wrong; 10,000 at 1 %, 20 of 100 wrong. Pooled it would be 20 of 1,100.
        var items = Class(0, 2_000, 1_000, 0, 0.5m).Concat(Class(2_000, 10_000, 100, 20, 0.01m)).ToList();

        var report = Run(PolicyReader.Default, items);

        Assert.Equal(10_000 * 0.2 / 12_000, report.Errors.Share!.Value, 12);
        Assert.Equal(report.Errors, report.Kinds.Single().Errors);
        Assert.Equal(report.Errors, report.Frontier.Single().Errors);
        Assert.Equal((12_000L, 1_100L), (report.Labels.LetThrough, report.Labels.LetThroughLabelled));
        // Three more that nobody can speak for take nothing from what is known of the rest.
        var more = Run(PolicyReader.Default, [.. items, .. Class(12_000, 3, 0, 0, null)]).Errors;
        Assert.Equal((12_003L, 12_000L, 3L), (more.Items, more.SpeaksFor, more.Silent));
        Assert.Equal((report.Errors.Share, report.Errors.Interval), (more.Share, more.Interval));

        static IEnumerable<BacktestItem> Class(int from, int items, int drawn, int wrong, decimal? share) => Enumerable.Range(0, items).Select(i => Item(
            from + i, GateCases.Certain(), i < wrong ? Label.Wrong : i < drawn ? Label.Right : Label.None,
            new EarlierVerdict(i < drawn ? Verdict.Review : Verdict.Proceed, Risk.Low, 1440, i < drawn) { Drawn = share }, draw: i < drawn ? 0.001 : 0.9));
    }

    [Fact]
    public void What_slipped_before_and_is_stopped_now_is_newly_caught_by_name()
    {
        var drawn = new EarlierVerdict(Verdict.Review, Risk.Low, 1440, true);
        var policy = GateCases.Policy("rules:\n  - { rule: stop, when: { field: externalId, equals: bad }, then: { verdict: block } }\n");
        var report = Run(policy, [Item(1, GateCases.Certain(more: "\"externalId\":\"bad\""), Label.Wrong, drawn) with { Id = "bad" }, Item(2, GateCases.Certain(), Label.Right, drawn)]);
        Assert.Equal((1L, 1L), (report.Caught!.Items, report.Caught.DistinctActions));
        Assert.Equal("bad", report.Caught.First.Single().Id);
        Assert.Null(Run(policy, [Item(1, GateCases.Certain())]).Caught);
    }

    [Fact]
    public void Hours_are_those_recorded_and_their_mean_for_the_rest()
    {
        var seen = new EarlierVerdict(Verdict.Review, Risk.High, 30, false);
        var unsure = GateCases.Certain() with { Signals = [] };
        var report = Run(PolicyReader.Default,
            [Item(1, unsure, Label.Right, seen) with { Dwell = 3_600_000 }, Item(2, unsure, Label.None, seen), Item(3, GateCases.Certain(), Label.Right, seen) with { Dwell = 1_800_000 }]);
        Assert.Equal(new WorkingTime(2, 2_700, 2.25, 1.75), report.Time);
        Assert.Equal((3L, 3L, 2L), (report.Load.Known, report.Load.ReviewedBefore, report.Load.ReviewedNow));
        Assert.Equal(new RiskVolume(Risk.High, 3, 30, 0, 30), report.Risks[2]);
        Assert.Null(Run(PolicyReader.Default, [Item(1, unsure)]).Time.HoursNow);
    }

    [Fact]
    public void A_check_that_fails_on_right_actions_as_often_as_anywhere_is_noise()
    {
        var fails = GateCases.Certain() with { Checks = [new Check("noisy", "n", CheckResult.Fail, null, [])] };
        var tells = GateCases.Certain() with { Checks = [new Check("telling", "t", CheckResult.Fail, null, [])] };
        var report = Run(PolicyReader.Default,
            [.. Enumerable.Range(0, 50).Select(i => Item(i, fails, Label.Right)), .. Enumerable.Range(50, 50).Select(i => Item(i, tells, Label.Wrong))]);
        Assert.Equal([("noisy", true), ("telling", false)], report.Checks.Select(check => (check.Check, check.IsNoise)));
    }

    [Fact]
    public void A_check_is_held_against_what_people_judged_and_not_against_what_was_drawn()
    {
        // Right in 80 of 100 where it fails, and in none of 100 others that were judged; a great audit sample in which all was right says nothing of these.
        var drawn = new EarlierVerdict(Verdict.Review, Risk.Low, 1440, true) { Drawn = 0.5m };
        var fails = GateCases.Certain() with { Checks = [new Check("often", "o", CheckResult.Fail, null, [])] };
        var report = Run(PolicyReader.Default,
        [
            .. Enumerable.Range(0, 100).Select(i => Item(i, fails, i < 80 ? Label.Right : Label.Wrong)),
            .. Enumerable.Range(100, 100).Select(i => Item(i, GateCases.Certain(), Label.Wrong)),
            .. Enumerable.Range(200, 2_000).Select(i => Item(i, GateCases.Certain(), Label.Right, drawn, draw: 0.01)),
        ]);

        Assert.True(report.Checks.Single().IsNoise);
    }

    [Theory]
    [InlineData(Window, Window, true)]
    [InlineData("", Window, false)]
    [InlineData("windows: { lately: { over: source, period: 1 h } }", Window, false)]
    [InlineData("windows: { lately: { over: action, period: 24 h } }", Window, false)]
    [InlineData("currency: EUR\n" + Window, Window, false)]
    public void A_window_that_counted_something_else_under_the_same_name_is_not_known(string judge, string candidate, bool known)
    {
        var item = Item(1, GateCases.Certain());
        item = item with
        {
            Facts = item.Facts with { Windows = new Dictionary<string, WindowFact> { ["lately"] = new(2, 0) }.ToFrozenDictionary() },
            Judge = GateCases.Policy(judge),
        };
        var policy = GateCases.Policy(candidate + "\nrules:\n  - { rule: often, when: { field: windows/lately.count, atLeast: 1 }, then: { verdict: block } }\n");

        Assert.Equal(known ? Verdict.Block : Verdict.Review, Run(policy, [item]).Verdicts.Single(volume => volume.Items.Count == 1).Verdict);
        Assert.Equal(Verdict.Review, Run(policy, [item with { Judge = null }]).Verdicts.Single(volume => volume.Items.Count == 1).Verdict);
    }

    private static BacktestReport Run(GatePolicy policy, IReadOnlyList<BacktestItem> items)
    {
        var backtest = new Backtest(policy);
        foreach (var item in items)
        {
            backtest.Add(item);
        }

        return backtest.Report();
    }

    private static BacktestItem Any(Random random, int number) => Item(
        number,
        GateCases.Certain(s_actions[random.Next(s_actions.Length)], $$"""{"amount":{{random.Next(300)}},"currency":"USD"}""") with
        {
            Signals = [.. Enumerable.Range(0, random.Next(8) == 0 ? 0 : 2).Select(i => new Signal("s" + i, (decimal)Math.Round(random.NextDouble() < 0.8 ? 0.9 : random.NextDouble(), 2)))],
        },
        (Label)random.Next(3),
        draw: random.NextDouble());

    private static BacktestItem Item(int number, Proposal proposal, Label label = Label.None, EarlierVerdict? before = null, double draw = 0.5) =>
        new($"i{number}", proposal, new Facts(GateCases.Now, draw), ActionKey.Of(proposal.Effective.Digest), label, before);
}
