using System.Text.Json;
using ReviewConsole.Api.Described;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;
using ReviewConsole.SignIn;

namespace ReviewConsole.Api;

/// <summary>
/// <c>POST /api/v1/line</c> <c>{scope: {system?, kind?} or "everything", state: stopped|running, reason}</c>; answers <c>{state, stopped: [{system?, kind?, by, since,
/// reason}]}</c>, all lines that are stopped now.
/// </summary>
internal static class Lines
{
    private static readonly ProposalLimits s_limits = ProposalLimits.Default;
    private static readonly Dictionary<string, bool> s_states = new(StringComparer.Ordinal) { ["running"] = false, ["stopped"] = true };

    public static void MapLines(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/line", ChangeAsync).RequirePerson().WithTags("People").WithSummary("Stop or resume the line").Takes("LineChange").Gives("Line");

    private static async Task<IResult> ChangeAsync(HttpContext http, LineDesk desk)
    {
        var (body, _, problem) = await Bodies.ReadAsync(http, Read).ConfigureAwait(false);
        if (body is null)
        {
            return problem!;
        }

        var result = body.Stop
            ? await desk.StopAsync(http.Person(), body.System, body.Kind, body.Reason, http.RequestAborted).ConfigureAwait(false)
            : await desk.ResumeAsync(http.Person(), body.System, body.Kind, body.Reason, http.RequestAborted).ConfigureAwait(false);
        return result.Refusal is { } refusal ? refusal.Problem() : Json.Object(writer =>
        {
            writer.WriteString("state", body.Stop ? "stopped" : "running");
            writer.WriteStartArray("stopped");
            foreach (var line in desk.Stopped)
            {
                Write(writer, line);
            }

            writer.WriteEndArray();
        });
    }

    private static void Write(Utf8JsonWriter writer, StoppedLine line)
    {
        writer.WriteStartObject();
        if (line.System is not null)
        {
            writer.WriteString("system", line.System);
        }

        if (line.Kind is not null)
        {
            writer.WriteString("kind", line.Kind);
        }

        writer.WriteString("by", line.By);
        writer.WriteString("since", WireTime.Text(line.Since));
        writer.WriteString("reason", line.Reason);
        writer.WriteEndObject();
    }

    private static LineBody Read(MemberReader member, JsonElement root)
    {
        string? system = null, kind = null, reason = null;
        bool? stop = null;
        foreach (var m in member.Object(root, Place.Root))
        {
            switch (m.Name)
            {
                case "scope" when m.Value.ValueKind == JsonValueKind.String && m.Value.ValueEquals("everything"): break;
                case "scope" when PartReader.Sent(m): (system, kind) = Scope(member, m); break;
                case "scope": break;
                case "state": stop = member.Choice(m, Place.Root, s_states); break;
                case "reason": reason = member.Word(m, Place.Root, s_limits.Rationale); break;
                default: member.Unknown(m, Place.Root, "scope, state, reason"); break;
            }
        }

        member.Require(root, Place.Root, "scope");
        member.Require(root, Place.Root, "state");
        member.Require(root, Place.Root, "reason");
        return new LineBody(system, kind, stop ?? false, reason ?? "");
    }

    private static (string? System, string? Kind) Scope(MemberReader member, JsonProperty m)
    {
        var at = Place.Root.At(m.Name);
        string? system = null, kind = null;
        if (m.Value.ValueKind != JsonValueKind.Object)
        {
            member.Errors.Invalid(at, "Must be “everything” or an object with system, kind or both.");
            return (null, null);
        }

        foreach (var part in m.Value.EnumerateObject())
        {
            switch (part.Name)
            {
                case "system": system = member.Word(part, at, s_limits.Ids); break;
                case "kind": kind = member.Word(part, at, s_limits.Ids); break;
                default: member.Unknown(part, at, "system, kind"); break;
            }
        }

        // An empty scope could mean nothing or everything; the word says which.
        if (system is null && kind is null && !member.Errors.Any)
        {
            member.Errors.Invalid(at, "Name a system, a kind or both; say “everything” for everything.");
        }

        return (system, kind);
    }

    private sealed record LineBody(string? System, string? Kind, bool Stop, string Reason);
}
