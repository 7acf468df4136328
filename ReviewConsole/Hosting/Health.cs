namespace ReviewConsole.Hosting;

/// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: it can take work.</summary>
internal static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/health/live", () => TypedResults.Json(new { status = "live" })).WithTags("Health").AllowAnonymous();
}
