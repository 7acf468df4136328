using System.Text;
using ReviewConsole.Api.Described;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Queue;
using ReviewConsole.Core.Reviews;
using ReviewConsole.SignIn;

namespace ReviewConsole.Api;

/// <summary>What became of a proposal: the outcome by long poll, and the receipt of the released entry (WIRE.md §2).</summary>
internal static class Outcomes
{
    private const int LongestWait = 60;

    public static void MapOutcomes(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(Reviews.Path + "/{id}").WithTags("Reviews");
        group.MapGet("outcome", OutcomeAsync).RequireSource(Scopes.ReviewsRead).WithSummary("The outcome, waited for up to a minute").Gives("Outcome").Produces(204);
        group.MapGet("receipt", Receipt).RequireSource(Scopes.ReviewsRead).WithSummary("The receipt of the released entry").Produces<string>(200, "text/plain");
    }

    private static async Task<IResult> OutcomeAsync(
        HttpContext http, ReviewId id, ReviewReader reviews, ReviewSignals signals, TimeProvider time, IHostApplicationLifetime lifetime)
    {
        var (wait, wrongWait) = Paging.Number(http, "wait", 0, LongestWait, 0);
        var (sequence, wrongSequence) = Sequence(http);
        if ((wrongWait ?? wrongSequence) is { } problem)
        {
            return problem;
        }

        // A server that shuts down answers at once, and the source asks the next one.
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        var until = time.GetUtcNow() + TimeSpan.FromSeconds(wait);
        ReviewStatus? first = null;
        while (true)
        {
            using var next = signals.Next(id);
            if (reviews.Own(http, id) is not { } stored)
            {
                return Problems.UnknownReview();
            }

            if (reviews.Outcome(stored.State, (int)sequence) is { } outcome)
            {
                return outcome.Length == 0 ? Problems.Of("erased", "The outcome was erased; its receipt still verifies.") : new Json(StatusCodes.Status200OK, outcome);
            }

            first ??= stored.State.Status;
            var left = until - time.GetUtcNow();
            var asked = stored.State.Status == ReviewStatus.WaitingOnSource && first != ReviewStatus.WaitingOnSource;
            if (left <= TimeSpan.Zero || asked || lifetime.ApplicationStopping.IsCancellationRequested)
            {
                http.Response.Headers["Review-Status"] = stored.State.Status.Word();
                return Results.NoContent();
            }

            try
            {
                await next.Touched.WaitAsync(left, time, ends.Token).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
            }
            catch (OperationCanceledException) when (!http.RequestAborted.IsCancellationRequested)
            {
            }
        }
    }

    private static IResult Receipt(HttpContext http, ReviewId id, ReviewReader reviews)
    {
        var (sequence, problem) = Sequence(http);
        if (problem is not null)
        {
            return problem;
        }

        return reviews.Own(http, id) is not { } stored ? Problems.UnknownReview()
            : reviews.Receipt(stored.State, (int)sequence) is { } receipt ? Results.Text(receipt, "text/plain", Encoding.UTF8)
            : Problems.Of("not-released", StatusCodes.Status404NotFound, "There is a receipt only when the outcome has left.");
    }

    private static (long Value, Problem? Problem) Sequence(HttpContext http) => Paging.Number(http, "sequence", 1, 2, 1);
}
