using Microsoft.Playwright;
using ReviewConsole.Tests.Support;
using ReviewConsole.Tests.Web.Review;

namespace ReviewConsole.Tests.Journeys;

/// <summary>What will run is what was corrected: while it is written, in the hold, after it has left and in the history, without a reload.</summary>
public sealed class CorrectedActionTests(BrowserFixture browser)
{
    [Theory]
    [InlineData(120, "Held")]
    [InlineData(0, "Released")]
    public async Task Headline_parameters_and_amount_are_those_of_the_corrected_action(int hold, string after)
    {
        using var policy = new PolicyFile($"hold: {hold} s\n");
        await using var bench = await WorkspaceBench.StartAsync(browser, configure: policy.Use);
        var page = bench.Page;
        var keys = new Presses(page);
        var id = await bench.SubmitAsync(Refund);
        await bench.OpenAsync(id);
        await Assertions.Expect(page.Locator(".rc-itembar h1")).ToContainTextAsync("236.00");
        Assert.Equal(0, await page.Locator(".rc-pane-proposal :is(del, ins)").CountAsync());

        await keys.PressAsync("2");
        await Screens.LiveAsync(page, "sheet");
        await bench.ReadAllAsync(1);
        await page.Locator(".rc-reason").Nth(0).ClickAsync();
        await page.Locator("#rationale").FocusAsync();
        await keys.WriteAsync("Only one of the two nights was cancelled.");
        await page.Locator("#arguments").FocusAsync();
        await keys.WriteAsync("""{ "order": "4711", "amount": "118.00", "currency": "USD" }""");
        await CorrectedAsync(page);
        await Pictures.TakeAsync(page, "corrected-action-edited");
        await Axe.AssertCleanAsync(page, "a corrected action");

        await page.Locator(".rc-commit[data-ready]").WaitForAsync();
        await keys.PressAsync("Control+Enter");
        await page.Locator(".rc-sheet").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
        Assert.Equal(after, bench.State(id).Status.ToString());
        await CorrectedAsync(page);
        await Pictures.TakeAsync(page, $"corrected-action-{after}");
        await page.GotoAsync(hold > 0 ? "/queue" : "/history");
        await Assertions.Expect(page.Locator(".rc-qaction")).ToHaveTextAsync("issue_refund 118.00 USD 4711");
        await Assertions.Expect(page.Locator(".rc-qmoney b")).ToHaveTextAsync("118.00");
        if (hold > 0)
        {
            await Assertions.Expect(page.Locator(".rc-held-what")).ToContainTextAsync("118.00");
        }

        await bench.OpenAsync(id);
        await CorrectedAsync(page);
        if (hold > 0)
        {
            return;
        }

        await page.GotoAsync($"/history/{id}");
        await Assertions.Expect(page.Locator(".rc-record h1")).ToHaveTextAsync("issue_refund 118.00 USD 4711");
        await Assertions.Expect(page.Locator(".rc-record-money del")).ToHaveTextAsync("−236.00 USD");
        await Assertions.Expect(page.Locator(".rc-record-money b")).ToHaveTextAsync("118.00");
        var change = page.Locator(".rc-facts > div").Filter(new LocatorFilterOptions { HasText = "/arguments/amount" });
        await Assertions.Expect(change.Locator("del")).ToHaveTextAsync("−\"236.00\"");
        await Assertions.Expect(change.Locator("ins")).ToHaveTextAsync("+\"118.00\"");
        await Pictures.TakeAsync(page, "corrected-action-history");
        await Axe.AssertCleanAsync(page, "the history of a correction");
    }

    private static async Task CorrectedAsync(IPage page)
    {
        await Assertions.Expect(page.Locator(".rc-itembar h1")).ToContainTextAsync("issue_refund 118.00 USD 4711");
        var line = page.Locator(".rc-action:not(.rc-changes) [data-changed]");
        await Assertions.Expect(line.Locator("dt")).ToHaveTextAsync("amount");
        await Assertions.Expect(line.Locator(".rc-hidden")).ToHaveTextAsync(["before:", "now:"]);
        await Assertions.Expect(line.Locator("del")).ToHaveTextAsync("−\"236.00\"");
        await Assertions.Expect(line.Locator("ins")).ToHaveTextAsync("+\"118.00\"");
        await Assertions.Expect(page.Locator(".rc-money-figure del")).ToHaveTextAsync("−236.00 USD");
        await Assertions.Expect(page.Locator(".rc-money-figure b")).ToHaveTextAsync("118.00");
    }

    private const string Refund = """
        { "source": { "system": "orders-agent" }, "kind": "refund", "action": { "name": "issue_refund", "arguments": { "order": "4711", "amount": "236.00", "currency": "USD" } },
          "impact": { "amount": { "value": "236.00", "currency": "USD" }, "reversible": false, "externallyVisible": true },
          "evidence": [ { "id": "chat", "kind": "text", "title": "Chat", "required": true, "content": "Please cancel one of my two nights." } ] }
        """;
}
