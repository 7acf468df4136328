using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.SignalR;
using ReviewConsole.Api;
using ReviewConsole.Api.Described;
using ReviewConsole.Components;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Ledger;
using ReviewConsole.Core.Store;
using ReviewConsole.Demo;
using ReviewConsole.Hosting.Control;
using ReviewConsole.Hosting.Verbs;
using ReviewConsole.Live;
using ReviewConsole.Rendering;
using ReviewConsole.SignIn;

namespace ReviewConsole.Hosting;

/// <summary>Where the rooms are put together: one line a room in each of the three steps.</summary>
internal static class Composition
{
    /// <summary>Of any call that does not set its own (WIRE.md §1).</summary>
    private const long LongestBody = 8 * 1024 * 1024;

    /// <summary>An editor's 256 KB as UTF-8 in a JSON string, with room: the framework's 32 KB would close the circuit on a long paste.</summary>
    private const long LongestHubMessage = 640 * 1024;

    /// <summary>What every process needs that works on a data folder: the server, and a verb that found no server.</summary>
    public static void AddCore(this IServiceCollection services, DataFolder data)
    {
        services.AddCheckedOptions<HostingOptions>();
        services.AddStore(data);
        services.AddDelivery(data);
        services.AddSingleton<KeyDirectory>();
        services.AddSingleton<PeopleDirectory>();
        services.AddSingleton<OwnerStore>();
        services.AddSingleton<KeyStore>();
        services.AddSingleton<PeopleStore>();
        services.AddReviews(data);
        services.AddRendering();
        services.AddIntake();
        services.AddVerbs();
    }

    /// <summary>What a server needs besides.</summary>
    public static void AddConsole(this WebApplicationBuilder builder, HostPlace place)
    {
        builder.Services.AddCore(place.Data);
        builder.Services.AddHostedService<ControlServer>();
        builder.Services.AddHostedService<ReviewClock>();
        builder.Services.AddDeliveryWorker();
        builder.Services.AddSingleton<LedgerWatch>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<LedgerWatch>());
        builder.Services.AddHostedService<Anchoring>();
        builder.Services.AddHostedService<Calibrating>();
        builder.Services.AddApi();
        if (place.Demo)
        {
            builder.Services.AddDemo();
        }

        builder.Services.AddConsoleComponents();
        builder.Services.AddSingleton<ShellBoard>();
        builder.Services.AddSignIn(place);
        builder.Services.AddWireDescription();
        builder.Services.Configure<HubOptions>(hub => hub.MaximumReceiveMessageSize = LongestHubMessage);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LongestBody;
        });
    }

    /// <summary>Opens what must be open before the first request or command: under the lock, before anything listens.</summary>
    /// <exception cref="StartRefusedException">The settings are wrong, or the folder's content cannot be served.</exception>
    public static async Task OpenCoreAsync(IServiceProvider services, CancellationToken cancellation)
    {
        CheckedOptions.CheckAll(services);
        cancellation.ThrowIfCancellationRequested();
        try
        {
            _ = services.GetRequiredService<Writer>();
            CheckLedger(services);
            services.GetRequiredService<BlobFolder>().RemoveLeftovers();
            await services.GetRequiredService<OwnerStore>().AdoptAsync(cancellation).ConfigureAwait(false);
            services.GetRequiredService<KeyStore>().Refresh();
            services.GetRequiredService<EndpointStore>().Refresh();
            services.GetRequiredService<PeopleStore>().Refresh();
            await services.OpenReviewsAsync(cancellation).ConfigureAwait(false);
        }
        catch (LedgerDamagedException damaged)
        {
            throw Damaged(damaged.Fault);
        }
        catch (Exception fault) when (fault is StorageException or LedgerKeyException or InvalidDataException)
        {
            throw new StartRefusedException(fault.Message);
        }
    }

    /// <summary>Newest checkpoint, newest anchor and what has come since; <see cref="LedgerWatch"/> verifies the rest in the background.</summary>
    private static void CheckLedger(IServiceProvider services)
    {
        using var connection = services.GetRequiredService<ReadDatabase>().Open();
        if (LedgerTriggers.Missing(connection) is { Count: > 0 } missing)
        {
            throw new StartRefusedException(
                $"The ledger's triggers {string.Join(", ", missing)} are gone or changed: somebody worked on the database by hand. Keep the folder, look with `ReviewConsole ledger verify`, and restore a backup.", 2);
        }

        var anchor = services.GetRequiredService<AnchorFile>().Newest();
        if (LedgerStart.Check(connection, services.GetRequiredService<LedgerSigner>().Key, anchor) is { } fault)
        {
            throw Damaged(fault);
        }
    }

    private static StartRefusedException Damaged(LedgerFault fault) =>
        new($"The ledger is damaged at {fault}. Nothing was changed: keep the folder, look with `ReviewConsole ledger verify`, and restore a backup.", 2);

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
        app.MapApi();
        app.MapEvidence().RequireAuthorization(Permission.ReviewsRead.Name());
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
