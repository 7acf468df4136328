using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using ReviewConsole.Client;
using ReviewConsole.Demo.Cases;

namespace ReviewConsole.Demo;

/// <summary>Starts the simulated sources once the server listens, and stops them before it does not.</summary>
internal sealed partial class DemoService(IServer server, IHostApplicationLifetime lifetime, MakeDemoKey makeKey, DemoOptions options, TimeProvider time, ILoggerFactory logs) : BackgroundService
{
    private int _executions = -1;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var started = lifetime.ApplicationStarted.Register(listening.SetResult);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        try
        {
            await listening.Task.WaitAsync(stopping.Token).ConfigureAwait(false);
            var address = new Uri(server.Features.Get<IServerAddressesFeature>()!.Addresses.First());
            using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { Timeout = Timeout.InfiniteTimeSpan };
            var sources = new Dictionary<string, DemoSource>(StringComparer.Ordinal);
            foreach (var system in DemoCases.All.Select(static c => c.System).Distinct(StringComparer.Ordinal))
            {
                var key = await makeKey(system, [system], stopping.Token).ConfigureAwait(false);
                var console = new ReviewConsoleClient(http, new ReviewConsoleClientOptions { Server = address, ApiKey = key, Time = time });
                sources[system] = new DemoSource(console, system, () => Fate.Of(Interlocked.Increment(ref _executions)), time, logs.CreateLogger<DemoSource>());
            }

            await new DemoDirector(sources, options, time, logs.CreateLogger<DemoDirector>()).RunAsync(stopping.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The host stopped before or while the sources were made ready.
        }
        catch (Exception fault)
        {
            // The console goes on without its demonstration.
            LogEnded(logs.CreateLogger<DemoService>(), fault);
        }
    }

    [LoggerMessage(EventId = 7020, Level = LogLevel.Error, Message = "The demonstration has ended")]
    private static partial void LogEnded(ILogger log, Exception fault);
}
