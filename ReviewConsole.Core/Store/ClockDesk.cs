using System.Runtime.ExceptionServices;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Reviews;

namespace ReviewConsole.Core.Store;

/// <summary>What time does: holds that are over leave, reviews that nobody decided expire, old answers are forgotten.</summary>
internal sealed class ClockDesk(Writer writer, ReadDatabase database, ReviewRunner runner, Gatekeeper gate, ContentReader contents, LineBoard lines, TimeProvider time)
{
    private const int AtOnce = 200;

    // What a stopped line freezes must not fill the page in front of what may leave.
    private const string Frozen = """
        EXISTS (SELECT 1 FROM line_mode AS line
          WHERE line.mode = 'stopped' AND coalesce(line.until, $now + 1) > $now AND line.system IN ('', review.system) AND line.kind IN ('', review.kind))
        """;

    /// <summary>
    /// After a start an overdue hold begins afresh, so that nobody finds a decision gone that they could still have taken back while we were away (DESIGN.md §3).
    /// </summary>
    public Task<int> RestartHoldsAsync(CancellationToken cancellation) => writer.RunAsync(
        static scope => scope.Prepare("""
            UPDATE review SET releases_at = $now + 1000 * CAST(json_extract(state, '$.gate.holdSeconds') AS INTEGER) WHERE status = 'held' AND releases_at < $now
            """).With("$now", scope.Now).ExecuteNonQuery(),
        cancellation);

    /// <summary>Lets everything go whose hold is over, expires what is due, and tells of the modes of lines that are over; answers how many changed.</summary>
    public async Task<int> TickAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var changed = await EachAsync($"status = 'held' AND NOT {Frozen}", "releases_at", now, ReleaseAsync, cancellation).ConfigureAwait(false)
            + await EachAsync("status IN ('pending', 'waitingOnSource')", "expires_at", now, ExpireAsync, cancellation).ConfigureAwait(false);
        return lines.HasEnded ? changed + await writer.RunAsync(lines.TellEnded, cancellation).ConfigureAwait(false) : changed;
    }

    /// <summary>Deletes what is kept for a while only; what windows have counted in steps, so that nobody waits long for the Writer.</summary>
    public async Task<int> ForgetAsync(CancellationToken cancellation)
    {
        var forgotten = await writer.RunAsync(Idempotency.Forget, cancellation).ConfigureAwait(false);
        int step;
        do
        {
            step = await writer.RunAsync(WindowBook.Forget, cancellation).ConfigureAwait(false);
            forgotten += step;
        }
        while (step == WindowBook.AtOnce);

        return forgotten;
    }

    private async Task<int> ReleaseAsync(StoredReview due, CancellationToken cancellation)
    {
        if (gate.Line(due.System, due.Kind).Stopped is not null || contents.Read(due.State) is not { } content)
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
                ? HoldDecider.Expire(stored.State, content, gate.RulesOf(stored.State), runner.Moment(scope, stored))
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

    /// <summary>Works through all that is due. One that fails is told of at the end, so that it never keeps those behind it.</summary>
    private async Task<int> EachAsync(
        string where, string order, long now, Func<StoredReview, CancellationToken, Task<int>> change, CancellationToken cancellation)
    {
        var changed = 0;
        ExceptionDispatchInfo? fault = null;
        for ((long At, string Id)? after = (long.MinValue, ""); after is not null;)
        {
            (var due, after) = Due(where, order, now, after.Value);
            foreach (var id in due)
            {
                try
                {
                    changed += await change(Find(id), cancellation).ConfigureAwait(false);
                }
                catch (Exception e) when (e is not (OperationCanceledException or StorageException or WriterBusyException or LedgerMismatchException))
                {
                    fault ??= ExceptionDispatchInfo.Capture(e);
                }
            }
        }

        fault?.Throw();
        return changed;
    }

    /// <summary>A page of what is due, and where the next begins.</summary>
    private (List<Guid> Due, (long At, string Id)? Next) Due(string where, string order, long now, (long At, string Id) after)
    {
        using var connection = database.Open();
        using var command = connection.CreateCommand();
        command.CommandText =
            $"SELECT id, {order} FROM review WHERE {where} AND {order} <= $now AND ({order}, id) > ($at, $id) ORDER BY {order}, id LIMIT {AtOnce}";
        command.With("$now", now).With("$at", after.At).With("$id", after.Id);
        var ids = new List<Guid>();
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            after = (reader.GetInt64(1), reader.GetString(0));
            ids.Add(reader.GetGuid(0));
        }

        return (ids, ids.Count < AtOnce ? null : after);
    }

    private StoredReview Find(Guid id)
    {
        using var connection = database.Open();
        return ReviewRows.Load(connection, id)!;
    }
}
