using Microsoft.Playwright;

namespace ReviewConsole.Benchmarks.Screens;

/// <summary>Milliseconds after the navigation began: the rows were on the screen, and the keys listened.</summary>
internal sealed record Visit(double Painted, double Live);

/// <summary>What the page noted by itself, in Unix ms: when each row came, and when the bar's count and the rows that came reached how many.</summary>
internal sealed record Sight(Dictionary<string, long> Rows, long[][] Counts)
{
    public long? RowOf(string review) => Rows.TryGetValue(review, out var at) ? at : null;

    /// <summary>When so many had come, as rows or in the bar's count.</summary>
    public long? CountedAt(long rank) => Counts.FirstOrDefault(count => count[1] >= rank)?[0];
}

/// <summary>A person who looks at the queue in a Chromium of their own.</summary>
internal sealed class QueueScreen : IAsyncDisposable
{
    // Runs before the page's own scripts and outside its policy.
    private const string Watch = """
        (() => {
          const sight = window.sight = { rows: {}, counts: [], painted: 0, live: 0 };
          let first = null;
          const look = () => {
            const at = Date.now();
            const rows = document.querySelectorAll('[data-row]');
            for (const row of rows) sight.rows[row.dataset.row] ??= at;
            if (rows.length >= 50 && !sight.painted) {
              sight.painted = -1;
              requestAnimationFrame(() => {
                const after = new MessageChannel();
                after.port1.onmessage = () => { sight.painted = performance.now(); };
                after.port2.postMessage(0);
              });
            }
            if (!sight.live && document.documentElement?.dataset.keys?.includes('queue')) {
              sight.live = performance.now();
              first = Object.keys(sight.rows).length;
            }
            if (first === null) return;
            const news = /(\d+) new/.exec(document.querySelector('[data-news]')?.textContent ?? '');
            const count = (news ? Number(news[1]) : 0) + Object.keys(sight.rows).length - first;
            if (count > (sight.counts.at(-1)?.[1] ?? 0)) sight.counts.push([at, count]);
          };
          new MutationObserver(look).observe(document, { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ['data-row', 'data-keys'] });
        })()
        """;

    private static readonly string[] s_places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/google-chrome-stable", "/usr/lib/chromium/chromium"];
    private static readonly string[] s_flags = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;
    private readonly IPage _page;

    private QueueScreen(IPlaywright playwright, IBrowser browser, IPage page) => (_playwright, _browser, _page) = (playwright, browser, page);

    /// <summary>Signs a reviewer in. Chromium is the installed one, or <c>CHROMIUM_PATH</c>.</summary>
    public static async Task<QueueScreen> OpenAsync(string address)
    {
        var chromium = Environment.GetEnvironmentVariable("CHROMIUM_PATH") is { Length: > 0 } named ? named : s_places.FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException("No Chromium. Install it (Debian: apt-get install -y chromium) or name it: CHROMIUM_PATH=/path/to/chromium.");
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = chromium, Args = s_flags });
        var context = await browser.NewContextAsync(new BrowserNewContextOptions { BaseURL = address, ViewportSize = new ViewportSize { Width = 1440, Height = 900 }, Locale = "en-GB" });
        await context.AddInitScriptAsync(Watch);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/signin?returnUrl=/queue");
        await page.Locator("button[name=person][value=reviewer]").ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync("/queue");
        return new QueueScreen(playwright, browser, page);
    }

    /// <summary>Goes to the queue and stays there.</summary>
    public async Task<Visit> VisitAsync()
    {
        await _page.GotoAsync("/queue");
        await _page.Locator("html[data-keys~=queue]").WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });
        while (true)
        {
            var times = await _page.EvaluateAsync<double[]>("[window.sight.painted, window.sight.live]");
            if (times[0] > 0 && times[1] > 0)
            {
                return new Visit(times[0], times[1]);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    public async Task<Sight> SeenAsync()
    {
        var rows = await _page.EvaluateAsync<string>("JSON.stringify(window.sight)");
        using var sight = System.Text.Json.JsonDocument.Parse(rows);
        return new Sight(
            sight.RootElement.GetProperty("rows").EnumerateObject().ToDictionary(row => row.Name, row => row.Value.GetInt64(), StringComparer.Ordinal),
            [.. sight.RootElement.GetProperty("counts").EnumerateArray().Select(count => new[] { count[0].GetInt64(), count[1].GetInt64() })]);
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
