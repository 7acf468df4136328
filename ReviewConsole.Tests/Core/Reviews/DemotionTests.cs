using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;
using ReviewConsole.Tests.Core.Gate;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Core.Reviews;

/// <summary>An automation rule is demoted by itself, in the write in which a person finds fault with what it lets through, and stays so until somebody publishes another version.</summary>
public sealed class DemotionTests : LifeBench
{
    private const string Rules = """
        rules:
          - { rule: asked, when: { field: kind, equals: agentDecision }, then: { verdict: review, risk: low }, reason: Somebody looks }
          - { rule: auto-1, when: { field: action.name, equals: agent_decision }, then: { verdict: proceed }, automation: { instead: [asked], sample: 0.5 } }
        """;

    private int _sent;

    [Fact]
    public async Task The_very_next_submit_after_the_decision_goes_to_a_person_and_its_trace_says_why()
    {
        var jonas = await BeginAsync();
        Assert.Equal(OutcomeDecision.Proceeded, Assert.Single((await SubmitAsync(drawn: false)).Outcomes).Decision);
        var sample = await SubmitAsync(drawn: true);
        Assert.Equal(ReviewStatus.Pending, sample.Status);

        Assert.Null((await Desk.DecideAsync(jonas, sample.Id, DecisionKind.Reject)).Refusal);

        // The decision is still held.
        Assert.Equal(ReviewStatus.Held, State(sample).Status);
        var next = await SubmitAsync(drawn: false);
        Assert.Equal(ReviewStatus.Pending, next.Status);
        var gate = Desk.Reviews.Content(next)!.Gate;
        Assert.Equal(["auto-1"], gate.Facts.Demoted);
        Assert.Contains("The automation rule “auto-1” is demoted: people found fault with what it lets through", gate.Reasons);
        var demoted = Assert.IsType<RuleDemoted>(Desk.Reviews.Read(sample.Id, null)!.Timeline.Single(static entry => entry.Event is RuleDemoted).Event);
        Assert.Equal(("auto-1", "test", 1, DemotionCause.Rejected), (demoted.Rule, demoted.Policy.Name, demoted.Policy.Version, demoted.Cause));
        var told = Assert.Single(Desk.Policies.Read().Demotions);
        Assert.Equal((sample.Id, "auto-1", demoted.Policy.Digest), (told.Review, told.Rule, told.Digest));
    }

    [Fact]
    public async Task A_submit_in_the_same_batch_as_the_decision_is_asked_again()
    {
        var jonas = await BeginAsync();
        var sample = await SubmitAsync(drawn: true);
        var claim = (await Desk.Reviewers.ClaimAsync(jonas, sample.Id, Via.Api, TestDesk.Cancellation)).Value!;
        await Desk.LookAsync(jonas, sample.Id);
        var reject = Desk.Decision(sample.Id, DecisionKind.Reject, claim.Token);

        var (decided, next) = await Desk.TogetherAsync(
            () => Desk.Reviewers.DecideAsync(jonas, sample.Id, reject, TestDesk.Cancellation), () => SubmitAsync(drawn: false));

        Assert.Null(decided.Refusal);
        Assert.Equal(ReviewStatus.Pending, next.Status);
    }

    [Fact]
    public async Task A_recall_takes_the_decision_back_and_not_the_doubt()
    {
        var jonas = await BeginAsync();
        var sample = await SubmitAsync(drawn: true);
        await Desk.DecideAsync(jonas, sample.Id, DecisionKind.Correct, static deciding => deciding with { Correction = new Correcting(JsonElement.Parse("""{"to":"nobody"}"""), null, null) });

        Assert.Null((await Desk.Reviewers.RecallAsync(jonas, sample.Id, "recall", Via.Api, TestDesk.Cancellation)).Refusal);

        Assert.Equal(ReviewStatus.Pending, (await SubmitAsync(drawn: false)).Status);
        Assert.Equal(DemotionCause.Corrected, Assert.Single(Desk.Policies.Read().Demotions).Cause);
    }

    [Fact]
    public async Task Approved_escalated_or_returned_it_stays_what_it_is()
    {
        var jonas = await BeginAsync();
        foreach (var decision in (DecisionKind[])[DecisionKind.Approve, DecisionKind.Escalate, DecisionKind.Return])
        {
            Assert.Null((await Desk.DecideAsync(jonas, (await SubmitAsync(drawn: true)).Id, decision)).Refusal);
        }

        Assert.Empty(Desk.Policies.Read().Demotions);
        Assert.Single((await SubmitAsync(drawn: false)).Outcomes);
    }

