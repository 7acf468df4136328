using Microsoft.Playwright;
using ReviewConsole.Core.Identity;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Web;

/// <summary>The shell in a real browser: theme, keys, help, narrow form, and a lost connection.</summary>
public sealed class ShellTests(BrowserFixture browser)
{
    private static readonly Person s_jonas = new(7, "jonas", "reviewer@example.org", "Jonas Weber", [Role.Reviewer], Active: true);

    [Theory]
    [InlineData(ColorScheme.Light, 1440, 900)]
    [InlineData(ColorScheme.Dark, 1440, 900)]
    [InlineData(ColorScheme.Light, 320, 720)]
    public async Task The_keys_page_is_clean_for_axe(ColorScheme theme, int width, int height)
    {
        await using var server = await ConsoleServer.StartAsync(s_jonas, cancellation: TestContext.Current.CancellationToken);
        await using var context = await browser.NewContextAsync(server.Url, theme, width, height);
        var page = await context.NewPageAsync();
        await Screens.OpenAsync(page, "/keys");
        await Pictures.TakeAsync(page, $"keys-{width}-{theme}".ToLowerInvariant());
        await Axe.AssertCleanAsync(page, $"/keys {theme} {width}");

        await page.Locator(".rc-person").ClickAsync();
        await Pictures.TakeAsync(page, $"person-menu-{width}-{theme}".ToLowerInvariant());
        await Axe.AssertCleanAsync(page, $"person menu {theme} {width}");
        await page.Keyboard.PressAsync("Escape");

        await page.Keyboard.PressAsync("?");
        await page.GetByRole(AriaRole.Dialog).WaitForAsync();
        await Pictures.TakeAsync(page, $"help-{width}-{theme}".ToLowerInvariant());
        await Axe.AssertCleanAsync(page, $"help {theme} {width}");
    }
}
