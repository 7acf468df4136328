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
              "action": { "name": "agent_decision", "arguments": { "case": "T-1", "decision": "suspend", "options": [ [ 1 ], [ 2 ] ] } },
              "alternatives": [ { "action": { "name": "agent_decision", "arguments": { "case": "T-1", "decision": "pause" } } } ]
            }
            """)));
        Assert.Equal(["proposed suspend", "instead"], part.FindAll(".rc-options > li > p").Select(Flat));
        Assert.Empty(part.FindAll(".rc-choice-question"));
    }

    [Fact]
    public void An_option_is_drawn_with_every_name_it_has_and_none_is_marked_that_may_not_be_the_one()
    {
        var part = Choice("""{ "decision": "close", "options": [ { "label": "Keep open", "id": "keep" }, { "label": "Keep the account", "id": "close" } ] }""");
        Assert.Equal(["proposed Keep the account close", "Keep open keep"], part.FindAll(".rc-options > li > p").Select(Flat));
        Assert.Empty(part.FindAll(".rc-choice-unclear"));

        part = Choice("""{ "decision": "close", "options": [ { "label": "Keep the account", "id": "close" }, { "label": "close", "id": "shut" } ] }""");
        Assert.Equal(["proposed close", "Keep the account close", "close shut"], part.FindAll(".rc-options > li > p").Select(Flat));
        Assert.Equal(["true", "false", "false"], part.FindAll(".rc-options > li").Select(option => option.GetAttribute("data-proposed")));
        Assert.Contains("which of the options is meant", Flat(part.Find(".rc-choice-unclear")), StringComparison.OrdinalIgnoreCase);

        part = Choice("""{ "decision": 2, "options": [ { "label": "Keep", "id": 1 }, { "label": "Close", "id": 2 } ] }""");
        Assert.Equal(["proposed Close 2", "Keep 1"], part.FindAll(".rc-options > li > p").Select(Flat));

        foreach (var said in new[] { """ "decision": "Keep", "choice": 2 """, """ "decision": "Keep", "selected": [2] """ })
        {
            part = Choice($$"""{ {{said}}, "options": [ { "label": "Keep", "id": 1 }, { "label": "Close", "id": 2 } ] }""");
            Assert.Equal(["proposed the action above", "Keep 1", "Close 2"], part.FindAll(".rc-options > li > p").Select(Flat));
            Assert.NotNull(part.Find(".rc-choice-unclear"));
        }

        part = Choice("""{ "decision": "close", "answer": "keep", "options": [ "close", "keep" ] }""");
        Assert.Equal(["proposed the action above", "close", "keep"], part.FindAll(".rc-options > li > p").Select(Flat));
        Assert.NotNull(part.Find(".rc-choice-unclear"));
    }

    [Fact]
    public void What_speaks_for_an_option_is_not_there_before_the_first_judgement()
    {
        var model = Of("agentDecision", """{ "action": { "name": "agent_decision", "arguments": { "decision": "close", "options": [ { "name": "close", "for": "answered" } ] } } }""");
        var withheld = new ReviewModel(model.Id, 1, model.Proposal, model.Gate, model.Evidence, withheld: true);
        Assert.NotEmpty(Render<ChoicePart>(p => p.Add(x => x.Model, model)).FindAll(".rc-agent"));
        Assert.Empty(Render<ChoicePart>(p => p.Add(x => x.Model, withheld)).FindAll(".rc-agent"));
    }

    [Fact]
    public void Many_long_options_are_cut_and_counted()
    {
        var arguments = new JsonObject
        {
            ["decision"] = "o 49",
            ["options"] = new JsonArray([.. Enumerable.Range(0, 50).Select(i => new JsonObject { ["name"] = $"o {i}", ["for"] = new JsonArray([.. Enumerable.Repeat("x", 25)]), ["title"] = new string('y', 1_000) })]),
        };
        var part = Choice(arguments.ToJsonString());
        Assert.Equal(31, part.FindAll(".rc-options > li").Count);
        Assert.StartsWith("proposed o 49", Flat(part.Find(".rc-options > li > p")), StringComparison.Ordinal);
        Assert.EndsWith("… more characters in the arguments: 600", Flat(part.Find(".rc-options > li > p")), StringComparison.Ordinal);
        Assert.Equal(["5 more points in the arguments", "19 more options in the arguments"], part.FindAll(".rc-more").Select(Flat).Distinct());
        Assert.Equal(20, part.FindAll(".rc-options > li")[0].QuerySelectorAll(".rc-points li").Length);
    }

    [Fact]
    public void Steps_are_drawn_with_all_that_stands_between_them_and_say_what_else_the_plan_has()
    {
        var part = Plan("# Plan\n\n1. Promote\n   with `--force`\nand at once\n\nDrop the old table.\n\n2. Watch it\n   for an hour\n\n## Rollback\n\n### How\n\n```\n# stop\nundeploy\n```\n\n## Notes\n\nTell Ana.");
        var (steps, way) = (Flat(part.FindAll(".rc-plan .rc-md")[0]), Flat(part.FindAll(".rc-plan .rc-md")[1]));
        Assert.Equal("Promote with --force and at once Drop the old table. Watch it for an hour", steps);
        Assert.Equal("How # stop undeploy", way);
        Assert.Equal(["9 more lines in evidence 1 See evidence 1", "10 more lines in evidence 1 See evidence 1"], part.FindAll(".rc-more").Select(Flat));
    }

    [Fact]
    public void A_plan_of_many_lines_is_cut_and_says_so()
    {
        var part = Plan(string.Join('\n', Enumerable.Range(1, 600).Select(i => $"{i}. Step")));
        Assert.Equal(80, part.FindAll(".rc-plan ol li").Count);
        Assert.Equal("520 more lines in evidence 1 See evidence 1", Flat(part.Find(".rc-more")));
        Assert.Contains("1 more line in evidence 1 See", Flat(Plan("1. " + new string('x', 9_000)).Find(".rc-more")), StringComparison.Ordinal);
    }

    private IRenderedComponent<ChoicePart> Choice(string arguments) =>
        Render<ChoicePart>(p => p.Add(x => x.Model, Of("agentDecision", $$"""{ "action": { "name": "agent_decision", "arguments": {{arguments}} } }""")));

    private IRenderedComponent<PlanPart> Plan(string plan) => Render<PlanPart>(p => p.Add(x => x.Model, Of("deployment", new JsonObject
    {
        ["action"] = new JsonObject { ["name"] = "deploy", ["arguments"] = new JsonObject { ["service"] = "checkout" } },
        ["evidence"] = new JsonArray(new JsonObject { ["id"] = "plan", ["kind"] = "markdown", ["role"] = "plan", ["content"] = plan }),
    }.ToJsonString())));

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
