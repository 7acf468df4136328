using System.Text.Json.Nodes;
using Microsoft.Playwright;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Tests.Support;
using ReviewConsole.Tests.Web.Escalations;
using ReviewConsole.Tests.Web.Review;

namespace ReviewConsole.Tests.Journeys;

/// <summary>What will run, drawn by its kind: a letter as it is received, an account before and after, a payment with its payee, a plan, an open question.</summary>
public sealed class ProposalByKindTests(BrowserFixture browser)
{
    [Fact]
    public async Task An_html_draft_is_shown_as_its_recipient_gets_it_and_can_do_nothing()
    {
        await using var bench = await WorkspaceBench.StartAsync(browser);
        var page = bench.Page;
        var asked = new List<string>();
        page.Request += (_, request) => asked.Add(request.Url);
        var id = await bench.SubmitAsync(WorkspaceBench.Mail, body =>
        {
            body["draft"]!["format"] = "html";
            body["draft"]!["content"] = """<h2>Your order</h2><p>Dear Ms Silva, it is <b>on its way</b>.</p><script>parent.document.title = 'owned'</script><img src="https://elsewhere.example/p.png">""";
        });
        await bench.OpenAsync(id);
        await page.Locator(".rc-diffview").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "As the recipient gets it" }).ClickAsync();
        var letter = page.Locator(".rc-letter");
        Assert.Equal("Your cancelled flight", await letter.Locator("h3").InnerTextAsync());
        var inside = letter.FrameLocator("iframe");
        await inside.GetByText("on its way").WaitForAsync();
        Assert.Equal(0, await inside.Locator("script").CountAsync());
        await Pictures.TakeAsync(page, "letter-html");
        Assert.DoesNotContain("owned", await page.TitleAsync(), StringComparison.Ordinal);
        Assert.All(asked, url => Assert.StartsWith(bench.Console.Address.ToString(), url, StringComparison.Ordinal));
        await Axe.AssertCleanAsync(page, "letter");
    }

    [Fact]
    public async Task A_markdown_letter_is_drawn_with_what_the_person_changed()
    {
        await using var bench = await WorkspaceBench.StartAsync(browser);
        var page = bench.Page;
        var id = await bench.SubmitAsync(WorkspaceBench.Mail, body => body["draft"]!["format"] = "markdown");
        await bench.OpenAsync(id);
        await page.Keyboard.PressAsync("2");
        await page.Locator("#draft").FillAsync("Dear Ms Silva,\n\nyou get **50.00 USD**.");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "As the recipient gets it" }).ClickAsync();
        Assert.Equal("50.00 USD", await page.Locator(".rc-letter strong").InnerTextAsync());
    }

    [Fact]
    public async Task An_account_change_says_what_was_and_what_will_be()
    {
        await using var bench = await WorkspaceBench.StartAsync(browser);
        var page = bench.Page;
        var id = await bench.SubmitAsync(WorkspaceBench.Mail, body =>
        {
            body.Remove("draft");
            body["kind"] = "accountChange";
            body["action"] = JsonNode.Parse("""{ "name": "change_account", "arguments": { "account": "a-1", "change": "name", "from": "Nils Aaberg", "to": "Nils Aaberg-Quist" } }""");
            body["evidence"] = JsonNode.Parse("""
                [ { "id": "b", "kind": "keyValue", "role": "before", "content": [ { "key": "Name", "value": "Nils Aaberg" }, { "key": "Open orders", "value": 0 } ] },
                  { "id": "a", "kind": "json", "role": "after", "content": { "Name": "Nils Aaberg-Quist", "Open orders": 0, "Alias": "NAQ" } },
                  { "id": "p", "kind": "text", "role": "policy", "content": "Names are changed with a paper." } ]
                """);
        });
        await bench.OpenAsync(id);
        await Assertions.Expect(page.Locator(".rc-changed tbody tr")).ToHaveCountAsync(3);
        var rows = await page.Locator(".rc-changed tbody tr").AllInnerTextsAsync();
        Assert.Equal(["name −Nils Aaberg +Nils Aaberg-Quist", "Name −Nils Aaberg +Nils Aaberg-Quist", "Alias not there +NAQ"], rows.Select(row => string.Join(' ', row.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))));
        await page.GetByText("Evidence 1 and 2 show before and after; the same in both: 1.").WaitForAsync();
        await Pictures.TakeAsync(page, "account-change");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "See evidence 3: policy" }).ClickAsync();
        await page.Locator("#evidence-3:focus").WaitForAsync();
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1440)]
    [InlineData(ColorScheme.Dark, 320)]
    public async Task A_payment_says_who_gets_it_which_limits_it_reaches_and_what_was_paid_before(ColorScheme theme, int width)
    {
        await using var bench = await LifeBench.StartAsync(holdSeconds: 0);
        var paid = await bench.ExecutedAsync(ExecutionStatus.Succeeded, To("c-20117", "112.00"));
        var failed = await bench.ExecutedAsync(ExecutionStatus.Failed, To("c-20117", "300.00"));
        await bench.DecidedAsync(DecisionKind.Reject, To("c-20117", "700.00"));
        var open = await bench.SubmitAsync(To("c-20117", "1250.00"));
        await using var context = await browser.NewContextAsync(bench.Console.Address.ToString(), theme, width, 1000);
        var page = await bench.PageAsync(context, "reviewer2", $"/reviews/{open}");
        await page.Locator(".rc-paid li").First.WaitForAsync();
        Assert.Equal("to Ana Müller c-20117", Flat(await page.Locator(".rc-money-payee").InnerTextAsync()));
        Assert.Equal(
            ["Limit: at least 100.00 USD material reached", "Limit: at least 1,000.00 USD large-amount reached", "Limit: at least 10,000.00 USD four-eyes 8,750.00 USD below it"],
            (await page.Locator(".rc-money-limit").AllInnerTextsAsync()).Select(Flat));
        Assert.Equal("To this payee before, by this action: 2 in 30 days, 112.00 USD", Flat(await page.Locator(".rc-paid p").InnerTextAsync()));
        var rows = (await page.Locator(".rc-paid li").AllInnerTextsAsync()).Select(Flat).ToList();
        Assert.EndsWith("300.00 USD approved, failed", rows[0], StringComparison.Ordinal);
        Assert.EndsWith("112.00 USD approved, succeeded", rows[1], StringComparison.Ordinal);
        Assert.Equal([$"history/{failed}", $"history/{paid}"], await page.Locator(".rc-paid a").EvaluateAllAsync<string[]>("links => links.map(link => link.getAttribute('href'))"));
        await LookAsync(page, ".rc-money", $"money-{width}");
        await page.Locator(".rc-paid a").Last.ClickAsync();
        await Screens.AtAsync(page, $"/history/{paid}");

        var stranger = await bench.SubmitAsync(To("c-" + new string('9', 150), "1250.00"));
        await Screens.OpenAsync(page, $"/reviews/{stranger}");
        await page.GetByText("No earlier payment to this payee by this action on record here.").WaitForAsync();
        await LookAsync(page, ".rc-money", $"money-long-{width}");
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1440)]
    [InlineData(ColorScheme.Dark, 320)]
    public async Task A_deployment_and_an_open_question_are_drawn_as_what_they_are(ColorScheme theme, int width)
    {
        await using var bench = await WorkspaceBench.StartAsync(browser, theme, width, 1000);
        var page = bench.Page;
        var id = await bench.SubmitAsync(WorkspaceBench.Mail, body =>
        {
            body.Remove("draft");
            body["kind"] = "deployment";
            body["action"] = JsonNode.Parse("""
                { "name": "deploy", "arguments": { "service": "checkout-api", "from": "4.18.1", "version": "4.18.2-a-very-long-build-name-of-the-night.20261122", "environment": "production", "regions": ["us", "ca", "eu-west"], "strategy": "rolling" } }
                """);
            body["evidence"] = JsonNode.Parse("""
                [ { "id": "plan", "kind": "markdown", "role": "plan", "title": "Plan", "content": "1. Promote **5 % → 25 % → 100 %**, ten minutes each\n2. Watch `http_5xx`\n3. Roll back on an alarm: `deploy checkout-api 4.18.1`" },
                  { "id": "where", "kind": "table", "role": "environments", "title": "What runs where", "content": { "columns": ["Service", "Staging", "Production"], "rows": [["checkout-api", "4.18.2", "4.18.0"]] } },
                  { "id": "diff", "kind": "diff", "role": "plan", "title": "deploy/checkout.yaml", "content": { "before": "replicas: 3\nimage: checkout:4.18.1\n", "after": "replicas: 3\nimage: checkout:4.18.2\n" } } ]
                """);
        });
        await bench.OpenAsync(id);
        Assert.Equal("Runs now, by evidence 2 4.18.0 differs", Flat(await page.Locator(".rc-plan dl > div").Last.InnerTextAsync()));
        Assert.Equal(["Promote 5 % → 25 % → 100 %, ten minutes each", "Watch http_5xx", "Roll back on an alarm: deploy checkout-api 4.18.1"], (await page.Locator(".rc-plan ol").First.Locator("li").AllInnerTextsAsync()).Select(Flat));
        Assert.EndsWith("Way back, evidence 1 Roll back on an alarm: deploy checkout-api 4.18.1", Flat(await page.Locator(".rc-plan").InnerTextAsync()), StringComparison.Ordinal);
        await page.Locator(".rc-pane-proposal .rc-diffview del").First.WaitForAsync();
        await LookAsync(page, ".rc-plan", $"plan-{width}");

        var asked = await bench.SubmitAsync(WorkspaceBench.Mail, body =>
        {
            body.Remove("draft");
            body["kind"] = "agentDecision";
            body["action"] = JsonNode.Parse("""{ "name": "agent_decision", "arguments": { "case": "S-17", "decision": "suspend_seller", "because": "counterfeit" } }""");
            body["alternatives"] = JsonNode.Parse("""
                [ { "action": { "name": "agent_decision", "arguments": { "case": "S-17", "decision": "pause_lamps", "because": "needs_certificate" } }, "why": "Pause the 12 lamp offers until the certificate is renewed" },
                  { "action": { "name": "agent_decision", "arguments": { "case": "S-17", "decision": "ask_seller", "because": "needs_certificate" } }, "why": "Ask for the certificate within 48 hours" } ]
                """);
            body["evidence"]!.AsArray().Add(JsonNode.Parse("""{ "id": "question", "kind": "text", "role": "question", "title": "What is asked", "content": "Are the lamps sold by Northlight Trading counterfeit, and is a suspension of all offers proportionate?" }"""));
        });
        await bench.OpenAsync(asked);
        await page.Locator(".rc-choice-question").GetByText("is a suspension of all offers proportionate?").WaitForAsync();
        Assert.Equal(["proposed suspend_seller", "instead", "instead"], (await page.Locator(".rc-options > li > p").AllInnerTextsAsync()).Select(Flat));
        await LookAsync(page, ".rc-choice", $"choice-{width}");
        await page.Keyboard.PressAsync("3");
        await page.GetByRole(AriaRole.Radio, new PageGetByRoleOptions { Name = "pause_lamps" }).CheckAsync();
    }

    private static async Task LookAsync(IPage page, string part, string name)
    {
        await page.Locator(part).EvaluateAsync("part => part.scrollIntoView({ block: 'start' })");
        await Pictures.TakeAsync(page, name);
        await Axe.AssertCleanAsync(page, name);
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "The page scrolls sideways.");
    }

    private static Action<JsonObject> To(string payee, string amount) => body =>
    {
        body["action"]!["arguments"]!["amount"] = amount;
        body["action"]!["arguments"]!["customer"] = payee;
        body["impact"]!["amount"]!["value"] = amount;
        body["subject"]!["id"] = payee;
    };

    private static string Flat(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
