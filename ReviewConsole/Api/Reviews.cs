using Microsoft.Net.Http.Headers;
using ReviewConsole.Api.Described;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Queue;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;
using ReviewConsole.SignIn;

namespace ReviewConsole.Api;

/// <summary><c>/api/v1/reviews</c> for sources: submit, read, list, revise (WIRE.md §1 and §2).</summary>
internal static class Reviews
{
    public const string Path = "/api/v1/reviews";

    public static void MapReviews(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(Path).WithTags("Reviews");
        group.MapPost("", SubmitAsync).RequireSource(Scopes.ReviewsWrite).WithSummary("Submit a proposal").Takes("Proposal").Gives("Review", StatusCodes.Status201Created);
        group.MapGet("", ListAsync).RequireSource(Scopes.ReviewsRead).WithSummary("Own reviews, page by page").Gives("ReviewPage");
        group.MapGet("{id}", Get).RequireSource(Scopes.ReviewsRead).WithSummary("One own review").Gives("Review");
        group.MapPut("{id}", ReviseAsync).RequireSource(Scopes.ReviewsWrite).WithSummary("A new revision, or the answer to a question").Takes("Proposal").Gives("Review");
    }

    /// <summary>The review when it is the caller's own.</summary>
    public static StoredReview? Own(this ReviewReader reviews, HttpContext http, Guid id) =>
        http.Source() is var actor && reviews.Find(id) is { } stored && stored.State.Owner == actor.Owner && actor.Systems.Contains(stored.System) ? stored : null;

    private static async Task<IResult> SubmitAsync(HttpContext http, IncomingProposals proposals, SourceDesk desk, TimeProvider time)
    {
        var (incoming, _, problem) = await proposals.ReadAsync(http, revision: false, store: true).ConfigureAwait(false);
        if (incoming is null)
        {
            return problem!;
        }

        var server = ReviewViews.Server(http);
        var result = await desk.SubmitAsync(http.Source(), incoming, Answer, http.RequestAborted).ConfigureAwait(false);
        if (result.Refusal is { } refusal)
        {
            return refusal.Problem();
        }

        var submitted = result.Value!;
        http.Response.Headers[HeaderNames.Location] = $"{server}{Path}/{submitted.Id}";
        http.Response.Headers[HeaderNames.ETag] = ReviewViews.ETag(submitted.Revision);
        return new Json(StatusCodes.Status201Created, submitted.Answer);

        byte[] Answer(ReviewState state, GateResult gate) =>
            new ReviewView(state, gate, incoming.Proposal.ExternalId, gate.Kind, null, time.GetUtcNow().ToUnixTimeMilliseconds(), server).ToBytes();
    }

    private static IResult Get(HttpContext http, ReviewId id, ReviewReader reviews, ReviewViews views) =>
        reviews.Own(http, id) is { } stored ? views.Answer(http, stored.State) : Problems.UnknownReview();

    private static async Task<IResult> ListAsync(HttpContext http, HistoryReader history, ReviewReader reviews, ReviewViews views)
    {
        var (after, limit, problem) = Paging.Read(http);
        if (problem is not null)
        {
            return problem;
        }

        var query = http.Request.Query;
        var status = Word(query["status"]);
        if (status is not null && !Enum.GetValues<ReviewStatus>().Any(known => known.Word() == status))
        {
            return Bodies.Invalid("#/status", $"Must be one of {string.Join(", ", Enum.GetValues<ReviewStatus>().Select(known => known.Word()))}.");
        }

        var actor = http.Source();
        var page = await history.OfOwnerAsync(
            actor.Owner, actor.Systems, status, Word(query["kind"]), Word(query["source"]), Word(query["externalId"]), after, limit, http.RequestAborted).ConfigureAwait(false);
        return Paging.Page(page, (writer, item) =>
        {
            if (reviews.Find(item.Id) is { } stored)
            {
                views.Of(http, stored.State).Write(writer, withTrace: false);
            }
        });
    }

    private static async Task<IResult> ReviseAsync(HttpContext http, ReviewId id, IncomingProposals proposals, SourceDesk desk, ReviewViews views)
    {
        var (incoming, answer, problem) = await proposals.ReadAsync(http, revision: true, store: true).ConfigureAwait(false);
        if (incoming is null)
        {
            return problem!;
        }

        var (revision, missing) = IfMatch.Read(http);
        return missing is not null
            ? missing
            : views.Answer(http, await desk.ReviseAsync(http.Source(), id, revision, incoming, answer, http.RequestAborted).ConfigureAwait(false));
    }

    private static string? Word(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
