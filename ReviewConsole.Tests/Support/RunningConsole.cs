using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Store;
using ReviewConsole.Hosting;
using Xunit;

namespace ReviewConsole.Tests.Support;

/// <summary>
/// The real server in this process: Development, loopback, a port of its own, a fresh folder that goes away with it. Speak to it as a source
/// (<see cref="SourceAsync"/>), a person (<see cref="PersonAsync"/>) or nobody (<see cref="Anonymous"/>).
/// </summary>
internal sealed class RunningConsole : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly List<HttpClient> _clients = [];

    private RunningConsole(ConsoleHost host, TemporaryFolder folder)
    {
        Host = host;
        _folder = folder;
    }

    public ConsoleHost Host { get; }

    public Uri Address => Host.Address;

    public IServiceProvider Services => Host.Services;

    /// <param name="configure">Changes settings; <c>Data</c> given there is kept after the server has gone.</param>
    public static async Task<RunningConsole> StartAsync(Func<HostSettings, HostSettings>? configure = null, TimeProvider? time = null)
    {
        var folder = new TemporaryFolder();
        var settings = new HostSettings(folder.Path) { Urls = "http://127.0.0.1:0", Environment = "Development" };
        settings = configure?.Invoke(settings) ?? settings;
        var host = await ConsoleHost.BuildAsync(settings, time, TestContext.Current.CancellationToken);
        try
        {
            await host.StartAsync(TestContext.Current.CancellationToken);
            return new RunningConsole(host, folder);
        }
        catch
        {
            await host.DisposeAsync();
            folder.Dispose();
            throw;
        }
    }

    /// <summary>No key, no cookie kept, no redirect followed.</summary>
    public HttpClient Anonymous() => Client(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });

    /// <summary>A client with a fresh key of every scope for <paramref name="name"/>, unless told otherwise.</summary>
    public async Task<HttpClient> SourceAsync(string name = "airline-agent", IReadOnlyCollection<string>? systems = null, IReadOnlyCollection<string>? scopes = null)
    {
        var client = Anonymous();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await KeyAsync(name, systems, scopes));
        return client;
    }

    /// <summary>The token of a fresh key.</summary>
    public async Task<string> KeyAsync(string name, IReadOnlyCollection<string>? systems = null, IReadOnlyCollection<string>? scopes = null)
    {
        var made = await Services.GetRequiredService<KeyStore>().CreateAsync(
            Actor.System, "cli", name, systems ?? [name], scopes ?? Scopes.All, life: null, TestContext.Current.CancellationToken);
        return Assert.IsType<KeyCreation.Created>(made).Token;
    }

    /// <summary>A client signed in as a persona of WIRE.md §3, with cookies and the antiforgery token on every request.</summary>
    public async Task<HttpClient> PersonAsync(string persona)
    {
        var client = Client(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var form = new FormUrlEncodedContent([new("person", persona)]);
        using var signedIn = await client.PostAsync(new Uri("/signin/development", UriKind.Relative), form, TestContext.Current.CancellationToken);
        Assert.Equal(302, (int)signedIn.StatusCode);
        var me = await client.GetFromJsonAsync<JsonObject>("/api/v1/me", TestContext.Current.CancellationToken);
        client.DefaultRequestHeaders.Add("X-CSRF-TOKEN", (string)me!["antiforgeryToken"]!);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
        {
            client.Dispose();
        }

        await Host.StopAsync(CancellationToken.None);
        await Host.DisposeAsync();
        _folder.Dispose();
    }

    private HttpClient Client(SocketsHttpHandler handler)
    {
        var client = new HttpClient(handler) { BaseAddress = Address };
        _clients.Add(client);
        return client;
    }
}
