using Microsoft.Playwright;

namespace ReviewConsole.Benchmarks.Screens;

/// <summary>The installed Chromium, or <c>CHROMIUM_PATH</c>, with a reviewer signed in.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] s_places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/google-chrome-stable", "/usr/lib/chromium/chromium"];
    private static readonly string[] s_flags = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Chromium(IPlaywright playwright, IBrowser browser, IPage page) => (_playwright, _browser, Page) = (playwright, browser, page);

    public IPage Page { get; }

    /// <param name="address">The server's.</param>
    /// <param name="watch">Runs in every page before its own scripts and outside its policy.</param>
    public static async Task<Chromium> SignInAsync(string address, string watch)
    {
        var path = Environment.GetEnvironmentVariable("CHROMIUM_PATH") is { Length: > 0 } named ? named : s_places.FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException("No Chromium. Install it (Debian: apt-get install -y chromium) or name it: CHROMIUM_PATH=/path/to/chromium.");
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = path, Args = s_flags });
        var context = await browser.NewContextAsync(new BrowserNewContextOptions { BaseURL = address, ViewportSize = new ViewportSize { Width = 1440, Height = 900 }, Locale = "en-GB" });
        await context.AddInitScriptAsync(watch);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/signin?returnUrl=/queue");
        await page.Locator("button[name=person][value=reviewer]").ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync("/queue");
        return new Chromium(playwright, browser, page);
    }

    /// <summary>Goes there and waits until its keys are obeyed.</summary>
    public async Task OpenAsync(string path, string scope)
    {
        await Page.GotoAsync(path);
        await Page.Locator($"html[data-keys~={scope}]").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
