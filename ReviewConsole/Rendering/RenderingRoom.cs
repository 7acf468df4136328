namespace ReviewConsole.Rendering;

/// <summary>Composition of the rendering room.</summary>
internal static class RenderingRoom
{
    public static IServiceCollection AddRendering(this IServiceCollection services) => services.AddSingleton<RenderWords>();
}
