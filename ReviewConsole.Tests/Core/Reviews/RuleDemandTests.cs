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

/// <summary>What rules ask of whoever decides: evidence, who may not, which reasons, and how long it waits.</summary>
public sealed class RuleDemandTests
{
    private const string Rules = """
        rules:
          - { rule: two, when: { field: tags, contains: two }, then: { verdict: review, approvals: 2, notBy: [editor] } }
          - { rule: apart, when: { field: tags, contains: apart }, then: { verdict: review, notBy: [editor] } }
          - { rule: authors, when: { field: tags, contains: authors }, then: { verdict: review, notBy: [policyAuthor] } }
          - { rule: soon, when: { field: tags, contains: soon }, then: { verdict: review, expiry: { after: 2 h, outcome: escalate } } }
          - { rule: ends, when: { field: tags, contains: ends }, then: { verdict: review, expiry: { after: 5 h, outcome: reject } } }
          - { rule: met, when: { field: tags, contains: met }, then: { verdict: review, reasons: { approve: [POLICY_MET, EXCEPTION_GRANTED] } } }
          - { rule: exception, when: { field: tags, contains: exception }, then: { verdict: review, reasons: { approve: [EXCEPTION_GRANTED] } } }
          - { rule: other, when: { field: tags, contains: other }, then: { verdict: review, reasons: { approve: [EVIDENCE_SUPPORTS] } } }
          - { rule: mail, when: { field: tags, contains: mail }, then: { evidence: [email] } }
          - { rule: order, when: { field: tags, contains: order }, then: { evidence: [id/order, role/limits] } }
          - { rule: fine, when: { field: tags, contains: fine }, then: { verdict: proceed } }

        """;

    [Fact]
    public async Task Who_corrects_is_none_of_those_who_approve()
    {
        await using var desk = new TestDesk(policy: GateCases.Policy(Rules));
        var (one, two, three) = (await desk.PersonAsync("jonas"), await desk.PersonAsync("mara"), await desk.PersonAsync("nils"));

        var single = await desk.SubmitAsync(Tagged("apart"));
        Assert.Equal((1, 2), Counted(await desk.DecideAsync(one, single.Id, DecisionKind.Correct)));
        Assert.IsType<Refusal.ConflictOfInterest>(desk.Reviewers.Options(one, single.Id)![0].Barrier);
        Assert.Equal((2, 2), Counted(await desk.DecideAsync(two, single.Id, DecisionKind.Approve)));

        var plain = await desk.SubmitAsync(Tagged("apart"));
        Assert.Equal((1, 1), Counted(await desk.DecideAsync(one, plain.Id, DecisionKind.Approve)));

        // A second correction starts over; it needs as many others again and not one more.
        var twice = await desk.SubmitAsync(Tagged("two"));
        Assert.Equal((1, 3), Counted(await desk.DecideAsync(one, twice.Id, DecisionKind.Correct)));
        Assert.Equal((1, 3), Counted(await desk.DecideAsync(two, twice.Id, DecisionKind.Correct, Less)));
        Assert.Equal((2, 3), Counted(await desk.DecideAsync(one, twice.Id, DecisionKind.Approve)));
        Assert.Equal((3, 3), Counted(await desk.DecideAsync(three, twice.Id, DecisionKind.Approve)));
        Assert.Empty(desk.Rebuild.Check(static (_, _) => { }, TestDesk.Cancellation).Faults);

        static Deciding Less(Deciding deciding) =>
            deciding with { Correction = new Correcting(System.Text.Json.JsonElement.Parse("""{"order":"4711","amount":"800.00","currency":"USD"}"""), null, null) };
    }

