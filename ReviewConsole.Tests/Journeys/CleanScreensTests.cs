using System.Text.Json.Nodes;
using Microsoft.Playwright;
using ReviewConsole.Core.Identity;
using ReviewConsole.Tests.Support;
using ReviewConsole.Tests.Web.Review;

namespace ReviewConsole.Tests.Journeys;

/// <summary>The states that a screen is seldom in are as clean for axe as the usual ones, in both themes and with high contrast, and never wider than a small window.</summary>
public sealed class CleanScreensTests(BrowserFixture browser)
{
    private const string LongTitle =
        "Refund the trip of which the first leg was flown, the second was cancelled by the airline and the third was changed twice by the customer, "
        + "who wrote four times in two languages to Österreichische-Donaudampfschifffahrt-Handelsgesellschaft, which answered only once, "
        + "and pay the difference to the card";

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Every_standing_of_a_review_is_clean_for_axe_and_fits_320_pixels(ColorScheme theme)
    {
        await using var bench = await WorkspaceBench.StartAsync(browser, theme);
        var page = bench.Page;
        var other = await bench.SomebodyAsync("Priya", Role.Reviewer);

        var taken = await bench.SubmitAsync(WorkspaceBench.Refund, body => body["title"] = LongTitle);
        Assert.InRange(LongTitle.Length, 290, 300);
        await bench.ClaimAsync(other, taken);
        await bench.OpenAsync(taken);
        await page.GetByText("Priya has this item.").WaitForAsync();
        await CleanAsync(page, "taken by another", theme);

        var changed = await bench.SubmitAsync(WorkspaceBench.Refund);
        await bench.OpenAsync(changed);
        await page.Keyboard.PressAsync("1");
        await Screens.LiveAsync(page, "sheet");
        await bench.ReviseAsync(changed, WorkspaceBench.Refund, body => body["action"]!["arguments"]!["amount"] = "5174.00");
        await page.GetByText("orders-agent sent revision 2.").WaitForAsync();
        await CleanAsync(page, "changed underneath", theme);

        var wrong = await bench.SubmitAsync(WorkspaceBench.Mail);
        await bench.OpenAsync(wrong);
        await page.Keyboard.PressAsync("2");
        await Screens.LiveAsync(page, "sheet");
        await page.Locator("#arguments").FillAsync("{ \"to\": ");
        await page.Locator("#arguments-fault").GetByText("not JSON").WaitForAsync();
        await CleanAsync(page, "correction with an error", theme);

        await page.Keyboard.PressAsync("Escape");
        await bench.StopLineAsync("Two customers were refunded twice.");
        await page.GetByText("Two customers were refunded twice.").First.WaitForAsync();
        await CleanAsync(page, "stopped line", theme);

        await page.GotoAsync($"/reviews/{Guid.Empty}");
        await page.GetByText("There is no such review").WaitForAsync();
        await CleanAsync(page, "no such review", theme);
        await page.GotoAsync("/nothing-here");
        await page.Locator("h1").First.WaitForAsync();
        await CleanAsync(page, "not found", theme);
    }

    private static async Task CleanAsync(IPage page, string what, ColorScheme theme)
    {
        var form = $"{what} {theme}".ToLowerInvariant();
        await Axe.AssertCleanAsync(page, form);
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { Contrast = Contrast.More });
        await page.Locator("html[data-contrast='more']").WaitForAsync();
        await Axe.AssertCleanAsync(page, form + " with high contrast");
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { Contrast = Contrast.NoPreference });
        await page.SetViewportSizeAsync(320, 720);
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), form + " scrolls sideways at 320 pixels.");
        await Pictures.TakeAsync(page, "clean-320-" + form.Replace(' ', '-'));
        await Axe.AssertCleanAsync(page, form + " at 320 pixels");
        await page.SetViewportSizeAsync(1440, 900);
    }
}
