using Microsoft.Playwright;
using ReviewConsole.Tests.Support;
using ReviewConsole.Tests.Web.Queue;

namespace ReviewConsole.Tests.Journeys;

/// <summary>What comes in moves nothing that somebody looks at, to the pixel (SCREENS.md §0.3); where nobody looks, the row itself appears.</summary>
public sealed class StandstillTests(BrowserFixture browser)
{
    private const string Places = "[...document.querySelectorAll('[data-row]')].slice(0, 20).map(row => row.dataset.row + ' ' + row.getBoundingClientRect().top).join('\\n')";

    [Theory]
    [InlineData(1440, 900)]
    [InlineData(320, 720)]
    public async Task Neither_the_focused_row_nor_what_was_scrolled_to_moves(int width, int height)
    {
        await using var console = await RunningConsole.StartAsync();
        using var source = await console.SourceAsync("bot");
        for (var i = 0; i < 30; i++)
        {
            await LiveQueueTests.SubmitAsync(source, $"A-{i:D2}");
        }

        await using var context = await browser.NewContextAsync(console.Address.ToString(), width: width, height: height);
        var page = await context.NewPageAsync();
        await Screens.SignInAsync(page, "reviewer", "/queue");
        await Screens.LiveAsync(page, "queue");

        await LiveQueueTests.SubmitAsync(source, "B-1");
        await Assertions.Expect(page.Locator("[data-row]")).ToHaveCountAsync(31);
        Assert.Equal(0, await page.Locator("[data-news]").CountAsync());

        await LiveQueueTests.SelectAsync(page, 2);
        await ComesAsync("1 new");

        // Given up again, but somewhere down the list.
        await page.Keyboard.PressAsync("r");
        await page.Locator("[data-news]").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
        await page.Keyboard.PressAsync("Escape");
        await page.Locator("[data-current]").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
        await page.Locator("[data-row]").Nth(25).ScrollIntoViewIfNeededAsync();
        // The page says that it scrolled, then obeys a key: what the server answers to the key, it answers after it heard of the scrolling.
        await Screens.DrawnAsync(page);
        await page.Keyboard.PressAsync("f");
        await Assertions.Expect(page.Locator(".rc-filter summary").First).ToBeFocusedAsync();
        await ComesAsync("1 new");

        async Task ComesAsync(string news)
        {
            var before = await page.EvaluateAsync<string>(Places);
            await LiveQueueTests.SubmitAsync(source, "C-1");
            await Assertions.Expect(page.Locator("[data-news]")).ToHaveTextAsync(news);
            Assert.Equal(before, await page.EvaluateAsync<string>(Places));
        }
    }
}
