using System.Text.Json;
using System.Text.Json.Serialization;

namespace ReviewConsole.Core.Reviews;

/// <summary>Where a review stands (WIRE.md §1). A claim is an attribute, "expired" an outcome: neither is a status.</summary>
[JsonConverter(typeof(CamelCase<ReviewStatus>))]
internal enum ReviewStatus
{
    Pending,
    WaitingOnSource,
    Held,
    Released,
    Closed,
    Cancelled,
}

/// <summary>What a person may decide.</summary>
[JsonConverter(typeof(CamelCase<DecisionKind>))]
internal enum DecisionKind
{
    Approve,
    Correct,
    Reject,
    Escalate,
    Return,
}

/// <summary>Why somebody passes a review on without deciding.</summary>
[JsonConverter(typeof(CamelCase<SkipReason>))]
internal enum SkipReason
{
    NotMyField,
    NoTimeNow,
    WaitingForOpinion,
    TooClose,
}

/// <summary>What the source reads in <c>decision</c> of an outcome.</summary>
[JsonConverter(typeof(CamelCase<OutcomeDecision>))]
internal enum OutcomeDecision
{
    Approved,
    Corrected,
    Rejected,
    Expired,
    Cancelled,
    Proceeded,
    Blocked,
}

/// <summary>What the source is to do.</summary>
[JsonConverter(typeof(CamelCase<Instruction>))]
internal enum Instruction
{
    Resume,
    Retry,
    Rollback,
    Cancel,
}

/// <summary>What the source says became of an action that it was allowed to run.</summary>
[JsonConverter(typeof(CamelCase<ExecutionStatus>))]
internal enum ExecutionStatus
{
    Started,
    Succeeded,
    Failed,
    Unknown,
    RolledBack,
}

/// <summary>Why a held decision came back.</summary>
[JsonConverter(typeof(CamelCase<RecallCause>))]
internal enum RecallCause
{
    Person,
    Revised,
    Preconditions,
    Cancelled,
}

/// <summary>How a person found fault with what an automation rule lets through.</summary>
[JsonConverter(typeof(CamelCase<DemotionCause>))]
internal enum DemotionCause
{
    Corrected,
    Rejected,
    RolledBack,
}

/// <summary>By which door a decision came in.</summary>
[JsonConverter(typeof(CamelCase<Via>))]
internal enum Via
{
    Screen,
    Api,
}

internal sealed class CamelCase<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase) where T : struct, Enum;

internal static class WireWords
{
    /// <summary>The word as the wire writes it: camelCase.</summary>
    public static string Word<T>(this T value) where T : struct, Enum => Of<T>.Names[value];

    private static class Of<T> where T : struct, Enum
    {
        public static readonly Dictionary<T, string> Names =
            Enum.GetValues<T>().ToDictionary(static value => value, static value => JsonNamingPolicy.CamelCase.ConvertName(value.ToString()));
    }
}
