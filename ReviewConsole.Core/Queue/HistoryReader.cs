using Microsoft.EntityFrameworkCore;
using ReviewConsole.Core.Store;

namespace ReviewConsole.Core.Queue;

/// <summary>What history is asked for. Nulls do not restrict.</summary>
internal sealed record HistoryFilter(string? Decision, string? Kind, string? Source, string? Text)
{
    public static readonly HistoryFilter Everything = new(null, null, null, null);
}

/// <summary>Lists of decided reviews, newest first; of the board; and of one source's own reviews.</summary>
internal sealed class HistoryReader(IDbContextFactory<ReadContext> contexts, TimeProvider time)
{
    public async Task<Page<QueueItem>> ReadAsync(HistoryFilter filter, Cursor? after, int limit, CancellationToken cancellation)
    {
        var db = await contexts.CreateDbContextAsync(cancellation).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        var rows = db.Reviews.AsNoTracking().Where(static row => row.DecidedAt != null && row.Open == 0);
        if (filter.Decision is { } decision)
        {
            rows = rows.Where(row => row.Decision == decision);
        }

        if (filter.Kind is { } kind)
        {
            rows = rows.Where(row => row.Kind == kind);
        }

        if (filter.Source is { } source)
        {
            rows = rows.Where(row => row.System == source);
        }

        if (!string.IsNullOrWhiteSpace(filter.Text))
        {
            var text = filter.Text.Trim();
            rows = rows.Where(row => row.Headline.Contains(text) || row.Title!.Contains(text) || row.Subject!.Contains(text) || row.ExternalId == text || row.Id == text);
        }

        if (after is { } cursor)
        {
            rows = rows.Where(row => row.DecidedAt < cursor.At || (row.DecidedAt == cursor.At && string.Compare(row.Id, cursor.Id) > 0));
        }

        return await PageAsync(rows.OrderByDescending(static row => row.DecidedAt).ThenBy(static row => row.Id), limit, static item => item.DecidedAt!.Value, cancellation)
            .ConfigureAwait(false);
    }

    /// <summary>Kinds and systems of the newest decided reviews: what the filters offer.</summary>
    public async Task<(IReadOnlyList<string> Kinds, IReadOnlyList<string> Sources)> FacetsAsync(CancellationToken cancellation)
    {
        const int Newest = 2_000;
        var db = await contexts.CreateDbContextAsync(cancellation).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        var groups = await db.Reviews.AsNoTracking().Where(static row => row.DecidedAt != null && row.Open == 0).OrderByDescending(static row => row.DecidedAt)
            .Take(Newest).Select(static row => new { row.Kind, row.System }).Distinct().ToListAsync(cancellation).ConfigureAwait(false);
        return ([.. groups.Select(static g => g.Kind).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            [.. groups.Select(static g => g.System).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);
    }

    /// <summary>A source's own reviews, oldest first.</summary>
    public async Task<Page<QueueItem>> OfOwnerAsync(
        string owner, IReadOnlyCollection<string> systems, string? status, string? kind, string? source, string? externalId, Cursor? after, int limit,
        CancellationToken cancellation)
    {
        var db = await contexts.CreateDbContextAsync(cancellation).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        var rows = db.Reviews.AsNoTracking().Where(row => row.Owner == owner && systems.Contains(row.System));
        if (status is not null)
        {
            rows = rows.Where(row => row.Status == status);
        }

        if (kind is not null)
        {
            rows = rows.Where(row => row.Kind == kind);
        }

        if (source is not null)
        {
            rows = rows.Where(row => row.System == source);
        }

        if (externalId is not null)
        {
            rows = rows.Where(row => row.ExternalId == externalId);
        }

        if (after is { } cursor)
        {
            rows = rows.Where(row => string.Compare(row.Id, cursor.Id) > 0);
        }

        return await PageAsync(rows.OrderBy(static row => row.Id), limit, static item => item.SubmittedAt, cancellation).ConfigureAwait(false);
    }

    /// <summary>The supervisor's lanes: escalated, waiting on a source, held, failed or unknown executions.</summary>
    public async Task<Board> BoardAsync(int limit, string? person, CancellationToken cancellation)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var db = await contexts.CreateDbContextAsync(cancellation).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        var all = db.Reviews.AsNoTracking();
        var escalated = await Lane(all.Where(static row => row.EscalatedAt != null && row.Open == 1 && row.Status == "pending").OrderBy(static row => row.DueAt)).ConfigureAwait(false);
        var waiting = await Lane(all.Where(static row => row.Status == "waitingOnSource").OrderBy(static row => row.DueAt)).ConfigureAwait(false);
        var held = await Lane(all.Where(static row => row.Status == "held").OrderBy(static row => row.ReleasesAt)).ConfigureAwait(false);
        var failed = await Lane(all.Where(static row => new[] { "failed", "unknown" }.Contains(row.Execution) && row.Status == "released")
            .OrderBy(static row => row.DecidedAt)).ConfigureAwait(false);
        return new Board(escalated, waiting, held, failed);

        async Task<IReadOnlyList<QueueItem>> Lane(IQueryable<ReviewRow> rows) =>
            [.. (await rows.Take(limit).ToListAsync(cancellation).ConfigureAwait(false)).Select(row => QueueItem.Of(row, now, person))];
    }

    private async Task<Page<QueueItem>> PageAsync(IQueryable<ReviewRow> rows, int limit, Func<QueueItem, long> key, CancellationToken cancellation)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var page = await rows.Take(limit + 1).ToListAsync(cancellation).ConfigureAwait(false);
        var items = page.Take(limit).Select(row => QueueItem.Of(row, now, person: null)).ToArray();
        return new Page<QueueItem>(items, page.Count > limit ? new Cursor(key(items[^1]), items[^1].Id.ToString()).ToString() : null);
    }
}

internal sealed record Board(
    IReadOnlyList<QueueItem> Escalated, IReadOnlyList<QueueItem> Waiting, IReadOnlyList<QueueItem> Held, IReadOnlyList<QueueItem> Failed);
