using System.Text.Json;
using Microsoft.Data.Sqlite;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;

namespace ReviewConsole.Core.Queue;

/// <summary>
/// What people decided before of the same kind and action: the likest of the newest, the newer first where two are as like. Erased ones have no opening and are left
/// out, and so is what is too long to compare; what is too long itself has none.
/// </summary>
internal sealed class PrecedentReader(ReadDatabase database)
{
    /// <summary>How many of the newest decided ones are compared, and how many of them are shown.</summary>
    public const int Candidates = 200, Shown = 5;

    /// <summary>How many differences of arguments, and how many of checks, are kept of each; the rest is a number.</summary>
    public const int Differences = 8;

    /// <summary>A proposal of more bytes than this is not compared.</summary>
    public const int Longest = 128 * 1024;

    internal const string NewestOfAction = """
        SELECT id, decision, decided_at, checks, json_extract(state, '$.contentSeq') AS content FROM review
        WHERE kind = $kind AND action = $action AND open = 0 AND decision IN ('approved', 'corrected', 'rejected') AND id <> $id
        ORDER BY decided_at DESC, id LIMIT $most
        """;

    private const string Select = $"""
        SELECT newest.id, newest.decision, newest.decided_at, newest.checks, sealed.bytes FROM ({NewestOfAction}) AS newest
        JOIN sealed ON sealed.seq = newest.content AND sealed.name = '{SealedNames.Proposal}' AND length(sealed.bytes) <= $longest
        """;

    /// <summary>Nothing for somebody who may not read reviews.</summary>
    public IReadOnlyList<Precedent> Read(PersonActor person, string kind, ReviewContent content, CancellationToken cancellation)
    {
        if (!person.May(Permission.ReviewsRead) || content.Effective.Canonical().Length > Longest)
        {
            return [];
        }

        using var connection = database.Open();
        var candidates = Newest(connection, kind, content, cancellation);
        var ours = new Likeness(content.Effective.Arguments, content.Checks.Select(static check => (check.Id, check.Name, check.Result)));
        return
        [
            .. candidates.OrderByDescending(Alike).ThenByDescending(static candidate => candidate.At).Take(Shown)
                .Select(candidate => Of(candidate, Deciding(connection, candidate.Id), ours)),
        ];

        double Alike(Candidate candidate)
        {
            cancellation.ThrowIfCancellationRequested();
            return ours.To(candidate.Theirs);
        }
    }

    private static Precedent Of(Candidate candidate, Decided? decided, Likeness ours)
    {
        var (arguments, checks) = (ours.Arguments(candidate.Theirs), ours.Checks(candidate.Theirs));
        return new Precedent(
            candidate.Id, candidate.Headline, candidate.Decision, decided?.ReasonCode, candidate.At, [.. arguments.Take(Differences)], [.. checks.Take(Differences)],
            Math.Max(0, arguments.Count - Differences) + Math.Max(0, checks.Count - Differences))
        {
            Policy = decided?.Policy.Digest,
        };
    }

    private static List<Candidate> Newest(SqliteConnection connection, string kind, ReviewContent content, CancellationToken cancellation)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Select;
        using var rows = command.With("$kind", kind).With("$action", content.Proposal.Action.Name).With("$id", content.Review.ToString()).With("$most", Candidates)
            .With("$longest", Longest).ExecuteReader();
        var candidates = new List<Candidate>();
        while (rows.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            using var body = JsonDocument.Parse(rows.GetFieldValue<byte[]>(4), s_deep);
            var arguments = body.RootElement.GetProperty("action").GetProperty("arguments").Clone();
            candidates.Add(new Candidate(
                Guid.Parse(rows.GetString(0)), Headline.Of(content.Proposal.Action with { Arguments = arguments }),
                Enum.Parse<OutcomeDecision>(rows.GetString(1), ignoreCase: true), rows.GetInt64(2), Theirs(body.RootElement, arguments, rows.GetString(3))));
        }

        return candidates;
    }

    // The source's checks are in what was sealed, those made here only in the face of the review.
    private static Likeness Theirs(JsonElement proposal, JsonElement arguments, string face)
    {
        using var open = JsonDocument.Parse(face);
        var checks = proposal.TryGetProperty("checks", out var reported) && reported.ValueKind == JsonValueKind.Array ? reported.EnumerateArray() : default;
        return new Likeness(
            arguments,
            checks.Select(static check => (Text(check, "id"), Text(check, "name"), Result(check)))
                .Concat(open.RootElement.EnumerateArray().Where(static check => Check.IsReserved(Text(check, "id")))
                    .Select(static check => (Text(check, "id"), Text(check, "id"), Result(check))))
                .ToList());
    }

    private static readonly JsonDocumentOptions s_deep = new() { MaxDepth = 1000 };

    private static string Text(JsonElement check, string name) => check.GetProperty(name).GetString()!;

    private static CheckResult Result(JsonElement check) => WireNames.CheckResults[Text(check, "result")];

    private static Decided? Deciding(SqliteConnection connection, Guid id)
    {
        var timeline = ReviewReader.Timeline(connection, id);
        var deciding = timeline.Select(static entry => entry.Event).OfType<OutcomeReleased>().First().Decisions;
        return timeline.Where(entry => deciding.Contains(entry.Seq)).Select(static entry => entry.Event).OfType<Decided>().LastOrDefault();
    }

    private sealed record Candidate(Guid Id, string Headline, OutcomeDecision Decision, long At, Likeness Theirs);
}
