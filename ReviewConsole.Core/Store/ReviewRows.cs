using System.Text.Json;
using Microsoft.Data.Sqlite;
using ReviewConsole.Core.Reviews;

namespace ReviewConsole.Core.Store;

/// <summary>The rows of the table <c>review</c>, written only here.</summary>
internal static class ReviewRows
{
    private const string Live = """
        revision = $revision, status = $status, open = $open, approvals = $approvals, risk = $risk, queue = $queue, due_at = $due, expires_at = $expires, claim_by = $claim_by, claim_until = $claim_until,
        assigned_to = $assigned, releases_at = $releases, escalated_at = $escalated, decision = $decision, decided_at = $decided, execution = $execution,
        changed_seq = $changed, state = $state
        """;

    private const string Face = """
        body_hash = $body, system = $system, version = $version, external_id = $external, case_id = $case, kind = $kind, action = $action, headline = $headline,
        title = $title, subject = $subject, amount = $amount, currency = $currency, confidence = $confidence, checks = $checks, endpoint = $endpoint
        """;

    private const string Insert = """
        INSERT INTO review (id, owner, body_hash, revision, status, open, approvals, risk, queue, submitted_at, due_at, expires_at, claim_by, claim_until, assigned_to, releases_at,
          escalated_at, decision, decided_at, execution, changed_seq, system, version, external_id, case_id, kind, action, headline, title, subject, amount, currency,
          confidence, checks, endpoint, state)
        VALUES ($id, $owner, $body, $revision, $status, $open, $approvals, $risk, $queue, $submitted, $due, $expires, $claim_by, $claim_until, $assigned, $releases,
          $escalated, $decision, $decided, $execution, $changed, $system, $version, $external, $case, $kind, $action, $headline, $title, $subject, $amount, $currency,
          $confidence, $checks, $endpoint, $state)
        """;

    public static StoredReview? Load(WriteScope scope, Guid id)
    {
        using var reader = scope.Prepare(SelectById).With("$id", id.ToString()).ExecuteReader();
        return reader.Read() ? Read(reader) : null;
    }

    public static StoredReview? Load(SqliteConnection connection, Guid id)
    {
        using var command = connection.CreateCommand();
        command.CommandText = SelectById;
        command.Parameters.AddWithValue("$id", id.ToString());
        using var reader = command.ExecuteReader();
        return reader.Read() ? Read(reader) : null;
    }

    /// <summary>The review of this owner and system with this external id, and the hash of the body it came with.</summary>
    public static (Guid Id, byte[] BodyHash)? FindExternal(WriteScope scope, string owner, string system, string externalId)
    {
        using var reader = scope.Prepare("SELECT id, body_hash FROM review WHERE owner = $owner AND system = $system AND external_id = $external")
            .With("$owner", owner).With("$system", system).With("$external", externalId).ExecuteReader();
        return reader.Read() ? (Guid.Parse(reader.GetString(0)), reader.GetFieldValue<byte[]>(1)) : null;
    }

    public static void Add(WriteScope scope, ReviewState state, ReviewFace face, byte[] bodyHash, long changedSeq)
    {
        var command = scope.Prepare(Insert).With("$id", state.Id.ToString()).With("$owner", state.Owner).With("$submitted", state.SubmittedAt);
        WithLive(command, state, changedSeq);
        WithFace(command, face, bodyHash);
        command.ExecuteNonQuery();
    }

    public static void Save(WriteScope scope, ReviewState state, long changedSeq) =>
        WithLive(scope.Prepare($"UPDATE review SET {Live} WHERE id = $id").With("$id", state.Id.ToString()), state, changedSeq).ExecuteNonQuery();

    public static void Save(WriteScope scope, ReviewState state, ReviewFace face, byte[] bodyHash, long changedSeq)
    {
        var command = scope.Prepare($"UPDATE review SET {Live}, {Face} WHERE id = $id").With("$id", state.Id.ToString());
        WithLive(command, state, changedSeq);
        WithFace(command, face, bodyHash);
        command.ExecuteNonQuery();
    }

    /// <summary>The state as the column holds it; <c>ledger rebuild --check</c> compares this text.</summary>
    public static string Text(ReviewState state) => JsonSerializer.Serialize(state, ReviewEventJson.Default.ReviewState);

    private const string SelectById = "SELECT state, claim_until, releases_at, system, kind, external_id, endpoint FROM review WHERE id = $id";

    private static StoredReview Read(SqliteDataReader reader)
    {
        var state = JsonSerializer.Deserialize(reader.GetString(0), ReviewEventJson.Default.ReviewState)!;
        return new StoredReview(
            state with { ClaimUntil = reader.GetInt64(1), ReleasesAt = reader.GetInt64(2) },
            reader.GetString(3),
            reader.GetString(4),
            reader.IsDBNull(5) ? null : reader.GetString(5),
            reader.IsDBNull(6) ? null : reader.GetString(6));
    }

    private static SqliteCommand WithLive(SqliteCommand command, ReviewState state, long changedSeq)
    {
        var last = state.Outcomes.Count == 0 ? null : state.Outcomes[^1];
        return command.With("$revision", state.Revision).With("$status", state.Status.Word()).With("$open", state.IsOpen ? 1L : 0L)
            .With("$approvals", (long)state.Approvals.Count).With("$risk", (long)state.Gate.Risk).With("$queue", state.Queue)
            .With("$due", state.DueAt).With("$expires", state.ExpiresAt).With("$claim_by", state.Claim?.By).With("$claim_until", state.ClaimUntil)
            .With("$assigned", state.AssignedTo).With("$releases", state.ReleasesAt).With("$escalated", state.Escalation?.At)
            .With("$decision", last?.Decision.Word() ?? state.Held?.Decision.Word()).With("$decided", last?.At ?? state.Held?.At)
            .With("$execution", state.Execution?.Status.Word()).With("$changed", changedSeq).With("$state", Text(state));
    }

    private static void WithFace(SqliteCommand command, ReviewFace face, byte[] bodyHash) =>
        command.With("$body", bodyHash).With("$system", face.System).With("$version", face.Version).With("$external", face.ExternalId).With("$case", face.CaseId)
            .With("$kind", face.Kind).With("$action", face.Action).With("$headline", face.Headline).With("$title", face.Title).With("$subject", face.Subject)
            .With("$amount", face.Amount).With("$currency", face.Currency).With("$confidence", face.Confidence).With("$checks", face.Checks)
            .With("$endpoint", face.Endpoint);
}

/// <summary>A review's state with the few facts beside it that commands need.</summary>
internal sealed record StoredReview(ReviewState State, string System, string Kind, string? ExternalId, string? Endpoint);
