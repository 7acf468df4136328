using ReviewConsole.Core.Identity;
using ReviewConsole.SignIn;

namespace ReviewConsole.Api;

/// <summary>Doors of WIRE.md that are not built yet: they say so (422 <c>not-supported</c>), so that nobody waits behind them.</summary>
internal static class NotBuilt
{
    public static void MapNotBuilt(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/events", () => Refuse("Server-sent events are", "poll …/outcome?wait=60, or register a webhook")).RequireSource(Scopes.ReviewsRead).ExcludeFromDescription();
        routes.MapPost("/api/v1/adapters/{framework}", () => Refuse("Adapters for frameworks are", "send the proposal to POST /api/v1/reviews")).RequireSource(Scopes.ReviewsWrite)
            .ExcludeFromDescription();
    }

    private static Problem Refuse(string what, string instead) => Problems.Of("not-supported", $"{what} not built yet; {instead}.");
}
