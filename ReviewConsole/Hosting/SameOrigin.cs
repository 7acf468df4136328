namespace ReviewConsole.Hosting;

/// <summary>Whether a request comes from a page of ours, as far as the browser says.</summary>
internal static class SameOrigin
{
    /// <summary>True when the Origin header names this server. A browser sends it with every POST and every WebSocket.</summary>
    public static bool IsOurs(HttpRequest request) =>
        Uri.TryCreate(request.Headers.Origin.ToString(), UriKind.Absolute, out var origin)
        && string.Equals(origin.Scheme, request.Scheme, StringComparison.OrdinalIgnoreCase)
        && string.Equals(origin.Authority, new UriBuilder(request.Scheme, request.Host.Host, request.Host.Port ?? -1).Uri.Authority, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// True when a browser says that another site's page made the request. A program sends neither header and passes: it has no cookies of somebody
    /// else's to abuse.
    /// </summary>
    public static bool IsForeign(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        return site.Length > 0 ? site is not ("same-origin" or "none") : request.Headers.Origin.Count > 0 && !IsOurs(request);
    }
}
