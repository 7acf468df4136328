using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace ReviewConsole.Hosting.Control;

/// <summary>
/// How the shell gets a writing verb done: by the running server, or, when the folder's lock is free, by itself. It never opens the database while another
/// process has the lock.
/// </summary>
internal static class ControlClient
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    public static async Task<int> RunAsync(VerbCommand command, string folder, IVerbOutput output, CancellationToken cancellation)
    {
        var data = new DataFolder(folder);
        var time = TimeProvider.System;
        data.PrepareRoot();
        for (var started = time.GetTimestamp(); time.GetElapsedTime(started) < s_patience; await Task.Delay(s_pause, time, cancellation).ConfigureAwait(false))
        {
            if (DataFolderLock.TryTake(data) is { } mine)
            {
                using (mine)
                {
                    return await CoreHost.RunAsync(data, command, output, cancellation).ConfigureAwait(false);
                }
            }

            // No answer although somebody has the lock: a server that is starting or stopping, or another verb.
            if (await AskAsync(command, data, output, time, cancellation).ConfigureAwait(false) is { } exit)
            {
                return exit;
            }
        }

        throw new StartRefusedException($"Another ReviewConsole has {data.Path} and does not answer: wait until it has started or stopped, then try again.");
    }

    private static async Task<int?> AskAsync(VerbCommand command, DataFolder data, IVerbOutput output, TimeProvider time, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            using var address = ControlAddress.Of(data, time);
            await socket.ConnectAsync(address.EndPoint, cancellation).ConfigureAwait(false);
        }
        catch (SocketException)
        {
            socket.Dispose();
            return null;
        }

        using var lines = new ControlLines(new NetworkStream(socket, ownsSocket: true));
        try
        {
            lines.Send(new JsonObject { ["verb"] = command.Verb, ["arguments"] = command.Arguments.DeepClone() });
            while (await lines.ReceiveAsync(cancellation).ConfigureAwait(false) is { } line)
            {
                if (line["exit"] is { } exit)
                {
                    return (int)exit;
                }

                Show(line, output);
            }
        }
        catch (Exception gone) when (gone is IOException or SocketException)
        {
            // Said below, as for an end without an answer.
        }

        throw new StartRefusedException($"The server stopped before it answered '{command.Verb}': look with the listing verb whether it was done, then try again.");
    }

    private static void Show(JsonObject line, IVerbOutput output)
    {
        if (line["out"] is { } text)
        {
            output.Line((string)text!);
        }
        else if (line["error"] is { } error)
        {
            output.Error((string)error!);
        }
        else if (line["done"] is { } done && line["total"] is { } total)
        {
            output.Progress((long)done, (long)total);
        }
    }
}
