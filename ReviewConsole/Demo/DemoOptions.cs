namespace ReviewConsole.Demo;

/// <summary>How busy the demonstration is.</summary>
internal sealed record DemoOptions
{
    /// <summary>The same seed brings the same cases in the same order.</summary>
    public int Seed { get; init; } = 7;

    /// <summary>How many proposals come at once, so that the queue is not empty when the first person looks.</summary>
    public int Burst { get; init; } = 40;

    /// <summary>While so many wait for an outcome nothing new is proposed.</summary>
    public int OpenAtMost { get; init; } = 60;

    /// <summary>The shortest pause between two proposals after the burst.</summary>
    public TimeSpan ShortestPause { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The longest pause between two proposals after the burst.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(40);

    /// <summary>How often a source looks whether something is to be undone.</summary>
    public TimeSpan RollbackLook { get; init; } = TimeSpan.FromSeconds(10);
}
