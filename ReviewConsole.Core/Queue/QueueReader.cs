using Microsoft.EntityFrameworkCore;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Store;

namespace ReviewConsole.Core.Queue;

/// <summary>Pages and counts of open reviews, by due time, then id: stable while others come in.</summary>
internal sealed class QueueReader(IDbContextFactory<ReadContext> contexts, TimeProvider time)
{
    public const int DefaultLimit = 50, MaxLimit = 200;

    public async Task<Page<QueueItem>> ReadAsync(QueueFilter filter, string? person, Cursor? after, int limit, CancellationToken cancellation)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var db = await contexts.CreateDbContextAsync(cancellation).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        var rows = Apply(db.Reviews, filter, person, now);
        if (after is { } cursor)
        {
            rows = rows.Where(row => row.DueAt > cursor.At || (row.DueAt == cursor.At && string.Compare(row.Id, cursor.Id) > 0));
        }

        var page = await rows.OrderBy(static row => row.DueAt).ThenBy(static row => row.Id).Take(limit + 1).ToListAsync(cancellation).ConfigureAwait(false);
        var items = page.Take(limit).Select(row => QueueItem.Of(row, now)).ToArray();
        return new Page<QueueItem>(items, page.Count > limit ? new Cursor(items[^1].DueAt, items[^1].Id.ToString()).ToString() : null);
    }

    public async Task<int> CountAsync(QueueFilter filter, string? person, CancellationToken cancellation)
    {
        var db = await contexts.CreateDbContextAsync(cancellation).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        return await Apply(db.Reviews, filter, person, time.GetUtcNow().ToUnixTimeMilliseconds()).CountAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>What came in or changed since the ledger had <paramref name="since"/> entries: the live bar's two numbers.</summary>
    public async Task<(int New, int Changed)> CountSinceAsync(QueueFilter filter, string? person, long since, long sinceTime, CancellationToken cancellation)
    {
        var db = await contexts.CreateDbContextAsync(cancellation).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        var moved = Apply(db.Reviews, filter, person, time.GetUtcNow().ToUnixTimeMilliseconds()).Where(row => row.ChangedSeq >= since);
        var fresh = await moved.CountAsync(row => row.SubmittedAt > sinceTime, cancellation).ConfigureAwait(false);
        var all = await moved.CountAsync(cancellation).ConfigureAwait(false);
        return (fresh, all - fresh);
    }

    /// <summary>The systems, kinds and queues that open reviews have: what the filters offer.</summary>
    public async Task<(IReadOnlyList<string> Sources, IReadOnlyList<string> Kinds, IReadOnlyList<string> Queues)> FacetsAsync(CancellationToken cancellation)
    {
        var db = await contexts.CreateDbContextAsync(cancellation).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        var open = db.Reviews.AsNoTracking().Where(static row => row.Open);
        var groups = await open.Select(static row => new { row.System, row.Kind, row.Queue }).Distinct().ToListAsync(cancellation).ConfigureAwait(false);
        return (Values(groups.Select(static g => g.System)), Values(groups.Select(static g => g.Kind)), Values(groups.Select(static g => g.Queue)));
    }

    /// <summary>The next review to claim: the riskiest, of those the one due first; null when nothing waits.</summary>
    public async Task<Guid?> NextAsync(QueueFilter filter, string person, Guid? not, CancellationToken cancellation)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var skip = not?.ToString();
        var db = await contexts.CreateDbContextAsync(cancellation).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        var id = await Apply(db.Reviews, filter with { View = QueueView.All }, person, now)
            .Where(row => row.Status == "pending" && (row.ClaimBy == null || row.ClaimUntil <= now || row.ClaimBy == person) && row.Id != skip)
            .OrderByDescending(static row => row.Risk).ThenBy(static row => row.DueAt).ThenBy(static row => row.Id)
            .Select(static row => row.Id).FirstOrDefaultAsync(cancellation).ConfigureAwait(false);
        return id is null ? null : Guid.Parse(id);
    }

    private static IQueryable<ReviewRow> Apply(IQueryable<ReviewRow> rows, QueueFilter filter, string? person, long now)
    {
        rows = rows.AsNoTracking().Where(static row => row.Open);
        rows = filter.View switch
        {
            QueueView.Mine => rows.Where(row => (row.ClaimBy == person && row.ClaimUntil > now) || row.AssignedTo == person),
            QueueView.Unclaimed => rows.Where(row => row.Status == "pending" && (row.ClaimBy == null || row.ClaimUntil <= now)),
            QueueView.Breach => rows.Where(row => row.Status == "pending" && row.DueAt <= now + (long)QueueFilter.BreachWindow.TotalMilliseconds),
            QueueView.LowConfidence => rows.Where(row => row.Status == "pending" && row.Confidence < QueueFilter.LowConfidence),
            QueueView.Returned => rows.Where(static row => row.Status == "waitingOnSource"),
            QueueView.SecondRead => rows.Where(static row => row.Status == "pending" && row.Approvals > 0),
            _ => rows,
        };
        if (filter.Kinds.Count > 0)
        {
            rows = rows.Where(row => filter.Kinds.Contains(row.Kind));
        }

        if (filter.Risks.Count > 0)
        {
            var risks = filter.Risks.Select(static word => (int)Enum.Parse<Risk>(word, ignoreCase: true)).ToArray();
            rows = rows.Where(row => risks.Contains(row.Risk));
        }

        if (filter.Sources.Count > 0)
        {
            rows = rows.Where(row => filter.Sources.Contains(row.System));
        }

        if (filter.Queues.Count > 0)
        {
            rows = rows.Where(row => filter.Queues.Contains(row.Queue));
        }

        if (filter.Check is { } check)
        {
            rows = rows.Where(row => row.Checks.Contains("\"" + check + "\""));
        }

        if (filter.Assignee is { } assignee)
        {
            rows = rows.Where(row => (row.ClaimBy == assignee && row.ClaimUntil > now) || row.AssignedTo == assignee);
        }

        if (!string.IsNullOrWhiteSpace(filter.Text))
        {
            var like = "%" + filter.Text.Trim().Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal)
                .Replace("_", "\\_", StringComparison.Ordinal) + "%";
            rows = rows.Where(row => EF.Functions.Like(row.Headline, like, "\\") || EF.Functions.Like(row.Title!, like, "\\")
                || EF.Functions.Like(row.Subject!, like, "\\") || EF.Functions.Like(row.ExternalId!, like, "\\"));
        }

        return rows;
    }

    private static string[] Values(IEnumerable<string> values) => [.. values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
