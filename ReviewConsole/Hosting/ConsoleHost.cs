using System.Net.Sockets;

namespace ReviewConsole.Hosting;

/// <summary>
/// The real server: what the command line starts, and what tests and benchmarks start in their own process on a port of their own
/// (<c>Urls = "http://127.0.0.1:0"</c>). It owns the data folder's lock from <see cref="BuildAsync"/> until it is disposed.
/// </summary>
internal sealed class ConsoleHost : IAsyncDisposable
{
    private readonly DataFolderLock _lock;
    private readonly StartLog _quiet;

    private ConsoleHost(WebApplication app, HostPlace place, DataFolderLock dataLock, StartLog quiet)
    {
        _quiet = quiet;
        App = app;
        Place = place;
        _lock = dataLock;
    }

    public WebApplication App { get; }

    public HostPlace Place { get; }

    public DataFolder Data => Place.Data;

    public IServiceProvider Services => App.Services;

    /// <summary>The first address with the port that was really taken; only after <see cref="StartAsync"/>.</summary>
    public Uri Address => new(App.Urls.First());

    /// <summary>Reads the configuration, takes the lock, prepares the folder and puts the rooms together. Nothing listens yet.</summary>
    /// <exception cref="StartRefusedException">In one line, why not and what to do.</exception>
    public static async Task<ConsoleHost> BuildAsync(HostSettings settings, TimeProvider? time = null, CancellationToken cancellation = default)
    {
        var builder = Builder(settings);
        var place = Settle(settings, builder);
        var data = place.Data;
        if (settings.Demo)
        {
            data.RefuseForeignFolder();
        }

        data.PrepareRoot();
        var dataLock = DataFolderLock.Take(data);
        WebApplication? app = null;
        var quiet = new StartLog(builder.Logging);
        try
        {
            if (settings.Demo)
            {
                data.Wipe();
            }

            data.Prepare();
            builder.Services.AddSingleton(place);
            builder.Services.AddSingleton(data);
            builder.Services.AddSingleton(time ?? TimeProvider.System);
            builder.AddConsole(place);
            settings.Services?.Invoke(builder.Services);
            app = builder.Build();
            await Composition.OpenCoreAsync(app.Services, cancellation).ConfigureAwait(false);
            app.MapConsole(place);
            return new ConsoleHost(app, place, dataLock, quiet);
        }
        catch
        {
            if (app is not null)
            {
                await app.DisposeAsync().ConfigureAwait(false);
            }

            dataLock.Dispose();
            throw;
        }
    }

    /// <exception cref="StartRefusedException">An address is taken or may not be used.</exception>
    public async Task StartAsync(CancellationToken cancellation = default)
    {
        try
        {
            await App.StartAsync(cancellation).ConfigureAwait(false);
            _quiet.Started = true;
        }
        catch (Exception fault) when (fault is IOException or SocketException)
        {
            throw new StartRefusedException($"The server cannot listen on {Place.Addresses.Joined} ({fault.Message.ReplaceLineEndings(" ").TrimEnd('.')}): choose another address with --urls.");
        }
    }

    public Task StopAsync(CancellationToken cancellation = default) => App.StopAsync(cancellation);

    public Task WaitForShutdownAsync(CancellationToken cancellation = default) => App.WaitForShutdownAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync().ConfigureAwait(false);
        _lock.Dispose();
    }

    private static WebApplicationBuilder Builder(HostSettings settings)
    {
        // The shell's arguments never go in: the framework would take --urls for itself and swallow what follows it.
        // Watching configuration files costs an inotify instance a host, which a test run would exhaust.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = "ReviewConsole",
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = EnvironmentName.Settle(settings.Environment, settings.Demo),
            Args = ["--hostBuilder:reloadConfigOnChange=false"],
        });
        builder.Configuration.AddInMemoryCollection(settings.Configuration);
        return builder;
    }

    private static HostPlace Settle(HostSettings settings, WebApplicationBuilder builder)
    {
        var addresses = ListenAddresses.From(settings.Urls, builder.Configuration);
        var proxied = builder.Configuration.GetSection("Hosting:Proxies").GetChildren().Any();
        var root = settings.Demo ? Path.Join(Path.GetFullPath(settings.Data), "demo") : settings.Data;
        var place = new HostPlace(builder.Environment.EnvironmentName, addresses, new DataFolder(root), settings.Demo, proxied);
        place.Check();
        if (!addresses.FromKestrelSection)
        {
            builder.WebHost.UseUrls(addresses.Joined);
        }

        return place;
    }
}
