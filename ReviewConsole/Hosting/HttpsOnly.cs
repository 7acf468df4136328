using ReviewConsole.Api;

namespace ReviewConsole.Hosting;

/// <summary>Where cookies are Secure nothing but health is answered over plain http: a key or cookie sent that way has already been shown to the network.</summary>
internal sealed class HttpsOnly(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http) =>
        http.Request.IsHttps || http.Request.Path.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase)
            ? next(http)
            : Problems.Of("https-required", "Use the https address of this console.").ExecuteAsync(http);
}
