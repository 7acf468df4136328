using Microsoft.AspNetCore.Antiforgery;
using ReviewConsole.Core.Identity;
using ReviewConsole.SignIn;

namespace ReviewConsole.Api;

/// <summary><c>GET /api/v1/me</c>: who is signed in, what they may do, and the token that every call but GET must carry.</summary>
internal static class Me
{
    public static void MapMe(this IEndpointRouteBuilder routes) => routes.MapGet("/api/v1/me", Get).RequirePerson().WithTags("People").Produces<Answer>();

    private static Answer Get(HttpContext http, IAntiforgery antiforgery)
    {
        var person = http.Person();
        return new Answer(
            person.Id,
            person.Name,
            [.. person.Roles.Order().Select(role => role.Name())],
            [.. person.Permissions.Order().Select(permission => permission.Name())],
            antiforgery.GetAndStoreTokens(http).RequestToken!);
    }

    internal sealed record Answer(string Id, string Name, IReadOnlyList<string> Roles, IReadOnlyList<string> Permissions, string AntiforgeryToken);
}
