using Microsoft.AspNetCore.HttpOverrides;
using ReviewConsole.Api;
using ReviewConsole.Components;
using ReviewConsole.Core.Identity;
using ReviewConsole.SignIn;

namespace ReviewConsole.Hosting;

/// <summary>Where the rooms are put together: one line a room in each of the three steps.</summary>
internal static class Composition
{
    /// <summary>What every process needs that works on a data folder: the server, and a verb that found no server.</summary>
    public static void AddCore(this IServiceCollection services)
    {
        services.AddCheckedOptions<HostingOptions>();
        services.AddSingleton<KeyDirectory>();
        services.AddSingleton<PeopleDirectory>();
    }

    /// <summary>What a server needs besides.</summary>
    public static void AddConsole(this WebApplicationBuilder builder, HostPlace place)
    {
        builder.Services.AddCore();
        builder.Services.AddSignIn(place);
        builder.Services.AddConsoleComponents();
        builder.Services.AddOpenApi("v1");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
    }

    /// <summary>Opens what must be open before the first request: after the lock, before anything listens.</summary>
    /// <exception cref="StartRefusedException">The folder's content cannot be served.</exception>
    public static Task OpenConsoleAsync(this WebApplication app, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.CompletedTask;
    }

    /// <summary>The way of a request, in order, and the endpoints.</summary>
    public static void MapConsole(this WebApplication app, HostPlace place)
    {
        app.UseMiddleware<ApiErrors>();
        UseNamedProxies(app, place);
        if (place.IsProduction)
        {
            app.UseMiddleware<HttpsOnly>();
        }

        app.UseMiddleware<SecurityHeaders>();
        app.UseConsolePages();
        app.UseRouting();
        app.UseMiddleware<CircuitOrigin>();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseMiddleware<CallerGate>();
        app.UseAntiforgery();

        app.MapOpenApi("/openapi/{documentName}.json");
        app.MapHealth();
        app.MapSignIn(place);
        app.MapMe();
        app.MapConsoleComponents();
    }

    /// <summary>Only a proxy that the operator named is believed about scheme and address of its client.</summary>
    private static void UseNamedProxies(WebApplication app, HostPlace place)
    {
        if (!place.ProxyTerminatesTls)
        {
            return;
        }

        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost };
        options.KnownIPNetworks.Clear();
        options.KnownProxies.Clear();
        foreach (var proxy in app.Services.GetRequiredService<HostingOptions>().Proxies)
        {
            options.KnownProxies.Add(System.Net.IPAddress.Parse(proxy));
        }

        app.UseForwardedHeaders(options);
    }
}
