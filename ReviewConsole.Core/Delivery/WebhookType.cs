namespace ReviewConsole.Core.Delivery;

/// <summary>What webhooks tell (WIRE.md §4).</summary>
internal static class WebhookType
{
    /// <summary>An outcome by a person or by a rule.</summary>
    public const string Decided = "review.decided";

    /// <summary>Nobody decided in time.</summary>
    public const string Expired = "review.expired";

    /// <summary>The source took its proposal back.</summary>
    public const string Cancelled = "review.cancelled";

    /// <summary>A question for the source: <c>{reviewId, revision, question}</c>, no outcome.</summary>
    public const string Returned = "review.returned";

    /// <summary>A second outcome, after execution.</summary>
    public const string RollbackRequested = "review.rollbackRequested";
}
