using ReviewConsole.Core.Identity;

namespace ReviewConsole.SignIn;

/// <summary>
/// Who may call an endpoint; <see cref="CallerGate"/> enforces it before any of the body is read. A source proves itself by its key and never by a
/// cookie, a person by the cookie and never by a bearer token: an agent that holds its user's token must not decide.
/// </summary>
/// <param name="Scope">What a source's key needs; null where sources have no business.</param>
/// <param name="People">Whether people may call.</param>
/// <param name="Permission">What a person needs. Enforced by the gate on GET; calls that change something ask for it after their body, in the order of WIRE.md §3.</param>
internal sealed record CallerRequirement(string? Scope, bool People, Permission? Permission);

internal static class CallerRequirements
{
    public static TBuilder RequireSource<TBuilder>(this TBuilder endpoints, string scope)
        where TBuilder : IEndpointConventionBuilder => endpoints.WithMetadata(new CallerRequirement(scope, People: false, Permission: null));

    public static TBuilder RequirePerson<TBuilder>(this TBuilder endpoints, Permission? permission = null)
        where TBuilder : IEndpointConventionBuilder => endpoints.WithMetadata(new CallerRequirement(Scope: null, People: true, permission));

    public static TBuilder RequireSourceOrPerson<TBuilder>(this TBuilder endpoints, string scope, Permission? permission = null)
        where TBuilder : IEndpointConventionBuilder => endpoints.WithMetadata(new CallerRequirement(scope, People: true, permission));
}
