using System.Diagnostics;

namespace ReviewConsole.Benchmarks;

/// <summary>Work and its bare limit, measured in turns within one run, so that whatever else the machine does falls on both. Medians of the rounds, after one of each to warm up.</summary>
internal static class Turns
{
    public static (double Own, double Bare) Seconds(int rounds, Action own, Action bare)
    {
        var (owns, bares) = (new List<double>(), new List<double>());
        for (var round = 0; round <= rounds; round++)
        {
            Measure(own, round == 0 ? null : owns);
            Measure(bare, round == 0 ? null : bares);
        }

        return (Figures.Median(owns), Figures.Median(bares));
    }

    private static void Measure(Action work, List<double>? into)
    {
        var start = Stopwatch.GetTimestamp();
        work();
        into?.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
    }
}
