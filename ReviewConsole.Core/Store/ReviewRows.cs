using System.Text.Json;
using Microsoft.Data.Sqlite;
using ReviewConsole.Core.Ledger;
using ReviewConsole.Core.Reviews;

namespace ReviewConsole.Core.Store;

/// <summary>The rows of the table <c>review</c>, written only here.</summary>
internal static class ReviewRows
{
    private static readonly string[] s_live =
    [
        "revision", "status", "open", "approvals", "risk", "queue", "due_at", "expires_at", "claim_by", "claim_until", "assigned_to", "releases_at", "escalated_at",
        "decision", "decided_at", "execution", "judged", "skills", "changed_seq", "state",
    ];

    private static readonly string[] s_face =
    [
        "system", "version", "external_id", "case_id", "kind", "action", "headline", "title", "subject", "amount", "currency", "confidence", "checks", "endpoint", "subject_id",
        "recipient",
    ];

    private static readonly string s_insert = Insert(["id", "owner", "submitted_at", .. s_live, .. s_face, "body_hash"]);
    private static readonly string s_saveLive = Update(s_live);
    private static readonly string s_saveFace = Update([.. s_live, .. s_face]);
    private static readonly string s_save = Update([.. s_live, .. s_face, "body_hash"]);

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

    public static void Add(WriteScope scope, ReviewState state, ReviewFace face, byte[] bodyHash, long changedSeq) =>
        AddFace(AddLive(scope.Statement(s_insert).Add(state.Id).Add(state.Owner).Add(state.SubmittedAt), state, changedSeq), face).Add(bodyHash).Run();

    public static void Save(WriteScope scope, ReviewState state, long changedSeq) =>
        AddLive(scope.Statement(s_saveLive), state, changedSeq).Add(state.Id).Run();

    /// <summary>Another action would run now, of the same submission.</summary>
    public static void Save(WriteScope scope, ReviewState state, ReviewFace face, long changedSeq) =>
        AddFace(AddLive(scope.Statement(s_saveFace), state, changedSeq), face).Add(state.Id).Run();

    public static void Save(WriteScope scope, ReviewState state, ReviewFace face, byte[] bodyHash, long changedSeq) =>
        AddFace(AddLive(scope.Statement(s_save), state, changedSeq), face).Add(bodyHash).Add(state.Id).Run();

    /// <summary>
    /// Gives every corrected review the face of what would run: programs before schema 010 left it that of the proposal. What is erased keeps what it has.
    /// </summary>
    public static void Renew(SqliteConnection connection)
    {
        var ids = new List<Guid>();
        using (var corrected = connection.CreateCommand())
        {
            corrected.CommandText = "SELECT id FROM review WHERE json_extract(state, '$.correctionSeq') IS NOT NULL";
            using var rows = corrected.ExecuteReader();
            while (rows.Read())
            {
                ids.Add(rows.GetGuid(0));
            }
        }

        using var save = connection.CreateCommand();
        save.CommandText = $"UPDATE review SET {string.Join(", ", s_face.Select(static column => $"{column} = ${column}"))} WHERE id = $id";
        foreach (var id in ids)
        {
            if (ContentReader.Read(connection, Load(connection, id)!.State) is { } content)
            {
                save.Parameters.Clear();
                foreach (var (column, value) in s_face.Zip(Values(ReviewFace.Of(content))))
                {
                    save.With("$" + column, value);
                }

                save.With("$id", id.ToString()).ExecuteNonQuery();
            }
        }
    }

    /// <summary>A face as its columns have it.</summary>
    public static object?[] Values(ReviewFace face) =>
    [
        face.System, face.Version, face.ExternalId, face.CaseId, face.Kind, face.Action, face.Headline, face.Title, face.Subject, face.Amount, face.Currency,
        face.Confidence, face.Checks, face.Endpoint, face.SubjectId, face.Recipient,
    ];

    /// <summary>The state as the column holds it; <c>ledger rebuild --check</c> compares this text.</summary>
    public static string Text(ReviewState state) => JsonSerializer.Serialize(state, ReviewEventJson.Default.ReviewState);

    /// <summary>Who has said what they think, as lists ask for it; null where nobody is asked.</summary>
    public static string? Judged(ReviewState state) => !state.Gate.CommitFirst
        ? null
        : $"[{string.Join(",", (state.Judgements ?? []).Select(static judgement => Judge(judgement.By)))}]";

    /// <summary>A person as <see cref="Judged"/> has them.</summary>
    public static string Judge(string? person) => $"\"{person}\"";

    /// <summary>What the review asks of whoever works on it, as lists read it; null for nothing.</summary>
    public static string? Skills(ReviewState state) => state.Gate.Skills is { } skills ? JsonSerializer.Serialize(skills) : null;

    private const string SelectById = "SELECT state, claim_until, releases_at, system, kind, external_id, endpoint, changed_seq FROM review WHERE id = $id";

    private static StoredReview Read(SqliteDataReader reader)
    {
        var state = JsonSerializer.Deserialize(reader.GetString(0), ReviewEventJson.Default.ReviewState)!;
        return new StoredReview(
            state with { ClaimUntil = reader.GetInt64(1), ReleasesAt = reader.GetInt64(2) },
            reader.GetString(3),
            reader.GetString(4),
            reader.IsDBNull(5) ? null : reader.GetString(5),
            reader.IsDBNull(6) ? null : reader.GetString(6),
            reader.GetInt64(7));
    }

    // In the order of s_live.
    private static Statement AddLive(Statement statement, ReviewState state, long changedSeq)
    {
        var last = state.Outcomes.Count == 0 ? null : state.Outcomes[^1];
        return statement.Add(state.Revision).Add(state.Status.Word()).Add(state.IsOpen ? 1 : 0).Add(state.Approvals.Count).Add((long)state.Gate.Risk).Add(state.Queue)
            .Add(state.DueAt).Add(state.ExpiresAt).Add(state.Claim?.By).Add(state.ClaimUntil).Add(state.AssignedTo).Add(state.ReleasesAt).Add(state.Escalation?.At)
            .Add(last?.Decision.Word() ?? state.Held?.Decision.Word()).Add(last?.At ?? state.Held?.At).Add(state.Execution?.Status.Word())
            .Add(Judged(state)).Add(Skills(state)).Add(changedSeq)
            .AddText(JsonSerializer.SerializeToUtf8Bytes(state, ReviewEventJson.Default.ReviewState));
    }

    // In the order of s_face.
    private static Statement AddFace(Statement statement, ReviewFace face) =>
        statement.Add(face.System).Add(face.Version).Add(face.ExternalId).Add(face.CaseId).Add(face.Kind).Add(face.Action).Add(face.Headline)
            .Add(face.Title).Add(face.Subject).Add(face.Amount).Add(face.Currency).Add(face.Confidence).Add(face.Checks).Add(face.Endpoint)
            .Add(face.SubjectId).Add(face.Recipient);

    private static string Insert(string[] columns) =>
        $"INSERT INTO review ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select(static _ => "?"))})";

    private static string Update(string[] columns) => $"UPDATE review SET {string.Join(", ", columns.Select(static column => column + " = ?"))} WHERE id = ?";
}

/// <summary>A review's state with the few facts beside it that commands need.</summary>
/// <param name="ChangedSeq">The last entry that the state adds up.</param>
internal sealed record StoredReview(ReviewState State, string System, string Kind, string? ExternalId, string? Endpoint, long ChangedSeq);