    [Fact]
    public async Task To_have_undone_what_it_let_through_demotes_it_too()
    {
        await BeginAsync();
        var proceeded = await SubmitAsync(drawn: false);
        var ruth = await Desk.PersonAsync("ruth", Role.Supervisor);

        Assert.Null((await Desk.Reviewers.RollbackAsync(ruth, proceeded.Id, "It was wrong.", "undo", Via.Api, TestDesk.Cancellation)).Refusal);

        Assert.Equal((DemotionCause.RolledBack, proceeded.Id), (Assert.Single(Desk.Policies.Read().Demotions).Cause, Desk.Policies.Read().Demotions[0].Review));
        Assert.Equal(ReviewStatus.Pending, (await SubmitAsync(drawn: false)).Status);
    }

    [Fact]
    public async Task What_a_person_rejects_for_another_reason_says_nothing_of_it()
    {
        var jonas = await BeginAsync();
        var unsure = await SubmitAsync(drawn: true, static body => body["signals"]![0]!["value"] = 0.1);

        Assert.Null((await Desk.DecideAsync(jonas, unsure.Id, DecisionKind.Reject)).Refusal);

        Assert.Empty(Desk.Policies.Read().Demotions);
    }

    [Fact]
    public async Task It_stays_demoted_after_a_restart_and_when_a_version_from_before_comes_back_and_ends_with_a_new_one()
    {
        var jonas = await BeginAsync();
        var sample = await SubmitAsync(drawn: true);
        await PublishAsync(2, Rules);
        Assert.Null((await Desk.DecideAsync(jonas, sample.Id, DecisionKind.Reject)).Refusal);

        // The version that is in force has the same rule, and was published before anybody knew.
        Assert.Equal((ReviewStatus.Pending, 2), Standing(await SubmitAsync(drawn: false)));
        await RollBackAsync(1);
        Assert.Equal((ReviewStatus.Pending, 1), Standing(await SubmitAsync(drawn: false)));

        // The next process.
        var board = new PolicyBoard(Desk.Time);
        await new PolicyDesk(Desk.Store.Writer, Desk.Store.Database, board, Desk.Time).OpenAsync(null, TestDesk.Cancellation);
        Assert.Equal(["auto-1"], board.InForce.Demoted);

        await PublishAsync(3, Rules);
        Assert.Equal((ReviewStatus.Released, 3), Standing(await SubmitAsync(drawn: false)));
        Assert.Empty(Desk.Policies.Read().DemotionsOf(Desk.Policies.Read().InForce.Policy));

        static (ReviewStatus, int) Standing(ReviewState state) => (state.Status, state.Gate.PolicyVersion);
    }

    [Fact]
    public async Task A_text_that_nobody_has_published_starts_its_rules_anew_on_the_bench()
    {
        var jonas = await BeginAsync();
        Assert.Null((await Desk.DecideAsync(jonas, (await SubmitAsync(drawn: true)).Id, DecisionKind.Reject)).Refusal);
        var next = await SubmitAsync(drawn: false);
        var bench = new PolicyBench(Desk.Gate, static (_, _) => ValueTask.FromResult(FrozenSet<string>.Empty), Desk.Reviews, ProposalLimits.Default);

        var answer = bench.Ask(PolicyReader.Read("extends: default\npolicy: test\nversion: 2\n" + Rules).Policy!, next.Id, await Desk.PersonAsync("ana", Role.Author)).Answer!;

        Assert.Equal((Verdict.Proceed, Verdict.Review), (answer.Asked.Result.Verdict, answer.InForce.Result.Verdict));
        Assert.Empty(answer.Asked.Result.Facts.Demoted);
        Assert.Equal(["auto-1"], answer.InForce.Result.Facts.Demoted);
    }

