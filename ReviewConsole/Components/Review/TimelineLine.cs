namespace ReviewConsole.Components.Review;

/// <summary>One thing that happened to a review. <paramref name="What"/> is already in the reader's language.</summary>
public sealed record TimelineLine(DateTimeOffset At, string What, string? Who);
