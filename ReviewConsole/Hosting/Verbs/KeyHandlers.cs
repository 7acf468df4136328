using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Store;
using ReviewConsole.Hosting.Control;

namespace ReviewConsole.Hosting.Verbs;

internal sealed class KeyCreateHandler(KeyStore keys) : IVerbHandler
{
    public string Verb => "keys create";

    public async Task<int> RunAsync(VerbCommand command, IVerbOutput output, CancellationToken cancellation)
    {
        var life = (long?)command.Arguments["milliseconds"] is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : (TimeSpan?)null;
        var name = command.Text("name")!;
        switch (await keys.CreateAsync(Actor.System, "cli", name, command.Words("systems"), command.Words("scopes"), life, cancellation).ConfigureAwait(false))
        {
            case KeyCreation.Created created:
                output.Line(created.Token);
                return 0;
            default:
                output.Error($"There is a live key '{name}': choose another name, or end that one with `keys revoke`.");
                return 1;
        }
    }
}

internal sealed class KeyRevokeHandler(KeyStore keys) : IVerbHandler
{
    public string Verb => "keys revoke";

    public async Task<int> RunAsync(VerbCommand command, IVerbOutput output, CancellationToken cancellation)
    {
        var name = command.Text("name")!;
        if (await keys.RevokeAsync(Actor.System, "cli", name, cancellation).ConfigureAwait(false))
        {
            return 0;
        }

        output.Error($"There is no live key '{name}': `keys list` shows all.");
        return 1;
    }
}
