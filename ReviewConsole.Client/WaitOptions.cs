namespace ReviewConsole.Client;

/// <summary>How to wait for an outcome.</summary>
public sealed record WaitOptions
{
    /// <summary>1 for the decision, 2 for a rollback.</summary>
    public int Sequence { get; init; } = 1;

    /// <summary>How long one poll stays open, at most 60 seconds.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Called when a reviewer asks something; <see cref="Review.Question"/> is the question. Answer with <see cref="ReviewConsoleClient.ReviseAsync"/>.</summary>
    public Func<Review, CancellationToken, Task>? OnQuestion { get; init; }
}
