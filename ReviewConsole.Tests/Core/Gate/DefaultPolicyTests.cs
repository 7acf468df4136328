using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Proposals;
using Xunit;

namespace ReviewConsole.Tests.Core.Gate;

/// <summary>Every line of the table of defaults, by the name of its rule.</summary>
public sealed class DefaultPolicyTests
{
    [Fact]
    public void The_rules_are_those_of_the_table_in_its_order() => Assert.Equal(
        [
            "not-in-catalogue", "declared-differs", "four-eyes", "large-amount", "legal", "no-way-back", "material", "cannot-undo", "outside", "unsure", "experts",
            "other-currency", "checks", "fields", "audit-sample", "rest",
        ],
        PolicyReader.Default.Rules.Select(rule => rule.Name));

    [Fact]
    public void Rest_proceeds()
    {
        var gate = GateCases.Ask(GateCases.Certain());

        Assert.Equal((Verdict.Proceed, Risk.Low, 1, "general"), (gate.Verdict, gate.Risk, gate.Approvals, gate.Queue));
        Assert.Equal(["rest"], gate.Matched());
        Assert.Empty(gate.Reasons);
    }

    [Fact]
    public void Not_in_catalogue_is_reviewed_at_medium()
    {
        var gate = GateCases.Ask(GateCases.Certain("format_disk"));

        Assert.Equal((Verdict.Review, Risk.Medium), (gate.Verdict, gate.Risk));
        Assert.Equal(["not-in-catalogue"], gate.Matched());
    }

    [Fact]
    public void Declared_differs_is_reviewed_at_medium_with_a_failed_check()
    {
        var gate = GateCases.Ask(GateCases.Certain(
            "post_invoice", """{"amount":"60.00","currency":"USD"}""", """{"amount":{"value":"6.00","currency":"USD"},"reversible":true,"externallyVisible":false}"""));

        Assert.Equal((Verdict.Review, Risk.Medium), (gate.Verdict, gate.Risk));
        Assert.Equal(["declared-differs", "checks"], gate.Matched());
        var check = Assert.Single(gate.ConsoleChecks);
        Assert.Equal(("console:declared-amount", CheckResult.Fail, "Declared amount differs from the arguments"), (check.Id, check.Result, check.Name));
        Assert.Equal("60.00", gate.Amount!.Value);
    }

    [Theory]
    [InlineData("99.99", Verdict.Proceed, Risk.Low, 1)]
    [InlineData("100", Verdict.Review, Risk.Medium, 1)]
    [InlineData("999.99", Verdict.Review, Risk.Medium, 1)]
    [InlineData("1000.00", Verdict.Review, Risk.High, 1)]
    [InlineData("-1000.00", Verdict.Review, Risk.High, 1)]
    [InlineData("9999.99", Verdict.Review, Risk.High, 1)]
    [InlineData("10000", Verdict.Review, Risk.High, 2)]
    public void Material_large_amount_and_four_eyes(string amount, object verdict, object risk, int approvals)
    {
        var gate = GateCases.Ask(GateCases.Certain(impact: $$$"""{"amount":{"value":"{{{amount}}}","currency":"USD"},"reversible":true,"externallyVisible":false}"""));

        Assert.Equal(((Verdict)verdict, (Risk)risk, approvals), (gate.Verdict, gate.Risk, gate.Approvals));
    }

    [Fact]
    public void Legal_goes_to_its_queue_at_high()
    {
        var gate = GateCases.Ask(GateCases.Certain(impact: """{"reversible":true,"externallyVisible":false,"legallySensitive":true}"""));

        Assert.Equal((Verdict.Review, Risk.High, "legal"), (gate.Verdict, gate.Risk, gate.Queue));
        Assert.Equal(["legal"], gate.Matched());
    }

