using Microsoft.AspNetCore.Antiforgery;
using Microsoft.Net.Http.Headers;
using ReviewConsole.Api;
using ReviewConsole.Core.Identity;

namespace ReviewConsole.SignIn;

/// <summary>
/// The one door of the API: finds out who calls and answers 401, 403, 429 or 400 <c>antiforgery</c> as problem+json, never by a redirect.
/// It stands after routing and before the endpoint, so that nothing of a stranger's body is read.
/// </summary>
internal sealed class CallerGate(RequestDelegate next, KeyDirectory keys, KeyRateLimit limit, SessionPrincipal sessions, IAntiforgery antiforgery, TimeProvider time)
{
    private const string Bearer = "Bearer ";

    public Task InvokeAsync(HttpContext http)
    {
        var requirement = http.GetEndpoint()?.Metadata.GetMetadata<CallerRequirement>();
        if (requirement is null)
        {
            return next(http);
        }

        var authorization = http.Request.Headers.Authorization.ToString();
        if (requirement.Scope is { } scope && (authorization.Length > 0 || !requirement.People))
        {
            var refusal = AsSource(http, authorization, scope);
            return refusal is null ? next(http) : refusal.ExecuteAsync(http);
        }

        return AsPersonAsync(http, requirement);
    }

    private Problem? AsSource(HttpContext http, string authorization, string scope)
    {
        var key = authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? keys.Find(authorization.AsSpan(Bearer.Length).Trim(), time.GetUtcNow().ToUnixTimeMilliseconds())
            : null;
        if (key is null)
        {
            http.Response.Headers[HeaderNames.WWWAuthenticate] = "Bearer";
            return Problems.Of("unauthorized", "Send a live key: Authorization: Bearer rc_…; keys are made with `ReviewConsole keys create`.");
        }

        if (limit.Take(key.Actor.Id) is { } wait)
        {
            return Problems.Of("rate-limited", "This key sends more requests than one key may.") with { RetryAfter = wait };
        }

        if (!key.Scopes.Contains(scope))
        {
            return Problems.Of("not-permitted", $"The key has no scope {scope}.");
        }

        http.Features.Set<Actor>(key.Actor);
        return null;
    }

    private async Task AsPersonAsync(HttpContext http, CallerRequirement requirement)
    {
        if (sessions.Find(http.User) is not { } person)
        {
            await Problems.Of("unauthorized", "Sign in at /signin; people's calls take the session's cookie and no bearer token.").ExecuteAsync(http).ConfigureAwait(false);
            return;
        }

        var reads = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);
        if (!reads && !await antiforgery.IsRequestValidAsync(http).ConfigureAwait(false))
        {
            await Problems.Of("antiforgery", "Send the antiforgeryToken of GET /api/v1/me as X-CSRF-TOKEN, with that answer's cookies.").ExecuteAsync(http).ConfigureAwait(false);
            return;
        }

        if (reads && requirement.Permission is { } permission && !person.May(permission))
        {
            await Problems.NotPermitted(permission.Name()).ExecuteAsync(http).ConfigureAwait(false);
            return;
        }

        http.Features.Set<Actor>(person);
        await next(http).ConfigureAwait(false);
    }
}
