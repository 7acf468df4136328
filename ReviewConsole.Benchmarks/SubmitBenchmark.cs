using System.Globalization;
using System.Net;
using ReviewConsole.Benchmarks.Load;
using ReviewConsole.Benchmarks.Servers;

namespace ReviewConsole.Benchmarks;

/// <summary>
/// <c>submit</c>: durable submits a second of the real server, and of the <see cref="Ceiling"/> in the same run on the same disk, in turns, medians of the rounds.
/// Options: <c>--rounds 5 --seconds 5 --warmup 5 --connections 64 --folder DIR --server DLL</c>; <c>--ceiling-only</c>; <c>--ceiling DLL</c> measures another ceiling;
/// <c>--rules 1000</c> measures beside it the same server under a policy of so many rules, all of which are judged.
/// </summary>
internal static class SubmitBenchmark
{
    public static async Task<int> RunAsync(Arguments arguments)
    {
        var connections = arguments.Number("--connections", 64);
        var warmup = TimeSpan.FromSeconds(arguments.Number("--warmup", 5));
        var time = TimeSpan.FromSeconds(arguments.Number("--seconds", 5));
        using var folder = new BenchmarkFolder(arguments.Text("--folder"));
        using var ceiling = await StartCeilingAsync(arguments, folder);
        using var product = arguments.Has("--ceiling-only") ? null : await Product.StartAsync(arguments, folder);
        var rules = arguments.Number("--rules", 0);
        using var ruled = rules == 0 ? null : await Product.StartAsync(arguments, folder, "ruled", GateBenchmark.Text(rules));
        using var ceilingLoad = new ClosedLoop(ceiling.Address, new RequestTemplate("/r", ceiling.Authority, SubmitBody.Of("bench"), null), connections);
        using var productLoad = product is null ? null : new ClosedLoop(product.Server.Address, Template(product), connections);
        using var ruledLoad = ruled is null ? null : new ClosedLoop(ruled.Server.Address, Template(ruled), connections);

        Console.WriteLine($"submit: {connections} connections, {SubmitBody.Size} byte bodies, {Environment.ProcessorCount} cores shared by load and server");
        ceilingLoad.WarmUp(warmup);
        productLoad?.WarmUp(warmup);
        ruledLoad?.WarmUp(warmup);
        var (ceilings, products, ruleds) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 1; round <= arguments.Number("--rounds", 5); round++)
        {
            ceilings.Add(Measure("ceiling", round, ceilingLoad, ceiling, time));
            if (productLoad is not null)
            {
                products.Add(Measure("console", round, productLoad, product!.Server, time));
            }

            if (ruledLoad is not null)
            {
                ruleds.Add(Measure("ruled", round, ruledLoad, ruled!.Server, time));
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"submit: ceiling {Figures.Median(ceilings):N0}/s (median of {ceilings.Count})"));
        Compare("console", products, ceilings);
        Compare(string.Create(CultureInfo.InvariantCulture, $"console with {rules:N0} rules"), ruleds, ceilings);
        return 0;
    }

    private static void Compare(string name, List<double> own, List<double> ceilings)
    {
        if (own.Count > 0)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"submit: {name} {Figures.Median(own):N0}/s (median of {own.Count}), ratio {Figures.Median(own) / Figures.Median(ceilings):F3} of the ceiling"));
        }
    }

    public static RequestTemplate Template(Product product) =>
        new("/api/v1/reviews", product.Server.Authority, SubmitBody.Of(product.System), product.Key);

    private static double Measure(string name, int round, ClosedLoop load, ServerProcess server, TimeSpan time)
    {
        var before = server.Cpu;
        var run = load.Run(time);
        var cpu = (server.Cpu - before).TotalMicroseconds / run.Answers;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  {name} {round}: {run.PerSecond,6:N0}/s  p50 {run.Latencies.At(0.5):F2} ms  p99 {run.Latencies.At(0.99):F2} ms  {cpu:F0} µs server CPU each"));
        return run.PerSecond;
    }

    private static Task<ServerProcess> StartCeilingAsync(Arguments arguments, BenchmarkFolder folder)
    {
        var database = folder.At("ceiling.db");
        return arguments.Text("--ceiling") is { } other
            ? ServerProcess.StartAsync(0, other, url => [database, url], probe: null)
            : ServerProcess.StartAsync(0, typeof(Ceiling).Assembly.Location, url => ["ceiling", "--database", database, "--urls", url], probe: null);
    }
}