    [Fact]
    public async Task Whoever_wrote_on_the_policy_neither_approves_nor_corrects_under_it()
    {
        await using var desk = new TestDesk();
        var wrote = await desk.PersonAsync("jonas", Role.Author, Role.Reviewer);
        var (publisher, other) = (await desk.PersonAsync("pia", Role.Publisher), await desk.PersonAsync("mara"));
        var draft = (await desk.Policies.SaveAsync(wrote, null, "extends: default\npolicy: own\nversion: 1\n" + Rules.Replace(
            "          - { rule: fine", "          - { rule: drawn", StringComparison.Ordinal).Replace("then: { verdict: proceed }", "then: { verdict: review }", StringComparison.Ordinal), TestDesk.Cancellation)).Value!;
        Assert.Null((await desk.Policies.PublishAsync(publisher, draft.Number, draft.Digest, null, "As agreed.", TestDesk.Cancellation)).Refusal);
        var review = await desk.SubmitAsync(Tagged("authors"));

        foreach (var kind in new[] { DecisionKind.Approve, DecisionKind.Correct })
        {
            Assert.Contains("authors neither approve", Assert.IsType<Refusal.ConflictOfInterest>((await desk.DecideAsync(wrote, review.Id, kind)).Refusal).Why, StringComparison.Ordinal);
        }

        Assert.IsType<Refusal.ConflictOfInterest>(desk.Reviewers.Options(wrote, review.Id)![0].Barrier);
        await desk.Reviewers.ReleaseClaimAsync(wrote, review.Id, desk.Reviews.Find(review.Id)!.State.Claim!.Token, Via.Api, TestDesk.Cancellation);

        Assert.Null((await desk.DecideAsync(other, review.Id, DecisionKind.Approve)).Refusal);
        Assert.Null((await desk.DecideAsync(wrote, (await desk.SubmitAsync()).Id, DecisionKind.Approve)).Refusal);
        Assert.Null((await desk.DecideAsync(wrote, (await desk.SubmitAsync(Tagged("authors"))).Id, DecisionKind.Reject)).Refusal);
    }

    [Fact]
    public async Task The_soonest_expiry_counts_and_to_end_wins_over_to_escalate_whatever_the_source_asks()
    {
        await using var desk = new TestDesk(policy: GateCases.Policy(Rules));

        Assert.Equal((2, ExpiryOutcome.Escalate), await AskAsync(Tagged("soon")));
        Assert.Equal((2, ExpiryOutcome.Reject), await AskAsync(Tagged("ends", "soon")));
        Assert.Equal((5, ExpiryOutcome.Reject), await AskAsync(Tagged("ends")));
        Assert.Equal((24, ExpiryOutcome.Reject), await AskAsync(null));
        Assert.Equal((2, ExpiryOutcome.Escalate), await AskAsync(body =>
        {
            Tagged("soon")(body);
            body["expires"] = new JsonObject { ["outcome"] = "cancel" };
        }));

        async Task<(int Hours, ExpiryOutcome Outcome)> AskAsync(Action<JsonObject>? change)
        {
            var state = await desk.SubmitAsync(change);
            return ((int)((state.ExpiresAt - state.SubmittedAt) / 3_600_000), state.ExpiryOutcome);
        }
    }

    [Fact]
    public async Task Nobody_decides_in_time_and_it_goes_to_the_experts_once()
    {
        await using var desk = new TestDesk(policy: GateCases.Policy(Rules));
        var review = await desk.SubmitAsync(Tagged("soon"));

        await PassAsync(TimeSpan.FromMinutes(121));
        var escalated = desk.Reviews.Find(review.Id)!.State;
        await PassAsync(TimeSpan.FromMinutes(121));

        Assert.Equal(("experts", ExpiryOutcome.Reject, ReviewStatus.Pending), (escalated.Queue, escalated.ExpiryOutcome, escalated.Status));
        Assert.Equal((OutcomeDecision.Expired, Instruction.Cancel), (desk.Reviews.Find(review.Id)!.State.Outcomes[0].Decision, desk.Reviews.Find(review.Id)!.State.Outcomes[0].Instruction));

        async Task PassAsync(TimeSpan time)
        {
            desk.Time.Advance(time);
            await desk.Clock.TickAsync(TestDesk.Cancellation);
        }
    }

