using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Ledger;
using ReviewConsole.Core.Proposals;

namespace ReviewConsole.Core.Reviews;

/// <summary>The gate's answer as the ledger seals it: the whole trace with every value seen, and the facts, so that the verdict can be made again.</summary>
internal static class SealedGate
{
    /// <summary>RFC 8785 bytes, written in canonical order at once: every submit seals a trace. Enumerations are their numbers.</summary>
    public static byte[] Write(GateResult gate)
    {
        var writer = CanonicalJsonWriter.Rent();
        try
        {
            SealedGateWriter.Write(writer, gate);
            return writer.Written.ToArray();
        }
        finally
        {
            CanonicalJsonWriter.Return(writer);
        }
    }

    public static GateResult Read(ReadOnlySpan<byte> bytes) => Unpack(JsonSerializer.Deserialize(bytes, SealedGateJson.Default.GateDocument)!);

    private static GateResult Unpack(GateDocument g) => new(
        g.Verdict, g.Risk, g.Kind, g.Queue, g.Approvals, g.HoldSeconds, g.Reasons ?? [], [.. (g.ConsoleChecks ?? []).Select(Complete)],
        [.. g.Trace.Select(SealedTrace.Read)], g.Policy, g.DueMinutes, g.ExpiresAt,
        g.ExpiryOutcome, g.ClaimMinutes, g.ValidMinutes, g.AuditSample, g.RequiredEvidence ?? [], g.Amount,
        new Facts(g.Facts.Now, g.Facts.SampleDraw, g.Facts.LineStopped, g.Facts.ReviewedBefore)
        {
            CommitFirstDraw = g.Facts.CommitFirstDraw,
            TwoPerson = g.Facts.TwoPerson,
            EverythingToReview = g.Facts.EverythingToReview,
            Unshowable = (g.Facts.Unshowable ?? []).ToFrozenSet(StringComparer.Ordinal),
            Demoted = (g.Facts.Demoted ?? []).ToFrozenSet(StringComparer.Ordinal),
            Calibrated = g.Facts.Calibrated ?? CalibratedFact.None,
            Changed = g.Facts.Changed?.ToFrozenSet(StringComparer.Ordinal),
            Windows = (g.Facts.Windows ?? new Dictionary<string, WindowDocument>()).ToFrozenDictionary(
                static window => window.Key,
                static window => new WindowFact(window.Value.Count, window.Value.Amount is { } amount ? decimal.Parse(amount, NumberStyles.Number, CultureInfo.InvariantCulture) : null),
                StringComparer.Ordinal),
        })
    {
        CommitFirst = g.CommitFirst,
        SelfReported = g.SelfReported ?? [],
        RationaleMinimum = g.RationaleMinimum,
        Message = g.Message,
        RuleCount = g.RuleCount > 0 ? g.RuleCount : g.Trace.Count,
        DemandedEvidence = g.DemandedEvidence ?? [],
        NotBy = g.NotBy,
        Skills = g.Skills,
        ReasonCodes = g.ReasonCodes ?? FrozenDictionary<string, IReadOnlyList<string>>.Empty,
        Recipient = g.Recipient,
        Subject = g.Subject,
        Automated = g.Automated ?? [],
    };

    private static Check Complete(Check check) => check.Evidence is null ? check with { Evidence = [] } : check;
}

internal sealed record GateDocument(
    Verdict Verdict, Risk Risk, string Kind, string Queue, int Approvals, int HoldSeconds, IReadOnlyList<string>? Reasons, IReadOnlyList<Check>? ConsoleChecks,
    IReadOnlyList<JsonElement> Trace, PolicyIdentity Policy, int DueMinutes, long ExpiresAt, ExpiryOutcome ExpiryOutcome, int ClaimMinutes, int ValidMinutes,
    bool AuditSample, IReadOnlyList<string>? RequiredEvidence, Amount? Amount, FactsDocument Facts, bool CommitFirst, IReadOnlyList<string>? SelfReported,
    string? Recipient, string? Subject, int RationaleMinimum, string? Message, IReadOnlyList<string>? Automated,
    int RuleCount, IReadOnlyList<string>? DemandedEvidence, NotBy NotBy, IReadOnlyDictionary<string, IReadOnlyList<string>>? ReasonCodes,
    IReadOnlyList<string>? Skills);

internal sealed record FactsDocument(long Now, double SampleDraw, bool LineStopped, bool ReviewedBefore, IReadOnlyList<string>? Unshowable, double CommitFirstDraw, IReadOnlyList<string>? Changed,
    IReadOnlyDictionary<string, WindowDocument>? Windows, IReadOnlyList<string>? Demoted, LineFact? TwoPerson, LineFact? EverythingToReview,
    IReadOnlyDictionary<string, CalibratedFact>? Calibrated);

internal sealed record WindowDocument(int? Count, string? Amount);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(GateDocument))]
internal sealed partial class SealedGateJson : JsonSerializerContext;
