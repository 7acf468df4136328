using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ReviewConsole.Benchmarks.Servers;

/// <summary>A server of its own process on a loopback port that was free, stopped with the benchmark.</summary>
internal sealed class ServerProcess : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private readonly Process _process;
    private readonly StringBuilder _errors = new();

    private ServerProcess(Process process, IPEndPoint address)
    {
        _process = process;
        Address = address;
    }

    public IPEndPoint Address { get; }

    public string Authority => Address.ToString();

    /// <summary>CPU time that the server has used so far.</summary>
    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public long WorkingSet
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <param name="port">The port, or 0 for a free one.</param>
    /// <param name="assembly">The program, run by <c>dotnet</c>.</param>
    /// <param name="arguments">Its arguments, given the URL to listen on.</param>
    /// <param name="probe">A path that answers 2xx once the server takes requests; null when any answer will do.</param>
    /// <param name="policy">A policy file; null for the policy that ships.</param>
    public static async Task<ServerProcess> StartAsync(int port, string assembly, Func<string, string[]> arguments, string? probe, string? policy = null)
    {
        var address = new IPEndPoint(IPAddress.Loopback, port == 0 ? FreePort() : port);
        var url = string.Create(CultureInfo.InvariantCulture, $"http://{address}");
        var start = StartInfo(assembly, arguments(url));
        if (policy is not null)
        {
            start.Environment["Policy__File"] = policy;
        }

        var process = Process.Start(start)!;
        var server = new ServerProcess(process, address);
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) => server._errors.AppendLine(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await server.WaitAsync(new Uri(url + (probe ?? "/")), anyAnswer: probe is null);
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>Runs a verb of the program to its end and returns what it printed.</summary>
    public static async Task<string> VerbAsync(string assembly, params string[] arguments)
    {
        using var process = Process.Start(StartInfo(assembly, arguments))!;
        var errors = process.StandardError.ReadToEndAsync();
        var printed = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? printed.Trim() : throw new InvalidOperationException($"{string.Join(' ', arguments)}: {await errors}");
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private async Task WaitAsync(Uri probe, bool anyAnswer)
    {
        using var client = new HttpClient();
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            if (_process.HasExited || Stopwatch.GetElapsedTime(start) > s_patience)
            {
                throw new InvalidOperationException($"{probe} did not become ready. {_errors}");
            }

            try
            {
                using var answer = await client.GetAsync(probe);
                if (anyAnswer || answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            // A process that starts tells nobody when it listens; nothing is measured yet.
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }
    }

    private static ProcessStartInfo StartInfo(string assembly, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [assembly, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        // Development on loopback: personas can sign in over http. Server GC for both, as web projects have it by default.
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        start.Environment["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Warning";
        start.Environment["DOTNET_gcServer"] = "1";
        return start;
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
