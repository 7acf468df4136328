using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using ReviewConsole.Core.Identity;
using ReviewConsole.Hosting;
using ReviewConsole.SignIn;

namespace ReviewConsole.Tests.Support;

/// <summary>
/// The real host in this process, on a port and in a data folder of its own, in Development. With <c>signedIn</c> every request is one person's without
/// the way through the sign-in page: for tests of the shell, not of who may do what.
/// </summary>
internal sealed class ConsoleServer : IAsyncDisposable
{
    private readonly ConsoleHost _host;

    private ConsoleServer(ConsoleHost host) => _host = host;

    public string Url => _host.Address.GetLeftPart(UriPartial.Authority);

    public IServiceProvider Services => _host.Services;

    public static async Task<ConsoleServer> StartAsync(Person? signedIn = null, Action<IServiceCollection>? services = null, CancellationToken cancellation = default)
    {
        var data = Directory.CreateTempSubdirectory("rc-test-").FullName;
        var host = await ConsoleHost.BuildAsync(
            new HostSettings(data)
            {
                Urls = "http://127.0.0.1:0",
                Environment = "Development",
                Services = collection =>
                {
                    if (signedIn is not null)
                    {
                        collection.AddSingleton<IStartupFilter>(new AlwaysSignedIn(signedIn));
                    }

                    services?.Invoke(collection);
                },
            }, cancellation: cancellation);
        if (signedIn is not null)
        {
            host.Services.GetRequiredService<PeopleDirectory>().Replace([signedIn], [AlwaysSignedIn.Session(signedIn)]);
        }

        await host.StartAsync(cancellation);
        return new ConsoleServer(host);
    }

    public async ValueTask DisposeAsync()
    {
        var data = _host.Data.Path;
        await _host.StopAsync(CancellationToken.None);
        await _host.DisposeAsync();
        Directory.Delete(data, recursive: true);
    }

    private sealed class AlwaysSignedIn(Person person) : IStartupFilter
    {
        public static PersonSession Session(Person person) => new("test-session", person.Id, Started: 0, Expires: long.MaxValue);

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(async (context, rest) =>
            {
                context.User = SessionPrincipal.Of(person, Session(person).Id);
                await rest(context);
            });
            next(app);
        };
    }
}
