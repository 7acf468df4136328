using Microsoft.Playwright;
using ReviewConsole.Tests.Support;
using ReviewConsole.Tests.Web.Review;

namespace ReviewConsole.Tests.Journeys;

/// <summary>Coming back to a review whose decision is being written.</summary>
public sealed class TakenUpTests(BrowserFixture browser)
{
    [Fact]
    public async Task Whoever_comes_back_to_a_decision_goes_on_writing_where_they_were()
    {
        await using var bench = await WorkspaceBench.StartAsync(browser);
        var (page, keys) = (bench.Page, new Presses(bench.Page));
        var id = await bench.SubmitAsync(WorkspaceBench.Mail);
        await bench.OpenAsync(id);
        await keys.PressAsync("3");
        await Screens.LiveAsync(page, "sheet");
        await page.Locator("#rationale").FocusAsync();
        await keys.WriteAsync("Her profile says");
        await page.Locator("html[data-draft-saved]").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });

        await page.ReloadAsync();
        await Screens.LiveAsync(page, "sheet");
        await page.Locator("#rationale:focus").WaitForAsync();
        await page.Keyboard.TypeAsync(" gh");
        Assert.Equal("Her profile says gh", await page.Locator("#rationale").InputValueAsync());
        Assert.EndsWith($"/reviews/{id}", page.Url, StringComparison.Ordinal);
    }
}
