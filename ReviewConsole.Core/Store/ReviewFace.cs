using System.Text.Json;
using System.Text.Json.Nodes;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Reviews;

namespace ReviewConsole.Core.Store;

/// <summary>
/// What lists show of a review without opening it, and what they find it by: the action as it would run now, so that a list and the workspace name the same one. Made from what
/// is sealed, and erased with it.
/// </summary>
/// <param name="Headline">The exact action in one line; never the agent's title.</param>
/// <param name="Confidence">The lowest signal, 0 to 1.</param>
/// <param name="Checks">JSON <c>[{"id","result"}]</c> of the checks that did not pass, failed first.</param>
/// <param name="Endpoint">The registered webhook that gets the outcome.</param>
/// <param name="SubjectId">Whom or what it is about, as it is found by (<see cref="SameId"/>); <paramref name="Subject"/> is what people call it.</param>
/// <param name="Recipient">Who gets it, where the catalogue leads there, likewise.</param>
internal sealed record ReviewFace(
    string System, string? Version, string? ExternalId, string? CaseId, string Kind, string Action, string Headline, string? Title, string? Subject,
    string? Amount, string? Currency, double? Confidence, string Checks, string? Endpoint,
    string? SubjectId, string? Recipient)
{
    public static ReviewFace Of(ReviewContent content) => Of(content.Current, content.Judged);

    public static ReviewFace Of(Proposal proposal, GateResult gate)
    {
        var open = proposal.Checks.Concat(gate.ConsoleChecks).Where(static check => check.Result != CheckResult.Pass)
            .OrderBy(static check => check.Result switch { CheckResult.Fail => 0, CheckResult.Warn => 1, _ => 2 }).ToArray();
        return new ReviewFace(
            proposal.Source.System, proposal.Source.Version, proposal.ExternalId, proposal.CaseId, gate.Kind, proposal.Action.Name, proposal.Headline,
            proposal.Title, proposal.Subject?.Label ?? proposal.Subject?.Id, gate.Amount?.Value, gate.Amount?.Currency,
            proposal.Signals.Count == 0 ? null : (double)proposal.Signals.Min(static signal => signal.Value),
            open.Length == 0
                ? "[]"
                : new JsonArray([.. open.Select(static check => new JsonObject { ["id"] = check.Id, ["result"] = check.Result.Wire() })]).ToJsonString(),
            proposal.Deliver?.Webhook, SameId.Of(gate.Subject), SameId.Of(gate.Recipient));
    }
}
