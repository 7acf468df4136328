namespace ReviewConsole.Core.Delivery;

/// <summary>
/// When a webhook is tried again (WIRE.md §4): after 0 s, 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h and 24 h, each later by up to a fifth so that receivers that
/// came back are not met by everybody at once.
/// </summary>
internal static class RetrySchedule
{
    private static readonly TimeSpan[] s_waits =
    [
        TimeSpan.Zero, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5),
        TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    private static readonly TimeSpan s_longestRetryAfter = TimeSpan.FromHours(24);

    /// <summary>How often one webhook is tried before it becomes a dead letter.</summary>
    public static int Attempts => s_waits.Length;

    /// <summary>The wait before the next attempt, or null when there is none.</summary>
    /// <param name="attempts">How many attempts have failed, at least one.</param>
    /// <param name="retryAfter">What the receiver asked for: never sooner than that, at most a day.</param>
    /// <param name="draw">Uniform in [0, 1).</param>
    public static TimeSpan? Next(int attempts, TimeSpan? retryAfter, double draw)
    {
        if (attempts >= s_waits.Length)
        {
            return null;
        }

        var wait = s_waits[attempts] * (1 + (draw / 5));
        var asked = retryAfter > s_longestRetryAfter ? s_longestRetryAfter : retryAfter;
        return asked > wait ? asked : wait;
    }
}
