using System.Security.Cryptography;
using System.Text.Json;
using ReviewConsole.Api.Described;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;
using ReviewConsole.SignIn;

namespace ReviewConsole.Api;

/// <summary>What people decide (WIRE.md §3): the decision itself, what it still needs, recall, rollback, close.</summary>
internal static class Decisions
{
    private static readonly ProposalLimits s_limits = ProposalLimits.Default;

    public static void MapDecisions(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(Reviews.Path + "/{id}").WithTags("People");
        group.MapGet("options", Options).RequirePerson(Core.Identity.Permission.ReviewsRead).WithSummary("What each decision still needs").Gives("Options");
        group.MapPost("decision", DecideAsync).RequirePerson().WithSummary("Approve, correct, reject, escalate or return").Takes("Decision").Gives("DecisionTaken");
        group.MapPost("recall", RecallAsync).RequirePerson().WithSummary("Take the last decision back during its hold").Takes("Operation").Gives("Recalled");
        group.MapPost("rollback", RollbackAsync).RequirePerson().WithSummary("Ask the source to undo what ran").Takes("ReasonedOperation").Gives("Ended");
        group.MapPost("close", CloseAsync).RequirePerson().WithSummary("End a failed or unknown execution").Takes("ReasonedOperation").Gives("Ended");
    }

    private static async Task<IResult> DecideAsync(HttpContext http, ReviewId id, ReviewerDesk desk)
    {
        var (body, bytes, problem) = await Bodies.ReadAsync(http, DecisionBody.Read).ConfigureAwait(false);
        if (body is null)
        {
            return problem!;
        }

        var (revision, missing) = IfMatch.Read(http);
        if (missing is not null)
        {
            return missing;
        }

        if (body.NamesAction)
        {
            return Problems.Of("tool-name-changed", "A correction changes arguments, draft or fields, never the action; reject it with an alternative instead.");
        }

        var result = await desk.DecideAsync(
            http.Person(),
            id,
            new Deciding(
                revision, body.Decision, body.ReasonCode, body.Rationale, body.Message, body.Instruction, body.Alternative, body.Correction, body.ToQueue,
                body.Acknowledged, body.Claim, body.OperationId, Via.Api, SHA256.HashData([.. id.Value.ToByteArray(), .. bytes])),
            http.RequestAborted).ConfigureAwait(false);
        return result.Refusal is { } refusal ? refusal.Problem() : Json.Object(writer => Write(writer, result.Value!));
    }

    private static void Write(Utf8JsonWriter writer, DecisionAnswer answer)
    {
        writer.WriteString("status", answer.Status.Word());
        if (answer.ReleasesAt is { } at)
        {
            writer.WriteString("releasesAt", WireTime.Text(at));
        }

        writer.WriteString("actionDigest", answer.ActionDigest);
        writer.WriteStartObject("ledger");
        writer.WriteNumber("seq", answer.Seq);
        writer.WriteEndObject();
        writer.WriteStartObject("approvals");
        writer.WriteNumber("have", answer.Have);
        writer.WriteNumber("need", answer.Need);
        writer.WriteEndObject();
    }

    private static async Task<IResult> RecallAsync(HttpContext http, ReviewId id, ReviewerDesk desk)
    {
        var (body, _, problem) = await Bodies.ReadAsync(http, static (member, root) => Operation(member, root, rationale: false)).ConfigureAwait(false);
        if (body is null)
        {
            return problem!;
        }

        var result = await desk.RecallAsync(http.Person(), id, body.OperationId, Via.Api, http.RequestAborted).ConfigureAwait(false);
        return result.Refusal is { } refusal ? refusal.Problem() : Json.Object(writer =>
        {
            writer.WriteString("status", result.Value!.Status.Word());
            if (result.Value.Claim is { } claim)
            {
                writer.WriteStartObject("claim");
                Claims.Write(writer, claim);
                writer.WriteEndObject();
            }
            else
            {
                writer.WriteNull("claim");
            }
        });
    }

    private static async Task<IResult> RollbackAsync(HttpContext http, ReviewId id, ReviewerDesk desk)
    {
        var (body, _, problem) = await Bodies.ReadAsync(http, static (member, root) => Operation(member, root, rationale: true)).ConfigureAwait(false);
        return body is null ? problem!
            : Answer(await desk.RollbackAsync(http.Person(), id, body.Rationale, body.OperationId, Via.Api, http.RequestAborted).ConfigureAwait(false));
    }

    private static async Task<IResult> CloseAsync(HttpContext http, ReviewId id, ReviewerDesk desk)
    {
        var (body, _, problem) = await Bodies.ReadAsync(http, static (member, root) => Operation(member, root, rationale: true)).ConfigureAwait(false);
        return body is null ? problem!
            : Answer(await desk.CloseAsync(http.Person(), id, body.Rationale, body.OperationId, Via.Api, http.RequestAborted).ConfigureAwait(false));
    }

    private static IResult Answer(Result<ReviewState> result) => result.Refusal is { } refusal ? refusal.Problem() : Json.Object(writer =>
    {
        writer.WriteString("status", result.Value!.Status.Word());
        writer.WriteNumber("outcomes", result.Value.Outcomes.Count);
    });

    private static IResult Options(HttpContext http, ReviewId id, ReviewerDesk desk) => desk.Options(http.Person(), id) is not { } options
        ? Problems.UnknownReview()
        : Json.Object(writer =>
        {
            writer.WriteStartArray("decisions");
            foreach (var option in options)
            {
                Write(writer, option);
            }

            writer.WriteEndArray();
        });

    private static void Write(Utf8JsonWriter writer, DecisionOption option)
    {
        writer.WriteStartObject();
        writer.WriteString("decision", option.Decision.Word());
        writer.WriteBoolean("allowed", option.Barrier is null);
        writer.WriteStartArray("missing");
        foreach (var word in Missing(option))
        {
            writer.WriteStringValue(word);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("reasonCodes");
        foreach (var reason in option.Reasons)
        {
            writer.WriteStartObject();
            writer.WriteString("code", reason.Code);
            writer.WriteString("label", reason.Label);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static IEnumerable<string> Missing(DecisionOption option)
    {
        if (option.Barrier is { } barrier)
        {
            yield return barrier.Problem().Detail;
        }

        foreach (var evidence in option.Evidence)
        {
            yield return $"Evidence “{evidence}” in view for a second";
        }

        foreach (var check in option.Checks)
        {
            yield return $"Failed check “{check}” acknowledged";
        }

        if (option.RationaleMinimum > 0)
        {
            yield return option.RationaleMinimum == 1 ? "A rationale" : $"A rationale of at least {option.RationaleMinimum} characters";
        }

        if (option.Message)
        {
            yield return "A message: the question to the source";
        }
    }

    private static OperationBody Operation(MemberReader member, JsonElement root, bool rationale)
    {
        string? operation = null, text = null;
        foreach (var m in member.Object(root, Place.Root))
        {
            switch (m.Name)
            {
                case "operationId": operation = Members.Operation(member, m); break;
                case "rationale" when rationale: text = member.Text(m, Place.Root, s_limits.Rationale); break;
                default: member.Unknown(m, Place.Root, rationale ? "rationale, operationId" : "operationId"); break;
            }
        }

        member.Require(root, Place.Root, "operationId");
        return new OperationBody(operation ?? "", text ?? "");
    }

    private sealed record OperationBody(string OperationId, string Rationale);
}
