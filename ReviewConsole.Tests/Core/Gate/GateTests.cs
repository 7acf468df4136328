using System.Text.Json;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Ledger;
using ReviewConsole.Core.Proposals;
using Xunit;

namespace ReviewConsole.Tests.Core.Gate;

public sealed class GateTests
{
    private const string Rules = """
        rules:
          - { rule: loose, when: { field: tags, contains: a }, then: { verdict: proceed, risk: low, queue: legal, hold: 2 s }, reason: A }
          - { rule: mid, when: { field: tags, contains: b }, then: { verdict: review, risk: high, approvals: 3, queue: payments, hold: 60 s }, reason: B }
          - { rule: stop, when: { field: tags, contains: c }, then: { verdict: block, risk: medium, approvals: 2 }, reason: C }
        """;

    [Fact]
    public void Precedence_block_over_review_over_proceed()
    {
        Assert.Equal(Verdict.Block, Tagged("a", "b", "c").Verdict);
        Assert.Equal(Verdict.Review, Tagged("a", "b").Verdict);
        Assert.Equal(Verdict.Proceed, Tagged("a").Verdict);
    }

    [Fact]
    public void Precedence_strictest_risk_most_approvals_longest_hold()
    {
        var gate = Tagged("a", "b", "c");

        Assert.Equal((Risk.High, 3, 60), (gate.Risk, gate.Approvals, gate.HoldSeconds));
        Assert.Equal(2, Tagged("a").HoldSeconds);
    }

    [Fact]
    public void Precedence_first_named_queue_in_rule_order_and_before_that_of_the_kind()
    {
        Assert.Equal("legal", Tagged("a", "b", "c").Queue);
        Assert.Equal("payments", Tagged("b", "c").Queue);
        Assert.Equal("general", Tagged("c").Queue);
    }

    [Fact]
    public void All_matching_reasons_are_shown_in_rule_order() => Assert.Equal(["A", "B", "C"], Tagged("c", "b", "a").Reasons);

    [Fact]
    public void No_rule_for_it_means_review()
    {
        var policy = GateCases.Policy("rules: [ { rule: rest, when: { field: tags, contains: z }, then: { verdict: proceed } } ]");

        var gate = GateCases.Ask(GateCases.Certain(), policy: policy);

        Assert.Equal((Verdict.Review, Risk.Medium), (gate.Verdict, gate.Risk));
        Assert.Equal(["No rule of the policy covers this"], gate.Reasons);
    }

    [Fact]
    public void What_nobody_knows_means_review()
    {
        var gate = GateCases.Ask(GateCases.Certain(impact: """{"externallyVisible":false}"""));

        Assert.Equal((Verdict.Review, Risk.Medium), (gate.Verdict, gate.Risk));
        Assert.Equal(["Not known: impact.reversible"], gate.Reasons);
        Assert.Empty(gate.Matched());
        Assert.Null(gate.Trace.Single(rule => rule.Rule == "cannot-undo").Conditions.Single().Holds);
    }

    [Fact]
    public void An_amount_that_the_catalogue_expects_and_nobody_gives_means_review() =>
        Assert.Contains("Not known: impact.amount", GateCases.Ask(GateCases.Certain("post_invoice")).Reasons);

    [Fact]
    public void A_rule_that_would_let_through_does_not_do_so_unknown()
    {
        var policy = GateCases.Policy("rules: [ { rule: rest, when: { field: arguments/size, below: 5 }, then: { verdict: proceed } } ]");

        Assert.Equal(Verdict.Review, GateCases.Ask(GateCases.Certain(), policy: policy).Verdict);
        Assert.Equal(Verdict.Review, GateCases.Ask(GateCases.Certain(arguments: """{"size":"small"}"""), policy: policy).Verdict);
        Assert.Equal(Verdict.Proceed, GateCases.Ask(GateCases.Certain(arguments: """{"size":"4"}"""), policy: policy).Verdict);
    }

