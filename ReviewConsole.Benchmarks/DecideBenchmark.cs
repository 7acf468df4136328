using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;
using ReviewConsole.Benchmarks.Load;
using ReviewConsole.Benchmarks.Servers;

namespace ReviewConsole.Benchmarks;

/// <summary>
/// <c>decide</c>: 50 people with one decision a second each, beside 200 submits a second, for 60 s. Open loop: every request has its time beforehand and its latency
/// counts from that time, so a slow answer cannot hide by delaying the next request. Options: <c>--people 50 --submits 200 --seconds 60 --warmup 10 --folder DIR --server DLL</c>.
/// </summary>
internal sealed class DecideBenchmark
{
    private static readonly string[] s_personas = ["reviewer", "reviewer2", "senior", "supervisor"];
    private readonly Channel<string> _open = Channel.CreateUnbounded<string>();
    private readonly Latencies _decisions = new();
    private readonly Latencies _submits = new();
    private readonly Lock _lock = new();
    private readonly TimeSpan _warmup;
    private readonly TimeSpan _end;
    private long _start;
    private int _failures;
    private string? _firstFailure;

    private DecideBenchmark(TimeSpan warmup, TimeSpan time)
    {
        _warmup = warmup;
        _end = warmup + time;
    }

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var people = arguments.Number("--people", 50);
        var submits = arguments.Number("--submits", 200);
        var seconds = arguments.Number("--seconds", 60);
        using var folder = new BenchmarkFolder(arguments.Text("--folder"));
        using var product = await Product.StartAsync(arguments, folder);
        using var source = new SourceClient(product);
        var clients = new List<PersonClient>();
        for (var i = 0; i < people; i++)
        {
            clients.Add(await PersonClient.SignInAsync(product, s_personas[i % s_personas.Length]));
        }

        var run = new DecideBenchmark(TimeSpan.FromSeconds(arguments.Number("--warmup", 10)), TimeSpan.FromSeconds(seconds));
        Console.WriteLine($"decide: {people} people with a decision a second each beside {submits} submits a second for {seconds} s");
        await run.RunAsync(source, clients, submits);
        clients.ForEach(client => client.Dispose());
        return run.Report(seconds);
    }

    private async Task RunAsync(SourceClient source, List<PersonClient> people, int submits)
    {
        _start = Stopwatch.GetTimestamp();
        var pace = Task.Run(() => SubmitAsync(source, submits));
        await Task.WhenAll(people.Select((person, i) => Task.Run(() => WorkAsync(person, TimeSpan.FromSeconds(1 + ((double)i / people.Count))))));
        await pace;
    }

    private async Task SubmitAsync(SourceClient source, int perSecond)
    {
        var running = new List<Task>();
        for (var number = 1; ; number++)
        {
            var due = TimeSpan.FromSeconds((double)number / perSecond);
            if (due > _end)
            {
                break;
            }

            await UntilAsync(due);
            var own = number;
            running.Add(MeasureAsync(due, _submits, async () => await _open.Writer.WriteAsync(await source.SubmitAsync(own))));
        }

        await Task.WhenAll(running);
    }

    /// <summary>Second after second: decide what was claimed and read before, then claim one more and read the one claimed last.</summary>
    private async Task WorkAsync(PersonClient person, TimeSpan first)
    {
        var claimed = new Queue<(string Review, string Claim)>();
        var read = new Queue<(string Review, string Claim)>();
        var running = new List<Task>();
        for (var tick = first; tick < _end; tick += TimeSpan.FromSeconds(1))
        {
            await UntilAsync(tick);
            if (read.TryDequeue(out var ready))
            {
                var operation = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString("D");
                running.Add(MeasureAsync(tick, _decisions, () => person.ApproveAsync(ready.Review, ready.Claim, operation)));
            }

            await UntilAsync(tick + TimeSpan.FromMilliseconds(350));
            await GuardAsync(async () =>
            {
                // A claim is read two ticks later, so that the wall-clock time it may be credited with is there.
                if (claimed.Count == 2 && claimed.Dequeue() is var due)
                {
                    await person.SeenAsync(due.Review, "e1", 1500);
                    read.Enqueue(due);
                }
            });
            await UntilAsync(tick + TimeSpan.FromMilliseconds(700));
            await GuardAsync(async () =>
            {
                var review = await _open.Reader.ReadAsync();
                claimed.Enqueue((review, await person.ClaimAsync(review)));
            });
        }

        await Task.WhenAll(running);
    }

    private Task MeasureAsync(TimeSpan due, Latencies latencies, Func<Task> call) => GuardAsync(async () =>
    {
        await call();
        var latency = Stopwatch.GetElapsedTime(_start) - due;
        if (due >= _warmup)
        {
            lock (_lock)
            {
                latencies.Add(latency);
            }
        }
    });

    private async Task GuardAsync(Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (Exception e) when (e is InvalidOperationException or HttpRequestException)
        {
            Interlocked.Increment(ref _failures);
            Interlocked.CompareExchange(ref _firstFailure, e.Message, null);
        }
    }

    /// <summary>The open loop: a call starts when it is due, whether or not the one before it was answered.</summary>
    private async Task UntilAsync(TimeSpan due)
    {
        var wait = due - Stopwatch.GetElapsedTime(_start);
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, TimeProvider.System);
        }
    }

    private int Report(int seconds)
    {
        Print("decision", _decisions);
        Print("submit", _submits);
        Console.WriteLine(_failures == 0 ? "decide: every call was answered as it should be" : $"decide: {_failures} calls failed, the first: {_firstFailure}");
        return _failures == 0 && _decisions.Count > 0 ? 0 : 1;

        void Print(string name, Latencies latencies) => Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"decide: {latencies.Count} {name}s, {(double)latencies.Count / seconds:F1}/s, from request to answer p50 {latencies.At(0.5):F2} ms  p99 {latencies.At(0.99):F2} ms  most {latencies.At(1):F2} ms"));
    }
}