    [Fact]
    public async Task Who_reads_second_is_not_told_by_it_what_the_first_one_made_of_the_sample()
    {
        var (jonas, ruth) = (await BeginAsync(), await Desk.PersonAsync("ruth", Role.Supervisor));
        await Desk.Line.SetAsync(ruth, null, null, LineMode.TwoPerson, null, "An incident.", TestDesk.Cancellation);
        var sample = await SubmitAsync(drawn: true);

        await Desk.DecideAsync(jonas, sample.Id, DecisionKind.Correct, static deciding => deciding with { Correction = new Correcting(JsonElement.Parse("""{"to":"nobody"}"""), null, null) });

        Assert.True(State(sample).IsSecondRead(ruth.Id));
        Assert.DoesNotContain(Desk.Reviews.Read(sample.Id, ruth.Id)!.Timeline, static entry => entry.Event is RuleDemoted);
        Assert.Contains(Desk.Reviews.Read(sample.Id, jonas.Id)!.Timeline, static entry => entry.Event is RuleDemoted);
        Assert.True(Assert.Single(Desk.Policies.Read().Demotions).Open);
    }

    [Theory]
    [InlineData("DELETE FROM demotion", "has no row")]
    [InlineData("UPDATE demotion SET rule = 'other', cause = 'corrected'", "is not as it was made, in rule, cause")]
    [InlineData("UPDATE demotion SET review = digest, at = at + 1", "is not as it was made, in review, at")]
    [InlineData("INSERT INTO demotion VALUES (999, 'auto-1', 'd', 'r', 'rejected', 1)", "demotion of entry 999: has a row and no entry")]
    public async Task A_row_that_was_changed_by_hand_is_named(string edit, string words)
    {
        await using var desk = new TestDesk { Spoiled = true };
        var jonas = await BeginAsync(desk);
        await desk.DecideAsync(jonas, (await SubmitAsync(desk, drawn: true)).Id, DecisionKind.Reject);
        Assert.Empty(desk.Rebuild.Check(null, TestDesk.Cancellation).Faults);

        await desk.Store.Writer.RunAsync(scope => scope.Prepare(edit).ExecuteNonQuery(), TestDesk.Cancellation);

        Assert.Contains(desk.Rebuild.Check(null, TestDesk.Cancellation).Faults, fault => fault.Contains(words, StringComparison.Ordinal));
        await BeginAsync();
        await SubmitAsync(drawn: false);
    }

    private Task<PersonActor> BeginAsync() => BeginAsync(Desk);

    private static async Task<PersonActor> BeginAsync(TestDesk desk)
    {
        await PublishAsync(desk, 1, Rules);
        return await desk.PersonAsync("jonas");
    }

    private Task PublishAsync(int version, string lines) => PublishAsync(Desk, version, lines);

    private static async Task PublishAsync(TestDesk desk, int version, string lines)
    {
        var (ana, pia) = (await desk.PersonAsync("ana", Role.Author), await desk.PersonAsync("pia", Role.Publisher));
        var saved = await desk.Policies.SaveAsync(ana, null, string.Create(CultureInfo.InvariantCulture, $"extends: default\npolicy: test\nversion: {version}\n{lines}"), TestDesk.Cancellation);
        Assert.Null(saved.Refusal);
        Assert.Null((await desk.Policies.PublishAsync(pia, saved.Value!.Number, saved.Value.Digest, null, "Because.", TestDesk.Cancellation)).Refusal);
    }

    private async Task RollBackAsync(int version)
    {
        var number = Desk.Policies.Read().Policies.Single(policy => policy.Name == "test" && policy.Version == version).Number;
        Assert.Null((await Desk.Policies.RollBackAsync(await Desk.PersonAsync("pia", Role.Publisher), number, "Because.", TestDesk.Cancellation)).Refusal);
    }

    private Task<ReviewState> SubmitAsync(bool drawn, Action<JsonObject>? change = null) => SubmitAsync(Desk, drawn, change);

    /// <summary>An action that the automation rule meets and that its sample draws, or does not.</summary>
    private async Task<ReviewState> SubmitAsync(TestDesk desk, bool drawn, Action<JsonObject>? change = null)
    {
        while (true)
        {
            var arguments = new JsonObject { ["to"] = string.Create(CultureInfo.InvariantCulture, $"person {_sent++}") };
            var digest = new EffectiveAction("agent_decision", JsonElement.Parse(arguments.ToJsonString())).Digest;
            if (SampleDraw.Of(new byte[32], "bot", digest).Sample < 0.5 == drawn)
            {
                return await desk.SubmitAsync(body =>
                {
                    body["kind"] = "agentDecision";
                    body["action"] = new JsonObject { ["name"] = "agent_decision", ["arguments"] = arguments };
                    body["impact"] = new JsonObject { ["reversible"] = true, ["externallyVisible"] = false };
                    change?.Invoke(body);
                });
            }
        }
    }
}
