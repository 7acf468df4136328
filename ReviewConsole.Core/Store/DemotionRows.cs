using Microsoft.Data.Sqlite;
using ReviewConsole.Core.Reviews;

namespace ReviewConsole.Core.Store;

/// <summary>An automation rule that was demoted, by the decision on which review.</summary>
/// <param name="Seq">Its ledger entry.</param>
/// <param name="Digest">Of the policy that judged the review.</param>
/// <param name="Open">Others may still have to judge the review: they are not told what somebody made of it.</param>
internal sealed record Demotion(long Seq, string Rule, string Digest, Guid Review, DemotionCause Cause, long At, bool Open);

/// <summary>The rows of the table <c>demotion</c>, written only here.</summary>
internal static class DemotionRows
{
    public static IReadOnlyList<Demotion> All(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT seq, rule, digest, review, cause, at, coalesce((SELECT open FROM review WHERE id = demotion.review), 0) FROM demotion ORDER BY seq";
        using var rows = command.ExecuteReader();
        var demotions = new List<Demotion>();
        while (rows.Read())
        {
            demotions.Add(new Demotion(
                rows.GetInt64(0), rows.GetString(1), rows.GetString(2), Guid.Parse(rows.GetString(3)), Enum.Parse<DemotionCause>(rows.GetString(4), ignoreCase: true), rows.GetInt64(5),
                rows.GetInt64(6) == 1));
        }

        return demotions;
    }

    public static void Add(WriteScope scope, Recorded recorded, RuleDemoted e) =>
        scope.Prepare("INSERT INTO demotion (seq, rule, digest, review, cause, at) VALUES ($seq, $rule, $digest, $review, $cause, $at)")
            .With("$seq", recorded.Seq).With("$rule", e.Rule).With("$digest", e.Policy.Digest).With("$review", recorded.Review.ToString()).With("$cause", e.Cause.Word())
            .With("$at", recorded.At).ExecuteNonQuery();
}
