using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Reviews;

namespace ReviewConsole.Core.Store;

/// <summary>What somebody has typed and not yet decided.</summary>
/// <param name="Content">The screen's own text (JSON); nobody else reads it.</param>
internal sealed record SavedDraft(int Revision, string Content, long At);

/// <summary>Drafts: working rows that cost no ledger entry, kept through restarts, gone when the outcome leaves.</summary>
internal sealed class DraftDesk(Writer writer, ReadDatabase database)
{
    /// <summary>Answers when it was kept. A review that is no longer open keeps no draft, nor does a session that has ended.</summary>
    public Task<Result<long>> SaveAsync(PersonActor person, Guid review, int revision, string content, CancellationToken cancellation) => writer.RunAsync<Result<long>>(
        scope =>
        {
            if (PeopleStore.Current(scope, person) is null)
            {
                return ReviewerDesk.Ended;
            }

            if (ReviewRows.Load(scope, review) is not { } stored)
            {
                return new Refusal.UnknownReview();
            }

            if (!stored.State.IsOpen && States.NotPending(stored.State) is { } closed)
            {
                return closed;
            }

            scope.Prepare("""
                INSERT INTO draft (review, person, revision, content, at) VALUES ($review, $person, $revision, $content, $at)
                ON CONFLICT (review, person) DO UPDATE SET revision = $revision, content = $content, at = $at
                """)
                .With("$review", review.ToString()).With("$person", person.Id).With("$revision", revision).With("$content", content).With("$at", scope.Now)
                .ExecuteNonQuery();
            return scope.Now;
        },
        cancellation);

    public Task<int> ForgetAsync(PersonActor person, Guid review, CancellationToken cancellation) => writer.RunAsync(
        scope => scope.Prepare("DELETE FROM draft WHERE review = $review AND person = $person")
            .With("$review", review.ToString()).With("$person", person.Id).ExecuteNonQuery(),
        cancellation);

    public SavedDraft? Find(PersonActor person, Guid review)
    {
        using var connection = database.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT revision, content, at FROM draft WHERE review = $review AND person = $person";
        using var reader = command.With("$review", review.ToString()).With("$person", person.Id).ExecuteReader();
        return reader.Read() ? new SavedDraft(reader.GetInt32(0), reader.GetString(1), reader.GetInt64(2)) : null;
    }
}
