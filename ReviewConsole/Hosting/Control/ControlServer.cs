using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace ReviewConsole.Hosting.Control;

/// <summary>
/// The running server's ear for writing verbs: a Unix domain socket in the data folder that only its owner can open (0600 in a 0700 folder), so the right
/// to write files there is the right to give commands.
/// </summary>
internal sealed partial class ControlServer(DataFolder data, VerbDispatch verbs, TimeProvider time, ILogger<ControlServer> log) : BackgroundService
{
    private Socket? _listener;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        // We hold the folder's lock, so a socket that lies there is a dead server's.
        File.Delete(data.ControlSocket);
        _listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        using (var address = ControlAddress.Of(data, time))
        {
            _listener.Bind(address.EndPoint);
        }

        DataFolder.MakePrivateFile(data.ControlSocket);
        _listener.Listen();
        return base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        _listener?.Dispose();
        File.Delete(data.ControlSocket);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var running = new HashSet<Task>();
        try
        {
            while (true)
            {
                var shell = await _listener!.AcceptAsync(stoppingToken).ConfigureAwait(false);
                running.RemoveWhere(task => task.IsCompleted);
                running.Add(ServeAsync(shell, stoppingToken));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(running).ConfigureAwait(false);
        }
    }

    private async Task ServeAsync(Socket shell, CancellationToken stopping)
    {
        await Task.Yield();
        using var lines = new ControlLines(new NetworkStream(shell, ownsSocket: true));
        try
        {
            var output = new SocketOutput(lines);
            var exit = CommandLine.Usage;
            if (await lines.ReceiveAsync(stopping).ConfigureAwait(false) is { } request
                && request["verb"] is JsonValue verb && request["arguments"] is JsonObject arguments)
            {
                exit = await verbs.RunAsync(new VerbCommand(verb.ToString(), arguments), output, stopping).ConfigureAwait(false);
            }
            else
            {
                output.Error("The server did not understand: it takes one line of JSON, {\"verb\": \"keys list\", \"arguments\": {}}.");
            }

            lines.Send(new JsonObject { ["exit"] = exit });
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException or SocketException)
        {
            LogGone(gone);
        }
    }

    [LoggerMessage(EventId = 5101, Level = LogLevel.Debug, Message = "A shell left before its answer")]
    private partial void LogGone(Exception gone);

    private sealed class SocketOutput(ControlLines lines) : IVerbOutput
    {
        public void Line(string text) => lines.Send(new JsonObject { ["out"] = text });

        public void Error(string text) => lines.Send(new JsonObject { ["error"] = text });

        public void Progress(long done, long total) => lines.Send(new JsonObject { ["done"] = done, ["total"] = total });
    }
}
