using System.Net.Sockets;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Web.Hosting;

/// <summary>The control socket, spoken to by something that is not our shell.</summary>
public sealed class ControlTests
{
    [Fact]
    public async Task What_is_no_command_is_answered_in_words_and_the_server_goes_on()
    {
        using var folder = new TemporaryFolder();
        await using var server = await RunningConsole.StartAsync(settings => settings with { Data = folder.Path });
        foreach (var line in new[] { "{nonsense", "", "[]", "null", "{}", "{\"verb\":\"keys list\"}", "{\"verb\":{},\"arguments\":{}}", "{\"verb\":\"a\",\"verb\":\"b\",\"arguments\":{}}" })
        {
            var (said, exit) = await AskAsync(folder, line);
            Assert.Contains("did not understand", said, StringComparison.Ordinal);
            Assert.Equal("{\"exit\":64}", exit);
        }

        var (unknown, one) = await AskAsync(folder, "{\"verb\":\"sing\",\"arguments\":{}}");
        Assert.Contains("does not know 'sing'", unknown, StringComparison.Ordinal);
        Assert.Equal("{\"exit\":1}", one);
    }

    private static async Task<(string? Said, string? Exit)> AskAsync(TemporaryFolder folder, string line)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(Path.Combine(folder.Path, "control.sock")), TestContext.Current.CancellationToken);
        await using var stream = new NetworkStream(socket);
        await stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(line + "\n"), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream);
        return (await reader.ReadLineAsync(TestContext.Current.CancellationToken), await reader.ReadLineAsync(TestContext.Current.CancellationToken));
    }
}
