using Microsoft.EntityFrameworkCore;
using ReviewConsole.Core.Queue;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Core.Queue;

/// <summary>Pages, counts and arrivals of open reviews on a real file.</summary>
public sealed class QueueReaderTests : IAsyncDisposable
{
    private readonly TestDesk _desk = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task A_views_count_is_the_length_of_its_table()
    {
        var person = await _desk.PersonAsync("jonas");
        for (var i = 0; i < 12; i++)
        {
            var low = i % 3 == 0;
            await _desk.SubmitAsync(body => body["signals"] = low ? new System.Text.Json.Nodes.JsonArray(new System.Text.Json.Nodes.JsonObject { ["name"] = "m", ["value"] = 0.2 }) : []);
        }

        var all = (await _desk.Queue.ReadAsync(QueueFilter.Everything, person.Id, null, 50, Cancellation)).Items;
        await _desk.Reviewers.ClaimAsync(person, all[0].Id, Via.Screen, Cancellation);
        await _desk.DecideAsync(person, all[1].Id, DecisionKind.Return);
        await _desk.ReleaseAsync();
        await _desk.DecideAsync(person, all[2].Id, DecisionKind.Reject);
        foreach (var filter in new[] { QueueFilter.Everything, QueueFilter.Everything with { Risks = ["high"] }, QueueFilter.Everything with { Kinds = ["nothing"] } })
        {
            var counts = await _desk.Queue.CountViewsAsync(filter, person.Id, Cancellation);
            foreach (var view in Enum.GetValues<QueueView>())
            {
                var table = await _desk.Queue.ReadAsync(filter with { View = view }, person.Id, null, 200, Cancellation);
                Assert.True(table.Items.Count == counts.Of(view), $"{view}: {table.Items.Count} rows, {counts.Of(view)} counted");
            }
        }

        Assert.Equal(1, (await _desk.Queue.CountViewsAsync(QueueFilter.Everything, person.Id, Cancellation)).Returned);
    }

    [Fact]
    public async Task Arrivals_are_those_that_came_after_the_list_and_fit_it()
    {
        await _desk.SubmitAsync();
        _desk.Time.Advance(TimeSpan.FromSeconds(2));
        var (size, since) = (await _desk.Queue.LedgerSizeAsync(Cancellation), _desk.Time.GetUtcNow().ToUnixTimeMilliseconds());
        _desk.Time.Advance(TimeSpan.FromSeconds(2));
        var late = await _desk.SubmitAsync();
        var person = await _desk.PersonAsync("jonas");
        var first = (await _desk.Queue.ReadAsync(QueueFilter.Everything, null, null, 1, Cancellation)).Items[0];
        await _desk.Reviewers.ClaimAsync(person, first.Id, Via.Screen, Cancellation);
        Assert.Equal([late.Id], await _desk.Queue.ArrivedAsync(QueueFilter.Everything, null, size, since, since, Cancellation));
        Assert.Empty(await _desk.Queue.ArrivedAsync(QueueFilter.Everything with { Kinds = ["email"] }, null, size, since, since, Cancellation));
        Assert.Empty(await _desk.Queue.ArrivedAsync(QueueFilter.Everything, null, await _desk.Queue.LedgerSizeAsync(Cancellation), since, since, Cancellation));
    }

    [Fact]
    public async Task Rows_are_found_again_as_they_are_now_or_not_at_all()
    {
        var (one, two) = (await _desk.SubmitAsync(), await _desk.SubmitAsync());
        var person = await _desk.PersonAsync("jonas");
        await _desk.Reviewers.ClaimAsync(person, one.Id, Via.Screen, Cancellation);
        await _desk.Sources.CancelAsync(_desk.Source, two.Id, null, Cancellation);
        var found = await _desk.Queue.FindAsync(QueueFilter.Everything, null, [one.Id, two.Id], Cancellation);
        Assert.Equal(person.Id, Assert.Single(found).ClaimBy);
    }

