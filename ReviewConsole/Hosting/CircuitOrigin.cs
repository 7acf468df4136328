namespace ReviewConsole.Hosting;

/// <summary>
/// Guards <c>/_blazor</c>: WebSockets are outside the browser's same-origin policy and carry cookies, so another site could drive a circuit.
/// A WebSocket without an Origin is no browser's and is refused too.
/// </summary>
internal sealed class CircuitOrigin(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http)
    {
        var request = http.Request;
        if (request.Path.StartsWithSegments("/_blazor", StringComparison.OrdinalIgnoreCase)
            && !SameOrigin.IsOurs(request)
            && (http.WebSockets.IsWebSocketRequest || request.Headers.Upgrade.Count > 0 || request.Headers.Origin.Count > 0))
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        }

        return next(http);
    }
}