    [Fact]
    public void A_stopped_line_turns_proceed_into_review_and_leaves_block()
    {
        var stopped = GateCases.Facts with { LineStopped = true };

        Assert.Equal((Verdict.Review, "The line is stopped"), (GateCases.Ask(GateCases.Certain(), stopped).Verdict, GateCases.Ask(GateCases.Certain(), stopped).Reasons.Single()));
        Assert.Equal(Verdict.Block, Tagged(stopped, "c").Verdict);
    }

    [Fact]
    public void Where_everything_goes_to_review_a_rule_lets_nothing_through_and_still_blocks()
    {
        var facts = GateCases.Facts with { EverythingToReview = new LineFact("p3", null) };

        Assert.Equal((Verdict.Review, OwnReasons.EverythingToReview), (GateCases.Ask(GateCases.Certain(), facts).Verdict, GateCases.Ask(GateCases.Certain(), facts).Reasons.Single()));
        Assert.Equal(Verdict.Block, Tagged(facts, "c").Verdict);
    }

    [Fact]
    public void Two_person_mode_lets_rules_decide_and_asks_two_of_what_goes_to_people()
    {
        var facts = GateCases.Facts with { TwoPerson = new LineFact("p3", null) };
        var policy = GateCases.Policy("rules: [ { rule: three, when: { field: tags, contains: t }, then: { verdict: review, approvals: 3 } } ]");
        var large = GateCases.Certain(more: "\"tags\":[\"t\"]");

        var through = GateCases.Ask(GateCases.Certain(), facts);
        Assert.Equal((Verdict.Proceed, 1, 0), (through.Verdict, through.Approvals, through.Reasons.Count));
        var both = GateCases.Ask(GateCases.Certain(), facts with { EverythingToReview = new LineFact("p4", null) });
        Assert.Equal((Verdict.Review, 2), (both.Verdict, both.Approvals));
        Assert.Equal([OwnReasons.EverythingToReview, OwnReasons.TwoPerson], both.Reasons);
        Assert.Equal(3, GateCases.Ask(large, facts, policy).Approvals);
        Assert.DoesNotContain(OwnReasons.TwoPerson, GateCases.Ask(large, facts, policy).Reasons);
    }

    [Fact]
    public void After_a_first_review_no_revision_goes_below() =>
        Assert.Equal(Verdict.Review, GateCases.Ask(GateCases.Certain(), GateCases.Facts with { ReviewedBefore = true }).Verdict);

    [Fact]
    public void The_catalogue_gives_a_risk_floor_and_required_evidence()
    {
        var policy = GateCases.Policy("catalogue: { agent_decision: { kind: agentDecision, risk: medium, evidence: [diff, text] } }");

        var gate = GateCases.Ask(GateCases.Certain(), policy: policy);

        Assert.Equal(Risk.Medium, gate.Risk);
        Assert.Equal(("console:required-evidence", "The action catalogue asks for diff."), (gate.ConsoleChecks.Single().Id, gate.ConsoleChecks.Single().Detail));
        Assert.Equal(["checks"], gate.Matched());
    }

    [Theory]
    [InlineData("agent_decision", "{}", """{"amount":{"value":"5000.00","currency":"EUR"},"reversible":true,"externallyVisible":false}""")]
    [InlineData("post_invoice", """{"amount":5000,"currency":"EUR"}""", """{"reversible":true,"externallyVisible":false}""")]
    [InlineData("post_invoice", """{"amount":5000}""", """{"reversible":true,"externallyVisible":false}""")]
    [InlineData("post_invoice", """{"amount":5,"currency":"EUR"}""", """{"amount":{"value":"5.00","currency":"USD"},"reversible":true,"externallyVisible":false}""")]
    public void An_amount_in_another_or_unknown_currency_is_compared_by_nobody(string action, string arguments, string impact)
    {
        var policy = Alone("{ rule: small, when: { not: { field: impact.amount, atLeast: 1000 } }, then: { verdict: proceed } }, { rule: free, when: { field: impact.amount, missing: true }, then: { verdict: proceed } }");

        var gate = GateCases.Ask(GateCases.Certain(action, arguments, impact), policy: policy);

        Assert.Equal(Verdict.Review, gate.Verdict);
        Assert.All(gate.Trace, static rule => Assert.Null(rule.Conditions.Single().Holds));
        Assert.Equal(Verdict.Proceed, GateCases.Ask(GateCases.Certain(), policy: policy).Verdict);
    }

