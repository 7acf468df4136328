using System.Globalization;
using ReviewConsole.Benchmarks.Load;
using ReviewConsole.Benchmarks.Servers;

namespace ReviewConsole.Benchmarks;

/// <summary>
/// <c>submit --growth</c>: what a submit costs with 1,000 reviews in the store and with 100,000: the medians of 5 × 5,000 submits after the first and before the last,
/// and their ratio. Options: <c>--to 100000 --connections 64 --folder DIR --server DLL</c>.
/// </summary>
internal static class GrowthBenchmark
{
    private const int Warm = 1_000;
    private const int Repeats = 20_000;
    private const int Runs = 5;
    private const int PerRun = 5_000;
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(10);

    public static async Task<int> RunAsync(Arguments arguments)
    {
        // Both servers compile each method once and for good: with tiers, the first tens of thousands of submits measure the compiler and not the store.
        Environment.SetEnvironmentVariable("DOTNET_TieredCompilation", "0");
        var to = arguments.Number("--to", 100_000);
        using var folder = new BenchmarkFolder(arguments.Text("--folder"));
        Console.WriteLine($"growth: from {Warm:N0} to {to:N0} reviews, {Runs} × {PerRun:N0} submits at each end");
        double first, last;
        using (var young = await Product.StartAsync(arguments, folder))
        {
            using var load = Load(young, arguments, 0);
            load.Run(s_patience, Warm);
            load.Repeat(Repeats);
            first = Measure(young, load, Warm);
            load.Run(s_patience, to - (2 * Warm) - (2 * Runs * PerRun));
        }

        // A process as young as the first one, warmed up in the same way: else the compiler, not the store, would make the difference.
        using (var old = await Product.StartAsync(arguments, folder))
        {
            using var load = Load(old, arguments, to);
            load.Run(s_patience, Warm);
            load.Repeat(Repeats);
            last = Measure(old, load, to - (Runs * PerRun));
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"growth: {first:F1} µs each at the start, {last:F1} µs each at {to:N0}: ratio {last / first:F3}"));
        return 0;
    }

    private static ClosedLoop Load(Product product, Arguments arguments, long firstNumber) =>
        new(product.Server.Address, SubmitBenchmark.Template(product), arguments.Number("--connections", 64), firstNumber);

    private static double Measure(Product product, ClosedLoop load, int present)
    {
        var costs = new List<double>();
        for (var i = 0; i < Runs; i++)
        {
            var before = product.Server.Cpu;
            var run = load.Run(s_patience, PerRun);
            var cost = run.Elapsed.TotalMicroseconds / run.Answers;
            var cpu = (product.Server.Cpu - before).TotalMicroseconds / run.Answers;
            costs.Add(cost);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  after {present + (i * PerRun),7:N0}: {cost:F1} µs each, {run.PerSecond:N0}/s, {cpu:F0} µs server CPU each"));
        }

        return Figures.Median(costs);
    }
}
