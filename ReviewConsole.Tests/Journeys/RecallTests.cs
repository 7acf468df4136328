using Microsoft.Playwright;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Tests.Support;
using ReviewConsole.Tests.Web.Review;

namespace ReviewConsole.Tests.Journeys;

/// <summary>During the hold the person who decided can think again, from any page (SCREENS.md §0.2).</summary>
public sealed class RecallTests(BrowserFixture browser)
{
    [Fact]
    public async Task Z_on_another_page_gives_claim_and_draft_back()
    {
        await using var bench = await WorkspaceBench.StartAsync(browser);
        var (page, keys) = (bench.Page, new Presses(bench.Page));
        var id = await bench.SubmitAsync(WorkspaceBench.Mail);
        await bench.OpenAsync(id);
        await keys.PressAsync("3");
        await Screens.LiveAsync(page, "sheet");
        await page.Locator("#sheet:focus").WaitForAsync();
        await keys.PressAsync("2");
        await page.Locator(".rc-reason[aria-pressed=true]").WaitForAsync();
        await page.Locator("#evidence-1 .rc-seen[data-seen]").WaitForAsync();
        await keys.PressAsync("Control+Enter");
        await page.Locator("#rationale:focus").WaitForAsync();
        await keys.WriteAsync("Her profile says regular, not gold.");
        await page.Locator(".rc-commit[data-ready]").WaitForAsync();
        var claim = bench.State(id).Claim!.Token;
        await keys.PressAsync("Control+Enter");
        await page.Locator(".rc-sheet").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
        Assert.Equal(ReviewStatus.Held, bench.State(id).Status);

        await keys.PressAsync("g");
        await keys.PressAsync("q");
        await Screens.LiveAsync(page, "queue");
        await page.Locator(".rc-held").WaitForAsync();
        await keys.PressAsync("z");
        await Screens.AtAsync(page, $"/reviews/{id}");
        var state = bench.State(id);
        Assert.Equal((ReviewStatus.Pending, claim), (state.Status, state.Claim?.Token));
        // The sheet is taken up as it was, and the caret in it.
        await Screens.LiveAsync(page, "sheet");
        await page.Locator("#rationale:focus").WaitForAsync();
        await Assertions.Expect(page.Locator("#rationale")).ToHaveValueAsync("Her profile says regular, not gold.");
        await page.Locator(".rc-commit[data-ready]").WaitForAsync();
    }
}