    [Theory]
    [InlineData("""[["evil@x"]]""", "evil@x", "Review")]
    [InlineData("""["a@x",{"to":"evil@x"}]""", "evil@x", "Review")]
    [InlineData("""[4711]""", "'4711'", "Review")]
    [InlineData("""["evil@x"]""", "evil@x", "Review")]
    [InlineData("""["a@x",null]""", "evil@x", "Proceed")]
    [InlineData("[]", "evil@x", "Proceed")]
    public void A_list_with_something_in_it_that_nobody_can_read_may_contain_anything(string to, string evil, string verdict)
    {
        var policy = Alone($"{{ rule: safe, when: {{ not: {{ field: arguments/to, contains: {evil} }} }}, then: {{ verdict: proceed }} }}");

        Assert.Equal(verdict, GateCases.Ask(GateCases.Certain(arguments: $$"""{"to":{{to}}}"""), policy: policy).Verdict.ToString());
    }

    [Theory]
    [InlineData("""["mia"]""")]
    [InlineData("""{"id":"mia"}""")]
    [InlineData("true")]
    public void A_subject_in_the_arguments_that_cannot_be_read_is_not_the_proposers_to_name(string customer)
    {
        var policy = GateCases.Policy("catalogue: { agent_decision: { subject: /customer } }");

        var gate = GateCases.Ask(GateCases.Certain(arguments: $$"""{"customer":{{customer}}}""", more: "\"subject\":{\"id\":\"noah\"}"), policy: policy);

        Assert.Null(gate.Subject);
        Assert.Equal(("console:declared-subject", "/customer is neither a text nor a number."), (gate.ConsoleChecks.Single().Id, gate.ConsoleChecks.Single().Detail));
        Assert.Equal("noah", GateCases.Ask(GateCases.Certain(arguments: """{"customer":null}""", more: "\"subject\":{\"id\":\"noah\"}"), policy: policy).Subject);
    }

    [Fact]
    public void A_mere_question_is_not_drawn_for_and_what_it_would_be_sealed_as_is_refused()
    {
        var gate = GateCases.Ask(GateCases.Certain(), GateCases.Facts with { SampleDraw = null });

        Assert.Equal((Verdict.Proceed, false), (gate.Verdict, gate.AuditSample));
        Assert.Equal([OwnReasons.MayBeDrawn], gate.Reasons);
        Assert.Throws<InvalidOperationException>(() => ReviewConsole.Core.Reviews.SealedGate.Write(gate));
        var other = Alone("{ rule: odd, when: { field: facts.sampleDraw, below: 0.5 }, then: { verdict: review } }, { rule: rest, when: { field: kind, missing: false }, then: { verdict: proceed } }");
        Assert.Equal(Verdict.Review, GateCases.Ask(GateCases.Certain(), GateCases.Facts with { SampleDraw = null }, other).Verdict);
    }

    [Theory]
    [InlineData("""{"reversible":true,"externallyVisible":true}""", "reversible", "no-way-back")]
    [InlineData("""{"reversible":false,"externallyVisible":false}""", "external", "no-way-back")]
    [InlineData("""{"reversible":false,"externallyVisible":true,"legallySensitive":false}""", "legal", "legal")]
    public void The_stricter_of_declared_and_derived_counts(string impact, string check, string rule)
    {
        var policy = GateCases.Policy("catalogue: { agent_decision: { reversible: false, external: true, legal: true } }");

        var gate = GateCases.Ask(GateCases.Certain(impact: impact), policy: policy);

        Assert.Contains("console:declared-" + check, gate.ConsoleChecks.Select(c => c.Id));
        Assert.Contains(rule, gate.Matched());
    }

    [Fact]
    public void A_declared_fact_that_is_stricter_than_the_derived_one_counts_too()
    {
        var gate = GateCases.Ask(GateCases.Certain("file_contract_fields", impact: """{"reversible":false,"externallyVisible":true}"""));

        Assert.Contains("no-way-back", gate.Matched());
        Assert.Equal(2, gate.ConsoleChecks.Count);
    }

