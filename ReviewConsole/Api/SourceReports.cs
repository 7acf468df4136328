using System.Text.Json;
using ReviewConsole.Api.Described;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Ledger;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;
using ReviewConsole.SignIn;

namespace ReviewConsole.Api;

/// <summary>What a source says afterwards: changed preconditions, a cancellation, how the execution went (WIRE.md §2). All answer 200 with the review.</summary>
internal static class SourceReports
{
    private static readonly Dictionary<string, ExecutionStatus> s_statuses =
        Enum.GetValues<ExecutionStatus>().ToDictionary(status => status.Word(), StringComparer.Ordinal);

    private static readonly ProposalLimits s_limits = ProposalLimits.Default;

    public static void MapSourceReports(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(Reviews.Path + "/{id}").WithTags("Reviews").RequireSource(Scopes.ReviewsWrite);
        group.MapPost("preconditions", PreconditionsAsync).WithSummary("The world changed").Takes("Preconditions").Gives("Review");
        group.MapPost("cancel", CancelAsync).WithSummary("Take the proposal back").Takes("Cancellation").Gives("Review");
        group.MapPost("execution", ExecutionAsync).WithSummary("Report how the execution went").Takes("ExecutionReport").Gives("Review");
    }

    private static async Task<IResult> PreconditionsAsync(HttpContext http, ReviewId id, SourceDesk desk, ReviewViews views)
    {
        var (list, _, problem) = await Bodies.ReadAsync(http, Preconditions).ConfigureAwait(false);
        return list is null ? problem!
            : views.Answer(http, await desk.ReportPreconditionsAsync(http.Source(), id, list, http.RequestAborted).ConfigureAwait(false));
    }

    private static byte[] Preconditions(MemberReader member, JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Array || root.GetArrayLength() > s_limits.Preconditions)
        {
            member.Errors.Invalid(Place.Root, $"Must be an array of at most {s_limits.Preconditions} items.");
            return [];
        }

        var part = new PartReader(member, s_limits);
        var items = root.EnumerateArray().Select((item, i) => part.Precondition(item, Place.Root.At(i))).ToList();
        member.Unique(items, Place.Root, "name", item => item.Name);
        return CanonicalJson.Of(JsonSerializer.SerializeToElement(items.Select(item => new { name = item.Name, fingerprint = item.Fingerprint })));
    }

    private static async Task<IResult> CancelAsync(HttpContext http, ReviewId id, SourceDesk desk, ReviewViews views)
    {
        var (reason, _, problem) = await Bodies.ReadAsync(http, static (member, root) =>
        {
            string? text = null;
            foreach (var m in member.Object(root, Place.Root))
            {
                if (m.Name == "reason")
                {
                    text = member.Text(m, Place.Root, s_limits.Message);
                }
                else
                {
                    member.Unknown(m, Place.Root, "reason");
                }
            }

            return new CancelBody(text);
        }).ConfigureAwait(false);
        return reason is null ? problem!
            : views.Answer(http, await desk.CancelAsync(http.Source(), id, reason.Reason, http.RequestAborted).ConfigureAwait(false));
    }

    private static async Task<IResult> ExecutionAsync(HttpContext http, ReviewId id, SourceDesk desk, ReviewViews views)
    {
        var (report, _, problem) = await Bodies.ReadAsync(http, Execution).ConfigureAwait(false);
        return report is null ? problem!
            : views.Answer(http, await desk.ReportAsync(
                http.Source(), id, report.Status, report.ActionDigest, report.Detail, report.Reference, http.RequestAborted).ConfigureAwait(false));
    }

    private static ExecutionBody Execution(MemberReader member, JsonElement root)
    {
        ExecutionStatus? status = null;
        string? digest = null, detail = null, reference = null;
        foreach (var m in member.Object(root, Place.Root))
        {
            switch (m.Name)
            {
                case "status": status = member.Choice(m, Place.Root, s_statuses); break;
                case "actionDigest": digest = member.Word(m, Place.Root, s_limits.Ids); break;
                case "detail": detail = member.Text(m, Place.Root, s_limits.Rationale); break;
                case "reference": reference = member.Text(m, Place.Root, s_limits.Message); break;
                default: member.Unknown(m, Place.Root, "status, actionDigest, detail, reference"); break;
            }
        }

        member.Require(root, Place.Root, "status");
        member.Require(root, Place.Root, "actionDigest");
        return new ExecutionBody(status ?? default, digest ?? "", detail, reference);
    }

    private sealed record CancelBody(string? Reason);

    private sealed record ExecutionBody(ExecutionStatus Status, string ActionDigest, string? Detail, string? Reference);
}
