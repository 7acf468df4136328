using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using ReviewConsole.Api;
using ReviewConsole.Hosting;

namespace ReviewConsole.SignIn;

internal static class SignInServices
{
    /// <summary>Keys, people, the session cookie and the antiforgery cookie.</summary>
    public static IServiceCollection AddSignIn(this IServiceCollection services, HostPlace place)
    {
        services.AddCheckedOptions<SignInOptions>();
        services.AddSingleton<KeyRateLimit>();
        services.AddSingleton<SessionPrincipal>();
        services.AddScoped<CurrentPerson>();
        services.AddScoped<AuthenticationStateProvider, CircuitRevalidation>();
        services.AddCascadingAuthenticationState();
        services.AddSingleton<IAuthorizationHandler, PermissionPolicies.Handler>();
        services.AddAuthorization(options => options.AddPermissionPolicies());
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
        services.AddOptions<CookieAuthenticationOptions>(CookieAuthenticationDefaults.AuthenticationScheme)
            .Configure<HostingOptions, SessionPrincipal>((cookie, hosting, sessions) => SessionCookie(cookie, place, hosting, sessions));
        services.AddAntiforgery(options =>
        {
            options.HeaderName = "X-CSRF-TOKEN";
            Shape(options.Cookie, place, "rc-csrf");
            options.SuppressXFrameOptionsHeader = true;
        });
        return services;
    }

    private static void SessionCookie(CookieAuthenticationOptions cookie, HostPlace place, HostingOptions hosting, SessionPrincipal sessions)
    {
        Shape(cookie.Cookie, place, "rc-session");
        cookie.ExpireTimeSpan = hosting.SessionLength;
        cookie.SlidingExpiration = false;
        cookie.LoginPath = "/signin";
        cookie.AccessDeniedPath = "/denied";
        cookie.ReturnUrlParameter = "returnUrl";
        cookie.Events.OnValidatePrincipal = context =>
        {
            if (sessions.Renew(context.Principal) is { } current)
            {
                context.ReplacePrincipal(current);
            }
            else
            {
                context.RejectPrincipal();
            }

            return Task.CompletedTask;
        };
        cookie.Events.OnRedirectToLogin = context => AnswerAsync(context, 401);
        cookie.Events.OnRedirectToAccessDenied = context => AnswerAsync(context, 403);
    }

    private static Task AnswerAsync(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        if (context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase))
        {
            return Problems.OfStatus(status).ExecuteAsync(context.HttpContext);
        }

        context.Response.Redirect(context.RedirectUri);
        return Task.CompletedTask;
    }

    /// <summary>Over https <c>__Host-</c> and Secure. Always-Secure on Development's plain http would make antiforgery answer 500, hence the other name and rule there.</summary>
    private static void Shape(CookieBuilder cookie, HostPlace place, string name)
    {
        cookie.Name = place.SecureCookies ? "__Host-" + name : name;
        cookie.SecurePolicy = place.SecureCookies ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        cookie.SameSite = SameSiteMode.Lax;
        cookie.HttpOnly = true;
        cookie.Path = "/";
        cookie.IsEssential = true;
    }
}
