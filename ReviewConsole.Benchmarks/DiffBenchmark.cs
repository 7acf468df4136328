using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using ReviewConsole.Rendering;

namespace ReviewConsole.Benchmarks;

/// <summary>
/// <c>diff</c>: two drafts of about a megabyte compared, laid out and their beginning drawn, of the kinds that make a comparison slow; against the bare limit: both split into lines, and each line
/// hashed. Options: <c>--rounds 5</c>.
/// </summary>
internal static class DiffBenchmark
{
    private const int Lines = 60;

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var rounds = arguments.Number("--rounds", 5);
        await using var services = new ServiceCollection().AddLogging().AddLocalization().AddRendering().BuildServiceProvider();
        var words = services.GetRequiredService<RenderWords>();
        foreach (var (name, before, after) in Drafts(new Random(3)))
        {
            var (own, limit) = Turns.Seconds(
                rounds,
                () => Open(DraftDiff.Between(before, after, CancellationToken.None), words),
                () => Hash(before, after));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"diff, {name}: {before.Length:N0} characters each, {own * 1e3:F0} ms; lines split and hashed {limit * 1e3:F0} ms: ratio {limit / own:F3} (medians of {rounds})"));
        }

        return 0;
    }

    private static void Open(DraftDiff diff, RenderWords words)
    {
        var layout = new DiffLayout(diff, DiffMode.SideBySide, new HashSet<int>());
        foreach (var block in layout.Blocks.Take(layout.BlockAt(Lines) + 1).Where(static block => !block.IsFold))
        {
            DiffMarkup.Of(diff, block.From, block.To, DiffMode.SideBySide, words);
        }
    }

    private static IEnumerable<(string Name, string Before, string After)> Drafts(Random random)
    {
        yield return ("unlike", Lines(25_000, 40), Lines(25_000, 40));
        yield return ("few words repeated", Lines(100_000, 1), Lines(100_000, 1));
        yield return ("one line", Word(500_000), Word(500_000));
        yield return ("every tenth changed", Text("written"), Text("changed"));

        string Word(int length) => string.Concat(Enumerable.Range(0, length).Select(_ => (char)('a' + random.Next(26))));
        string Lines(int count, int length) => string.Join('\n', Enumerable.Range(0, count).Select(_ => Word(length)));
        static string Text(string tenth) => string.Join('\n', Enumerable.Range(0, 25_000).Select(i => $"line {i} of the text as it was {(i % 10 == 0 ? tenth : "written")} at first"));
    }

    private static void Hash(params string[] texts)
    {
        foreach (var line in texts.SelectMany(static text => text.Split('\n')))
        {
            SHA256.HashData(Encoding.UTF8.GetBytes(line));
        }
    }
}
