namespace ReviewConsole.Components.Review;

/// <summary>Words of the workspace.</summary>
internal sealed class ReviewWords;