    [Fact]
    public void What_the_catalogue_derives_need_not_be_declared()
    {
        var gate = GateCases.Ask(GateCases.Certain("post_invoice", """{"amount":1500,"currency":"USD"}""", "{\"externallyVisible\":false}"));

        Assert.Empty(gate.ConsoleChecks);
        Assert.Equal(["large-amount", "material"], gate.Matched());
        Assert.Equal((new Amount("1500.00", "USD"), "extraction"), (gate.Amount, gate.Kind));
    }

    [Theory]
    [InlineData("""{"amount":"a lot","currency":"USD"}""", "console:declared-amount")]
    [InlineData("""{"amount":"5.00","currency":"EUR"}""", "console:declared-amount")]
    public void Amounts_that_cannot_agree_fail_a_check(string arguments, string check)
    {
        var gate = GateCases.Ask(GateCases.Certain(
            "post_invoice", arguments, """{"amount":{"value":"5.00","currency":"USD"},"reversible":true,"externallyVisible":false}"""));

        Assert.Equal(check, gate.ConsoleChecks.Single().Id);
    }

    [Fact]
    public void A_declared_kind_or_subject_that_differs_fails_a_check()
    {
        var policy = GateCases.Policy("catalogue: { agent_decision: { kind: email, subject: /who } }");
        var proposal = GateCases.Certain(arguments: """{"who":"mia"}""", more: "\"kind\":\"refund\",\"subject\":{\"id\":\"noah\"}");

        Assert.Equal(["console:declared-kind", "console:declared-subject"], GateCases.Ask(proposal, policy: policy).ConsoleChecks.Select(c => c.Id));
    }

    [Fact]
    public void Evidence_that_cannot_be_shown_and_none_at_all_are_failed_checks_for_whoever_looks()
    {
        var proposal = GateCases.Certain() with { Evidence = [] };
        Assert.Equal(("evidence", CheckResult.Fail), (GateCases.Ask(proposal).ConsoleChecks.Single().Id, GateCases.Ask(proposal).ConsoleChecks.Single().Result));

        var shown = GateCases.Read("""
            {"source":{"system":"s"},"action":{"name":"a","arguments":{}},"evidence":[{"id":"t","kind":"text","content":"x"},{"id":"blank","kind":"text","content":" "},
             {"id":"f","kind":"file","base64":"aGk="},{"id":"i","kind":"image","base64":"aGk="},{"id":"j","kind":"image","base64":"aGk="}]}
            """);
        var gate = GateCases.Ask(shown, GateCases.Facts with { Unshowable = ["j"] });
        Assert.Equal(["evidence:blank", "evidence:f", "evidence:j"], gate.ConsoleChecks.Select(c => c.Id));
        Assert.Equal(["t", "blank", "f", "i", "j"], gate.RequiredEvidence);
    }

    [Fact]
    public void A_lookup_that_found_nothing_is_evidence_and_an_empty_text_is_none()
    {
        var proposal = GateCases.Read("""
            {"source":{"system":"s"},"action":{"name":"a","arguments":{}},"evidence":[{"id":"search","kind":"json","content":[]},{"id":"profile","kind":"json","content":{}},
             {"id":"nothing","kind":"json","content":null},{"id":"mail","kind":"text","content":""}]}
            """);

        Assert.Equal(["evidence:nothing", "evidence:mail"], GateCases.Ask(proposal).ConsoleChecks.Select(c => c.Id));
    }

    [Fact]
    public void When_the_source_marks_evidence_only_that_is_required()
    {
        var proposal = GateCases.Read("""
            {"source":{"system":"s"},"action":{"name":"a","arguments":{}},"evidence":[{"id":"x","kind":"text","content":"x"},{"id":"y","kind":"text","content":"y","required":true}]}
            """);

        Assert.Equal(["y"], GateCases.Ask(proposal).RequiredEvidence);
    }

