using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Core.Reviews;

public sealed class RebuildTests
{
    [Theory]
    [InlineData("owner = 'other'")]
    [InlineData("submitted_at = submitted_at - 1")]
    [InlineData("decision = 'approved'")]
    [InlineData("skills = '[]'")]
    [InlineData("decided_at = decided_at + 1")]
    [InlineData("execution = 'succeeded'")]
    [InlineData("escalated_at = 1")]
    [InlineData("changed_seq = 4711, status = 'pending'")]
    public async Task A_row_that_was_edited_by_hand_is_named(string edit)
    {
        await using var desk = new TestDesk { Spoiled = true };
        var review = await desk.SubmitAsync();
        await desk.DecideAsync(await desk.PersonAsync("jonas"), review.Id, DecisionKind.Reject);
        await desk.ReleaseAsync();
        Assert.Empty(desk.Rebuild.Check(null, TestDesk.Cancellation).Faults);

        await desk.Store.Writer.RunAsync(scope => scope.Prepare($"UPDATE review SET {edit}").ExecuteNonQuery(), TestDesk.Cancellation);

        Assert.Contains(review.Id.ToString(), Assert.Single(desk.Rebuild.Check(null, TestDesk.Cancellation).Faults), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_that_was_corrected_before_lists_named_what_would_run_is_mended_at_the_next_start()
    {
        await using var desk = new TestDesk { Spoiled = true };
        var (review, other) = (await desk.SubmitAsync(), await desk.SubmitAsync());
        Assert.Null((await desk.DecideAsync(await desk.PersonAsync("jonas"), review.Id, DecisionKind.Correct)).Refusal);
        var face = Face(desk, review.Id);
        Assert.Contains("900.00", face, StringComparison.Ordinal);
        await desk.Store.Writer.RunAsync(
            scope => scope.Prepare("UPDATE review SET (headline, amount, checks) = (SELECT headline, amount, checks FROM review WHERE id = $other) WHERE id = $id")
                .With("$other", other.Id.ToString()).With("$id", review.Id.ToString()).ExecuteNonQuery(),
            TestDesk.Cancellation);
        Assert.Contains("what lists show", Assert.Single(desk.Rebuild.Check(null, TestDesk.Cancellation).Faults), StringComparison.Ordinal);

        using (var connection = new SqliteConnection($"Data Source={desk.Store.DatabasePath};Pooling=False"))
        {
            connection.Open();
            using var older = connection.CreateCommand();
            // Later steps meet the tables that were there before them.
            older.CommandText = $"DROP TABLE demotion; DROP TABLE line_mode; ALTER TABLE person DROP COLUMN skills; ALTER TABLE review DROP COLUMN skills; CREATE TABLE stopped_line (system, kind, reason, by, since); PRAGMA user_version = {Schema.Faces - 1}";
            older.ExecuteNonQuery();
            Schema.Migrate(connection);
        }

        Assert.Empty(desk.Rebuild.Check(null, TestDesk.Cancellation).Faults);
        Assert.Equal(face, Face(desk, review.Id));
    }

    [Fact]
    public async Task A_number_that_is_written_otherwise_than_it_is_sealed_is_no_fault()
    {
        await using var desk = new TestDesk();
        await desk.SubmitAsync(static body => body["action"]!["arguments"]!["count"] = JsonNode.Parse("1.50e1"));

        Assert.Empty(desk.Rebuild.Check(null, TestDesk.Cancellation).Faults);
    }

    private static string Face(TestDesk desk, Guid id)
    {
        using var connection = desk.Store.Database.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT headline || ' ' || amount || ' ' || checks FROM review WHERE id = $id";
        return (string)command.With("$id", id.ToString()).ExecuteScalar()!;
    }
}
