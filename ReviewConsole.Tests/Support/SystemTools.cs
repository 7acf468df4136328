using System.Diagnostics;

namespace ReviewConsole.Tests.Support;

/// <summary>
/// Programs that tests drive and that no package of .NET brings: Chromium, strace, Poppler. A machine without one gets it from its package manager where that is
/// allowed; otherwise the test fails and says what to do. Nothing is skipped.
/// </summary>
internal static class SystemTools
{
    // One package manager at a time.
    private static readonly SemaphoreSlim s_installing = new(1);

    /// <summary>Returns when <paramref name="find"/> finds the program, if need be after installing <paramref name="packages"/>.</summary>
    /// <param name="else">What to do by hand, in words.</param>
    public static async Task<string> EnsureAsync(Func<string?> find, string[] packages, string @else)
    {
        if (find() is { } there)
        {
            return there;
        }

        await s_installing.WaitAsync(CancellationToken.None);
        try
        {
            if (find() is null && Environment.IsPrivilegedProcess && File.Exists("/usr/bin/apt-get"))
            {
                await RunAsync("update", "-qq");
                await RunAsync(["install", "-y", "-qq", "--no-install-recommends", .. packages]);
            }
        }
        finally
        {
            s_installing.Release();
        }

        return find() ?? throw new InvalidOperationException(@else);
    }

    /// <summary>Where a program is on the path, or null.</summary>
    public static string? OnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Join(folder, program)).FirstOrDefault(File.Exists);

    private static async Task RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("apt-get", arguments) { Environment = { ["DEBIAN_FRONTEND"] = "noninteractive" } })!;
        await process.WaitForExitAsync(CancellationToken.None);
    }
}
