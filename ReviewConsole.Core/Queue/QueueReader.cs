using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Store;

namespace ReviewConsole.Core.Queue;

/// <summary>Pages and counts of open reviews, by due time, then id: stable while others come in.</summary>
internal sealed class QueueReader(IDbContextFactory<ReadContext> contexts, PeopleDirectory people, TimeProvider time)
{
    public const int DefaultLimit = 50, MaxLimit = 200;

    // Between making an id and committing its review lies at most a full write queue.
    private const long CommitLag = 10_000;

    public async Task<Page<QueueItem>> ReadAsync(QueueFilter filter, string? person, Cursor? after, int limit, CancellationToken cancellation)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var db = await contexts.CreateDbContextAsync(cancellation).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        var rows = Apply(db, filter, person, now);
        if (after is { } cursor)
        {
            rows = rows.Where(row => row.DueAt > cursor.At || (row.DueAt == cursor.At && string.Compare(row.Id, cursor.Id) > 0));
        }

        var page = await rows.OrderBy(static row => row.DueAt).ThenBy(static row => row.Id).Take(limit + 1).ToListAsync(cancellation).ConfigureAwait(false);
        var items = await MarkAsync(db, page.Take(limit).Select(row => QueueItem.Of(row, now, person)), person, cancellation).ConfigureAwait(false);
        return new Page<QueueItem>(items, page.Count > limit ? new Cursor(items[^1].DueAt, items[^1].Id.ToString()).ToString() : null);
    }

    public async Task<int> CountAsync(QueueFilter filter, string? person, CancellationToken cancellation)
    {
        var db = await contexts.CreateDbContextAsync(cancellation).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        return await Apply(db, filter, person, time.GetUtcNow().ToUnixTimeMilliseconds()).CountAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>How many reviews each view has under the same filter, in one pass.</summary>
    public async Task<QueueCounts> CountViewsAsync(QueueFilter filter, string? person, CancellationToken cancellation)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var soon = now + (long)QueueFilter.BreachWindow.TotalMilliseconds;
        var judge = ReviewRows.Judge(person);
        var db = await contexts.CreateDbContextAsync(cancellation).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        return await Apply(db, filter with { View = QueueView.All }, person, now).GroupBy(static row => 1).Select(all => new QueueCounts(
            all.Count(),
            all.Count(row => (row.ClaimBy == person && row.ClaimUntil > now) || row.AssignedTo == person
                || db.Mentions.Any(mention => mention.Person == person && mention.Review == row.Id)),
            all.Count(row => row.Status == "pending" && (row.ClaimBy == null || row.ClaimUntil <= now)),
            all.Count(row => row.Status == "pending" && row.DueAt <= soon),
            all.Count(row => row.Status == "pending" && row.Confidence < QueueFilter.LowConfidence && (row.Judged == null || row.Judged.Contains(judge))),
            all.Count(static row => row.Status == "waitingOnSource"),
            all.Count(static row => row.Status == "pending" && row.Approvals > 0))).SingleOrDefaultAsync(cancellation).ConfigureAwait(false) ?? QueueCounts.None;
    }

    /// <summary>The reviews that came in last, the newest first.</summary>
    /// <param name="closedToo">Also those that are decided, for who may read the history.</param>
    public async Task<IReadOnlyList<QueueItem>> RecentAsync(string? person, bool closedToo, int limit, CancellationToken cancellation)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var db = await contexts.CreateDbContextAsync(cancellation).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        var rows = db.Reviews.AsNoTracking();
        var page = await (closedToo ? rows : rows.Where(static row => row.Open == 1)).OrderByDescending(static row => row.Id).Take(limit).ToListAsync(cancellation).ConfigureAwait(false);
        return [.. page.Select(row => QueueItem.Of(row, now, person))];
    }

    /// <summary>How many entries the ledger has: what was read after this is at least as new.</summary>
    public async Task<long> LedgerSizeAsync(CancellationToken cancellation)
    {
        var db = await contexts.CreateDbContextAsync(cancellation).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        return await db.Database.SqlQueryRaw<long>("SELECT coalesce(max(seq) + 1, 0) AS Value FROM ledger_entry").SingleAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Reviews of the filter that came in after <paramref name="since"/> and were written after the ledger had <paramref name="size"/> entries.</summary>
    /// <param name="since">Unix ms: when the list was loaded.</param>
    /// <param name="looked">Unix ms: when this was asked last. Ids begin with their time, so that only the newest rows are looked at.</param>
    public async Task<IReadOnlyList<Guid>> ArrivedAsync(QueueFilter filter, string? person, long size, long since, long looked, CancellationToken cancellation)
    {
        var bound = Guid.CreateVersion7(DateTimeOffset.FromUnixTimeMilliseconds(Math.Max(0, looked - CommitLag))).ToString()[..13];
        var from = since - 1_000;
        var db = await contexts.CreateDbContextAsync(cancellation).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        var ids = await Apply(db, filter, person, time.GetUtcNow().ToUnixTimeMilliseconds())
            .Where(row => string.Compare(row.Id, bound) > 0 && row.ChangedSeq >= size && row.SubmittedAt >= from)
            .OrderBy(static row => row.Id).Select(static row => row.Id).ToListAsync(cancellation).ConfigureAwait(false);
        return [.. ids.Select(static id => Guid.Parse(id))];
    }

    /// <summary>How these reviews stand now; those that no longer fit the filter are absent.</summary>
    public async Task<IReadOnlyList<QueueItem>> FindAsync(QueueFilter filter, string? person, IReadOnlyCollection<Guid> ids, CancellationToken cancellation)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var texts = ids.Select(static id => id.ToString()).ToArray();
        var db = await contexts.CreateDbContextAsync(cancellation).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        var rows = await Apply(db, filter, person, now).Where(row => texts.Contains(row.Id)).ToListAsync(cancellation).ConfigureAwait(false);
        return await MarkAsync(db, rows.Select(row => QueueItem.Of(row, now, person)), person, cancellation).ConfigureAwait(false);
    }

    /// <summary>The systems, kinds and queues that open reviews have: what the filters offer.</summary>
    public async Task<(IReadOnlyList<string> Sources, IReadOnlyList<string> Kinds, IReadOnlyList<string> Queues)> FacetsAsync(CancellationToken cancellation)
    {
        var db = await contexts.CreateDbContextAsync(cancellation).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        var open = db.Reviews.AsNoTracking().Where(static row => row.Open == 1);
        var groups = await open.Select(static row => new { row.System, row.Kind, row.Queue }).Distinct().ToListAsync(cancellation).ConfigureAwait(false);
        return (Values(groups.Select(static g => g.System)), Values(groups.Select(static g => g.Kind)), Values(groups.Select(static g => g.Queue)));
    }

    /// <summary>The next review to claim: the riskiest, of those the one due first, and after all others what this person has passed on; null when nothing waits for which they have the skills.</summary>
    public async Task<Guid?> NextAsync(QueueFilter filter, string person, Guid? not, CancellationToken cancellation)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var skip = not?.ToString();
        var db = await contexts.CreateDbContextAsync(cancellation).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        var next = await Apply(db, filter with { View = QueueView.All }, person, now)
            .Where(row => row.Status == "pending" && (row.ClaimBy == null || row.ClaimUntil <= now || row.ClaimBy == person) && row.Id != skip)
            .Where(Within(people.Person(person)?.Skills ?? []))
            .OrderBy(row => db.Skipped.Any(skipped => skipped.Person == person && skipped.Review == row.Id && skipped.Revision == row.Revision))
            .ThenByDescending(static row => row.Risk).ThenBy(static row => row.DueAt).ThenBy(static row => row.Id)
            .Select(static row => row.Id).FirstOrDefaultAsync(cancellation).ConfigureAwait(false);
        return next is null ? null : Guid.Parse(next);
    }

    // The column is a JSON list of plain words: what is left of it without those that a person has is what they lack.
    private static Expression<Func<ReviewRow, bool>> Within(IEnumerable<string> skills)
    {
        var row = Expression.Parameter(typeof(ReviewRow));
        var asked = Expression.Property(row, nameof(ReviewRow.Skills));
        var left = skills.Aggregate((Expression)asked, static (text, skill) => Expression.Call(text, nameof(string.Replace), null, Expression.Constant($"\"{skill}\""), Expression.Constant("")));
        return Expression.Lambda<Func<ReviewRow, bool>>(
            Expression.OrElse(Expression.Equal(asked, Expression.Constant(null, typeof(string))), Expression.Not(Expression.Call(left, nameof(string.Contains), null, Expression.Constant("\"")))), row);
    }

    // Who is spoken to sees it on the row, and who lacks a skill.
    private async Task<QueueItem[]> MarkAsync(ReadContext db, IEnumerable<QueueItem> items, string? person, CancellationToken cancellation)
    {
        var mentions = await db.Mentions.AsNoTracking().Where(mention => mention.Person == person)
            .ToDictionaryAsync(static mention => Guid.Parse(mention.Review), static mention => mention.Asks == 1 ? Mention.Asked : Mention.Named, cancellation).ConfigureAwait(false);
        var skills = person is null ? null : people.Person(person)?.Skills;
        return
        [
            .. items.Select(item => mentions.TryGetValue(item.Id, out var mention) ? item with { Mention = mention } : item)
                .Select(item => item.Skills.Count == 0 ? item : item with { Lacks = Skill.Missing(item.Skills, skills) }),
        ];
    }

    /// <summary>Where an open review stands among all of them by due time, counted from 1, and how many there are.</summary>
    public async Task<(int Place, int Of)> PlaceAsync(long dueAt, Guid id, CancellationToken cancellation)
    {
        var own = id.ToString();
        var db = await contexts.CreateDbContextAsync(cancellation).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        var open = db.Reviews.AsNoTracking().Where(static row => row.Open == 1);
        var before = await open.CountAsync(row => row.DueAt < dueAt || (row.DueAt == dueAt && string.Compare(row.Id, own) < 0), cancellation).ConfigureAwait(false);
        return (before + 1, await open.CountAsync(cancellation).ConfigureAwait(false));
    }

    /// <summary>The open review after this one by due time, or before it; from the last one on to the first, and back.</summary>
    public async Task<Guid?> BesideAsync(long dueAt, Guid id, bool after, CancellationToken cancellation)
    {
        var own = id.ToString();
        var db = await contexts.CreateDbContextAsync(cancellation).ConfigureAwait(false);
        await using var _ = db.ConfigureAwait(false);
        var open = db.Reviews.AsNoTracking().Where(row => row.Open == 1 && row.Id != own);
        var ordered = after
            ? open.OrderBy(static row => row.DueAt).ThenBy(static row => row.Id)
            : open.OrderByDescending(static row => row.DueAt).ThenByDescending(static row => row.Id);
        var beyond = after
            ? ordered.Where(row => row.DueAt > dueAt || (row.DueAt == dueAt && string.Compare(row.Id, own) > 0))
            : ordered.Where(row => row.DueAt < dueAt || (row.DueAt == dueAt && string.Compare(row.Id, own) < 0));
        var found = await beyond.Select(static row => row.Id).FirstOrDefaultAsync(cancellation).ConfigureAwait(false)
            ?? await ordered.Select(static row => row.Id).FirstOrDefaultAsync(cancellation).ConfigureAwait(false);
        return found is null ? null : Guid.Parse(found);
    }

    private static IQueryable<ReviewRow> Apply(ReadContext db, QueueFilter filter, string? person, long now)
    {
        var rows = db.Reviews.AsNoTracking().Where(static row => row.Open == 1);
        // What a person may not read yet neither sorts a review into a view nor finds it.
        var judge = ReviewRows.Judge(person);
        rows = filter.View switch
        {
            QueueView.Mine => rows.Where(row => (row.ClaimBy == person && row.ClaimUntil > now) || row.AssignedTo == person
                || db.Mentions.Any(mention => mention.Person == person && mention.Review == row.Id)),
            QueueView.Unclaimed => rows.Where(row => row.Status == "pending" && (row.ClaimBy == null || row.ClaimUntil <= now)),
            QueueView.Breach => rows.Where(row => row.Status == "pending" && row.DueAt <= now + (long)QueueFilter.BreachWindow.TotalMilliseconds),
            QueueView.LowConfidence => rows.Where(row =>
                row.Status == "pending" && row.Confidence < QueueFilter.LowConfidence && (row.Judged == null || row.Judged.Contains(judge))),
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
            rows = rows.Where(row => EF.Functions.Like(row.Headline, like, "\\")
                || (EF.Functions.Like(row.Title!, like, "\\") && (row.Judged == null || row.Judged.Contains(judge)))
                || EF.Functions.Like(row.Subject!, like, "\\") || EF.Functions.Like(row.ExternalId!, like, "\\"));
        }

        return rows;
    }

    private static string[] Values(IEnumerable<string> values) => [.. values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}

/// <summary>How many open reviews each view has.</summary>
public sealed record QueueCounts(int All, int Mine, int Unclaimed, int Breach, int LowConfidence, int Returned, int SecondRead)
{
    public static readonly QueueCounts None = new(0, 0, 0, 0, 0, 0, 0);

    public int Of(QueueView view) => view switch
    {
        QueueView.Mine => Mine,
        QueueView.Unclaimed => Unclaimed,
        QueueView.Breach => Breach,
        QueueView.LowConfidence => LowConfidence,
        QueueView.Returned => Returned,
        QueueView.SecondRead => SecondRead,
        _ => All,
    };
}
