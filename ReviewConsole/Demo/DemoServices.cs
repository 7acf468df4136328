using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Store;

namespace ReviewConsole.Demo;

/// <summary>The demonstration as a room of the host.</summary>
internal static class DemoServices
{
    /// <summary>Adds the simulated sources: they start when the server listens.</summary>
    public static IServiceCollection AddDemo(this IServiceCollection services, DemoOptions? options = null)
        => services.AddSingleton(options ?? new DemoOptions()).AddSingleton(MakeKey).AddHostedService<DemoService>();

    /// <summary>A key that a former start left is replaced: its text is known to nobody any more.</summary>
    private static MakeDemoKey MakeKey(IServiceProvider services)
    {
        var keys = services.GetRequiredService<KeyStore>();
        return async (name, systems, cancellation) =>
        {
            if (keys.All().Any(key => key.Name == name && key.Revoked is null))
            {
                await keys.RevokeAsync(Actor.System, "demo", name, cancellation).ConfigureAwait(false);
            }

            return await keys.CreateAsync(Actor.System, "demo", name, systems, Scopes.All, null, cancellation).ConfigureAwait(false) is KeyCreation.Created created
                ? created.Token
                : throw new InvalidOperationException($"Somebody else made the key {name} at the same moment.");
        };
    }
}
