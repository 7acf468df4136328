using Microsoft.Playwright;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Tests.Support;
using ReviewConsole.Tests.Web.Escalations;
using ReviewConsole.Tests.Web.Review;

namespace ReviewConsole.Tests.Journeys;

/// <summary>Coming back to a review: to a decision that is being written, and to one that has been made.</summary>
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

    [Fact]
    public async Task A_review_that_has_ended_says_what_was_and_nothing_of_what_would_be()
    {
        await using var bench = await LifeBench.StartAsync(holdSeconds: 0);
        var id = await bench.DecidedAsync(DecisionKind.Approve);
        await using var context = await browser.NewContextAsync(bench.Console.Address.ToString());
        var page = await bench.PageAsync(context, "reviewer2", $"/reviews/{id}");
        await Screens.LiveAsync(page, "workspace");
        await page.Locator(".rc-seen").GetByText("s before the decision").First.WaitForAsync();
        Assert.Equal(0, await page.GetByText("If nobody decides").CountAsync());
        Assert.Equal(0, await page.GetByText("not seen yet").CountAsync());
        await Pictures.TakeAsync(page, "ended");
    }
}
