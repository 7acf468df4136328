using System.Text.Json;
using ReviewConsole.Api.Described;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;
using ReviewConsole.SignIn;

namespace ReviewConsole.Api;

/// <summary>
/// <c>POST …/judgement {decision, note, claim, operationId}</c> with If-Match: what a person thinks of a review under commit-first before they see what the AI says of
/// itself. Until then each of their decisions is <c>judgement-required</c>; it is said once and stays.
/// </summary>
internal static class Judgements
{
    private const string Known = "decision, note, claim, operationId";
    private static readonly ProposalLimits s_limits = ProposalLimits.Default;
    private static readonly Dictionary<string, DecisionKind> s_decisions = Enum.GetValues<DecisionKind>().ToDictionary(kind => kind.Word(), StringComparer.Ordinal);

    public static void MapJudgements(this IEndpointRouteBuilder routes) =>
        routes.MapPost(Reviews.Path + "/{id}/judgement", JudgeAsync).RequirePerson().WithTags("People").WithSummary("Say what you think before you see what the AI says of itself")
            .Takes("Judgement").Gives("JudgementTaken");

    private static async Task<IResult> JudgeAsync(HttpContext http, ReviewId id, ReviewerDesk desk)
    {
        var (body, _, problem) = await Bodies.ReadAsync(http, Read).ConfigureAwait(false);
        if (body is null)
        {
            return problem!;
        }

        var (revision, missing) = IfMatch.Read(http);
        if (missing is not null)
        {
            return missing;
        }

        var result = await desk.JudgeAsync(
            http.Person(), id, new Judging(revision, body.Decision, body.Note, body.Claim, body.OperationId, Via.Api), http.RequestAborted).ConfigureAwait(false);
        return result.Refusal is { } refusal ? refusal.Problem() : Json.Object(writer =>
        {
            writer.WriteString("decision", result.Value!.Decision.Word());
            writer.WriteString("at", WireTime.Text(result.Value.At));
            writer.WriteStartObject("ledger");
            writer.WriteNumber("seq", result.Value.Seq);
            writer.WriteEndObject();
        });
    }

    private static JudgementBody Read(MemberReader member, JsonElement root)
    {
        DecisionKind? decision = null;
        string? note = null, operation = null;
        Guid? claim = null;
        foreach (var m in member.Object(root, Place.Root))
        {
            switch (m.Name)
            {
                case "decision": decision = member.Choice(m, Place.Root, s_decisions); break;
                case "note": note = member.Text(m, Place.Root, s_limits.Rationale); break;
                case "claim": claim = Members.Id(member, m); break;
                case "operationId": operation = Members.Operation(member, m); break;
                default: member.Unknown(m, Place.Root, Known); break;
            }
        }

        member.Require(root, Place.Root, "decision");
        member.Require(root, Place.Root, "operationId");
        return new JudgementBody(decision ?? DecisionKind.Approve, note, claim, operation ?? "");
    }

    private sealed record JudgementBody(DecisionKind Decision, string? Note, Guid? Claim, string OperationId);
}