    [Fact]
    public void Expiry_is_the_earlier_of_policy_and_source_with_the_outcome_of_the_source()
    {
        var early = GateCases.Ask(GateCases.Certain(more: "\"expires\":{\"at\":\"2027-01-15T09:00:00Z\",\"outcome\":\"cancel\"}"));
        var late = GateCases.Ask(GateCases.Certain(more: "\"expires\":{\"at\":\"2099-01-15T09:00:00Z\"}"));

        Assert.Equal((1_800_003_600_000, ExpiryOutcome.Cancel), (early.ExpiresAt, early.ExpiryOutcome));
        Assert.Equal((GateCases.Now + 86_400_000, ExpiryOutcome.Reject), (late.ExpiresAt, late.ExpiryOutcome));
    }

    [Fact]
    public void The_trace_has_every_rule_and_on_the_wire_the_shape_of_the_contract()
    {
        var gate = GateCases.Ask(GateCases.Certain(impact: """{"amount":{"value":"1250.00","currency":"USD"},"reversible":true,"externallyVisible":false}"""));

        var json = JsonDocument.Parse(gate.ToJson()).RootElement;

        Assert.Equal(PolicyReader.Default.Rules.Select(r => r.Name), json.GetProperty("trace").EnumerateArray().Select(r => r.GetProperty("rule").GetString()));
        Assert.Equal(
            """{"rule":"large-amount","matched":true,"conditions":[{"field":"impact.amount","op":"atLeast","value":"1000.00","seen":"1250.00","holds":true}]}""",
            json.GetProperty("trace").EnumerateArray().Single(r => r.GetProperty("rule").GetString() == "large-amount").GetRawText());
        Assert.Equal("""{"name":"default","version":1}""", json.GetProperty("policy").GetRawText());
        Assert.Equal(("review", "high", 1), (json.GetProperty("verdict").GetString(), json.GetProperty("risk").GetString(), json.GetProperty("approvals").GetInt32()));
        Assert.Equal("Amount at or above 1,000.00 USD", json.GetProperty("reasons")[0].GetString());
        Assert.False(json.GetProperty("trace")[8].GetProperty("conditions")[0].GetProperty("holds").GetBoolean());
    }

    [Fact]
    public void A_correction_is_judged_by_its_own_arguments()
    {
        var proposal = GateCases.Certain(
            "post_invoice", """{"amount":"1250.00"}""", """{"amount":{"value":"1250.00","currency":"USD"},"reversible":true,"externallyVisible":false}""",
            "\"fields\":[{\"name\":\"total\",\"type\":\"money\",\"value\":\"1\",\"confidence\":0.2,\"required\":true}]");
        Assert.Equal(["large-amount", "material", "fields"], GateCases.Ask(proposal).Matched());

        var corrected = proposal.Effective.Correct(Json("""{"amount":"50.00"}"""), null, [new Field("total", "text", Json("\"50.00\""))]);
        Assert.Equal(["rest"], ReviewConsole.Core.Gate.Gate.EvaluateCorrection(PolicyReader.Default, proposal, corrected, GateCases.Facts).Matched());

        var raised = proposal.Effective.Correct(Json("""{"amount":"50000.00"}"""), null, null);
        Assert.Equal(2, ReviewConsole.Core.Gate.Gate.EvaluateCorrection(PolicyReader.Default, proposal, raised, GateCases.Facts).Approvals);
    }

    [Fact]
    public void The_draw_is_the_same_for_the_same_action_and_about_even()
    {
        Assert.Equal(SampleDraw.Of([1, 2], "s", "sha256:00"), SampleDraw.Of([1, 2], "s", "sha256:00"));
        Assert.NotEqual(SampleDraw.Of([1, 2], "s", "sha256:00"), SampleDraw.Of([1, 3], "s", "sha256:00"));
        Assert.NotEqual(SampleDraw.Of([1, 2], "s", "sha256:00"), SampleDraw.Of([1, 2], "t", "sha256:00"));

        var draws = Enumerable.Range(0, 20_000).Select(i => SampleDraw.Of([7], "s", "sha256:" + i)).ToList();
        Assert.All(draws, draw => Assert.InRange(draw.Sample, 0, 1 - double.Epsilon));
        Assert.All(draws, draw => Assert.InRange(draw.CommitFirst, 0, 1 - double.Epsilon));
        Assert.InRange(draws.Count(draw => draw.Sample < 0.05), 850, 1150);
        Assert.InRange(draws.Count(draw => draw.CommitFirst < 0.05), 850, 1150);
        Assert.InRange(draws.Count(draw => draw is { Sample: < 0.05, CommitFirst: < 0.5 }), 400, 600);
    }

