using System.Globalization;
using ReviewConsole.Benchmarks.Load;
using ReviewConsole.Benchmarks.Screens;
using ReviewConsole.Benchmarks.Servers;

namespace ReviewConsole.Benchmarks;

/// <summary>
/// <c>keys</c>: from the press of a navigation key to the paint of its effect, in a real Chromium: in the workspace with a conversation of 200 turns and a comparison of a
/// megabyte, claimed, from it to another of the same size, and in the queue with 200 rows. Each key is pressed in turns with the one that leads back. p95 has to stay
/// below 100 ms.
/// Options: <c>--presses 60 --open 200 --pause 60 --folder DIR --server DLL</c>.
/// </summary>
internal static class KeysBenchmark
{
    private const double Limit = 100;

    // There and back, so that no key comes to an end where it has no effect.
    private static readonly string[][] s_workspace = [["]", "]", "[", "["], ["n", "n", "p", "p"], ["d", "d", "d"], [".", ".", ",", ","]];
    private static readonly string[] s_queue = ["j", "j", "k", "k"];
    private static readonly string[] s_items = ["j", "k"];

    public static async Task<int> RunAsync(Arguments arguments)
    {
        using var folder = new BenchmarkFolder(arguments.Text("--folder"));
        using var product = await Product.StartAsync(arguments, folder);
        using var source = new SourceClient(product);
        var (presses, pause) = (arguments.Number("--presses", 60), TimeSpan.FromMilliseconds(arguments.Number("--pause", 60)));
        var review = await source.SubmitAsync(HeavyBody.Of(product.System, 1));
        await source.SubmitAsync(HeavyBody.Of(product.System, 2));
        for (var number = 0; number < arguments.Number("--open", 200); number++)
        {
            await source.SubmitAsync(number);
        }

        await using var chromium = await Chromium.SignInAsync($"http://{product.Server.Authority}", KeyScreen.Watch);
        var screen = new KeyScreen(chromium);
        var slow = 0;
        await screen.OpenAsync("/queue", "queue");
        await screen.WaitForAsync("[data-row]");
        await screen.PressAsync("j");
        slow += await MeasureAsync("queue", s_queue);
        await screen.OpenAsync($"/reviews/{review}", "workspace");
        await screen.ClaimAsync();
        await screen.WaitForAsync(".rc-pane-proposal [data-rc-change]");
        foreach (var keys in s_workspace)
        {
            slow += await MeasureAsync("workspace", keys);
        }

        slow += await MeasureAsync("another review of the same size,", s_items);
        return slow == 0 ? 0 : 1;

        async Task<int> MeasureAsync(string where, string[] keys)
        {
            var times = keys.Distinct(StringComparer.Ordinal).ToDictionary(static key => key, static _ => new Latencies(), StringComparer.Ordinal);
            var rounds = presses * times.Count / keys.Length;
            for (var round = -1; round < rounds; round++)
            {
                foreach (var key in keys)
                {
                    var took = await screen.PressAsync(key);
                    if (round >= 0)
                    {
                        times[key].Add(TimeSpan.FromMilliseconds(took));
                    }

                    // A person looks before pressing again.
                    await Task.Delay(pause, TimeProvider.System);
                }
            }

            foreach (var (key, own) in times)
            {
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"keys: {where} {key}  p50 {own.At(0.5):F0} ms  p95 {own.At(0.95):F0} ms  most {own.At(1):F0} ms of {own.Count}"));
            }

            return times.Values.Count(static own => own.At(0.95) >= Limit);
        }
    }
}
