using ReviewConsole.Core.Store;

namespace ReviewConsole.Hosting.Control;

/// <summary>Finds the handler of a command and turns what goes wrong into a line.</summary>
internal sealed partial class VerbDispatch(IEnumerable<IVerbHandler> handlers, ILogger<VerbDispatch> log)
{
    private readonly Dictionary<string, IVerbHandler> _handlers = handlers.ToDictionary(handler => handler.Verb, StringComparer.Ordinal);

    public async Task<int> RunAsync(VerbCommand command, IVerbOutput output, CancellationToken cancellation)
    {
        if (!_handlers.TryGetValue(command.Verb, out var handler))
        {
            output.Error($"This server does not know '{command.Verb}': it is another version than your shell's ReviewConsole.");
            return 1;
        }

        try
        {
            return await handler.RunAsync(command, output, cancellation).ConfigureAwait(false);
        }
        catch (StartRefusedException refused)
        {
            output.Error(refused.Message);
            return refused.ExitCode;
        }
        catch (WriterBusyException)
        {
            output.Error("The console is busy and recorded nothing: try again in a moment.");
            return 1;
        }
        catch (Exception fault) when (fault is StorageException or LedgerMismatchException)
        {
            output.Error(fault.Message);
            return 1;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            LogFailed(fault, command.Verb);
            output.Error($"'{command.Verb}' failed and the server's log says why ({fault.GetType().Name}).");
            return 1;
        }
    }

    [LoggerMessage(EventId = 5100, Level = LogLevel.Error, Message = "The verb {Verb} failed")]
    private partial void LogFailed(Exception fault, string verb);
}
