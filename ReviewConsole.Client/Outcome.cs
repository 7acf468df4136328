using System.Text.Json;

namespace ReviewConsole.Client;

/// <summary>
/// What was decided and what the source is told to do. <see cref="Action"/>, <see cref="Draft"/>, <see cref="Fields"/>, <see cref="ActionDigest"/> and
/// <see cref="Changes"/> exist only when <see cref="Instruction"/> is <see cref="Client.Instruction.Resume"/>: a rejected outcome carries nothing that could run.
/// Run nothing before <see cref="ExecutorGuard"/> agreed.
/// </summary>
public sealed record Outcome
{
    /// <summary>The console's id of the review.</summary>
    public required string ReviewId { get; init; }

    /// <summary>The source's own id.</summary>
    public string? ExternalId { get; init; }

    /// <summary>The revision that was decided.</summary>
    public int Revision { get; init; }

    /// <summary>1 for the decision, 2 for a rollback.</summary>
    public int Sequence { get; init; }

    /// <summary>What was decided.</summary>
    public Decision Decision { get; init; }

    /// <summary>What to do now.</summary>
    public Instruction Instruction { get; init; }

    /// <summary>The effective action, complete.</summary>
    public ProposedAction? Action { get; init; }

    /// <summary>The effective draft, complete.</summary>
    public Draft? Draft { get; init; }

    /// <summary>The effective fields, complete.</summary>
    public IReadOnlyList<EffectiveField>? Fields { get; init; }

    /// <summary>What a correction changed, one entry for each JSON leaf.</summary>
    public IReadOnlyList<Change>? Changes { get; init; }

    /// <summary>Digest of what was proposed.</summary>
    public string? ProposedDigest { get; init; }

    /// <summary>Digest of what may run; for a rollback, of what is to be undone.</summary>
    public string? ActionDigest { get; init; }

    /// <summary>Until when the approval may be used.</summary>
    public DateTimeOffset? ValidUntil { get; init; }

    /// <summary>The versions the decision rests on.</summary>
    public IReadOnlyList<Precondition>? Preconditions { get; init; }

    /// <summary>What the reviewer wants the AI to read.</summary>
    public string? Message { get; init; }

    /// <summary>Why, as a code; only from people.</summary>
    public string? ReasonCode { get; init; }

    /// <summary>Pseudonyms and roles of those who decided.</summary>
    public IReadOnlyList<Decider>? DecidedBy { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>With <see cref="Client.Instruction.Retry"/>: what the reviewer would rather see proposed.</summary>
    public ProposedAction? SuggestedAction { get; init; }

    /// <summary>A proof that verifies offline with the console's public key.</summary>
    public string? Receipt { get; init; }
}

/// <summary>What was decided.</summary>
public enum Decision
{
    /// <summary>A word that this version does not know.</summary>
    Unknown,

    /// <summary>A person approved it as proposed.</summary>
    Approved,

    /// <summary>A person approved it with changes.</summary>
    Corrected,

    /// <summary>A person rejected it.</summary>
    Rejected,

    /// <summary>Nobody decided in time.</summary>
    Expired,

    /// <summary>The source took it back.</summary>
    Cancelled,

    /// <summary>The policy let it through.</summary>
    Proceeded,

    /// <summary>The policy stopped it.</summary>
    Blocked,
}

/// <summary>What the source is told to do.</summary>
public enum Instruction
{
    /// <summary>A word that this version does not know: do nothing.</summary>
    Unknown,

    /// <summary>Run the effective action.</summary>
    Resume,

    /// <summary>Propose something else, linked by <see cref="ReviewRequest.RetryOf"/>.</summary>
    Retry,

    /// <summary>Undo what ran.</summary>
    Rollback,

    /// <summary>Do not run it.</summary>
    Cancel,
}

/// <summary>A field as it was decided.</summary>
/// <param name="Name">The field.</param>
/// <param name="Value">Its value; null when there is none.</param>
public sealed record EffectiveField(string Name, JsonElement? Value);

/// <summary>One changed JSON leaf.</summary>
/// <param name="Path">RFC 6901, for instance <c>/arguments/amount</c> or <c>/fields/total/value</c>.</param>
/// <param name="Was">Before; absent when it is new.</param>
/// <param name="Value">After; absent when it was removed.</param>
public sealed record Change(string Path, JsonElement? Was = null, JsonElement? Value = null);

/// <summary>Who decided.</summary>
/// <param name="Id">A pseudonym, or <c>policy:name/version</c>; absent for expiry and source.</param>
/// <param name="Role">For instance <c>reviewer</c> or <c>rule</c>.</param>
/// <param name="At">When.</param>
public sealed record Decider(string? Id, string Role, DateTimeOffset At);

/// <summary>What the source says happened.</summary>
public enum ExecutionStatus
{
    /// <summary>Cannot tell whether it ran; a person follows it up.</summary>
    Unknown,

    /// <summary>About to run; taken once, so that two executors cannot both run it.</summary>
    Started,

    /// <summary>Ran.</summary>
    Succeeded,

    /// <summary>Did not run, or ran in vain.</summary>
    Failed,

    /// <summary>Undone, after a rollback was asked for.</summary>
    RolledBack,
}

/// <summary>What the source says happened with an action.</summary>
/// <param name="Status">How it went.</param>
/// <param name="ActionDigest">Of what really ran; the console alarms when it is not what was approved.</param>
/// <param name="Detail">In words.</param>
/// <param name="Reference">The executing system's own reference.</param>
public sealed record ExecutionReport(ExecutionStatus Status, string ActionDigest, string? Detail = null, string? Reference = null);
