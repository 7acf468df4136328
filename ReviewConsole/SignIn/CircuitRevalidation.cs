using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace ReviewConsole.SignIn;

/// <summary>Closes the screens of somebody whose session ended: every circuit asks again well within the 30 s of TRUST.md §3.</summary>
internal sealed class CircuitRevalidation(ILoggerFactory logging, SessionPrincipal sessions) : RevalidatingServerAuthenticationStateProvider(logging)
{
    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(20);

    protected override Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        Task.FromResult(sessions.Find(authenticationState.User) is not null);
}