    [Theory]
    [InlineData(false, true, Risk.High, "no-way-back cannot-undo outside")]
    [InlineData(false, false, Risk.Medium, "cannot-undo")]
    [InlineData(true, true, Risk.Medium, "outside")]
    public void No_way_back_cannot_undo_and_outside(bool reversible, bool visible, object risk, string rules)
    {
        var gate = GateCases.Ask(GateCases.Certain(impact: $$"""{"reversible":{{(reversible ? "true" : "false")}},"externallyVisible":{{(visible ? "true" : "false")}} }"""));

        Assert.Equal((Verdict.Review, (Risk)risk), (gate.Verdict, gate.Risk));
        Assert.Equal(rules.Split(' '), gate.Matched());
    }

    [Fact]
    public void Outside_covers_trust()
    {
        var gate = GateCases.Ask(GateCases.Certain(impact: """{"reversible":true,"externallyVisible":false,"affectsTrust":true}"""));

        Assert.Equal(["outside"], gate.Matched());
    }

    [Theory]
    [InlineData("0.8", false)]
    [InlineData("0.79", true)]
    [InlineData("0", true)]
    [InlineData(null, true)]
    public void Unsure_is_the_lowest_signal_under_eight_tenths_or_none(string? signal, bool matched)
    {
        var proposal = GateCases.Certain();
        proposal = proposal with { Signals = signal is null ? [] : [new Signal("a", 0.95m), new Signal("b", decimal.Parse(signal, System.Globalization.CultureInfo.InvariantCulture))] };

        var gate = GateCases.Ask(proposal);

        Assert.Equal(matched, gate.Matched().Contains("unsure"));
        Assert.Equal(matched ? (Verdict.Review, Risk.Medium) : (Verdict.Proceed, Risk.Low), (gate.Verdict, gate.Risk));
    }

    [Theory]
    [InlineData("0.49", "2000.00", "experts")]
    [InlineData("0.5", "2000.00", "general")]
    [InlineData("0.49", "200.00", "general")]
    public void Experts_get_high_risk_with_a_low_signal(string signal, string amount, string queue)
    {
        var proposal = GateCases.Certain(impact: $$$"""{"amount":{"value":"{{{amount}}}","currency":"USD"},"reversible":true,"externallyVisible":false}""") with
        {
            Signals = [new Signal("a", decimal.Parse(signal, System.Globalization.CultureInfo.InvariantCulture))],
        };

        Assert.Equal(queue, GateCases.Ask(proposal).Queue);
    }

    [Fact]
    public void Other_currency_is_reviewed_at_medium_whatever_the_number()
    {
        var gate = GateCases.Ask(GateCases.Certain(impact: """{"amount":{"value":"5000","currency":"MYR"},"reversible":true,"externallyVisible":false}"""));

        Assert.Equal((Verdict.Review, Risk.Medium), (gate.Verdict, gate.Risk));
        Assert.Equal(["other-currency"], gate.Matched());
    }

    [Fact]
    public void Other_currency_covers_an_unknown_one() => Assert.Equal(
        ["other-currency"], GateCases.Ask(GateCases.Certain("post_invoice", """{"amount":5}""")).Matched());

    [Theory]
    [InlineData("pass", false)]
    [InlineData("fail", true)]
    [InlineData("warn", true)]
    [InlineData("notRun", true)]
    public void Checks_that_did_not_pass_are_reviewed_at_medium(string result, bool matched)
    {
        var gate = GateCases.Ask(GateCases.Certain(more: $$"""
            "checks":[{"id":"c","name":"n","result":"{{result}}"}]
            """));

        Assert.Equal(matched ? (Verdict.Review, Risk.Medium) : (Verdict.Proceed, Risk.Low), (gate.Verdict, gate.Risk));
        Assert.Equal(matched, gate.Matched().Contains("checks"));
    }

