using Microsoft.Playwright;
using ReviewConsole.Tests.Support;
using ReviewConsole.Tests.Web.Review;

namespace ReviewConsole.Tests.Journeys;

/// <summary>Two people, two browsers, one review, the same moment.</summary>
public sealed class ClaimRaceTests(BrowserFixture browser)
{
    [Fact]
    public async Task Exactly_one_of_two_gets_it_and_the_other_sees_who_has_it()
    {
        await using var bench = await WorkspaceBench.StartAsync(browser);
        await using var second = await browser.NewContextAsync(bench.Console.Address.ToString());
        var pages = new Dictionary<string, IPage>(StringComparer.Ordinal) { ["Jonas Weber"] = bench.Page, ["Priya Nair"] = await second.NewPageAsync() };
        await Screens.SignInAsync(pages["Priya Nair"], "reviewer2", "/queue");
        for (var round = 0; round < 4; round++)
        {
            var id = await bench.SubmitAsync(WorkspaceBench.Mail);
            foreach (var page in pages.Values)
            {
                await Screens.OpenAsync(page, "/queue?view=unclaimed");
                await Screens.LiveAsync(page, "queue");
                await page.Locator($"[data-row='{id}']").WaitForAsync();
                await page.Keyboard.PressAsync("j");
                await page.Locator($"[data-row='{id}'][aria-selected=true]").WaitForAsync();
            }

            await Task.WhenAll(pages.Values.Select(page => page.Keyboard.PressAsync("Enter")));
            var losers = await Task.WhenAll(pages.Select(async entry => (entry.Key, Lost: await LostAsync(entry.Value, id))));
            var loser = Assert.Single(losers, one => one.Lost is not null);
            var winner = pages.Keys.Single(name => name != loser.Key);
            Assert.Contains(winner, loser.Lost, StringComparison.Ordinal);
            await pages[winner].Locator(".rc-decision").First.WaitForAsync();
            Assert.NotNull(bench.State(id).Claim);
        }
    }

    /// <summary>
    /// What the page says to who came second; null for who has it. Who hears of the other's claim before pressing Enter opens the review to read it, and is told there.
    /// </summary>
    private static async Task<string?> LostAsync(IPage page, Guid id)
    {
        var told = page.Locator(".rc-banner:has-text('has this')").First;
        await page.Locator(".rc-decision").Or(told).First.WaitForAsync();
        return await told.CountAsync() == 0 ? null : await told.InnerTextAsync();
    }
}
