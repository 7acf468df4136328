using System.Text.Json;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Store;

namespace ReviewConsole.Core.Queue;

/// <summary>A check that did not pass: <c>fail</c>, <c>warn</c> or <c>notRun</c>.</summary>
public sealed record OpenCheck(string Id, string Result);

/// <summary>A note speaks to a person: it names them, or asks what they think.</summary>
public enum Mention
{
    Named,
    Asked,
}

/// <summary>A review as lists show it. Times are Unix ms.</summary>
/// <param name="Headline">The exact action in one line.</param>
/// <param name="Title">What the agent says; null where it said nothing.</param>
/// <param name="ClaimBy">Who holds it now; null when nobody does.</param>
/// <param name="Withheld">What the AI says of itself is not there: this person has not yet said what they think.</param>
/// <param name="Approvals">How many approvals it already has.</param>
public sealed record QueueItem(
    Guid Id, int Revision, string Status, string Kind, Risk Risk, string Action, string Headline, string? Title, string? Subject, string? Amount,
    string? Currency, IReadOnlyList<OpenCheck> Checks, double? Confidence, string System, string? Version, string? ExternalId, string Queue, long SubmittedAt,
    long DueAt, string? ClaimBy, long ClaimUntil, string? AssignedTo, long ReleasesAt, int Approvals, long? EscalatedAt, string? Decision, long? DecidedAt,
    string? Execution, long ChangedSeq, bool Withheld = false)
{
    /// <summary>How a note speaks to whoever reads this list; null when none does.</summary>
    public Mention? Mention { get; init; }

    /// <summary>Skills that it asks for and whoever reads this list lacks: they cannot work on it.</summary>
    public IReadOnlyList<string> Lacks { get; init; } = [];

    /// <summary>What it asks of whoever works on it, in order.</summary>
    internal IReadOnlyList<string> Skills { get; init; } = [];

    /// <param name="person">Who looks: a review under commit-first hides from them what it hides in the workspace.</param>
    internal static QueueItem Of(ReviewRow row, long now, string? person)
    {
        var withheld = row is { Open: 1, Judged: { } judged } && !judged.Contains(ReviewRows.Judge(person), StringComparison.Ordinal);
        return new QueueItem(
            Guid.Parse(row.Id), row.Revision, row.Status, row.Kind, (Risk)row.Risk, row.Action, row.Headline, withheld ? null : row.Title, row.Subject, row.Amount, row.Currency,
            ReadChecks(row.Checks), withheld ? null : row.Confidence, row.System, row.Version, row.ExternalId, row.Queue, row.SubmittedAt, row.DueAt,
            row.ClaimUntil > now ? row.ClaimBy : null, row.ClaimUntil, row.AssignedTo, row.ReleasesAt, row.Approvals, row.EscalatedAt, row.Decision, row.DecidedAt,
            row.Execution, row.ChangedSeq, withheld) { Skills = ReadSkills(row.Skills) };
    }

    internal static string[] ReadSkills(string? json) => json is null ? [] : JsonSerializer.Deserialize<string[]>(json)!;

    private static OpenCheck[] ReadChecks(string json)
    {
        if (json == "[]")
        {
            return [];
        }

        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateArray().Select(static check =>
            new OpenCheck(check.GetProperty("id").GetString()!, check.GetProperty("result").GetString()!))];
    }
}
