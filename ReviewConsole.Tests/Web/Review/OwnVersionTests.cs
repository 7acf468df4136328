using Microsoft.Playwright;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Tests.Support;
using ReviewConsole.Tests.Web.Escalations;

namespace ReviewConsole.Tests.Web.Review;

/// <summary>Screens speak in the words of the version that judged the review, whatever is in force by now.</summary>
public sealed class OwnVersionTests(BrowserFixture browser)
{
    [Fact]
    public async Task A_review_keeps_the_reasons_and_queues_of_its_own_version()
    {
        using var folder = new TemporaryFolder();
        using var first = new PolicyFile("hold: 0 s\nqueues: { elders: {} }\nreasons:\n  reject: { no: No by the first }\n  escalate: { up: Up by the first }\n");
        using var second = new PolicyFile("hold: 0 s\nqueues: { sages: {} }\nreasons:\n  reject: { never: Never by the second }\n  escalate: { on: On by the second }\n");
        Guid rejected, escalated, running;
        await using (var before = await LifeBench.StartAsync(holdSeconds: 0, settings => first.Use(settings) with { Data = folder.Path }))
        {
            (rejected, escalated) = (await before.DecidedAsync(DecisionKind.Reject), await before.DecidedAsync(DecisionKind.Escalate));
            running = await before.SubmitAsync();
        }

        await using var bench = await LifeBench.StartAsync(holdSeconds: 0, settings => second.Use(settings) with { Data = folder.Path });
        await using var context = await browser.NewContextAsync(bench.Console.Address.ToString());
        var page = await bench.PageAsync(context, "supervisor", "/history/" + rejected);
        await Assertions.Expect(page.Locator(".rc-decider")).ToContainTextAsync("No by the first");
        await page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "As it was shown" }).First.ClickAsync();
        await Assertions.Expect(page.Locator(".rc-replay-facts")).ToContainTextAsync("No by the first");

        await page.GotoAsync("/reviews/" + running);
        await Screens.LiveAsync(page, "workspace");
        await Assertions.Expect(page.Locator(".rc-precedent")).ToContainTextAsync("No by the first");
        await page.Keyboard.PressAsync("3");
        await Screens.LiveAsync(page, "sheet");
        await Assertions.Expect(page.Locator("#reasons")).ToContainTextAsync("No by the first");
        Assert.DoesNotContain("by the second", await page.ContentAsync(), StringComparison.Ordinal);

        await page.GotoAsync("/escalations");
        await Screens.LiveAsync(page, "escalations");
        await page.Locator($"[data-row='{escalated}']").WaitForAsync();
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("a");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Radio, new LocatorGetByRoleOptions { Name = "Queue" }).CheckAsync();
        await page.GetByRole(AriaRole.Dialog).Locator("option[value=elders]").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });
        Assert.Equal(0, await page.GetByRole(AriaRole.Dialog).Locator("option[value=sages]").CountAsync());
    }
}
