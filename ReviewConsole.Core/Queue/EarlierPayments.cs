using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Reviews;

namespace ReviewConsole.Core.Queue;

/// <summary>By what earlier payments are found.</summary>
internal enum PaidTo
{
    Recipient,
    Subject,
}

/// <summary>What was let run before of one action, to one recipient or about one subject.</summary>
/// <param name="Id">The id that it was found by (<see cref="SameId"/>).</param>
/// <param name="Recent">How many of them in the last days that are counted (<see cref="PaymentReader.Days"/>).</param>
/// <param name="Sums">What these come to, one a currency. What failed or was rolled back is not in it.</param>
/// <param name="IsAtLeast">There are more than were read: count and sums are at least so high.</param>
internal sealed record EarlierPayments(PaidTo To, string Id, int Recent, IReadOnlyList<Amount> Sums, bool IsAtLeast, IReadOnlyList<EarlierPayment> Newest);

/// <param name="Decision">Approved, corrected or proceeded.</param>
/// <param name="At">When the outcome was released, Unix ms.</param>
/// <param name="Amount">Of the action that ran; null where it had none.</param>
/// <param name="Execution">What the source said of it; null where it has said nothing.</param>
internal sealed record EarlierPayment(Guid Id, OutcomeDecision Decision, long At, Amount? Amount, ExecutionStatus? Execution)
{
    /// <summary>False where the source says that it did not happen, or no longer stands; what nobody knows counts as paid.</summary>
    public bool Counts => Execution is not (ExecutionStatus.Failed or ExecutionStatus.RolledBack);
}
