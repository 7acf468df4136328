using System.Text.Json.Nodes;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Tests.Support;
using ReviewConsole.Tests.Web.Escalations;

namespace ReviewConsole.Tests.Journeys;

/// <summary>The second reader in a real browser: nothing of the first decision reaches them before they have made theirs.</summary>
public sealed class SecondReadTests(BrowserFixture browser)
{
    // What the first reader wrote, the reason they chose, and who they are.
    private static readonly string[] s_first = ["Looked at all of it, and it is as I say.", "The evidence supports it", "Jonas Weber"];

    [Fact]
    public async Task Nothing_of_the_first_decision_is_sent_before_the_second()
    {
        await using var bench = await LifeBench.StartAsync(holdSeconds: 60);
        var id = await bench.DecidedAsync(DecisionKind.Approve, static body =>
        {
            body["action"]!["arguments"]!["amount"] = "12500.00";
            body["impact"]!["amount"] = new JsonObject { ["value"] = "12500.00", ["currency"] = "USD" };
        });
        await using var context = await browser.NewContextAsync(bench.Console.Address.ToString());
        var page = await context.NewPageAsync();
        await Screens.SignInAsync(page, "senior");
        var heard = new Wiretap(page);
        await Screens.OpenAsync(page, "/queue?view=secondRead");
        await Screens.LiveAsync(page, "queue");
        await page.Locator($"[data-row='{id}']").ClickAsync();
        await page.Locator(".rc-qpreview-body").WaitForAsync();
        heard.Add(await page.ContentAsync());
        // The filter of the queue names everybody who may claim.
        Assert.Empty(heard.Found(s_first.Where(static word => word != "Jonas Weber")));
        heard.Forget();
        foreach (var path in new[] { "/escalations", $"/history/{id}", $"/reviews/{id}" })
        {
            await Screens.OpenAsync(page, path);
            heard.Add(await page.ContentAsync());
        }

        await Screens.LiveAsync(page, "workspace");
        await page.GetByText("1 of 2 approvals are in.").WaitForAsync();
        Assert.Empty(heard.Found(s_first));
        await Pictures.TakeAsync(page, "second-read");

        // A rejection by the second ends it: then both are history.
        await page.Keyboard.PressAsync("3");
        await Screens.LiveAsync(page, "sheet");
        await page.Locator("#sheet:focus").WaitForAsync();
        await page.Keyboard.PressAsync("1");
        await page.Locator("#rationale:focus").WaitForAsync();
        await page.Keyboard.InsertTextAsync("She has not asked for so much.");
        await page.Locator(".rc-commit[data-ready]").WaitForAsync();
        await page.Keyboard.PressAsync("Control+Enter");
        await page.GetByText("Jonas Weber").First.WaitForAsync();
        await Screens.OpenAsync(page, $"/history/{id}");
        await page.GetByText(s_first[0]).First.WaitForAsync();
        await heard.HearsAsync(s_first);
    }
}
