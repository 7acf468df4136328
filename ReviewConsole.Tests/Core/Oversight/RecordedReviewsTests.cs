using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Oversight;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Tests.Core.Gate;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Core.Oversight;

/// <summary>The reviews of a real database as a back-test reads them.</summary>
public sealed class RecordedReviewsTests
{
    // Everything that is tagged so is drawn: a refund that a person has to see anyway, and a small decision that would have proceeded.
    private const string Policy = """
        rules:
          - { rule: blocked, when: { field: tags, contains: never }, then: { verdict: block } }
          - { rule: drawn, when: { all: [{ field: tags, contains: drawn }, { field: facts.sampleDraw, below: 1 }] }, then: { verdict: review, sample: true } }
        """;

    [Fact]
    public async Task Each_review_has_its_label_its_facts_and_the_verdict_that_its_policy_says_again()
    {
        var policy = GateCases.Policy(Policy);
        await using var desk = new TestDesk(policy: policy);
        var person = await desk.PersonAsync("r");
        var approved = await desk.SubmitAsync();
        var rejected = await desk.SubmitAsync();
        var corrected = await desk.SubmitAsync();
        var open = await desk.SubmitAsync();
        var blocked = await desk.SubmitAsync(body => body["tags"] = new JsonArray("never"));
        var drawn = await desk.SubmitAsync(body => body["tags"] = new JsonArray("drawn"));
        foreach (var (review, decision) in ((ReviewState, DecisionKind)[])[(approved, DecisionKind.Approve), (rejected, DecisionKind.Reject), (corrected, DecisionKind.Correct)])
        {
            Assert.Null((await desk.DecideAsync(person, review.Id, decision)).Refusal);
        }

        await desk.ReleaseAsync();
        var items = new RecordedReviews(desk.Store.Database, 0).Read().ToList();
        Assert.Equal(6, items.Count);
        Assert.Equal((Label.Right, Stratum.Judged), Of(approved));
        Assert.Equal((Label.Wrong, Stratum.Judged), Of(rejected));
        Assert.Equal((Label.Wrong, Stratum.Judged), Of(corrected));
        Assert.Equal((Label.None, Stratum.Judged), Of(open));
        Assert.Equal((Label.None, Stratum.Blocked), Of(blocked));
        Assert.Equal((Label.None, Stratum.Judged), Of(drawn));
        Assert.All(items, item =>
        {
            var again = GateCases.Ask(item.Proposal, item.Facts, policy);
            Assert.Equal((item.Before!.Verdict, item.Before.Risk), (again.Verdict, again.Risk));
            Assert.Equal(ActionKey.Of(item.Proposal.Effective.Digest), item.Action);
        });

        // A second and a half for each piece, and no more than the three seconds that passed since the claim.
        var pieces = Find(approved).Proposal.Evidence.Count;
        Assert.Equal(Math.Min(pieces * 1_500, 3_000), Find(approved).Dwell);
        Assert.Null(Find(open).Dwell);

        (Label, Stratum) Of(ReviewState review) => (Find(review).Label, Find(review).Stratum);

        BacktestItem Find(ReviewState review) => items.Single(item => item.Id == Name(review));

        string Name(ReviewState review) => desk.Reviews.Find(review.Id)!.ExternalId ?? review.Id.ToString();
    }

    [Fact]
    public async Task What_people_decided_and_whether_it_stood_is_told_apart_from_what_rules_and_time_decided()
    {
        await using var desk = new TestDesk(policy: GateCases.Policy(Policy));
        var (person, ruth) = (await desk.PersonAsync("r"), await desk.PersonAsync("ruth", Role.Supervisor));
        var (approved, failed, undone, rejected, corrected) = (await desk.SubmitAsync(), await desk.SubmitAsync(), await desk.SubmitAsync(), await desk.SubmitAsync(), await desk.SubmitAsync());
        var (open, blocked) = (await desk.SubmitAsync(), await desk.SubmitAsync(static body => body["tags"] = new JsonArray("never")));
        foreach (var review in (ReviewState[])[approved, failed, undone])
        {
            Assert.Null((await desk.DecideAsync(person, review.Id, DecisionKind.Approve)).Refusal);
        }

        await desk.DecideAsync(person, rejected.Id, DecisionKind.Reject);
        await desk.DecideAsync(person, corrected.Id, DecisionKind.Correct);
        await desk.ReleaseAsync();
        foreach (var status in (ExecutionStatus[])[ExecutionStatus.Started, ExecutionStatus.Failed])
        {
            Assert.Null((await desk.Sources.ReportAsync(desk.Source, failed.Id, status, failed.ActionDigest, null, null, TestDesk.Cancellation)).Refusal);
        }

        Assert.Null((await desk.Reviewers.RollbackAsync(ruth, undone.Id, "It was wrong.", "undo", Via.Api, TestDesk.Cancellation)).Refusal);
        var items = new RecordedReviews(desk.Store.Database, 0).Read().ToDictionary(static item => item.Review!.Value, static item => (item.Decided, item.Reversed));

        Assert.Equal((OutcomeDecision.Approved, false), items[approved.Id]);
        Assert.Equal((OutcomeDecision.Approved, true), items[failed.Id]);
        Assert.Equal((OutcomeDecision.Approved, true), items[undone.Id]);
        Assert.Equal((OutcomeDecision.Rejected, false), items[rejected.Id]);
        Assert.Equal((OutcomeDecision.Corrected, false), items[corrected.Id]);
        Assert.Equal((null, false), items[open.Id]);
        Assert.Equal((null, false), items[blocked.Id]);
    }

