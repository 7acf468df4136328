using System.Text.Json.Nodes;
using Microsoft.Playwright;
using ReviewConsole.Tests.Support;
using ReviewConsole.Tests.Web.Review;

namespace ReviewConsole.Tests.Journeys;

/// <summary>What will run, drawn by its kind: a letter as it is received, an account before and after, evidence that belongs beside it.</summary>
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
        var rows = await page.Locator(".rc-changed tbody tr").AllInnerTextsAsync();
        Assert.Equal(["name −Nils Aaberg +Nils Aaberg-Quist", "Name −Nils Aaberg +Nils Aaberg-Quist", "Alias not there +NAQ"], rows.Select(row => string.Join(' ', row.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))));
        await page.GetByText("Evidence 1 and 2 show before and after; the same in both: 1.").WaitForAsync();
        await Pictures.TakeAsync(page, "account-change");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "See evidence 3: policy" }).ClickAsync();
        await page.Locator("#evidence-3:focus").WaitForAsync();
    }
}
