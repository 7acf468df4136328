using ReviewConsole.Hosting.Control;

namespace ReviewConsole.Hosting;

/// <summary>The product without a server, for a verb that found the folder's lock free. The caller holds the lock.</summary>
internal static class CoreHost
{
    public static async Task<int> RunAsync(DataFolder data, VerbCommand command, IVerbOutput output, CancellationToken cancellation)
    {
        data.Prepare();
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings
        {
            ApplicationName = "ReviewConsole",
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = EnvironmentName.Settle(said: null, demo: false),
            Args = ["--hostBuilder:reloadConfigOnChange=false"],
        });
        _ = new StartLog(builder.Logging);
        builder.Services.AddSingleton(data);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddCore(data);
        var services = builder.Services.BuildServiceProvider();
        await using (services.ConfigureAwait(false))
        {
            await Composition.OpenCoreAsync(services, cancellation).ConfigureAwait(false);
            return await services.GetRequiredService<VerbDispatch>().RunAsync(command, output, cancellation).ConfigureAwait(false);
        }
    }
}
