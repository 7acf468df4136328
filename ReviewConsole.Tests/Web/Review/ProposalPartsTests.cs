using System.Text.Json.Nodes;
using AngleSharp.Dom;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using ReviewConsole.Components.Review;
using ReviewConsole.Core.Gate;
using ReviewConsole.Rendering;
using ReviewConsole.Tests.Web.Rendering;
using Xunit;

namespace ReviewConsole.Tests.Web.Review;

/// <summary>What will run, drawn by its kind: a payment, a deployment, an open question. Nothing is there that nobody sent.</summary>
public sealed class ProposalPartsTests : BunitContext
{
    public ProposalPartsTests()
    {
        _ = RenderingSupport.Words;
        Services.AddLocalization();
        Services.AddRendering();
        JSInterop.Mode = JSRuntimeMode.Loose;
    }

    [Fact]
    public void A_payment_names_its_payee_by_the_catalogue_and_its_limits_by_the_recorded_trace()
    {
        var proposal = Samples.Read(Samples.EveryKind);
        var gate = Samples.Gate(proposal) with
        {
            Recipient = "c-1",
            Trace =
            [
                Rule("four-eyes", "atLeast", 10_000), Rule("large", "atLeast", 1_000), Rule("huge", "atLeast", 50_000),
                new RuleTrace("unsure", false, [new ConditionTrace("signals.lowest", "below", GateValue.Of(0.8m), GateValue.Unknown, null)]),
            ],
        };
        var card = Render<MoneyCard>(p => p.Add(x => x.Model, Samples.Model(proposal, gate)));
        Assert.Equal("to Mia U+200BLi c-1", Flat(card.Find(".rc-money-payee")));
        Assert.Equal(["Limit: at least 1,000.00 USD large reached", "Limit: at least 10,000.00 USD four-eyes 8,750.00 USD below it"], card.FindAll(".rc-money-limit").Select(Row));
    }

    [Fact]
    public void A_payment_says_when_its_payee_is_not_known_and_when_its_currency_was_compared_with_no_limit()
    {
        var proposal = Samples.Read(Samples.EveryKind);
        var gate = Samples.Gate(proposal) with { Trace = [new RuleTrace("large", false, [new ConditionTrace("impact.amount", "atLeast", GateValue.Money(1_000), GateValue.Missing, false)])] };
        var declared = Render<MoneyCard>(p => p.Add(x => x.Model, Samples.Model(proposal, gate)));
        Assert.Equal("to mia@example.org as the draft says", Flat(declared.Find(".rc-money-payee")));
        Assert.Empty(declared.FindAll(".rc-money-limit"));
        Assert.Contains("in another currency", declared.Find(".rc-money-note").TextContent, StringComparison.Ordinal);

        var unknown = Render<MoneyCard>(p => p.Add(x => x.Model, Samples.Model(proposal with { Draft = null }, gate)));
        Assert.Equal("Whom it goes to, the action does not say.", Flat(unknown.Find(".rc-money-payee")));
    }

    [Fact]
    public void A_deployment_says_what_goes_where_from_which_version_to_which_in_which_steps_and_how_back()
    {
        var part = Render<PlanPart>(p => p.Add(x => x.Model, Of("deployment", Deployment)));
        Assert.Equal(
            ["Service checkout", "Environment production", "Regions us eu", "Strategy rolling", "Version −4.1 +4.2", "Runs now, by evidence 1 4.0 differs"],
            part.FindAll(".rc-plan dl > div").Select(Row));
        Assert.Equal(["Promote 5 %", "Watch it"], part.FindAll(".rc-plan ol li").Select(Flat));
        Assert.Contains("Roll back: deploy 4.1", part.Find(".rc-plan").TextContent, StringComparison.Ordinal);
        Assert.NotNull(part.Find(".rc-diffview del"));
    }

