using System.Text;
using System.Text.Json;
using ReviewConsole.Core.Ledger;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Queue;
using ReviewConsole.Core.Reviews;

namespace ReviewConsole.Components.History;

/// <summary>One person's decision as it stands in the log.</summary>
/// <param name="Policy">Digest of the version that asked for the decision.</param>
/// <param name="TakenBack">It was recalled before it left.</param>
internal sealed record Decider(long Seq, long At, string By, string Role, DecisionKind Decision, string? Reason, string? Rationale, string Policy, bool TakenBack);

/// <summary>What a source got: one released outcome, its own words to the source, and its receipt.</summary>
/// <param name="Changes">What a correction changed, as the source reads it.</param>
/// <param name="Receipt">The text; it stays when the outcome is erased.</param>
internal sealed record Told(ReleasedOutcome Outcome, string? Message, IReadOnlyList<ActionChange> Changes, bool Erased, string? Receipt, ReceiptVerdict? Verdict);

/// <summary>A review as history tells it: its entries, who decided what, the three digests, what the source got. Made from the log alone.</summary>
internal sealed class HistoryRecord
{
    private HistoryRecord(ReviewDetail detail, IReadOnlyList<Decider> deciders, IReadOnlyList<Told> told, ExecutionReported? executed) =>
        (Detail, Deciders, Told, Executed) = (detail, deciders, told, executed);

    public ReviewDetail Detail { get; }

    public ReviewState State => Detail.State;

    public IReadOnlyList<Decider> Deciders { get; }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<Told> Told { get; }

    /// <summary>The last thing that the source reported of its execution, a wrong digest included.</summary>
    public ExecutionReported? Executed { get; }

    /// <summary>Digest of what was allowed to run; null when nothing was.</summary>
    public string? Allowed => State.Outcomes.LastOrDefault(static outcome => outcome.ActionDigest is not null)?.ActionDigest;

    /// <summary>True where what was allowed to run is not what the source proposed.</summary>
    public bool IsCorrected => Told.Any(static told => told.Changes.Count > 0);

    /// <summary>Null for a review that is not there.</summary>
    public static HistoryRecord? Read(ReviewReader reader, Guid id, string? me, VerifierKey key, IReadOnlyList<Checkpoint> heads)
    {
        if (reader.Read(id, me) is not { } detail)
        {
            return null;
        }

        var recalled = detail.Timeline.Select(static entry => entry.Event).OfType<Recalled>().Select(static e => e.Decision).ToHashSet();
        var deciders = detail.Timeline.Where(static entry => entry.Event is Decided { Decision: not null }).Select(entry =>
        {
            var decided = (Decided)entry.Event;
            return new Decider(
                entry.Seq, entry.At, entry.By, decided.Role, decided.Decision!.Value, decided.ReasonCode, entry.Texts.GetValueOrDefault(SealedNames.Rationale),
                decided.Policy.Digest, recalled.Contains(entry.Seq));
        }).ToArray();
        var told = detail.State.Outcomes.Select(outcome => Tell(reader, detail.State, outcome, key, heads)).ToArray();
        return new HistoryRecord(detail, deciders, told, detail.Timeline.Select(static entry => entry.Event).OfType<ExecutionReported>().LastOrDefault());
    }

    private static Told Tell(ReviewReader reader, ReviewState state, ReleasedOutcome outcome, VerifierKey key, IReadOnlyList<Checkpoint> heads)
    {
        var receipt = reader.Receipt(state, outcome.Sequence);
        var verdict = receipt is null ? null : ReceiptVerifier.Verify(Encoding.UTF8.GetBytes(receipt), key, heads);
        if (reader.Outcome(state, outcome.Sequence) is not { Length: > 0 } bytes)
        {
            return new Told(outcome, null, [], Erased: true, receipt, verdict);
        }

        using var document = JsonDocument.Parse(bytes);
        var root = document.RootElement;
        return new Told(
            outcome,
            root.TryGetProperty("message", out var message) && message.ValueKind == JsonValueKind.String ? message.GetString() : null,
            root.TryGetProperty("changes", out var changes) && changes.ValueKind == JsonValueKind.Array ? [.. changes.EnumerateArray().Select(Change)] : [],
            Erased: false,
            receipt,
            verdict);
    }

    private static ActionChange Change(JsonElement change) => new(
        change.GetProperty("path").GetString()!,
        change.TryGetProperty("was", out var was) ? was.Clone() : null,
        change.TryGetProperty("value", out var value) ? value.Clone() : null);
}
