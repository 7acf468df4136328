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

    private readonly Chromium _chromium;

    private QueueScreen(Chromium chromium) => _chromium = chromium;

    private IPage Page => _chromium.Page;

    public static async Task<QueueScreen> OpenAsync(string address) => new(await Chromium.SignInAsync(address, Watch));

    /// <summary>Goes to the queue and stays there.</summary>
    public async Task<Visit> VisitAsync()
    {
        await _chromium.OpenAsync("/queue", "queue");
        while (true)
        {
            var times = await Page.EvaluateAsync<double[]>("[window.sight.painted, window.sight.live]");
            if (times[0] > 0 && times[1] > 0)
            {
                return new Visit(times[0], times[1]);
            }

            // The page notes its times itself; how often they are asked for does not change them.
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    public async Task<Sight> SeenAsync()
    {
        var rows = await Page.EvaluateAsync<string>("JSON.stringify(window.sight)");
        using var sight = System.Text.Json.JsonDocument.Parse(rows);
        return new Sight(
            sight.RootElement.GetProperty("rows").EnumerateObject().ToDictionary(row => row.Name, row => row.Value.GetInt64(), StringComparer.Ordinal),
            [.. sight.RootElement.GetProperty("counts").EnumerateArray().Select(count => new[] { count[0].GetInt64(), count[1].GetInt64() })]);
    }

    public ValueTask DisposeAsync() => _chromium.DisposeAsync();
}
