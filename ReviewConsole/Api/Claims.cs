using System.Text.Json;
using ReviewConsole.Api.Described;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;
using ReviewConsole.SignIn;

namespace ReviewConsole.Api;

/// <summary>Who works on a review: claim, renew, release, assign, and what was in view (WIRE.md §3).</summary>
internal static class Claims
{
    private static readonly ProposalLimits s_limits = ProposalLimits.Default;

    public static void MapClaims(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(Reviews.Path + "/{id}").WithTags("People").RequirePerson();
        group.MapPost("claim", ClaimAsync).WithSummary("Claim").Gives("Claim");
        group.MapPost("claim/renew", RenewAsync).WithSummary("Extend the claim").Takes("ClaimToken").Gives("RenewedClaim");
        group.MapPost("claim/release", ReleaseAsync).WithSummary("Give the claim back").Takes("ClaimToken").Gives("ClaimAfter");
        group.MapPost("seen", SeenAsync).WithSummary("Evidence was in view").Takes("Seen").Gives("Credited");
        group.MapPost("assign", AssignAsync).WithSummary("Assign to a person or queue").Takes("Assignment").Gives("ClaimAfter");
    }

    /// <summary>Writes the members of a claim.</summary>
    public static void Write(Utf8JsonWriter writer, ClaimAnswer claim)
    {
        writer.WriteString("token", claim.Token);
        writer.WriteNumber("fence", claim.Fence);
        writer.WriteString("until", WireTime.Text(claim.Until));
    }

    private static async Task<IResult> ClaimAsync(HttpContext http, ReviewId id, ReviewerDesk desk)
    {
        var result = await desk.ClaimAsync(http.Person(), id, Via.Api, http.RequestAborted).ConfigureAwait(false);
        return result.Refusal is { } refusal ? refusal.Problem() : Json.Object(writer => Write(writer, result.Value!));
    }

    private static async Task<IResult> RenewAsync(HttpContext http, ReviewId id, ReviewerDesk desk)
    {
        var (token, problem) = await TokenAsync(http, required: true).ConfigureAwait(false);
        if (problem is not null)
        {
            return problem;
        }

        var result = await desk.RenewAsync(http.Person(), id, token!.Value, http.RequestAborted).ConfigureAwait(false);
        return result.Refusal is { } refusal ? refusal.Problem() : Json.Object(writer =>
        {
            writer.WriteStartObject("claim");
            Write(writer, result.Value!);
            writer.WriteEndObject();
        });
    }

    private static async Task<IResult> ReleaseAsync(HttpContext http, ReviewId id, ReviewerDesk desk, TimeProvider time)
    {
        var (token, problem) = await TokenAsync(http, required: false).ConfigureAwait(false);
        return problem ?? Answer(await desk.ReleaseClaimAsync(http.Person(), id, token, Via.Api, http.RequestAborted).ConfigureAwait(false), time);
    }

    private static async Task<IResult> AssignAsync(HttpContext http, ReviewId id, ReviewerDesk desk, TimeProvider time)
    {
        var (body, _, problem) = await Bodies.ReadAsync(http, Assign).ConfigureAwait(false);
        return body is null ? problem! : Answer(
            await desk.AssignAsync(http.Person(), id, body.Person, body.Queue, body.Note, Via.Api, http.RequestAborted).ConfigureAwait(false), time);
    }

    private static async Task<IResult> SeenAsync(HttpContext http, ReviewId id, ReviewerDesk desk)
    {
        var (body, _, problem) = await Bodies.ReadAsync(http, Seen).ConfigureAwait(false);
        if (body is null)
        {
            return problem!;
        }

        var result = await desk.SeenAsync(http.Person(), id, body.Evidence, body.Milliseconds, http.RequestAborted).ConfigureAwait(false);
        return result.Refusal is { } refusal ? refusal.Problem() : Json.Object(writer => writer.WriteNumber("credited", result.Value));
    }

    private static IResult Answer(Result<ReviewState> result, TimeProvider time) => result.Refusal is { } refusal ? refusal.Problem() : Json.Object(writer =>
    {
        var state = result.Value!;
        if (state.IsClaimed(time.GetUtcNow().ToUnixTimeMilliseconds()))
        {
            writer.WriteStartObject("claim");
            writer.WriteString("by", state.Claim!.By);
            writer.WriteString("until", WireTime.Text(state.ClaimUntil));
            writer.WriteEndObject();
        }
        else
        {
            writer.WriteNull("claim");
        }
    });

    private static async Task<(Guid? Token, Problem? Problem)> TokenAsync(HttpContext http, bool required)
    {
        var (body, _, problem) = await Bodies.ReadAsync(http, (member, root) =>
        {
            Guid? token = null;
            foreach (var m in member.Object(root, Place.Root))
            {
                if (m.Name == "claim")
                {
                    token = Members.Id(member, m);
                }
                else
                {
                    member.Unknown(m, Place.Root, "claim");
                }
            }

            if (required)
            {
                member.Require(root, Place.Root, "claim");
            }

            return new TokenBody(token);
        }).ConfigureAwait(false);
        return (body?.Claim, problem);
    }

    private static AssignBody Assign(MemberReader member, JsonElement root)
    {
        string? person = null, queue = null, note = null;
        foreach (var m in member.Object(root, Place.Root))
        {
            switch (m.Name)
            {
                case "to" when PartReader.Sent(m): (person, queue) = Members.To(member, m, withPerson: true); break;
                case "note": note = member.Text(m, Place.Root, s_limits.Rationale); break;
                case "to": break;
                default: member.Unknown(m, Place.Root, "to, note"); break;
            }
        }

        member.Require(root, Place.Root, "to");
        if (!member.Errors.Any && person is null && queue is null)
        {
            member.Errors.Invalid(Place.Root.At("to"), "Name a person, a queue or both.");
        }

        return new AssignBody(person, queue, note);
    }

    private static SeenBody Seen(MemberReader member, JsonElement root)
    {
        string? evidence = null;
        int? milliseconds = null;
        foreach (var m in member.Object(root, Place.Root))
        {
            switch (m.Name)
            {
                case "evidence": evidence = member.Word(m, Place.Root, s_limits.Ids); break;
                case "milliseconds": milliseconds = member.Whole(m, Place.Root, 0); break;
                default: member.Unknown(m, Place.Root, "evidence, milliseconds"); break;
            }
        }

        member.Require(root, Place.Root, "evidence");
        member.Require(root, Place.Root, "milliseconds");
        return new SeenBody(evidence ?? "", milliseconds ?? 0);
    }

    private sealed record TokenBody(Guid? Claim);

    private sealed record AssignBody(string? Person, string? Queue, string? Note);

    private sealed record SeenBody(string Evidence, int Milliseconds);
}
