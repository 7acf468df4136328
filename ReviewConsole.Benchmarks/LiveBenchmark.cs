using System.Diagnostics;
using System.Globalization;
using ReviewConsole.Benchmarks.Load;
using ReviewConsole.Benchmarks.Screens;
using ReviewConsole.Benchmarks.Servers;

namespace ReviewConsole.Benchmarks;

/// <summary>
/// <c>live</c>: the queue in a real Chromium. First page: from navigation to painted rows with 10,000 open reviews, median of 20 after a warm-up. Live: 200 submits a
/// second, open loop, and for 100 marked ones the time from the submit's answer to its row, or to the bar's count that includes it, in the page. Every second marked
/// one is of high risk, so that it is due first and gets a row; the others are behind the last row and are counted. Server, source and browser are on one machine and
/// read one clock. Options: <c>--open 10000 --visits 20 --submits 200 --seconds 20 --warmup 5 --marked 100 --folder DIR --server DLL</c>.
/// </summary>
internal sealed class LiveBenchmark(SourceClient source, QueueScreen screen)
{
    private readonly List<Marked> _marked = [];
    private long _sent;

    private sealed record Marked(string Review, long Rank, long AnsweredAt);

    public static async Task<int> RunAsync(Arguments arguments)
    {
        using var folder = new BenchmarkFolder(arguments.Text("--folder"));
        using var product = await Product.StartAsync(arguments, folder);
        using var source = new SourceClient(product);
        var open = arguments.Number("--open", 10_000);
        using (var fill = new ClosedLoop(product.Server.Address, new RequestTemplate("/api/v1/reviews", product.Server.Authority, SubmitBody.Of(product.System), product.Key), 64))
        {
            fill.Run(TimeSpan.MaxValue, open);
        }

        await using var screen = await QueueScreen.OpenAsync($"http://{product.Server.Authority}");
        var benchmark = new LiveBenchmark(source, screen) { _sent = open };
        var first = await benchmark.VisitAsync(open, arguments.Number("--visits", 20));
        var live = await benchmark.WatchAsync(
            arguments.Number("--submits", 200), arguments.Number("--warmup", 5), arguments.Number("--seconds", 20), arguments.Number("--marked", 100));
        return first && live ? 0 : 1;
    }

    private async Task<bool> VisitAsync(int open, int visits)
    {
        for (var i = 0; i < 5; i++)
        {
            await screen.VisitAsync();
        }

        var (painted, live) = (new List<double>(), new List<double>());
        for (var i = 0; i < visits; i++)
        {
            var visit = await screen.VisitAsync();
            painted.Add(visit.Painted);
            live.Add(visit.Live);
        }

        var median = Figures.Median(painted);
        Print($"live: first page with {open} open, from navigation to painted rows: median of {visits} {median:F0} ms  least {painted.Min():F0} ms  most {painted.Max():F0} ms; keys listen after {Figures.Median(live):F0} ms");
        return median < 300;
    }

    private async Task<bool> WatchAsync(int perSecond, int warmup, int seconds, int marks)
    {
        await screen.VisitAsync();
        var before = _sent;
        var every = Math.Max(1, perSecond * seconds / marks);
        var running = new List<Task>();
        var start = Stopwatch.GetTimestamp();
        for (var number = 1; number <= perSecond * (warmup + seconds); number++)
        {
            var wait = TimeSpan.FromSeconds((double)number / perSecond) - Stopwatch.GetElapsedTime(start);
            if (wait > TimeSpan.Zero)
            {
                // The open loop: each submit leaves when it is due.
                await Task.Delay(wait, TimeProvider.System);
            }

            var own = number - (perSecond * warmup);
            running.Add(SubmitAsync(own >= 0 && own % every == 0 && own / every < marks ? own / every : null, before));
        }

        await Task.WhenAll(running);
        var took = Stopwatch.GetElapsedTime(start);
        // The last marks get four times the limit to be drawn; what is not there then counts as missed.
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System);
        var seen = await screen.SeenAsync();
        var times = new Latencies();
        var (rows, counted, missed) = (0, 0, 0);
        foreach (var mark in _marked)
        {
            var row = seen.RowOf(mark.Review);
            var count = seen.CountedAt(mark.Rank);
            if (row is null && count is null)
            {
                missed++;
                continue;
            }

            var byRow = row <= count || count is null;
            (rows, counted) = byRow ? (rows + 1, counted) : (rows, counted + 1);
            times.Add(TimeSpan.FromMilliseconds(Math.Max(0, (byRow ? row : count)!.Value - mark.AnsweredAt)));
        }

        Print($"live: {running.Count / took.TotalSeconds:F0} submits/s; of {_marked.Count} marked {rows} had a row, {counted} were counted in the bar, {missed} were missed");
        Print($"live: from the answer to row or count: p50 {times.At(0.5):F0} ms  p95 {times.At(0.95):F0} ms  most {times.At(1):F0} ms");
        return missed == 0 && times.At(0.95) <= 500;
    }

    private async Task SubmitAsync(int? mark, long before)
    {
        var number = Interlocked.Increment(ref _sent);
        var review = await source.SubmitAsync(number, risky: mark % 2 == 0);
        if (mark is not null)
        {
            // Everything that was sent so far came at most as early as this one: a count that includes them all includes it.
            var answered = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
            lock (_marked)
            {
                _marked.Add(new Marked(review, Interlocked.Read(ref _sent) - before, answered));
            }
        }
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
