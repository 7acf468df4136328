using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using ReviewConsole.Core.Identity;

namespace ReviewConsole.SignIn;

/// <summary>
/// Between a cookie's principal and the person it stands for now. The principal holds the session's id and, for the screen's words only, name and roles as
/// they were when it was made; what the person may do is always asked of the directory.
/// </summary>
internal sealed class SessionPrincipal(PeopleDirectory people, TimeProvider time)
{
    private const string SessionClaim = "sid";
    private const string RoleClaim = "role";

    public static ClaimsPrincipal Of(Person person, string session) => new(new ClaimsIdentity(
        [new Claim(ClaimTypes.NameIdentifier, person.Id), new Claim(ClaimTypes.Name, person.Name), new Claim(SessionClaim, session), .. person.Roles.Order().Select(role => new Claim(RoleClaim, role.Name()))],
        CookieAuthenticationDefaults.AuthenticationScheme));

    public static string? SessionOf(ClaimsPrincipal principal) => principal.FindFirst(SessionClaim)?.Value;

    /// <summary>The person as they may act at this moment; null when nobody is signed in or the session has ended.</summary>
    public PersonActor? Find(ClaimsPrincipal? principal) =>
        principal is not null && SessionOf(principal) is { } session ? people.Find(session, time.GetUtcNow().ToUnixTimeMilliseconds()) : null;

    /// <summary>The principal of the same session with today's name and roles; null when the session has ended.</summary>
    public ClaimsPrincipal? Renew(ClaimsPrincipal? principal) =>
        Find(principal) is { Session: { } session } actor && people.Person(actor.Id) is { } person ? Of(person, session) : null;
}
