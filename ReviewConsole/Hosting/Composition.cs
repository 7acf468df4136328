using Microsoft.AspNetCore.HttpOverrides;
using ReviewConsole.Api;
using ReviewConsole.Components;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Ledger;
using ReviewConsole.Core.Store;
using ReviewConsole.Hosting.Control;
using ReviewConsole.Hosting.Verbs;
using ReviewConsole.SignIn;

namespace ReviewConsole.Hosting;

/// <summary>Where the rooms are put together: one line a room in each of the three steps.</summary>
internal static class Composition
{
    /// <summary>What every process needs that works on a data folder: the server, and a verb that found no server.</summary>
    public static void AddCore(this IServiceCollection services, DataFolder data)
    {
        services.AddCheckedOptions<HostingOptions>();
        services.AddStore(data);
        services.AddDelivery(data);
        services.AddSingleton<KeyDirectory>();
        services.AddSingleton<PeopleDirectory>();
        services.AddSingleton<KeyStore>();
        services.AddSingleton<PeopleStore>();
        services.AddReviews(data);
        services.AddVerbs();
    }

    /// <summary>What a server needs besides.</summary>
    public static void AddConsole(this WebApplicationBuilder builder, HostPlace place)
    {
        builder.Services.AddCore(place.Data);
        builder.Services.AddHostedService<ControlServer>();
        builder.Services.AddHostedService<ReviewClock>();
        builder.Services.AddDeliveryWorker();
        builder.Services.AddConsoleComponents();
        builder.Services.AddSignIn(place);
        builder.Services.AddOpenApi("v1");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
    }

    /// <summary>Opens what must be open before the first request or command: under the lock, before anything listens.</summary>
    /// <exception cref="StartRefusedException">The settings are wrong, or the folder's content cannot be served.</exception>
    public static Task OpenCoreAsync(IServiceProvider services, CancellationToken cancellation)
    {
        CheckedOptions.CheckAll(services);
        cancellation.ThrowIfCancellationRequested();
        try
        {
            _ = services.GetRequiredService<Writer>();
            services.GetRequiredService<KeyStore>().Refresh();
            services.GetRequiredService<EndpointStore>().Refresh();
            services.GetRequiredService<PeopleStore>().Refresh();
            services.OpenReviews();
        }
        catch (Exception fault) when (fault is StorageException or LedgerKeyException)
        {
            throw new StartRefusedException(fault.Message);
        }

        return Task.CompletedTask;
    }

    /// <summary>The way of a request, in order, and the endpoints.</summary>
    public static void MapConsole(this WebApplication app, HostPlace place)
    {
        app.UseMiddleware<ApiErrors>();
        UseNamedProxies(app, place);
        if (place.SecureCookies)
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
        app.MapConsoleComponents().RequireAuthorization();
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
