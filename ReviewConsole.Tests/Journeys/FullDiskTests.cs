using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;
using ReviewConsole.Tests.Support;
using ReviewConsole.Tests.Web.Review;

namespace ReviewConsole.Tests.Journeys;

/// <summary>What cannot be written is said where the person looks, and nothing of what they did is lost.</summary>
public sealed class FullDiskTests(BrowserFixture browser)
{
    [Fact]
    public async Task A_decision_that_finds_the_disk_full_stays_in_its_sheet_and_is_taken_when_there_is_room_again()
    {
        await using var bench = await WorkspaceBench.StartAsync(browser);
        var (page, keys) = (bench.Page, new Presses(bench.Page));
        var id = await bench.SubmitAsync(WorkspaceBench.Mail);
        await bench.OpenAsync(id);
        await keys.PressAsync("3");
        await Screens.LiveAsync(page, "sheet");
        await keys.PressAsync("1");
        await page.Locator("#rationale:focus").WaitForAsync();
        var rationale = new string('ä', 4_000);
        await keys.WriteAsync(rationale);
        await bench.ReadAllAsync(1);
        await page.Locator(".rc-commit[data-ready]").WaitForAsync();
        await page.Locator("html[data-draft-saved]").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });

        await LimitAsync(bench, full: true);
        await keys.PressAsync("Control+Enter");
        await page.Locator(".rc-sheet-problem").GetByText("Not recorded: the disk is full. What you wrote stays here; try again.").WaitForAsync();
        Assert.Equal(rationale, await page.Locator("#rationale").InputValueAsync());
        Assert.Equal(ReviewStatus.Pending, bench.State(id).Status);
        await Axe.AssertCleanAsync(page, "full disk");
        await Pictures.TakeAsync(page, "full-disk");

        await LimitAsync(bench, full: false);
        await keys.PressAsync("Control+Enter");
        await page.Locator(".rc-sheet").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
        Assert.Equal(ReviewStatus.Held, bench.State(id).Status);
    }

    [Fact]
    public async Task A_claim_that_finds_the_disk_full_is_said_above_the_list()
    {
        await using var bench = await WorkspaceBench.StartAsync(browser);
        var id = await bench.SubmitAsync(WorkspaceBench.Mail);
        await Screens.OpenAsync(bench.Page, "/queue");
        await Screens.LiveAsync(bench.Page, "queue");
        await bench.Page.Locator($"[data-row='{id}']").WaitForAsync();
        await bench.Page.Keyboard.PressAsync("j");
        await BreakAsync(bench);
        await bench.Page.Keyboard.PressAsync("Enter");
        await bench.Page.Locator(".rc-banner").GetByText("Not recorded: the disk refused it.").WaitForAsync();
        Assert.Equal(1, await bench.Page.Locator($"[data-row='{id}'][data-current]").CountAsync());
    }

    private static Writer WriterOf(WorkspaceBench bench) => bench.Console.Services.GetRequiredService<Writer>();

    /// <summary>Not one page more than there is.</summary>
    private static Task LimitAsync(WorkspaceBench bench, bool full) => WriterOf(bench).RunAsync(
        scope => scope.Prepare($"PRAGMA max_page_count = {(full ? scope.Prepare("PRAGMA page_count").ExecuteScalar() : 1_000_000)}").ExecuteScalar(), TestContext.Current.CancellationToken);

    /// <summary>From the next write on the disk takes nothing.</summary>
    private static Task BreakAsync(WorkspaceBench bench) => WriterOf(bench).RunAsync(
        static scope => scope.Prepare("PRAGMA query_only = ON").ExecuteNonQuery(), TestContext.Current.CancellationToken);
}
