namespace ReviewConsole.Core.Store;

/// <summary>First answers, kept for seven days (WIRE.md §1); and the answers to people's operations, kept as long as the review.</summary>
internal static class Idempotency
{
    public static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    public static (byte[] BodyHash, Guid Review, byte[] Answer)? Find(WriteScope scope, string owner, string key)
    {
        using var reader = scope.Prepare("SELECT body_hash, review, answer FROM idempotency WHERE owner = $owner AND key = $key AND at > $since")
            .With("$owner", owner).With("$key", key).With("$since", scope.Now - (long)Kept.TotalMilliseconds).ExecuteReader();
        return reader.Read() ? (reader.GetFieldValue<byte[]>(0), Guid.Parse(reader.GetString(1)), reader.GetFieldValue<byte[]>(2)) : null;
    }

    public static void Add(WriteScope scope, string owner, string key, byte[] bodyHash, Guid review, byte[] answer) =>
        scope.Prepare("INSERT OR REPLACE INTO idempotency (owner, key, body_hash, review, answer, at) VALUES ($owner, $key, $hash, $review, $answer, $at)")
            .With("$owner", owner).With("$key", key).With("$hash", bodyHash).With("$review", review.ToString()).With("$answer", answer)
            .With("$at", scope.Now).ExecuteNonQuery();

    public static int Forget(WriteScope scope) =>
        scope.Prepare("DELETE FROM idempotency WHERE at <= $before").With("$before", scope.Now - (long)Kept.TotalMilliseconds).ExecuteNonQuery();

    public static (byte[] BodyHash, byte[] Answer)? FindOperation(WriteScope scope, string person, string operationId)
    {
        using var reader = scope.Prepare("SELECT body_hash, answer FROM operation WHERE person = $person AND operation_id = $id")
            .With("$person", person).With("$id", operationId).ExecuteReader();
        return reader.Read() ? (reader.GetFieldValue<byte[]>(0), reader.GetFieldValue<byte[]>(1)) : null;
    }

    public static void AddOperation(WriteScope scope, string person, string operationId, byte[] bodyHash, byte[] answer) =>
        scope.Prepare("INSERT INTO operation (person, operation_id, body_hash, answer, at) VALUES ($person, $id, $hash, $answer, $at)")
            .With("$person", person).With("$id", operationId).With("$hash", bodyHash).With("$answer", answer).With("$at", scope.Now).ExecuteNonQuery();
}
