namespace ReviewConsole.Core.Queue;

/// <summary>The built-in views of the queue (WIRE.md §3).</summary>
public enum QueueView
{
    All,
    Mine,
    Unclaimed,
    Breach,
    LowConfidence,
    Returned,
    SecondRead,
}

/// <summary>What a person wants to see of the open reviews. Empty lists and nulls do not restrict.</summary>
/// <param name="Check">An id of a check that did not pass.</param>
/// <param name="Text">Occurs in the action's line, the agent's title, the subject or the external id.</param>
public sealed record QueueFilter(
    QueueView View,
    IReadOnlyList<string> Kinds,
    IReadOnlyList<string> Risks,
    IReadOnlyList<string> Sources,
    IReadOnlyList<string> Queues,
    string? Check,
    string? Assignee,
    string? Text)
{
    /// <summary>Due within this time counts as next to breach.</summary>
    public static readonly TimeSpan BreachWindow = TimeSpan.FromHours(2);

    /// <summary>A lowest signal below this is low confidence.</summary>
    public const double LowConfidence = 0.5;

    public static readonly QueueFilter Everything = new(QueueView.All, [], [], [], [], null, null, null);

    public bool IsRestricted =>
        Kinds.Count > 0 || Risks.Count > 0 || Sources.Count > 0 || Queues.Count > 0 || Check is not null || Assignee is not null || !string.IsNullOrEmpty(Text);
}
