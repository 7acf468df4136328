using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;
using ReviewConsole.Tests.Support;
using ReviewConsole.Tests.Web.Review;

namespace ReviewConsole.Tests.Journeys;

/// <summary>No key is lost without a word: what is pressed while the page cannot answer is obeyed once it can, in order; a decision is not among it.</summary>
public sealed class HeldKeysTests(BrowserFixture browser)
{
    [Fact]
    public async Task Keys_pressed_before_the_circuit_is_up_are_obeyed_in_order_and_the_page_says_that_it_waits()
    {
        await using var bench = await WorkspaceBench.StartAsync(browser);
        var page = bench.Page;
        var id = await bench.SubmitAsync(WorkspaceBench.Mail);
        var circuit = await HoldCircuitAsync(page);
        await page.GotoAsync("/queue");
        await page.GetByText("Waiting for the server.").WaitForAsync();
        Assert.Equal("true", await page.Locator("main").GetAttributeAsync("aria-busy"));
        await Pictures.TakeAsync(page, "waiting");
        foreach (var key in new[] { "j", "Enter", "3" })
        {
            await page.Keyboard.PressAsync(key);
        }

        circuit.SetResult();
        await Screens.AtAsync(page, $"/reviews/{id}");
        await Screens.LiveAsync(page, "sheet");
        await page.Locator("#sheet-title").GetByText("Reject").WaitForAsync();
        await page.Locator("html:not([data-waiting])").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });
        await Assertions.Expect(page.Locator("main")).Not.ToHaveAttributeAsync("aria-busy", "true");
    }

    [Fact]
    public async Task Keys_pressed_while_a_claim_is_written_are_obeyed_by_the_review_that_it_opens()
    {
        await using var bench = await WorkspaceBench.StartAsync(browser);
        var page = bench.Page;
        var id = await bench.SubmitAsync(WorkspaceBench.Mail);
        await StopClockAsync(page);
        await Screens.OpenAsync(page, "/queue");
        await Screens.LiveAsync(page, "queue");
        await page.Locator($"[data-row='{id}']").WaitForAsync();
        await page.Keyboard.PressAsync("j");
        using (var disk = new ManualResetEventSlim())
        {
            var slow = bench.Console.Services.GetRequiredService<Writer>().RunAsync(_ => disk.Wait(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
            await page.Keyboard.PressAsync("Enter");
            await page.Keyboard.PressAsync("3");
            await page.Locator("html[data-waiting=answer]").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });
            disk.Set();
            Assert.True(await slow);
        }

        await Screens.AtAsync(page, $"/reviews/{id}");
        await Screens.LiveAsync(page, "sheet");
        await page.Locator("#sheet-title").GetByText("Reject").WaitForAsync();
    }

    [Fact]
    public async Task A_key_pressed_before_the_page_can_lead_anywhere_leads_there_once_it_can()
    {
        await using var bench = await WorkspaceBench.StartAsync(browser);
        var page = bench.Page;
        var id = await bench.SubmitAsync(WorkspaceBench.Mail);
        await StopClockAsync(page);
        var script = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await page.RouteAsync("**/js/review*.js", async route =>
        {
            await script.Task;
            await route.ContinueAsync();
        });
        await page.GotoAsync($"/reviews/{id}");
        // Everything else is there.
        await page.GetByText("1 of 1").WaitForAsync();
        await page.Keyboard.PressAsync("3");
        await page.Locator("html[data-waiting=page]").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });
        script.SetResult();
        await page.Locator("#sheet:focus").WaitForAsync();
    }

    [Fact]
    public async Task A_commit_pressed_before_its_sheet_could_answer_is_not_taken_and_said()
    {
        await using var bench = await WorkspaceBench.StartAsync(browser);
        var (page, keys) = (bench.Page, new Presses(bench.Page));
        var id = await bench.SubmitAsync(WorkspaceBench.Mail);
        await bench.OpenAsync(id);
        await keys.PressAsync("3");
        await Screens.LiveAsync(page, "sheet");
        await keys.PressAsync("1");
        await page.Locator("#rationale:focus").WaitForAsync();
        await keys.WriteAsync("Her profile says regular, not gold.");
        await bench.ReadAllAsync(1);
        await page.Locator(".rc-commit[data-ready]").WaitForAsync();
        await page.Locator("html[data-draft-saved]").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });

        var circuit = await HoldCircuitAsync(page);
        await page.ReloadAsync();
        await page.Locator(".rc-commit[data-ready]").WaitForAsync();
        await keys.PressAsync("Control+Enter");
        circuit.SetResult();
        await page.GetByText("That key was not taken.").WaitForAsync();
        await Screens.LiveAsync(page, "sheet");
        Assert.Equal(ReviewStatus.Pending, bench.State(id).Status);

        await page.Locator(".rc-commit[data-ready]").WaitForAsync();
        await keys.PressAsync("Control+Enter");
        await page.Locator(".rc-sheet").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
        Assert.Equal(ReviewStatus.Held, bench.State(id).Status);
    }

    [Fact]
    public async Task Enter_opens_the_row_that_has_the_focus()
    {
        await using var bench = await WorkspaceBench.StartAsync(browser);
        var id = await bench.SubmitAsync(WorkspaceBench.Mail);
        await Screens.OpenAsync(bench.Page, "/queue");
        await Screens.LiveAsync(bench.Page, "queue");
        await bench.Page.Locator($"[data-row='{id}']").FocusAsync();
        await bench.Page.Keyboard.PressAsync("Enter");
        await Screens.AtAsync(bench.Page, $"/reviews/{id}");
    }

    /// <summary>The page is painted and the circuit asks to be let in; it is when the source is set.</summary>
    private static async Task<TaskCompletionSource> HoldCircuitAsync(IPage page)
    {
        await StopClockAsync(page);
        var circuit = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await page.RouteAsync("**/_blazor/negotiate**", async route =>
        {
            await circuit.Task;
            await route.ContinueAsync();
        });
        return circuit;
    }

    /// <summary>On a machine that is busy with other tests, keys do not grow old while the page comes up.</summary>
    private static Task StopClockAsync(IPage page) => page.Clock.SetFixedTimeAsync(TimeProvider.System.GetUtcNow().UtcDateTime);
}
