using ReviewConsole.Hosting.Control;

namespace ReviewConsole.Hosting.Verbs;

internal static class VerbServices
{
    /// <summary>The verbs that write, each by its one handler.</summary>
    public static IServiceCollection AddVerbs(this IServiceCollection services)
    {
        services.AddSingleton<IVerbHandler, KeyCreateHandler>();
        services.AddSingleton<IVerbHandler, KeyRevokeHandler>();
        services.AddSingleton<IVerbHandler, EndpointAddHandler>();
        services.AddSingleton<IVerbHandler, EndpointRotateHandler>();
        services.AddSingleton<IVerbHandler, EndpointRemoveHandler>();
        services.AddSingleton<IVerbHandler, EndpointReplayHandler>();
        services.AddSingleton<IVerbHandler, ImportHandler>();
        services.AddSingleton<IVerbHandler, PolicyImportHandler>();
        return services.AddSingleton<VerbDispatch>();
    }
}
