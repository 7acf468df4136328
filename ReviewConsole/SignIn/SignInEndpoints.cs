using Microsoft.AspNetCore.Authentication;
using ReviewConsole.Hosting;

namespace ReviewConsole.SignIn;

internal static class SignInEndpoints
{
    public static void MapSignIn(this IEndpointRouteBuilder routes, HostPlace place)
    {
        _ = place;
        routes.MapPost("/signout", SignOutAsync).ExcludeFromDescription();
    }

    private static async Task<IResult> SignOutAsync(HttpContext http)
    {
        if (SameOrigin.IsForeign(http.Request))
        {
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }

        await http.SignOutAsync().ConfigureAwait(false);
        return Results.LocalRedirect("/signin");
    }
}