    [Fact]
    public async Task Reasons_are_narrowed_to_what_the_rules_share_and_never_to_none()
    {
        await using var desk = new TestDesk(policy: GateCases.Policy(Rules));
        var person = await desk.PersonAsync("jonas");

        Assert.Equal("POLICY_MET EXCEPTION_GRANTED", await CodesAsync("met"));
        Assert.Equal("EXCEPTION_GRANTED", await CodesAsync("met", "exception"));
        Assert.Equal("EXCEPTION_GRANTED", await CodesAsync("met", "exception", "other"));
        Assert.Equal("EVIDENCE_SUPPORTS POLICY_MET EXCEPTION_GRANTED", await CodesAsync());
        var review = await desk.SubmitAsync(Tagged("exception"));
        var refused = await desk.DecideAsync(person, review.Id, DecisionKind.Approve, static deciding => deciding with { ReasonCode = "POLICY_MET" });
        Assert.Equal(["EXCEPTION_GRANTED"], Assert.IsType<Refusal.ReasonUnknown>(refused.Refusal).Known);
        Assert.Null((await desk.DecideAsync(person, review.Id, DecisionKind.Approve, static deciding => deciding with { ReasonCode = "EXCEPTION_GRANTED" })).Refusal);

        async Task<string> CodesAsync(params string[] tags) =>
            string.Join(' ', desk.Reviewers.Options(person, (await desk.SubmitAsync(Tagged(tags))).Id)!.Single(static option => option.Decision == DecisionKind.Approve).Reasons.Select(static reason => reason.Code));
    }

    [Fact]
    public void Evidence_that_a_rule_demands_and_nobody_sent_asks_a_person_and_says_so()
    {
        var policy = GateCases.Policy(Rules) is var all ? all with { Rules = [.. all.Rules.Where(static rule => rule.Name is "mail" or "order" or "fine")] } : null;
        var proposal = GateCases.Certain();

        Assert.Equal(Verdict.Proceed, Ask("fine").Verdict);
        var mail = Ask("fine", "mail");
        Assert.Equal((Verdict.Review, Risk.Medium), (mail.Verdict, mail.Risk));
        Assert.Equal("Evidence is missing: email", mail.Reasons.Single());
        var check = mail.ConsoleChecks.Single(static check => check.Id == "console:demanded-evidence");
        Assert.Equal((CheckResult.Fail, "A rule of the policy asks for email."), (check.Result, check.Detail));
        proposal = GateCases.Read("""
            {"source":{"system":"s"},"action":{"name":"agent_decision","arguments":{}},"evidence":[{"id":"order","kind":"text","content":"x"},
             {"id":"m","kind":"email","content":{"from":"a@b","to":[],"date":"2026-01-01","subject":"s","text":"t"}},{"id":"l","kind":"text","role":"limits","content":"x","required":true}]}
            """);
        Assert.Equal((Verdict.Proceed, "m"), (Ask("fine", "mail").Verdict, string.Join(' ', Ask("fine", "mail").DemandedEvidence)));
        Assert.Equal(["order", "m", "l"], Ask("fine", "mail", "order").RequiredEvidence);
        Assert.Equal(["l"], Ask("fine").RequiredEvidence);

        GateResult Ask(params string[] tags) => SealedGate.Read(SealedGate.Write(GateCases.Ask(proposal with { Tags = tags }, policy: policy)));
    }

    private static Action<JsonObject> Tagged(params string[] tags) => body => body["tags"] = new JsonArray([.. tags.Select(static tag => (JsonNode)tag)]);

    private static (int Have, int Need) Counted(Result<DecisionAnswer> answer)
    {
        Assert.Null(answer.Refusal);
        return (answer.Value!.Have, answer.Value.Need);
    }
}
