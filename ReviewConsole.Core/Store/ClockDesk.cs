using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Reviews;

namespace ReviewConsole.Core.Store;

/// <summary>What time does: holds that are over leave, reviews that nobody decided expire, old answers are forgotten.</summary>
internal sealed class ClockDesk(Writer writer, ReadDatabase database, ReviewRunner runner, Gatekeeper gate, ContentReader contents, TimeProvider time)
{
    private const int AtOnce = 200;

    // What a stopped line freezes must not fill the page in front of what may leave.
    private const string Frozen =
        "EXISTS (SELECT 1 FROM stopped_line AS line WHERE (line.system = '' OR line.system = review.system) AND (line.kind = '' OR line.kind = review.kind))";

    /// <summary>
    /// After a start an overdue hold begins afresh, so that nobody finds a decision gone that they could still have taken back while we were away (DESIGN.md §3).
    /// </summary>
    public Task<int> RestartHoldsAsync(CancellationToken cancellation) => writer.RunAsync(
        static scope => scope.Prepare("""
            UPDATE review SET releases_at = $now + 1000 * CAST(json_extract(state, '$.gate.holdSeconds') AS INTEGER) WHERE status = 'held' AND releases_at < $now
            """).With("$now", scope.Now).ExecuteNonQuery(),
        cancellation);

    /// <summary>Lets everything go whose hold is over, and expires what is due; answers how many changed.</summary>
    public async Task<int> TickAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var changed = 0;
        foreach (var stored in Due($"status = 'held' AND releases_at <= $now AND NOT {Frozen}", "releases_at", now))
        {
            changed += await ReleaseAsync(stored, cancellation).ConfigureAwait(false);
        }

        foreach (var stored in Due("status IN ('pending', 'waitingOnSource') AND expires_at <= $now", "expires_at", now))
        {
            changed += await ExpireAsync(stored, cancellation).ConfigureAwait(false);
        }

        return changed;
    }

    public Task<int> ForgetAsync(CancellationToken cancellation) => writer.RunAsync(Idempotency.Forget, cancellation);

    private async Task<int> ReleaseAsync(StoredReview due, CancellationToken cancellation)
    {
        if (gate.Stopped(due.System, due.Kind) is not null || contents.Read(due.State) is not { } content)
        {
            return 0;
        }

        var opening = contents.ReadHeld(due.State);
        return await ChangeAsync(
            due,
            (scope, stored) => stored.State.Held?.Seq == due.State.Held!.Seq
                ? HoldDecider.Release(stored.State, content, opening, runner.Moment(scope, stored))
                : Decision.Nothing,
            cancellation).ConfigureAwait(false);
    }

    private async Task<int> ExpireAsync(StoredReview due, CancellationToken cancellation) => contents.Read(due.State) is not { } content
        ? 0
        : await ChangeAsync(
            due,
            (scope, stored) => content.Matches(stored.State)
                ? HoldDecider.Expire(stored.State, content, gate.Rules, runner.Moment(scope, stored))
                : Decision.Nothing,
            cancellation).ConfigureAwait(false);

    private Task<int> ChangeAsync(StoredReview due, Func<WriteScope, StoredReview, Decision> decide, CancellationToken cancellation) => writer.RunAsync(
        scope =>
        {
            if (ReviewRows.Load(scope, due.State.Id) is not { } stored)
            {
                return 0;
            }

            var decision = decide(scope, stored);
            return decision.Refusal is not null ? 0 : runner.Save(scope, stored, Actor.System.Id, null, null, decision).Entries.Count;
        },
        cancellation);

    private List<StoredReview> Due(string where, string order, long now)
    {
        using var connection = database.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT id FROM review WHERE {where} ORDER BY {order} LIMIT {AtOnce}";
        command.Parameters.AddWithValue("$now", now);
        var ids = new List<Guid>();
        using (var reader = command.ExecuteReader())
        {
            while (reader.Read())
            {
                ids.Add(Guid.Parse(reader.GetString(0)));
            }
        }

        return [.. ids.Select(id => ReviewRows.Load(connection, id)!)];
    }
}