    [Theory]
    [InlineData("""{"name":"f","type":"text","value":"v","confidence":0.8,"required":true}""", false)]
    [InlineData("""{"name":"f","type":"text","value":"v","confidence":0.79,"required":true}""", true)]
    [InlineData("""{"name":"f","type":"text","value":null,"confidence":1,"required":true}""", true)]
    [InlineData("""{"name":"f","type":"text","value":"","required":true}""", true)]
    [InlineData("""{"name":"f","type":"text","confidence":0.1}""", false)]
    public void Fields_that_are_required_and_missing_or_unsure_go_to_documents(string field, bool matched)
    {
        var gate = GateCases.Ask(GateCases.Certain(more: $"\"fields\":[{field}]"));

        Assert.Equal(matched, gate.Matched().Contains("fields"));
        Assert.Equal(matched ? (Verdict.Review, Risk.Medium, "documents") : (Verdict.Proceed, Risk.Low, "general"), (gate.Verdict, gate.Risk, gate.Queue));
    }

    [Theory]
    [InlineData(0.0, true)]
    [InlineData(0.0499999, true)]
    [InlineData(0.05, false)]
    public void Audit_sample_takes_a_twentieth_of_the_rest(double draw, bool sampled)
    {
        var gate = GateCases.Ask(GateCases.Certain(), new Facts(GateCases.Now, draw));

        Assert.Equal(sampled ? (Verdict.Review, Risk.Low, true) : (Verdict.Proceed, Risk.Low, false), (gate.Verdict, gate.Risk, gate.AuditSample));
        Assert.False(GateCases.Ask(GateCases.Certain("format_disk"), new Facts(GateCases.Now, draw)).AuditSample);
    }

    [Theory]
    [InlineData("refund", "payments")]
    [InlineData("accountChange", "accounts")]
    [InlineData("deployment", "deployments")]
    [InlineData("extraction", "documents")]
    [InlineData("email", "general")]
    [InlineData("booking", "general")]
    public void A_kind_has_its_queue(string kind, string queue) => Assert.Equal(
        queue, GateCases.Ask(GateCases.Certain("format_disk", more: $"\"kind\":\"{kind}\"")).Queue);

    [Fact]
    public void Durations_are_those_of_the_table()
    {
        var gate = GateCases.Ask(GateCases.Certain("format_disk"));

        Assert.Equal((10, 15, 24 * 60, 4 * 60), (gate.HoldSeconds, gate.ClaimMinutes, gate.ValidMinutes, gate.DueMinutes));
        Assert.Equal((GateCases.Now + 86_400_000, ExpiryOutcome.Reject), (gate.ExpiresAt, gate.ExpiryOutcome));
        Assert.Equal((30, 24 * 60, 60), (PolicyReader.Default.DueMinutes[Risk.High], PolicyReader.Default.DueMinutes[Risk.Low], PolicyReader.Default.PickupMinutes));
    }

    [Theory]
    [InlineData("approve", "EVIDENCE_SUPPORTS POLICY_MET EXCEPTION_GRANTED")]
    [InlineData("correct", "AMOUNT_WRONG FIELD_MISREAD ARGUMENT_WRONG WORDING TONE")]
    [InlineData("reject", "POLICY_VIOLATION EVIDENCE_CONTRADICTS NOT_REQUESTED DUPLICATE SUSPECTED_FRAUD")]
    [InlineData("escalate", "NEEDS_EXPERT ABOVE_MY_LIMIT CONFLICT_OF_INTEREST")]
    [InlineData("return", "INFORMATION_MISSING AMBIGUOUS_REQUEST STALE")]
    public void Reason_codes_are_those_of_the_table(string decision, string codes) =>
        Assert.Equal(codes.Split(' '), PolicyReader.Default.Reasons(decision).Select(reason => reason.Code));

    [Fact]
    public void The_catalogue_has_the_seven_actions_and_the_queues_their_names()
    {
        Assert.Equal(
            ["agent_decision", "change_account", "deploy", "file_contract_fields", "issue_refund", "post_invoice", "send_email"],
            PolicyReader.Default.Catalogue.Keys.Order());
        Assert.Equal(["accounts", "deployments", "documents", "experts", "general", "legal", "payments"], PolicyReader.Default.Queues.Order());
        Assert.Equal("experts", PolicyReader.Default.ExpertQueue);
    }
}
