using System.Text.Json;
using System.Text.Json.Serialization;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Reviews;

namespace ReviewConsole.Core.Store;

internal sealed record ClaimAnswer(Guid Token, int Fence, long Until);

/// <summary>What a committed decision answers, kept by operation id.</summary>
internal sealed record DecisionAnswer(ReviewStatus Status, long? ReleasesAt, string ActionDigest, long Seq, int Have, int Need);

internal sealed record RecallAnswer(ReviewStatus Status, ClaimAnswer? Claim);

/// <summary>What a person thinks before they have seen what the AI says of itself.</summary>
internal sealed record Judging(int Revision, DecisionKind Decision, string? Note, Guid? Claim, string OperationId, Via Via);

internal sealed record JudgementAnswer(DecisionKind Decision, long At, long Seq);

/// <summary>The complete new value of each part that a person changed; null parts stay as they are.</summary>
internal sealed record Correcting(JsonElement? Arguments, Draft? Draft, IReadOnlyList<Field>? Fields)
{
    public bool IsEmpty => Arguments is null && Draft is null && Fields is null;
}

/// <summary>A decision as it was given, before the gate has seen its correction.</summary>
internal sealed record Deciding(
    int Revision,
    DecisionKind Decision,
    string? ReasonCode,
    string? Rationale,
    string? Message,
    Instruction? Instruction,
    int? Alternative,
    Correcting? Correction,
    string? ToQueue,
    IReadOnlySet<string> Acknowledged,
    Guid? Claim,
    string OperationId,
    Via Via,
    byte[] BodyHash);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DecisionAnswer))]
[JsonSerializable(typeof(RecallAnswer))]
[JsonSerializable(typeof(JudgementAnswer))]
internal sealed partial class DeskJson : JsonSerializerContext;
