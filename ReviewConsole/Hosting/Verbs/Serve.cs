namespace ReviewConsole.Hosting.Verbs;

/// <summary>No verb: serve until the process is told to stop.</summary>
internal static class Serve
{
    public static async Task<int> RunAsync(HostSettings settings, Shell shell, CancellationToken cancellation)
    {
        var host = await ConsoleHost.BuildAsync(settings, TimeProvider.System, cancellation).ConfigureAwait(false);
        await using (host.ConfigureAwait(false))
        {
            await host.StartAsync(cancellation).ConfigureAwait(false);
            await shell.Output.WriteLineAsync($"ReviewConsole serves on {string.Join(", ", host.App.Urls)} with the data of {host.Data.Path}").ConfigureAwait(false);
            await host.WaitForShutdownAsync(cancellation).ConfigureAwait(false);
        }

        return 0;
    }
}
