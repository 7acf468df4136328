using Microsoft.AspNetCore.Authorization;
using ReviewConsole.Core.Identity;

namespace ReviewConsole.SignIn;

/// <summary>A policy for each permission, under its wire name: <c>[Authorize(Policy = "history.read")]</c> on a page.</summary>
internal static class PermissionPolicies
{
    public static void AddPermissionPolicies(this AuthorizationOptions options)
    {
        foreach (var permission in Enum.GetValues<Permission>())
        {
            options.AddPolicy(permission.Name(), policy => policy.RequireAuthenticatedUser().AddRequirements(new Needed(permission)));
        }
    }

    internal sealed record Needed(Permission Permission) : IAuthorizationRequirement;

    internal sealed class Handler(SessionPrincipal sessions) : AuthorizationHandler<Needed>
    {
        protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, Needed requirement)
        {
            if (sessions.Find(context.User)?.May(requirement.Permission) == true)
            {
                context.Succeed(requirement);
            }

            return Task.CompletedTask;
        }
    }
}