    [Fact]
    public void A_deployment_of_another_shape_is_told_by_its_arguments_alone_and_nothing_is_invented()
    {
        Assert.Empty(Render<PlanPart>(p => p.Add(x => x.Model, Of("deployment", """{ "action": { "name": "apply", "arguments": { "chart": { "name": "x" }, "version": { "major": 4 } } } }"""))).Markup.Trim());
        Assert.Empty(Render<PlanPart>(p => p.Add(x => x.Model, Of("refund", Deployment))).Markup.Trim());
        var bare = Render<PlanPart>(p => p.Add(x => x.Model, Of("deployment", """{ "action": { "name": "deploy", "arguments": { "service": "checkout", "version": "4.2" } } }""")));
        Assert.Equal(["Service checkout", "Version from which, the action does not say +4.2"], bare.FindAll(".rc-plan dl > div").Select(Row));
        Assert.Contains("names a way back", bare.Find(".rc-plan").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void An_open_question_lists_its_options_and_keeps_what_speaks_for_them_as_what_the_agent_says()
    {
        var part = Render<ChoicePart>(p => p.Add(x => x.Model, Of("agentDecision", """
            {
              "action": { "name": "agent_decision", "arguments": { "case": "T-1", "decision": "close", "options": [ { "name": "close", "for": ["answered"], "against": "an injury is named" }, "keep open" ] } },
              "alternatives": [ { "action": { "name": "open_report", "arguments": { "case": "T-1" } }, "why": "Every injury is reported." } ],
              "evidence": [ { "id": "q", "kind": "text", "role": "question", "content": "May the ticket be closed?" } ]
            }
            """)));
        Assert.Equal("May the ticket be closed?", Flat(part.Find(".rc-choice-question")));
        var options = part.FindAll(".rc-options > li");
        Assert.Equal(["true", "false", "false"], options.Select(option => option.GetAttribute("data-proposed")));
        Assert.Equal(["proposed close", "keep open", "instead"], options.Select(option => Flat(option.QuerySelector("p")!)));
        Assert.Equal(["answered", "an injury is named"], options[0].QuerySelectorAll(".rc-agent .rc-points li").Select(Flat));
        Assert.Equal("Every injury is reported.", Flat(options[2].QuerySelectorAll(".rc-agent > p")[1]));
        foreach (var agent in part.FindAll(".rc-agent").ToList())
        {
            agent.Remove();
        }

        Assert.DoesNotContain("injury", part.Nodes.OfType<IElement>().First().TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_list_of_options_the_proposed_one_stands_with_the_alternatives_and_an_unknown_list_is_left_to_the_arguments()
    {
        var part = Render<ChoicePart>(p => p.Add(x => x.Model, Of("agentDecision", """
            {
              "action": { "name": "agent_decision", "arguments": { "case": "T-1", "decision": "suspend", "options": [ 1, 2 ] } },
              "alternatives": [ { "action": { "name": "agent_decision", "arguments": { "case": "T-1", "decision": "pause" } } } ]
            }
            """)));
        Assert.Equal(["proposed suspend", "instead"], part.FindAll(".rc-options > li > p").Select(Flat));
        Assert.Empty(part.FindAll(".rc-choice-question"));
    }

    private const string Deployment = """
        {
          "action": { "name": "deploy", "arguments": { "service": "checkout", "from": "4.1", "version": "4.2", "environment": "production", "regions": ["us", "eu"], "strategy": "rolling", "manifest": { "before": "replicas: 3", "after": "replicas: 4" } } },
          "evidence": [
            { "id": "where", "kind": "table", "role": "environments", "content": { "columns": ["Service", "Staging", "Production"], "rows": [ ["cart", "1", "1"], ["checkout", "4.2", "4.0"] ] } },
            { "id": "plan", "kind": "markdown", "role": "plan", "content": "# Plan\n\n1. Promote **5 %**\n2. Watch it\n\nBackup is fine.\n\n> Roll back: deploy 4.1" } ]
        }
        """;

    private static RuleTrace Rule(string name, string op, decimal value) =>
        new(name, value <= 1_250, [new ConditionTrace("impact.amount", op, GateValue.Money(value), GateValue.Money(1_250), value <= 1_250)]);

    private static ReviewModel Of(string kind, string body)
    {
        var node = JsonNode.Parse(body)!.AsObject();
        node["source"] = new JsonObject { ["system"] = "bot" };
        node["kind"] = kind;
        return Samples.Model(Samples.Read(node.ToJsonString()));
    }

    private static string Row(IElement row) => string.Join(' ', row.Children.Select(Flat));

    private static string Flat(IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
