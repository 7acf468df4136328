using System.Text.Json;
using System.Text.Json.Nodes;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Proposals;

namespace ReviewConsole.Core.Store;

/// <summary>What lists show of a proposal without opening it. Made from the sealed proposal and its gate result, and erased with them.</summary>
/// <param name="Headline">The exact action in one line; never the agent's title.</param>
/// <param name="Confidence">The lowest signal, 0 to 1.</param>
/// <param name="Checks">JSON <c>[{"id","result"}]</c> of the checks that did not pass, failed first.</param>
/// <param name="Endpoint">The registered webhook that gets the outcome.</param>
internal sealed record ReviewFace(
    string System, string? Version, string? ExternalId, string? CaseId, string Kind, string Action, string Headline, string? Title, string? Subject,
    string? Amount, string? Currency, double? Confidence, string Checks, string? Endpoint)
{
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
            proposal.Deliver?.Webhook);
    }
}
