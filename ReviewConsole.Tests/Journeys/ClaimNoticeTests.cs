using Microsoft.Playwright;
using ReviewConsole.Tests.Support;
using ReviewConsole.Tests.Web.Review;

namespace ReviewConsole.Tests.Journeys;

/// <summary>A claim that runs out says so two minutes before, is extended by a key, and leaves the draft with its owner (SCREENS.md §2).</summary>
public sealed class ClaimNoticeTests(BrowserFixture browser)
{
    [Fact]
    public async Task A_claim_says_that_it_ends_is_extended_and_keeps_the_draft_when_it_has_ended()
    {
        // The browser's own clock goes on: what it gets is not of yesterday.
        var time = new FakeTime(TimeProvider.System.GetUtcNow());
        await using var bench = await WorkspaceBench.StartAsync(browser, time: time);
        var (page, id) = (bench.Page, await bench.SubmitAsync(WorkspaceBench.Refund));
        await bench.OpenAsync(id);
        await page.Keyboard.PressAsync("3");
        await Screens.LiveAsync(page, "sheet");
        await page.Locator("#rationale").FillAsync("A segment was flown.");
        await page.Locator("html[data-draft-saved]").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });
        await page.Locator("#sheet").FocusAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.Locator(".rc-sheet").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
        var until = bench.State(id).ClaimUntil;

        time.Advance(TimeSpan.FromMinutes(12));
        Assert.Equal(0, await page.GetByText("Your claim ends soon.").CountAsync());
        await PassAsync(TimeSpan.FromMinutes(1), "Your claim ends soon.");
        await page.Keyboard.PressAsync("l");
        await page.GetByText("Your claim ends soon.").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
        Assert.True(bench.State(id).ClaimUntil >= until + (13 * 60_000));

        await PassAsync(TimeSpan.FromMinutes(15), "Your claim has ended.");
        Assert.NotNull(bench.Draft(id, "reviewer"));
        await page.Keyboard.PressAsync("3");
        await Screens.LiveAsync(page, "sheet");
        await Assertions.Expect(page.Locator("#rationale")).ToHaveValueAsync("A segment was flown.");

        async Task PassAsync(TimeSpan by, string until)
        {
            time.Advance(by);
            await Eventually.HoldsAsync($"the page said “{until}”", async () => await page.GetByText(until).CountAsync() > 0, () =>
            {
                time.Advance(TimeSpan.FromMilliseconds(200));
                return Task.CompletedTask;
            });
        }
    }
}