    [Fact]
    public async Task An_open_review_has_its_place_by_due_time_and_neighbours_in_a_ring()
    {
        var ids = new List<Guid>();
        for (var i = 0; i < 3; i++)
        {
            ids.Add((await _desk.SubmitAsync()).Id);
            _desk.Time.Advance(TimeSpan.FromSeconds(1));
        }

        for (var i = 0; i < ids.Count; i++)
        {
            var due = _desk.Reviews.Find(ids[i])!.State.DueAt;
            Assert.Equal((i + 1, 3), await _desk.Queue.PlaceAsync(due, ids[i], Cancellation));
            Assert.Equal(ids[(i + 1) % 3], await _desk.Queue.BesideAsync(due, ids[i], after: true, Cancellation));
            Assert.Equal(ids[(i + 2) % 3], await _desk.Queue.BesideAsync(due, ids[i], after: false, Cancellation));
        }

        foreach (var id in ids.Take(2))
        {
            await _desk.Sources.CancelAsync(_desk.Source, id, null, Cancellation);
        }

        Assert.Null(await _desk.Queue.BesideAsync(_desk.Reviews.Find(ids[2])!.State.DueAt, ids[2], after: true, Cancellation));
    }

    [Fact]
    public async Task The_shell_counts_and_names_the_holds()
    {
        var person = await _desk.PersonAsync("jonas");
        var (one, two, _) = (await _desk.SubmitAsync(), await _desk.SubmitAsync(), await _desk.SubmitAsync());
        Assert.Null((await _desk.DecideAsync(person, one.Id, DecisionKind.Reject)).Refusal);
        Assert.Null((await _desk.DecideAsync(person, two.Id, DecisionKind.Escalate)).Refusal);
        await _desk.ReleaseAsync();
        var three = await _desk.SubmitAsync();
        Assert.Null((await _desk.DecideAsync(person, three.Id, DecisionKind.Reject)).Refusal);
        var facts = new ShellReader(_desk.Store.Database).Read();
        Assert.Equal((3, 1), (facts.Open, facts.Escalated));
        var hold = Assert.Single(facts.Holds);
        Assert.Equal((three.Id, person.Id, "reject"), (hold.Review, hold.By, hold.Decision));
    }

    /// <summary>Ten thousand open reviews, twenty times as many decided: no list may walk the table.</summary>
    [Fact]
    public async Task Lists_run_on_their_indexes()
    {
        var options = new DbContextOptionsBuilder<ReadContext>().UseSqlite(_desk.Store.Database.ConnectionString).Options;
        await using var db = new ReadContext(options);
        Assert.Contains("review_due", Plan(db, db.Reviews.Where(static row => row.Open == 1).OrderBy(static row => row.DueAt).ThenBy(static row => row.Id).Take(51)), StringComparison.Ordinal);
        Assert.Contains("review_escalated", Plan(db, db.Reviews.Where(static row => row.EscalatedAt != null && row.Open == 1 && row.Status == "pending")), StringComparison.Ordinal);
        Assert.Contains("review_release", Plan(db, db.Reviews.Where(static row => row.Status == "held").OrderBy(static row => row.ReleasesAt)), StringComparison.Ordinal);
        Assert.Contains("review_unfinished", Plan(db, db.Reviews.Where(static row => new[] { "failed", "unknown" }.Contains(row.Execution) && row.Status == "released").OrderBy(static row => row.DecidedAt)), StringComparison.Ordinal);
        Assert.Contains("review_decided", Plan(db, db.Reviews.Where(static row => row.DecidedAt != null && row.Open == 0).OrderByDescending(static row => row.DecidedAt).ThenBy(static row => row.Id).Take(51)), StringComparison.Ordinal);
    }

    private static string Plan(ReadContext db, IQueryable<ReviewRow> rows)
    {
        using var query = rows.AsNoTracking().CreateDbCommand();
        query.CommandText = "EXPLAIN QUERY PLAN " + query.CommandText;
        db.Database.OpenConnection();
        using var reader = query.ExecuteReader();
        var plan = new System.Text.StringBuilder();
        while (reader.Read())
        {
            plan.AppendLine(reader.GetString(3));
        }

        return plan.ToString();
    }
}
