using Microsoft.Playwright;
using ReviewConsole.Tests.Support;
using ReviewConsole.Tests.Web.Review;

namespace ReviewConsole.Tests.Journeys;

/// <summary>Who has pressed the digit of a reason writes on: every letter is text, wherever the focus was, and none a command.</summary>
public sealed class WritingOnTests(BrowserFixture browser)
{
    private const string Words = "really, nothing looks right: just rest? go.";

    [Fact]
    public async Task After_a_reason_one_writes_wherever_a_commit_had_led()
    {
        await using var bench = await WorkspaceBench.StartAsync(browser);
        var page = bench.Page;
        await bench.OpenAsync(await bench.SubmitAsync(WorkspaceBench.Refund));
        await OpenSheetAsync(page, "1");
        await page.Keyboard.PressAsync("Control+Enter");
        await page.Locator("#evidence-1:focus").WaitForAsync();
        await WritesAsync(page, "1");

        await bench.ReadAllAsync(2);
        await page.Keyboard.PressAsync("Control+Enter");
        await page.Locator("#acknowledge:focus").WaitForAsync();
        await WritesAsync(page, "2");

        await page.Keyboard.PressAsync("Escape");
        await page.Locator(".rc-sheet").WaitForAsync(Gone());
        await OpenSheetAsync(page, "3");
        await page.Keyboard.PressAsync("Control+Enter");
        await page.Locator("#reasons:focus").WaitForAsync();
        await WritesAsync(page, "1");
    }

    [Fact]
    public async Task While_the_line_is_stopped_one_writes_on_and_sees_what_else_is_missing()
    {
        await using var bench = await WorkspaceBench.StartAsync(browser);
        var page = bench.Page;
        await bench.OpenAsync(await bench.SubmitAsync(WorkspaceBench.Refund));
        await bench.StopLineAsync("Two customers were refunded twice.");
        await page.GetByText("Two customers were refunded twice.").First.WaitForAsync();
        await OpenSheetAsync(page, "1");
        await WritesAsync(page, "1");
        var missing = page.Locator("#sheet footer li");
        await missing.GetByText("The line is stopped: Two customers were refunded twice.").WaitForAsync();
        await missing.GetByText("Answer failed check").WaitForAsync();
        // A commit leads to what can be done meanwhile.
        await page.Keyboard.PressAsync("Control+Enter");
        await page.Locator(":is(#evidence-1, #evidence-2, #acknowledge):focus").WaitForAsync();
    }

    [Fact]
    public async Task Beside_an_open_sheet_no_letter_is_a_command()
    {
        await using var bench = await WorkspaceBench.StartAsync(browser);
        var page = bench.Page;
        var (id, _) = (await bench.SubmitAsync(WorkspaceBench.Refund), await bench.SubmitAsync(WorkspaceBench.Mail));
        await bench.OpenAsync(id);
        await OpenSheetAsync(page, "3");
        var until = bench.State(id).ClaimUntil;
        foreach (var key in new[] { "l", "j", "n", "r", "w", "b", ".", "]", "u", "m", "/", "?", "g", "q", "Shift+n" })
        {
            await page.Keyboard.PressAsync(key);
        }

        Assert.True(await page.Locator("#sheet").EvaluateAsync<bool>("e => e === document.activeElement"));
        await page.Keyboard.PressAsync("Escape");
        await page.Locator(".rc-sheet").WaitForAsync(Gone());
        Assert.Equal((until, $"/reviews/{id}"), (bench.State(id).ClaimUntil, new Uri(page.Url).AbsolutePath));
        Assert.Equal(0, await page.Locator(".rc-agent details[open], dialog[open]").CountAsync());

        // Closed, they are commands again.
        await page.Keyboard.PressAsync("w");
        await page.Locator(".rc-agent details[open]").WaitForAsync();
    }

    private static async Task OpenSheetAsync(IPage page, string key)
    {
        await page.Keyboard.PressAsync(key);
        await Screens.LiveAsync(page, "sheet");
        await page.Locator("#sheet:focus").WaitForAsync();
    }

    // No pause between the digit and the first letter.
    private static async Task WritesAsync(IPage page, string digit)
    {
        var before = await page.Locator("#rationale").InputValueAsync();
        await page.Locator("html:not([data-waiting])").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });
        await page.Keyboard.PressAsync(digit);
        await page.Keyboard.TypeAsync(Words);
        await Assertions.Expect(page.Locator("#rationale")).ToHaveValueAsync(before + Words);
    }

    private static LocatorWaitForOptions Gone() => new() { State = WaitForSelectorState.Detached };
}
