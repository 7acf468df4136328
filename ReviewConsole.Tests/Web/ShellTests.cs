using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Microsoft.Playwright;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Web;

/// <summary>The shell in a real browser: axe, theme, language, keys, help, narrow form, and a lost connection.</summary>
public sealed class ShellTests(BrowserFixture browser)
{
    [Theory]
    [InlineData(ColorScheme.Light, 1440, 900)]
    [InlineData(ColorScheme.Dark, 1440, 900)]
    [InlineData(ColorScheme.Light, 320, 720)]
    public async Task The_shell_its_menu_and_its_help_are_clean_for_axe(ColorScheme theme, int width, int height)
    {
        await using var console = await RunningConsole.StartAsync();
        await using var context = await browser.NewContextAsync(console.Address.ToString(), theme, width, height);
        var page = await context.NewPageAsync();
        var form = $"{width}-{theme}".ToLowerInvariant();

        await page.GotoAsync("/signin");
        await Pictures.TakeAsync(page, "signin-" + form);
        await Axe.AssertCleanAsync(page, "sign-in " + form);
        await Screens.SignInAsync(page, "reviewer");
        await Pictures.TakeAsync(page, "keys-" + form);
        await Axe.AssertCleanAsync(page, "keys " + form);

        await page.Locator(".rc-person").ClickAsync();
        await Pictures.TakeAsync(page, "person-menu-" + form);
        await Axe.AssertCleanAsync(page, "person menu " + form);
        await page.Keyboard.PressAsync("Escape");

        await page.Keyboard.PressAsync("?");
        await page.GetByRole(AriaRole.Dialog).WaitForAsync();
        await Pictures.TakeAsync(page, "help-" + form);
        await Axe.AssertCleanAsync(page, "help " + form);
        await page.Keyboard.PressAsync("Escape");
        await page.GetByRole(AriaRole.Dialog).WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Hidden });
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "The page scrolls sideways.");
    }

    [Fact]
    public async Task Theme_contrast_and_language_are_chosen_once_and_stand_before_the_first_paint()
    {
        await using var console = await RunningConsole.StartAsync();
        await using var context = await browser.NewContextAsync(console.Address.ToString());
        var page = await context.NewPageAsync();
        await Screens.SignInAsync(page, "reviewer");
        await page.Locator(".rc-person").ClickAsync();
        await page.GetByLabel("Dark").CheckAsync();
        await page.GetByLabel("High contrast").CheckAsync();
        Assert.Equal("dark more", await page.EvaluateAsync<string>("`${document.documentElement.dataset.theme} ${document.documentElement.dataset.contrast}`"));
        Assert.Equal("rgb(0, 0, 0)", await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"));
        await Pictures.TakeAsync(page, "person-menu-1440-contrast");

        await page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Deutsch" }).ClickAsync();
        await page.Locator("html[lang=de]").WaitForAsync();
        await Screens.LiveAsync(page);
        Assert.Equal("Tasten", await page.Locator("h1").TextContentAsync());
        Assert.Equal("dark more", await page.EvaluateAsync<string>("`${document.documentElement.dataset.theme} ${document.documentElement.dataset.contrast}`"));
        Assert.Equal("all", await page.Locator("link[data-sheet=dark]").First.GetAttributeAsync("media"));
    }

    [Fact]
    public async Task A_sequence_of_keys_goes_to_another_part_and_the_skip_link_to_the_content()
    {
        await using var console = await RunningConsole.StartAsync();
        await using var context = await browser.NewContextAsync(console.Address.ToString());
        var page = await context.NewPageAsync();
        await Screens.SignInAsync(page, "reviewer");
        await page.Keyboard.PressAsync("Tab");
        await page.Locator("[data-skip=main]").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        Assert.Equal("main", await page.EvaluateAsync<string>("document.activeElement.id"));
        await page.Keyboard.PressAsync("g");
        await page.Keyboard.PressAsync("h");
        await Assertions.Expect(page).ToHaveURLAsync(new Uri(console.Address, "history").ToString());
    }

    [Fact]
    public async Task Every_page_of_the_house_speaks_through_a_localizer()
    {
        await using var console = await RunningConsole.StartAsync(settings => settings with
        {
            Services = services => services.AddSingleton<IStringLocalizerFactory, PseudoLocalizerFactory>(),
        });
        await using var context = await browser.NewContextAsync(console.Address.ToString());
        var page = await context.NewPageAsync();
        await page.GotoAsync("/signin");
        await Screens.AssertLocalizedAsync(page);
        await Screens.SignInAsync(page, "reviewer");
        await page.Keyboard.PressAsync("?");
        await page.GetByRole(AriaRole.Dialog).WaitForAsync();
        await Screens.AssertLocalizedAsync(page, "Jonas Weber");
        foreach (var path in new[] { "/not-found", "/error", "/denied" })
        {
            await page.GotoAsync(path);
            await Screens.AssertLocalizedAsync(page);
        }
    }

    [Fact]
    public async Task A_lost_connection_is_said_and_the_page_comes_back_where_it_was()
    {
        using var folder = new TemporaryFolder();
        await using var context = await browser.NewContextAsync("http://127.0.0.1");
        var page = await context.NewPageAsync();
        var first = await RunningConsole.StartAsync(settings => settings with { Data = folder.Path });
        var url = first.Address.GetLeftPart(UriPartial.Authority);
        await page.GotoAsync(url + "/signin?returnUrl=%2Fkeys");
        await page.Locator("button[value=reviewer]").ClickAsync();
        await Screens.LiveAsync(page);
        await first.DisposeAsync();
        await page.Locator("#components-reconnect-modal").WaitForAsync();
        Assert.Contains("Connection lost at", await page.Locator("#components-reconnect-modal").TextContentAsync(), StringComparison.Ordinal);
        await Pictures.TakeAsync(page, "connection-lost");

        await using var second = await RunningConsole.StartAsync(settings => settings with { Data = folder.Path, Urls = url });
        await page.Locator("#components-reconnect-modal").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Hidden, Timeout = 40_000 });
        await Screens.LiveAsync(page);
        Assert.EndsWith("/keys", page.Url, StringComparison.Ordinal);
    }
}
