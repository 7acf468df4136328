using System.Net;
using Microsoft.AspNetCore.Authentication;
using ReviewConsole.Api;
using ReviewConsole.Core.Store;
using ReviewConsole.Hosting;

namespace ReviewConsole.SignIn;

/// <summary>
/// What the sign-in page's forms post to. They carry no antiforgery token, because a program that knows only the contract posts <c>person</c> and nothing
/// else; a browser says itself when another site's page makes the request (Origin, Sec-Fetch-Site), and such a request is refused.
/// </summary>
internal static class SignInEndpoints
{
    public static void MapSignIn(this IEndpointRouteBuilder routes, HostPlace place)
    {
        if (place.HasPersonas)
        {
            routes.MapPost("/signin/development", SignInAsync).ExcludeFromDescription().AllowAnonymous().AddEndpointFilter(RefuseInWordsAsync);
        }

        routes.MapPost("/signout", SignOutAsync).ExcludeFromDescription().AllowAnonymous().AddEndpointFilter(RefuseInWordsAsync);
    }

    private static async Task<IResult> SignInAsync(HttpContext http, PeopleStore people, HostingOptions options, SignInOptions granted)
    {
        if (SameOrigin.IsForeign(http.Request) || !IsLocal(http))
        {
            return Problems.Of("not-permitted", "Personas sign in from this machine and from this console's own page only.");
        }

        var form = http.Request.HasFormContentType ? await http.Request.ReadFormAsync(http.RequestAborted).ConfigureAwait(false) : FormCollection.Empty;
        if (Personas.Find(form["person"].ToString()) is not { } persona)
        {
            return Problems.Invalid([new("#/person", $"Choose one of {string.Join(", ", Personas.All.Select(one => one.Key))}.", "invalid")]);
        }

        var skills = granted.SkillsOf(persona.Key, persona.Email).Union(persona.Skills, StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);
        var signedIn = await people.SignInAsync(persona.Key, persona.Email, persona.Name, [persona.Role], skills, options.SessionLength, http.RequestAborted).ConfigureAwait(false);
        if (signedIn is not var (person, session))
        {
            return Problems.Of("not-permitted", "This person was deactivated.");
        }

        await http.SignInAsync(SessionPrincipal.Of(person, session.Id)).ConfigureAwait(false);
        return Results.LocalRedirect(LocalPath(form["returnUrl"].ToString()));
    }

    private static async Task<IResult> SignOutAsync(HttpContext http, PeopleStore people)
    {
        if (SameOrigin.IsForeign(http.Request))
        {
            return Problems.Of("not-permitted", "Another site cannot sign you out.");
        }

        if (SessionPrincipal.SessionOf(http.User) is { } session)
        {
            await people.SignOutAsync(session, http.RequestAborted).ConfigureAwait(false);
        }

        await http.SignOutAsync().ConfigureAwait(false);
        return Results.LocalRedirect("/signin");
    }

    /// <summary>Both write, and the writer may refuse: a page of ours would say "something went wrong" where it can be said what.</summary>
    private static async ValueTask<object?> RefuseInWordsAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context).ConfigureAwait(false);
        }
        catch (Exception fault) when (ApiErrors.OfWriter(fault) is { } problem)
        {
            return problem;
        }
    }

    /// <summary>From this machine, under one of its own names: a foreign host name that resolves to loopback is another site's page (DNS rebinding).</summary>
    private static bool IsLocal(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address) && ListenAddresses.IsLoopback(http.Request.Host.Host);

    /// <summary>A path on this console, else its start: <c>//host</c> and <c>/\host</c> are other sites to a browser.</summary>
    private static string LocalPath(string asked) =>
        asked.StartsWith('/') && !asked.StartsWith("//", StringComparison.Ordinal) && !asked.StartsWith("/\\", StringComparison.Ordinal) && !asked.Any(char.IsControl) ? asked : "/";
}
