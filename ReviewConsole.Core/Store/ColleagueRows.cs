using ReviewConsole.Core.Reviews;

namespace ReviewConsole.Core.Store;

/// <summary>What an open review means to single people: who is spoken to, who has passed it on. Working rows, gone when it closes.</summary>
internal static class ColleagueRows
{
    /// <summary>Somebody is spoken to. Who was asked stays asked when a later note only names them.</summary>
    public static void Mention(WriteScope scope, Guid review, string person, bool asks) =>
        scope.Prepare("""
            INSERT INTO mention (person, review, asks) VALUES ($person, $review, $asks)
            ON CONFLICT (person, review) DO UPDATE SET asks = max(asks, $asks)
            """)
            .With("$person", person).With("$review", review.ToString()).With("$asks", asks ? 1 : 0).ExecuteNonQuery();

    /// <summary>They have looked: who was only named has heard. True when that changed something.</summary>
    public static bool Looked(WriteScope scope, Guid review, string person) =>
        scope.Prepare("DELETE FROM mention WHERE person = $person AND review = $review AND asks = 0")
            .With("$person", person).With("$review", review.ToString()).ExecuteNonQuery() > 0;

    /// <summary>They have written: who was asked has answered.</summary>
    public static void Answered(WriteScope scope, Guid review, string person) =>
        scope.Prepare("DELETE FROM mention WHERE person = $person AND review = $review").With("$person", person).With("$review", review.ToString()).ExecuteNonQuery();

    public static void Skip(WriteScope scope, ReviewState state, string person) =>
        scope.Prepare("""
            INSERT INTO skipped (person, review, revision) VALUES ($person, $review, $revision)
            ON CONFLICT (person, review) DO UPDATE SET revision = $revision
            """)
            .With("$person", person).With("$review", state.Id.ToString()).With("$revision", state.Revision).ExecuteNonQuery();

    public static void Forget(WriteScope scope, Guid review)
    {
        scope.Prepare("DELETE FROM mention WHERE review = $review").With("$review", review.ToString()).ExecuteNonQuery();
        scope.Prepare("DELETE FROM skipped WHERE review = $review").With("$review", review.ToString()).ExecuteNonQuery();
    }
}
