using ReviewConsole.Api.Described;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Store;
using ReviewConsole.SignIn;

namespace ReviewConsole.Api;

/// <summary><c>POST /api/v1/gate/evaluate</c>: what the gate would say to a submit body. Nothing is recorded.</summary>
internal static class GateQuestions
{
    public static void MapGateQuestions(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/gate/evaluate", EvaluateAsync).RequireSource(Scopes.ReviewsWrite).WithTags("Gate").WithSummary("What the gate would say")
            .Takes("Proposal").Gives("Gate");

    private static async Task<IResult> EvaluateAsync(HttpContext http, IncomingProposals proposals, Gatekeeper gate)
    {
        var policy = gate.Policy;
        var (incoming, _, problem) = await proposals.ReadAsync(http, revision: false, store: false).ConfigureAwait(false);
        return incoming is null ? problem!
            : incoming.Refused is { } refused ? refused.Problem()
            : new Json(StatusCodes.Status200OK, gate.Answer(policy, incoming.Proposal, incoming.Unshowable).ToJson());
    }
}
