using ReviewConsole.Core.Identity;

namespace ReviewConsole.SignIn;

/// <summary>Who calls, as <see cref="CallerGate"/> found out. Only in endpoints that have a <see cref="CallerRequirement"/>.</summary>
internal static class Callers
{
    /// <summary>The source or person.</summary>
    public static Actor Caller(this HttpContext http) =>
        http.Features.Get<Actor>() ?? throw new InvalidOperationException("The endpoint says nothing about its callers: add RequireSource or RequirePerson.");

    public static SourceActor Source(this HttpContext http) => (SourceActor)http.Caller();

    public static PersonActor Person(this HttpContext http) => (PersonActor)http.Caller();
}
