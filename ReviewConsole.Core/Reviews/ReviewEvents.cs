using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Ledger;
using ReviewConsole.Core.Proposals;

namespace ReviewConsole.Core.Reviews;

/// <summary>An event with what the ledger adds: its number, its time, its author.</summary>
internal sealed record Recorded(long Seq, long At, Guid Review, int Revision, string By, ReviewEvent Event);

/// <summary>Events to entries and back. The ledger's type names are those of DESIGN.md §4.1.</summary>
internal static class ReviewEvents
{
    public static string TypeOf(ReviewEvent e) => e switch
    {
        Submitted => "submitted",
        Revised => "revised",
        Answered => "answered",
        PreconditionsChanged => "preconditionsChanged",
        Claimed => "claimed",
        ClaimReleased => "claimReleased",
        Noted => "noted",
        Assigned => "assigned",
        Judged => "judged",
        Decided => "decided",
        Recalled => "recalled",
        SecondAsked => "secondAsked",
        Returned => "returned",
        Escalated => "escalated",
        CancelledBySource => "cancelled",
        Expired => "expired",
        OutcomeReleased => "outcomeReleased",
        ExecutionReported => "executionReported",
        RollbackAsked => "rollbackAsked",
        RuleDemoted => "ruleDemoted",
        Closed => "closed",
        _ => throw new ArgumentOutOfRangeException(nameof(e), e.GetType().Name, "An event without a name in the ledger."),
    };

    /// <summary>The event behind a ledger type, or null when the entry is not about a review.</summary>
    public static ReviewEvent? Read(string type, JsonElement data) => type switch
    {
        "submitted" => data.Deserialize(ReviewEventJson.Default.Submitted),
        "revised" => data.Deserialize(ReviewEventJson.Default.Revised),
        "answered" => data.Deserialize(ReviewEventJson.Default.Answered),
        "preconditionsChanged" => data.Deserialize(ReviewEventJson.Default.PreconditionsChanged),
        "claimed" => data.Deserialize(ReviewEventJson.Default.Claimed),
        "claimReleased" => data.Deserialize(ReviewEventJson.Default.ClaimReleased),
        "noted" => data.Deserialize(ReviewEventJson.Default.Noted),
        "assigned" => data.Deserialize(ReviewEventJson.Default.Assigned),
        "judged" => data.Deserialize(ReviewEventJson.Default.Judged),
        "decided" => data.Deserialize(ReviewEventJson.Default.Decided),
        "recalled" => data.Deserialize(ReviewEventJson.Default.Recalled),
        "secondAsked" => data.Deserialize(ReviewEventJson.Default.SecondAsked),
        "returned" => data.Deserialize(ReviewEventJson.Default.Returned),
        "escalated" => data.Deserialize(ReviewEventJson.Default.Escalated),
        "cancelled" => data.Deserialize(ReviewEventJson.Default.CancelledBySource),
        "expired" => data.Deserialize(ReviewEventJson.Default.Expired),
        "outcomeReleased" => data.Deserialize(ReviewEventJson.Default.OutcomeReleased),
        "executionReported" => data.Deserialize(ReviewEventJson.Default.ExecutionReported),
        "rollbackAsked" => data.Deserialize(ReviewEventJson.Default.RollbackAsked),
        "ruleDemoted" => data.Deserialize(ReviewEventJson.Default.RuleDemoted),
        "closed" => data.Deserialize(ReviewEventJson.Default.Closed),
        _ => null,
    };

    public static EntryDraft Draft(ReviewEvent e, Guid review, int revision, string by, Via? via, string? op) =>
        new(TypeOf(e), review, revision, by, via?.Word(), op, Data(e), e.Sealed);

    private static JsonObject Data(ReviewEvent e) =>
        JsonSerializer.SerializeToNode(e, ReviewEventJson.Default.GetTypeInfo(e.GetType())!)!.AsObject();
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    Converters = [typeof(CamelCase<Verdict>), typeof(CamelCase<Risk>), typeof(CamelCase<ExpiryOutcome>)])]
[JsonSerializable(typeof(ReviewState))]
[JsonSerializable(typeof(Submitted))]
[JsonSerializable(typeof(Revised))]
[JsonSerializable(typeof(Answered))]
[JsonSerializable(typeof(PreconditionsChanged))]
[JsonSerializable(typeof(Claimed))]
[JsonSerializable(typeof(ClaimReleased))]
[JsonSerializable(typeof(Noted))]
[JsonSerializable(typeof(Assigned))]
[JsonSerializable(typeof(Judged))]
[JsonSerializable(typeof(Decided))]
[JsonSerializable(typeof(Recalled))]
[JsonSerializable(typeof(SecondAsked))]
[JsonSerializable(typeof(Returned))]
[JsonSerializable(typeof(Escalated))]
[JsonSerializable(typeof(CancelledBySource))]
[JsonSerializable(typeof(Expired))]
[JsonSerializable(typeof(OutcomeReleased))]
[JsonSerializable(typeof(ExecutionReported))]
[JsonSerializable(typeof(RollbackAsked))]
[JsonSerializable(typeof(RuleDemoted))]
[JsonSerializable(typeof(Closed))]
internal sealed partial class ReviewEventJson : JsonSerializerContext;