    [Fact]
    public async Task A_draw_stands_for_what_proceeded_only_where_nothing_else_asked_for_a_person()
    {
        await using var desk = new TestDesk(policy: GateCases.Policy(Policy)) { Spoiled = true };
        var sampled = await desk.SubmitAsync(Sampled);
        var mandatory = await desk.SubmitAsync(body => body["tags"] = new JsonArray("drawn"));
        var unsure = await desk.SubmitAsync(body =>
        {
            Sampled(body);
            body.Remove("signals");
        });
        await desk.Line.StopAsync(await desk.PersonAsync("ops", Role.Supervisor), null, null, "An incident.", TestDesk.Cancellation);
        var stopped = await desk.SubmitAsync(Sampled);

        Assert.All([sampled, mandatory, unsure, stopped], review => Assert.True(desk.Reviews.Content(review)!.Gate.AuditSample));
        Assert.Equal([Stratum.LetThrough, Stratum.Judged, Stratum.Judged, Stratum.Judged], Strata());

        // Nobody knows any more what the rules of that name asked for.
        await desk.Store.Writer.RunAsync(scope => scope.Prepare("UPDATE policy SET text = 'policy: x'").ExecuteNonQuery(), TestDesk.Cancellation);
        Assert.All(Strata(), stratum => Assert.Equal(Stratum.Judged, stratum));

        IEnumerable<Stratum> Strata()
        {
            var items = new RecordedReviews(desk.Store.Database, 0).Read().ToDictionary(item => item.Id, item => item.Stratum);
            return [.. new[] { sampled, mandatory, unsure, stopped }.Select(review => items[$"{review.Id}"])];
        }
    }

    [Fact]
    public async Task A_back_test_takes_every_line_as_running()
    {
        await using var desk = new TestDesk(policy: GateCases.Policy(Policy));
        var (ops, until) = (await desk.PersonAsync("ops", Role.Supervisor), desk.Time.GetUtcNow().AddHours(1).ToUnixTimeMilliseconds());
        foreach (var mode in Enum.GetValues<LineMode>())
        {
            Assert.Null((await desk.Line.SetAsync(ops, null, mode == LineMode.Stopped ? "agentDecision" : null, mode, until, "An incident.", TestDesk.Cancellation)).Refusal);
        }

        var review = await desk.SubmitAsync(body =>
        {
            Sampled(body);
            body.Remove("tags");
        });
        var item = new RecordedReviews(desk.Store.Database, 0).Read().Single();
        var backtest = new Backtest(desk.Gate.Policy);
        backtest.Add(item);

        Assert.Equal((ReviewStatus.Pending, Verdict.Review, 2), (review.Status, item.Before!.Verdict, review.Gate.Approvals));
        Assert.True(item.Facts.LineStopped);
        Assert.Equal(1, backtest.Report().Verdicts.Single(static volume => volume.Verdict == Verdict.Proceed).Items.Count);
    }