    [Fact]
    public void The_highest_share_says_how_many_commit_first_and_only_reviews_do()
    {
        const string Lines = """
            rules:
              - { rule: some, when: { field: tags, contains: a }, then: { verdict: review, commitFirst: 0.1 }, reason: A }
              - { rule: more, when: { field: tags, contains: b }, then: { commitFirst: 0.4 } }
              - { rule: none, when: { field: tags, contains: c }, then: { commitFirst: false } }
              - { rule: all, when: { field: tags, contains: d }, then: { commitFirst: true } }
            """;

        Assert.Equal((true, false), (Asked(0.09, "a"), Asked(0.1, "a")));
        Assert.Equal((true, false), (Asked(0.39, "a", "b"), Asked(0.4, "b", "a")));
        Assert.True(Asked(0.05, "a", "c"));
        Assert.True(Asked(0.999, "a", "d"));
        Assert.False(Asked(0, "d"));
        Assert.False(Asked(0));

        static bool Asked(double draw, params string[] tags) =>
            GateCases.Ask(GateCases.Certain() with { Tags = tags }, GateCases.Facts with { CommitFirstDraw = draw }, GateCases.Policy(Lines)).CommitFirst;
    }

    [Fact]
    public void Reasons_that_rest_on_what_the_AI_says_of_itself_are_known_as_such()
    {
        var sure = GateCases.Certain(impact: """{"reversible":false,"externallyVisible":false}""");
        var unsure = sure with { Signals = [new Signal("model", 0.4m)] };
        Assert.Empty(GateCases.Ask(sure).SelfReported);
        Assert.Equal(["Cannot be undone", "The lowest signal is under 0.8, or there is none"], GateCases.Ask(unsure).Reasons);
        Assert.Equal(["The lowest signal is under 0.8, or there is none"], GateCases.Ask(unsure).SelfReported);

        var field = GateCases.Certain(more: "\"fields\":[{\"name\":\"total\",\"type\":\"money\",\"value\":\"1\",\"confidence\":0.2,\"required\":true}]");
        Assert.Equal(["A required field is missing or under 0.8"], GateCases.Ask(field).SelfReported);
        // That nothing else called a person says that the source was sure.
        Assert.Equal(["Audit sample"], GateCases.Ask(GateCases.Certain(), new Facts(GateCases.Now, 0.01)).SelfReported);

        var titled = GateCases.Policy("rules: [ { rule: one, when: { field: title, contains: urgent }, then: { verdict: review }, reason: It says it is urgent } ]");
        Assert.Equal(["It says it is urgent"], GateCases.Ask(GateCases.Certain() with { Title = "urgent" }, policy: titled).SelfReported);

        // The same words from a rule that looks at the action are the action's.
        var both = GateCases.Policy("""
            rules:
              - { rule: one, when: { field: signals.lowest, below: 0.8 }, then: { verdict: review }, reason: Look twice }
              - { rule: two, when: { field: tags, contains: a }, then: { verdict: review }, reason: Look twice }
            """);
        Assert.Contains("Look twice", GateCases.Ask(unsure, policy: both).SelfReported);
        Assert.DoesNotContain("Look twice", GateCases.Ask(unsure with { Tags = ["a"] }, policy: both).SelfReported);
    }

    // Without the rules of the policy that ships.
    private static GatePolicy Alone(string rules)
    {
        var policy = GateCases.Policy($"rules: [ {rules} ]");
        return policy with { Rules = [.. policy.Rules.Take(policy.Rules.Count - PolicyReader.Default.Rules.Count)] };
    }

    private static GateResult Tagged(params string[] tags) => Tagged(GateCases.Facts, tags);

    private static GateResult Tagged(Facts facts, params string[] tags) =>
        GateCases.Ask(GateCases.Certain() with { Tags = tags }, facts, GateCases.Policy(Rules));

    private static JsonElement Json(string text) => JsonElement.Parse(text);
}
