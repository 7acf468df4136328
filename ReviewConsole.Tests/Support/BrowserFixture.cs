using Microsoft.Playwright;
using ReviewConsole.Tests.Support;

[assembly: AssemblyFixture(typeof(BrowserFixture))]

namespace ReviewConsole.Tests.Support;

/// <summary>
/// One Chromium for the whole run, started at the first use. Every test takes its own <see cref="NewContextAsync"/>.
/// </summary>
public sealed class BrowserFixture : IAsyncDisposable
{
    private static readonly string[] s_places =
        ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/google-chrome-stable", "/usr/lib/chromium/chromium"];

    private static readonly string[] s_flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
    ];

    private readonly Lazy<Task<(IPlaywright Playwright, IBrowser Browser)>> _started = new(StartAsync);

    public async Task<IBrowser> BrowserAsync() => (await _started.Value).Browser;

    /// <summary>A fresh profile. Sizes in CSS pixels; <paramref name="theme"/> is what the system prefers.</summary>
    public async Task<IBrowserContext> NewContextAsync(string baseUrl, ColorScheme theme = ColorScheme.Light, int width = 1440, int height = 900, float scale = 1, string locale = "en-GB")
    {
        var context = await (await BrowserAsync()).NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = baseUrl,
            ColorScheme = theme,
            ViewportSize = new ViewportSize { Width = width, Height = height },
            DeviceScaleFactor = scale,
            Locale = locale,
            TimezoneId = "Europe/Berlin",
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(15_000);
        Assertions.SetDefaultExpectTimeout(15_000);
        return context;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_started.IsValueCreated)
        {
            return;
        }

        var (playwright, browser) = await _started.Value;
        await browser.DisposeAsync();
        playwright.Dispose();
    }

    private static async Task<(IPlaywright, IBrowser)> StartAsync()
    {
        var path = await SystemTools.EnsureAsync(
            Find,
            ["chromium", "fonts-dejavu-core"],
            "Browser tests need Chromium and found none. Install it (Debian: apt-get install -y chromium) or name it: CHROMIUM_PATH=/path/to/chromium.");
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = path, Args = s_flags });
        return (playwright, browser);
    }

    private static string? Find() => Environment.GetEnvironmentVariable("CHROMIUM_PATH") is { Length: > 0 } named ? named : s_places.FirstOrDefault(File.Exists);
}
