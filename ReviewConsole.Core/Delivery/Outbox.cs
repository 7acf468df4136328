namespace ReviewConsole.Core.Delivery;

/// <summary>One thing to tell one endpoint. It names the ledger entry whose outcome (or question) is told and never holds a body. Times are Unix milliseconds.</summary>
/// <param name="Entry">Number of the <c>outcomeReleased</c> or <c>returned</c> entry.</param>
/// <param name="Endpoint">The endpoint's name.</param>
/// <param name="Type">A word of <see cref="WebhookType"/>.</param>
/// <param name="Message">The <c>webhook-id</c>, the same in every attempt.</param>
/// <param name="Attempts">Attempts that have failed so far.</param>
/// <param name="Made">When the entry was recorded.</param>
internal sealed record OutboxRow(long Entry, Guid Review, string Endpoint, string Type, string Message, int Attempts, long Made);

/// <summary>
/// Builds the <c>data</c> of a webhook from its ledger entry: the outcome with its receipt, or <c>{reviewId, revision, question}</c>. The same bytes at every call; null when
/// they have been erased.
/// </summary>
internal delegate byte[]? OutboxData(OutboxRow row);

/// <summary>A delivery that was given up, as the list of dead letters shows it.</summary>
/// <param name="Status">The last answer's status, if there was one.</param>
/// <param name="Fault">Else why there was none: a word of <see cref="OutboxFault"/> or of <see cref="WebhookAttempt.Fault"/>.</param>
internal sealed record DeadLetter(OutboxRow Row, long Settled, int? Status, string? Fault);

/// <summary>How the outbox stands, for health and insights.</summary>
/// <param name="OldestDue">When the oldest delivery that is still due was recorded; null when none is.</param>
internal sealed record OutboxSummary(long Due, long Dead, long? OldestDue);

/// <summary>Why a delivery ended without any attempt, or without an answer that would say why.</summary>
internal static class OutboxFault
{
    public const string NoEndpoint = "endpoint-removed";
    public const string EndpointDisabled = "endpoint-disabled";
    public const string Erased = "erased";
}

/// <summary>What follows from an attempt.</summary>
internal abstract record OutboxStep
{
    private OutboxStep()
    {
    }

    internal sealed record Delivered : OutboxStep;

    /// <summary>Try again <paramref name="Wait"/> from now.</summary>
    internal sealed record Again(TimeSpan Wait) : OutboxStep;

    /// <summary>Give up; a person may replay it.</summary>
    internal sealed record Dead : OutboxStep;

    /// <summary>Give up, and on the endpoint too: it answered 410.</summary>
    internal sealed record Gone : OutboxStep;

    /// <param name="attempts">Attempts that had failed before this one.</param>
    /// <param name="draw">Uniform in [0, 1), for the jitter.</param>
    public static OutboxStep After(WebhookAttempt attempt, int attempts, double draw) => attempt switch
    {
        { Delivered: true } => new Delivered(),
        { Gone: true } => new Gone(),
        _ => RetrySchedule.Next(attempts + 1, attempt.RetryAfter, draw) is { } wait ? new Again(wait) : new Dead(),
    };
}
