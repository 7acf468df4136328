using ReviewConsole.Core.Queue;
using ReviewConsole.Core.Reviews;

namespace ReviewConsole.Components.Escalations;

/// <summary>Which lane a card stands in.</summary>
public enum BoardLane
{
    Escalated,
    Waiting,
    Held,
    Failed,
}

/// <summary>One review on the board, with who sent it there and in which words.</summary>
public sealed class BoardCard
{
    private BoardCard(QueueItem item, BoardLane lane, string? by, DecisionKind? decision, string? says, string? policy) =>
        (Item, Lane, By, Decision, Says, Policy) = (item, lane, by, decision, says, policy);

    internal QueueItem Item { get; }

    internal BoardLane Lane { get; }

    /// <summary>Pseudonym of who escalated, asked, decided or reported; null when it was the time.</summary>
    internal string? By { get; }

    /// <summary>What is held.</summary>
    internal DecisionKind? Decision { get; }

    /// <summary>Their words: a rationale, a question, what the source reported.</summary>
    internal string? Says { get; }

    /// <summary>Digest of the version that judged it: its queues are those that it can go to.</summary>
    internal string? Policy { get; }

    internal static BoardCard Of(QueueItem item, BoardLane lane, ReviewReader reader, string? me)
    {
        if (reader.Read(item.Id, me) is not { } detail)
        {
            return new BoardCard(item, lane, null, null, null, null);
        }

        var told = lane switch
        {
            BoardLane.Escalated => detail.Timeline.LastOrDefault(static entry => entry.Event is Decided { Decision: DecisionKind.Escalate }),
            BoardLane.Waiting => detail.Timeline.LastOrDefault(static entry => entry.Event is Decided { Decision: DecisionKind.Return }),
            BoardLane.Held => detail.Timeline.LastOrDefault(static entry => entry.Event is Decided),
            _ => detail.Timeline.LastOrDefault(static entry => entry.Event is ExecutionReported { Mismatch: false }),
        };
        var says = told is null ? null
            : lane == BoardLane.Failed ? told.Texts.GetValueOrDefault(SealedNames.Detail)
            : lane == BoardLane.Waiting ? told.Texts.GetValueOrDefault(SealedNames.Message)
            : told.Texts.GetValueOrDefault(SealedNames.Rationale);
        return new BoardCard(item, lane, lane == BoardLane.Failed ? null : told?.By, detail.State.Held?.Decision, says, detail.State.Gate.PolicyDigest);
    }
}
