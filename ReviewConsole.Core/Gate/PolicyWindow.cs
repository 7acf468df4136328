using ReviewConsole.Core.Proposals;

namespace ReviewConsole.Core.Gate;

/// <summary>What a window counts by.</summary>
internal enum WindowOver
{
    Subject,
    Recipient,
    Source,
    Action,
}

/// <summary>
/// Other proposals of the last while that have the same subject, recipient, source or action as this one. Those that were rejected, blocked, withdrawn or have expired do not count,
/// nor does the one that asks.
/// </summary>
/// <param name="Kind">Only these count, and only these look; null for every kind.</param>
/// <param name="Action">The same by the action's name.</param>
internal sealed record PolicyWindow(string Name, WindowOver Over, string? Kind, string? Action, int Minutes)
{
    /// <summary>No more is read than this, so that a busy source costs no more: beyond it nobody knows.</summary>
    public const int Most = 10_000;

    public const int MaxMinutes = 30 * 24 * 60;

    /// <summary>An item outside of the window's kind or action has no part in it.</summary>
    public bool Takes(string kind, string action) => (Kind is null || Kind == kind) && (Action is null || Action == action);

    /// <summary>What it counts by in one proposal; null when nobody says.</summary>
    public static string? Key(WindowOver over, DerivedFacts derived, Proposal proposal) => over switch
    {
        WindowOver.Subject => derived.Subject,
        WindowOver.Recipient => derived.Recipient,
        WindowOver.Source => proposal.Source.System,
        _ => proposal.Action.Name,
    };
}

/// <summary>What was counted in one window; null is what nobody knows.</summary>
/// <param name="Amount">In the policy's currency.</param>
internal sealed record WindowFact(int? Count, decimal? Amount);
