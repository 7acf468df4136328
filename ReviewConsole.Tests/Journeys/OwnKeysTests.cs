using Microsoft.Playwright;
using ReviewConsole.Tests.Support;
using ReviewConsole.Tests.Web.Review;

namespace ReviewConsole.Tests.Journeys;

/// <summary>Keys as a person wants them: every command found by typing, every key another one, single keys off (WCAG 2.1.4).</summary>
public sealed class OwnKeysTests(BrowserFixture browser)
{
    [Theory]
    [InlineData(ColorScheme.Light, 1440, 900)]
    [InlineData(ColorScheme.Dark, 320, 720)]
    public async Task The_palette_finds_the_commands_that_are_live_and_runs_the_chosen_one(ColorScheme theme, int width, int height)
    {
        await using var bench = await WorkspaceBench.StartAsync(browser, theme, width, height);
        var page = bench.Page;
        await bench.OpenAsync(await bench.SubmitAsync(WorkspaceBench.Refund));
        await page.Keyboard.PressAsync("Control+k");
        await page.Locator("#palette-input:focus").WaitForAsync();
        Assert.True(await Entry("workspace.Approve").IsVisibleAsync());
        Assert.True(await Entry("everywhere.GoQueue").IsVisibleAsync());
        Assert.False(await Entry("queue.ClaimNext").IsVisibleAsync());
        Assert.False(await Entry("sheet.Commit").IsVisibleAsync());
        await Pictures.TakeAsync(page, $"palette-{width}");
        await Axe.AssertCleanAsync(page, $"palette {width}");

        await page.Keyboard.TypeAsync("go to");
        Assert.Equal(4, await page.Locator("#palette [role=option]:visible").CountAsync());
        await page.Keyboard.PressAsync("ArrowDown");
        Assert.Equal("palette-everywhere-GoEscalations", await page.Locator("#palette-input").GetAttributeAsync("aria-activedescendant"));
        await page.Locator("#palette-input").FillAsync("xyzzy");
        await page.GetByText("No command here has these words.").WaitForAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Escape");
        await page.Locator("#palette").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Hidden });

        await page.Keyboard.PressAsync("Control+k");
        await page.Keyboard.TypeAsync("rej");
        await page.Keyboard.PressAsync("Enter");
        await Screens.LiveAsync(page, "sheet");
        await page.Locator("#sheet-title").GetByText("Reject").WaitForAsync();

        // From the middle of a text too, and the caret comes back to it.
        await page.Locator("#rationale").FocusAsync();
        await page.Keyboard.PressAsync("Control+k");
        await page.Locator("#palette-input:focus").WaitForAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.Locator("#rationale:focus").WaitForAsync();

        ILocator Entry(string binding) => page.Locator($"#palette [data-binding='{binding}']");
    }

    [Fact]
    public async Task A_key_can_be_another_one_unless_it_is_taken_and_every_cap_shows_it()
    {
        await using var bench = await WorkspaceBench.StartAsync(browser);
        var page = bench.Page;
        var id = await bench.SubmitAsync(WorkspaceBench.Refund);
        await Screens.OpenAsync(page, "/keys");
        var status = page.Locator("[data-rebind-status]");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Change the key for: Note to colleagues" }).ClickAsync();
        await Assertions.Expect(status).ToHaveTextAsync("Press the new key for “Note to colleagues”. Escape leaves it as it is.");
        await page.Keyboard.PressAsync("u");
        await Assertions.Expect(status).ToHaveTextAsync("“u” already is “Skip with a reason”. Press another key for “Note to colleagues”, or Escape.");
        await page.Keyboard.PressAsync("g");
        await Assertions.Expect(status).ToHaveTextAsync("“g” already is “Go to the queue”. Press another key for “Note to colleagues”, or Escape.");
        await page.Keyboard.PressAsync("x");
        await Assertions.Expect(status).ToHaveTextAsync("“Note to colleagues” is now “x”.");
        await Pictures.TakeAsync(page, "own-keys");
        await Axe.AssertCleanAsync(page, "own keys");
        await Assertions.Expect(page.Locator(".rc-keys [data-binding='workspace.Note'] [data-cap]")).ToHaveAttributeAsync("data-shown", "x");

        // In the workspace, after a reload too; the old key says nothing any more.
        await bench.OpenAsync(id);
        await page.Keyboard.PressAsync("m");
        await page.Keyboard.PressAsync("x");
        await page.Locator("#note:focus").WaitForAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.Locator("#note-sheet").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
        await page.Keyboard.PressAsync("Control+k");
        Assert.Equal("x", await page.Locator("#palette [data-binding='workspace.Note'] [data-cap]").GetAttributeAsync("data-shown"));

        await Screens.OpenAsync(page, "/keys");
        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Reset the key for: Note to colleagues" }).ClickAsync();
        await Assertions.Expect(status).ToHaveTextAsync("“Note to colleagues” is now “m”.");
        await bench.OpenAsync(id);
        await page.Keyboard.PressAsync("m");
        await page.Locator("#note:focus").WaitForAsync();
    }

    [Fact]
    public async Task What_commits_takes_no_single_key_neither_chosen_nor_kept_from_before()
    {
        await using var bench = await WorkspaceBench.StartAsync(browser);
        var page = bench.Page;
        var id = await bench.SubmitAsync(WorkspaceBench.Mail);
        await Screens.OpenAsync(page, "/keys");
        var status = page.Locator("[data-rebind-status]");
        foreach (var (binding, name) in new[] { ("sheet.Commit", "Commit the decision"), ("note.Write", "Write the note") })
        {
            await page.Locator($".rc-keys [data-binding='{binding}'] [data-rebind]").ClickAsync();
            foreach (var (key, shown) in new[] { ("x", "x"), ("Shift+X", "Shift x"), ("F9", "F9"), ("Enter", "Enter") })
            {
                await page.Keyboard.PressAsync(key);
                await Assertions.Expect(status).ToHaveTextAsync($"“{name}” needs Ctrl, Alt or Meta: no single key decides, and “{shown}” has none of them. Press another key, or Escape.");
            }
        }
        await Pictures.TakeAsync(page, "key-refused");
        await Axe.AssertCleanAsync(page, "a key refused");
        await page.Keyboard.PressAsync("Escape");

        // A browser that kept one from before: the default counts, and is what every cap shows.
        await page.EvaluateAsync("localStorage.setItem('rc-keys', JSON.stringify({ 'sheet.Commit': 'x' }))");
        await Screens.OpenAsync(page, "/keys");
        await page.Locator(".rc-keys [data-binding='sheet.Commit'] [data-cap]:not([data-shown])").WaitForAsync();
        Assert.False(await page.Locator(".rc-keys [data-binding='sheet.Commit'] [data-unbind]").IsVisibleAsync());
        await bench.OpenAsync(id);
        await WriteAsync();
        await page.Keyboard.PressAsync("x");
        await page.Keyboard.PressAsync("Escape");
        await page.Locator(".rc-sheet").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
        Assert.Null(bench.State(id).Held);

        await Screens.OpenAsync(page, "/keys");
        await page.Locator(".rc-keys [data-binding='sheet.Commit'] [data-rebind]").ClickAsync();
        await page.Keyboard.PressAsync("Alt+x");
        await Assertions.Expect(status).ToHaveTextAsync("“Commit the decision” is now “Alt x”.");
        await bench.OpenAsync(id);
        await WriteAsync();
        await page.Keyboard.PressAsync("Alt+x");
        await page.Locator(".rc-sheet").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
        Assert.NotNull(bench.State(id).Held);

        // Ready to be committed, with the focus beside what was written.
        async Task WriteAsync()
        {
            await page.Keyboard.PressAsync("3");
            await Screens.LiveAsync(page, "sheet");
            await page.Locator("#sheet:focus").WaitForAsync();
            await page.Keyboard.PressAsync("1");
            await page.Locator("#rationale").FillAsync("Her profile says regular, not gold.");
            await page.Locator(".rc-commit[data-ready]").WaitForAsync();
            await page.Locator("#sheet").FocusAsync();
        }
    }

    [Fact]
    public async Task Single_keys_can_be_off_and_are_not_shown_then()
    {
        await using var bench = await WorkspaceBench.StartAsync(browser);
        var page = bench.Page;
        var id = await bench.SubmitAsync(WorkspaceBench.Refund);
        await Screens.OpenAsync(page, "/keys");
        await page.Locator("input[data-single-keys]").UncheckAsync();
        await bench.OpenAsync(id);
        await page.Keyboard.PressAsync("1");
        await page.Keyboard.PressAsync("Control+k");
        await page.Locator("#palette-input:focus").WaitForAsync();
        Assert.Equal(0, await page.Locator(".rc-sheet").CountAsync());
        await page.Keyboard.TypeAsync("appr");
        await page.Keyboard.PressAsync("Enter");
        await Screens.LiveAsync(page, "sheet");
        Assert.False(await page.Locator(".rc-reason .rc-keycaps").First.IsVisibleAsync());
        Assert.True(await page.Locator(".rc-commit .rc-keycaps").First.IsVisibleAsync());
    }
}
