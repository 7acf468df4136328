using System.Text.Json;
using ReviewConsole.Api.Described;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;
using ReviewConsole.SignIn;

namespace ReviewConsole.Api;

/// <summary>
/// <c>POST /api/v1/line</c> <c>{scope: {system?, kind?} or "everything", state: running|twoPerson|everythingToReview|stopped, reason, until?, ends?}</c>; answers <c>{state,
/// stopped: [{system?, kind?, by, since, until?, reason}], lines: [{state, …}]}</c>: the strictest mode that holds for that scope now, all lines that are stopped, and all in any mode. <c>until</c> ends the mode by
/// itself; <c>ends</c> names the one mode that a line is to run without, where it has several.
/// </summary>
internal static class Lines
{
    private static readonly ProposalLimits s_limits = ProposalLimits.Default;
    private static readonly Dictionary<string, LineWord> s_states = LineModes.Words.Select(static mode => KeyValuePair.Create(mode.Key, new LineWord(mode.Value)))
        .Append(KeyValuePair.Create("running", new LineWord(null))).ToDictionary(StringComparer.Ordinal);

    public static void MapLines(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/line", ChangeAsync).RequirePerson().WithTags("People").WithSummary("Stop, keep back or resume the line").Takes("LineChange").Gives("Line");

    private static async Task<IResult> ChangeAsync(HttpContext http, LineDesk desk)
    {
        var (body, _, problem) = await Bodies.ReadAsync(http, Read).ConfigureAwait(false);
        if (body is null)
        {
            return problem!;
        }

        var (person, system, kind, reason, cancellation) = (http.Person(), body.System, body.Kind, body.Reason, http.RequestAborted);
        var change = (body.State, body.Ends) switch
        {
            ({ } mode, _) => desk.SetAsync(person, system, kind, mode, body.Until, reason, cancellation),
            (null, { } mode) => desk.EndAsync(person, system, kind, mode, reason, cancellation),
            _ => desk.ResumeAsync(person, system, kind, reason, cancellation),
        };
        var result = await change.ConfigureAwait(false);
        return result.Refusal is { } refusal ? refusal.Problem() : Json.Object(writer =>
        {
            var limits = desk.Limits;
            writer.WriteString("state", limits.FirstOrDefault(limit => limit.Covers(system, kind))?.Mode.Word() ?? "running");
            Write(writer, "stopped", limits.Where(static limit => limit.Mode == LineMode.Stopped), withState: false);
            Write(writer, "lines", limits, withState: true);
        });
    }

    private static void Write(Utf8JsonWriter writer, string name, IEnumerable<LineLimit> limits, bool withState)
    {
        writer.WriteStartArray(name);
        foreach (var limit in limits)
        {
            Write(writer, limit, withState);
        }

        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, LineLimit line, bool withState)
    {
        writer.WriteStartObject();
        if (withState)
        {
            writer.WriteString("state", line.Mode.Word());
        }

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
        if (line.Until is { } until)
        {
            writer.WriteString("until", WireTime.Text(until));
        }

        writer.WriteString("reason", line.Reason);
        writer.WriteEndObject();
    }

    private static LineBody Read(MemberReader member, JsonElement root)
    {
        string? system = null, kind = null, reason = null;
        LineWord? state = null;
        LineMode? ends = null;
        long? until = null;
        foreach (var m in member.Object(root, Place.Root))
        {
            switch (m.Name)
            {
                case "scope" when m.Value.ValueKind == JsonValueKind.String && m.Value.ValueEquals("everything"): break;
                case "scope" when PartReader.Sent(m): (system, kind) = Scope(member, m); break;
                case "scope": break;
                case "state": state = member.Choice(m, Place.Root, s_states); break;
                case "until": until = member.Time(m, Place.Root); break;
                case "ends": ends = member.Choice(m, Place.Root, LineModes.Words); break;
                case "reason": reason = member.Word(m, Place.Root, s_limits.Rationale); break;
                default: member.Unknown(m, Place.Root, "scope, state, reason, until, ends"); break;
            }
        }

        member.Require(root, Place.Root, "scope");
        member.Require(root, Place.Root, "state");
        member.Require(root, Place.Root, "reason");
        if (state is { Mode: null } && until is not null)
        {
            member.Errors.Invalid(Place.Root.At("until"), "A running line has no end. Leave it out, or name the state that ends then.");
        }

        if (state is { Mode: not null } && ends is not null)
        {
            member.Errors.Invalid(Place.Root.At("ends"), "Belongs to the state “running”: the one mode that is to end.");
        }

        return new LineBody(system, kind, state?.Mode, until, ends, reason ?? "");
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

    /// <summary>A state of the wire; null runs.</summary>
    private readonly record struct LineWord(LineMode? Mode);

    private sealed record LineBody(string? System, string? Kind, LineMode? State, long? Until, LineMode? Ends, string Reason);
}
