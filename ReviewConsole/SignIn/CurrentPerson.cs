using Microsoft.AspNetCore.Components.Authorization;
using ReviewConsole.Core.Identity;

namespace ReviewConsole.SignIn;

/// <summary>For components: who sits in front of this circuit, asked afresh each time, because a circuit outlives a role.</summary>
internal sealed class CurrentPerson(AuthenticationStateProvider authentication, SessionPrincipal sessions)
{
    /// <summary>Null when the session has ended since the page was opened; a command must then not be sent.</summary>
    public async ValueTask<PersonActor?> FindAsync() => sessions.Find((await authentication.GetAuthenticationStateAsync().ConfigureAwait(false)).User);
}