    [Fact]
    public async Task Each_that_proceeds_or_was_drawn_instead_has_the_share_that_its_policy_draws()
    {
        await using var desk = new TestDesk(policy: GateCases.Policy("""
            rules:
              - { rule: often, when: { all: [{ field: tags, contains: often }, { field: facts.sampleDraw, below: 0.5 }] }, then: { verdict: review, sample: true } }
              - { rule: seldom, when: { all: [{ field: tags, contains: seldom }, { field: facts.sampleDraw, between: [0.2, 0.3] }] }, then: { verdict: review, sample: true } }
              - rule: nested
                when: { all: [{ field: tags, contains: nested }, { any: [{ not: { field: facts.sampleDraw, atLeast: 0.25 } }, { field: tags, contains: never }] }] }
                then: { verdict: review }
            """));
        foreach (var (tags, i) in new[] { (new[] { "often" }, 40), (["seldom"], 1), (["often", "seldom"], 1), ([], 1), (["nested"], 40) }.SelectMany(static it => Enumerable.Range(0, it.Item2).Select(i => (it.Item1, i))))
        {
            await desk.SubmitAsync(body =>
            {
                Sampled(body);
                body["action"]!["arguments"]!["answer"] = i;
                body["tags"] = new JsonArray([.. tags.Select(static tag => JsonValue.Create(tag))]);
            });
        }

        var items = new RecordedReviews(desk.Store.Database, 0).Read().ToLookup(item => string.Join(' ', item.Proposal.Tags), item => item);
        Assert.Equal([Verdict.Proceed, Verdict.Review], items["often"].Select(item => item.Before!.Verdict).Distinct().Order());
        Assert.All(items["often"], static item => Assert.Equal(new LabelPart(Stratum.LetThrough, 0.5m), item.Part));
        // A draw that is no audit sample counts all the same: of what proceeds, so much would have been shown.
        Assert.All(items["nested"].Where(static item => item.Before!.Verdict == Verdict.Proceed), static item => Assert.Equal(0.25m, item.Part.Drawn));
        Assert.Contains(items["nested"], static item => item.Before!.Verdict == Verdict.Proceed);
        // The policy that ships draws one in twenty of what nothing has matched.
        Assert.Equal([0.15m, 0.5m, 0.05m], new[] { "seldom", "often seldom", "" }.Select(tags => items[tags].Single().Part.Drawn!.Value));
    }

    [Fact]
    public async Task An_approval_that_was_rolled_back_was_wrong_and_what_proceeded_has_no_label()
    {
        await using var desk = new TestDesk(policy: GateCases.Policy(Policy));
        var approved = await desk.SubmitAsync();
        Assert.Null((await desk.DecideAsync(await desk.PersonAsync("r"), approved.Id, DecisionKind.Approve)).Refusal);
        await desk.ReleaseAsync();
        var proceeded = await desk.SubmitAsync(body =>
        {
            Sampled(body);
            body.Remove("tags");
        });
        var supervisor = await desk.PersonAsync("ruth", Role.Supervisor);
        foreach (var review in new[] { approved, proceeded })
        {
            Assert.Null((await desk.Reviewers.RollbackAsync(supervisor, review.Id, "The wrong customer.", $"back-{review.Id}", Via.Api, TestDesk.Cancellation)).Refusal);
        }

        var items = new RecordedReviews(desk.Store.Database, 0).Read().ToDictionary(item => item.Id, item => (item.Label, item.Stratum));
        Assert.Equal((Label.Wrong, Stratum.Judged), items[$"{approved.Id}"]);
        Assert.Equal((Label.None, Stratum.LetThrough), items[$"{proceeded.Id}"]);
    }

    private static void Sampled(JsonObject body)
    {
        body.Remove("kind");
        body.Remove("alternatives");
        body["action"] = new JsonObject { ["name"] = "agent_decision", ["arguments"] = new JsonObject() };
        body["impact"] = new JsonObject { ["reversible"] = true, ["externallyVisible"] = false };
        body["tags"] = new JsonArray("drawn");
    }

    [Fact]
    public async Task Erased_ones_are_counted_older_ones_left_out_and_pages_leave_none_out()
    {
        await using var desk = new TestDesk();
        var old = await desk.SubmitAsync();
        desk.Time.Advance(TimeSpan.FromDays(3));
        for (var i = 0; i < 1_001; i++)
        {
            await desk.SubmitAsync();
        }

        var since = desk.Time.GetUtcNow().AddDays(-1).ToUnixTimeMilliseconds();
        Assert.Equal((1_002L, 1_001L), (new RecordedReviews(desk.Store.Database, 0).Count(), new RecordedReviews(desk.Store.Database, since).Count()));
        Assert.Equal(1_001, new RecordedReviews(desk.Store.Database, since).Read().Select(item => item.Id).Distinct().Count());

        using (var connection = new SqliteConnection($"Data Source={desk.Store.DatabasePath}"))
        {
            connection.Open();
            using var erase = connection.CreateCommand();
            erase.CommandText = $"DELETE FROM sealed WHERE seq = {old.ContentSeq}";
            erase.ExecuteNonQuery();
        }

        var reviews = new RecordedReviews(desk.Store.Database, 0);
        Assert.Equal((1_001, 1L), (reviews.Read().Count(), reviews.Erased));
    }
}
