using System.Text.Json;
using System.Text.Json.Serialization;

namespace ReviewConsole.Client;

/// <summary>A review as its source may see it: who decided, internal rationale and names are not in it.</summary>
public sealed record Review
{
    /// <summary>The console's id.</summary>
    public required string Id { get; init; }

    /// <summary>1 at first, one more for each revision; the value for If-Match.</summary>
    public required int Revision { get; init; }

    /// <summary>Where the review stands.</summary>
    public required ReviewStatus Status { get; init; }

    /// <summary>The source's own id.</summary>
    public string? ExternalId { get; init; }

    /// <summary>The kind, as submitted.</summary>
    public string? Kind { get; init; }

    /// <summary>Digest of the action of the newest revision.</summary>
    public string? ActionDigest { get; init; }

    /// <summary>Who holds it at the moment; absent or null when nobody does.</summary>
    public JsonElement? Claim { get; init; }

    /// <summary>What the gate said, and why.</summary>
    public Gate? Gate { get; init; }

    /// <summary>Where it waits.</summary>
    public string? Queue { get; init; }

    /// <summary>When a person should have decided.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>When it lapses, and what then happens.</summary>
    public Expiry? Expires { get; init; }

    /// <summary>What a reviewer asks, while <see cref="Status"/> is <see cref="ReviewStatus.WaitingOnSource"/>.</summary>
    public string? Question { get; init; }

    /// <summary>The last execution report, if there is one.</summary>
    public ExecutionState? Execution { get; init; }

    /// <summary>How many outcomes were released; 2 means that a rollback was asked for.</summary>
    public int Outcomes { get; init; }

    /// <summary>Addresses.</summary>
    public ReviewLinks? Links { get; init; }

    /// <summary>Members that this version of the library does not name.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? More { get; init; }
}

/// <summary>Where a review stands.</summary>
public enum ReviewStatus
{
    /// <summary>A word that this version does not know.</summary>
    Unknown,

    /// <summary>Waits for a person.</summary>
    Pending,

    /// <summary>A reviewer asked something: answer with <see cref="ReviewConsoleClient.ReviseAsync"/>.</summary>
    WaitingOnSource,

    /// <summary>Decided, and for some seconds still recallable.</summary>
    Held,

    /// <summary>The outcome left.</summary>
    Released,

    /// <summary>Finished.</summary>
    Closed,

    /// <summary>Taken back by its source.</summary>
    Cancelled,
}

/// <summary>What the gate said.</summary>
/// <param name="Verdict">Proceed, review or block.</param>
/// <param name="Risk"><c>low</c>, <c>medium</c> or <c>high</c>.</param>
/// <param name="Approvals">How many people must approve.</param>
/// <param name="Reasons">In words.</param>
public sealed record Gate(GateVerdict Verdict, string? Risk, int Approvals, IReadOnlyList<string>? Reasons)
{
    /// <summary>Each rule that was evaluated, as JSON.</summary>
    public JsonElement? Trace { get; init; }
}

/// <summary>The gate's verdict.</summary>
public enum GateVerdict
{
    /// <summary>A word that this version does not know.</summary>
    Unknown,

    /// <summary>The policy let it through.</summary>
    Proceed,

    /// <summary>A person decides.</summary>
    Review,

    /// <summary>The policy stopped it.</summary>
    Block,
}

/// <summary>The last execution report.</summary>
/// <param name="Status">What it said.</param>
/// <param name="At">When it came.</param>
public sealed record ExecutionState(ExecutionStatus Status, DateTimeOffset At);

/// <summary>Addresses of a review.</summary>
/// <param name="Self">The review.</param>
/// <param name="Outcome">Its outcome.</param>
/// <param name="Console">Its page for people.</param>
public sealed record ReviewLinks(string? Self, string? Outcome, string? Console);

/// <summary>One page of a list.</summary>
/// <param name="Items">The reviews.</param>
/// <param name="Next">The cursor of the next page; null on the last.</param>
public sealed record ReviewPage(IReadOnlyList<Review> Items, string? Next = null);
