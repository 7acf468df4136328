using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Store;
using ReviewConsole.Hosting.Control;

namespace ReviewConsole.Hosting.Verbs;

internal sealed class EndpointAddHandler(EndpointStore endpoints) : IVerbHandler
{
    public string Verb => "endpoints add";

    public async Task<int> RunAsync(VerbCommand command, IVerbOutput output, CancellationToken cancellation)
    {
        var name = command.Text("name")!;
        var answer = await endpoints.AddAsync(Actor.System, "cli", name, command.Text("url")!, cancellation).ConfigureAwait(false);
        return EndpointAnswers.Print(answer, name, output);
    }
}

internal sealed class EndpointRotateHandler(EndpointStore endpoints) : IVerbHandler
{
    public string Verb => "endpoints rotate";

    public async Task<int> RunAsync(VerbCommand command, IVerbOutput output, CancellationToken cancellation)
    {
        var name = command.Text("name")!;
        return EndpointAnswers.Print(await endpoints.RotateAsync(Actor.System, "cli", name, cancellation).ConfigureAwait(false), name, output);
    }
}

internal sealed class EndpointRemoveHandler(EndpointStore endpoints) : IVerbHandler
{
    public string Verb => "endpoints remove";

    public async Task<int> RunAsync(VerbCommand command, IVerbOutput output, CancellationToken cancellation)
    {
        var name = command.Text("name")!;
        return EndpointAnswers.Print(await endpoints.RemoveAsync(Actor.System, "cli", name, cancellation).ConfigureAwait(false), name, output);
    }
}

internal sealed class EndpointReplayHandler(OutboxStore outbox) : IVerbHandler
{
    public string Verb => "endpoints replay";

    public async Task<int> RunAsync(VerbCommand command, IVerbOutput output, CancellationToken cancellation)
    {
        var entry = (long)command.Arguments["entry"]!;
        if (await outbox.ReplayAsync(entry, cancellation).ConfigureAwait(false))
        {
            return 0;
        }

        output.Error($"Entry {entry} has no dead letter: `endpoints dead` shows all.");
        return 1;
    }
}

internal static class EndpointAnswers
{
    /// <summary>The secret alone on its line, or one line that says what to do; answers the exit code.</summary>
    public static int Print(EndpointAnswer answer, string name, IVerbOutput output)
    {
        switch (answer)
        {
            case EndpointAnswer.Done { Secret: { } secret }:
                output.Line(secret);
                return 0;
            case EndpointAnswer.Done:
                return 0;
            case EndpointAnswer.Invalid invalid:
                output.Error(invalid.Why);
                return CommandLine.Usage;
            case EndpointAnswer.NameTaken:
                output.Error($"There is an endpoint '{name}': choose another name, or take that one away with `endpoints remove`.");
                return 1;
            default:
                output.Error($"There is no endpoint '{name}': `endpoints list` shows all.");
                return 1;
        }
    }
}
