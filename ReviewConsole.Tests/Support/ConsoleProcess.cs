using System.Diagnostics;
using Xunit;

namespace ReviewConsole.Tests.Support;

/// <summary>What a run of the built program left behind.</summary>
internal sealed record ProcessResult(int Exit, string Output, string Error);

/// <summary>The built program as a real process of its own: <c>ReviewConsole VERB</c>, or a server until it is disposed.</summary>
internal sealed class ConsoleProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task<string> _error;

    private ConsoleProcess(Process process)
    {
        _process = process;
        _error = process.StandardError.ReadToEndAsync(CancellationToken.None);
    }

    /// <summary>Where the server said that it serves.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1:0");

    /// <summary>Runs to its end. The environment is Development unless <paramref name="environment"/> says otherwise.</summary>
    public static async Task<ProcessResult> RunAsync(IEnumerable<string> arguments, string folder, IReadOnlyDictionary<string, string>? environment = null)
    {
        using var process = Start(arguments, folder, environment);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        try
        {
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        catch
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return new ProcessResult(process.ExitCode, await output, await error);
    }

    /// <summary>What a server says once it serves, before the address.</summary>
    public const string Serves = "ReviewConsole serves on ";

    /// <summary>Starts a server on a free port and waits until it says where it serves.</summary>
    public static Task<ConsoleProcess> ServeAsync(string data, params string[] more) =>
        ServingAsync(Start(["--data", data, "--urls", "http://127.0.0.1:0", .. more], Path.GetTempPath(), environment: null));

    /// <summary>Starts a server again where one was that ended.</summary>
    public static Task<ConsoleProcess> ServeAtAsync(Uri address, string data) =>
        ServingAsync(Start(["--data", data, "--urls", address.GetLeftPart(UriPartial.Authority)], Path.GetTempPath(), environment: null));

    /// <summary>The same for another program that says so in the same words.</summary>
    public static Task<ConsoleProcess> ServeAsync(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment) =>
        ServingAsync(Start(program, arguments, Path.GetTempPath(), environment));

    private static async Task<ConsoleProcess> ServingAsync(Process process)
    {
        var server = new ConsoleProcess(process);
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.StartsWith(Serves, StringComparison.Ordinal))
            {
                server.Address = new Uri(line.Split(' ')[3].TrimEnd(','));
                return server;
            }
        }

        throw new InvalidOperationException("The server ended: " + await server._error);
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private static Process Start(IEnumerable<string> arguments, string folder, IReadOnlyDictionary<string, string>? environment)
    {
        // The host's own output folder lies beside ours: the same configuration and framework, another project.
        var program = Path.GetFullPath(Path.Join(AppContext.BaseDirectory, "..", "..", "..", "..", "ReviewConsole", "bin", Configuration, "net10.0", "ReviewConsole.dll"));
        return Start(program, arguments, folder, environment);
    }

    private static Process Start(string program, IEnumerable<string> arguments, string folder, IReadOnlyDictionary<string, string>? environment)
    {
        var start = new ProcessStartInfo("dotnet", [program, .. arguments]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        foreach (var (name, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
}
