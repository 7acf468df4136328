using Microsoft.Net.Http.Headers;
using ReviewConsole.Core.Queue;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;

namespace ReviewConsole.Api;

/// <summary>Makes <see cref="ReviewView"/>s of stored reviews, and the answers that carry them.</summary>
internal sealed class ReviewViews(ReviewReader reviews, TimeProvider time)
{
    public ReviewView Of(HttpContext http, ReviewState state)
    {
        var content = reviews.Content(state);
        return new ReviewView(
            state,
            content?.Gate,
            content?.Proposal.ExternalId,
            content?.Gate.Kind,
            state.Status == ReviewStatus.WaitingOnSource ? reviews.Question(state) : null,
            time.GetUtcNow().ToUnixTimeMilliseconds(),
            Server(http));
    }

    /// <summary>200 with the review and its ETag, or the refusal.</summary>
    public IResult Answer(HttpContext http, Result<ReviewState> result)
    {
        if (result.Refusal is { } refusal)
        {
            return refusal.Problem();
        }

        http.Response.Headers[HeaderNames.ETag] = ETag(result.Value!.Revision);
        return new Json(StatusCodes.Status200OK, Of(http, result.Value).ToBytes());
    }

    public static string Server(HttpContext http) => $"{http.Request.Scheme}://{http.Request.Host}";

    public static string ETag(int revision) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"\"{revision}\"");
}
