namespace ReviewConsole.Components.Review;

/// <summary>One thing that happened to a review. <paramref name="What"/> is already in the reader's language, <paramref name="Text"/> what was written then.</summary>
public sealed record TimelineLine(DateTimeOffset At, string What, string? Who, string? Text = null);
