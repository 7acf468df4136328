using System.Diagnostics;

namespace ReviewConsole.Rendering;

/// <summary>
/// Poppler's tools over one file, each in a child process of its own: a hostile document ends that process and nothing else. Limits: processor time and
/// address space by the shell's <c>ulimit</c> where there is one, wall time, bytes of output, and how many run at once.
/// </summary>
internal sealed class Poppler
{
    private const int MostSeconds = 15;
    private const int MostKilobytes = 1_500_000;
    // Never disposed, it holds nothing: a page that is drawn may end after the host.
    private readonly SemaphoreSlim _running = new(Math.Max(1, Environment.ProcessorCount / 2));

    /// <summary>True when the tools are on the path of this process.</summary>
    public bool IsThere { get; } = Find("pdftoppm") && Find("pdftotext");

    /// <summary>What the tool printed; null when it failed, took too long or printed more than <paramref name="mostBytes"/>.</summary>
    public async Task<byte[]?> RunAsync(string tool, IReadOnlyList<string> arguments, int mostBytes, CancellationToken stop)
    {
        await _running.WaitAsync(stop);
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
            limit.CancelAfter(TimeSpan.FromSeconds(MostSeconds));
            using var process = Process.Start(Start(tool, arguments))!;
            try
            {
                process.StandardInput.Close();
                _ = process.StandardError.BaseStream.CopyToAsync(Stream.Null, limit.Token);
                var output = await ReadAsync(process.StandardOutput.BaseStream, mostBytes, limit.Token);
                if (output is null)
                {
                    return null;
                }

                await process.WaitForExitAsync(limit.Token);
                return process.ExitCode == 0 ? output : null;
            }
            catch (OperationCanceledException) when (!stop.IsCancellationRequested)
            {
                return null;
            }
            finally
            {
                process.Kill(entireProcessTree: true);
            }
        }
        finally
        {
            _running.Release();
        }
    }

    private static ProcessStartInfo Start(string tool, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        if (OperatingSystem.IsWindows())
        {
            start.FileName = tool;
        }
        else
        {
            // Not every system knows every limit; the tool runs under those that this one has.
            start.FileName = "/bin/sh";
            start.ArgumentList.Add("-c");
            start.ArgumentList.Add($"ulimit -t {MostSeconds} 2>/dev/null; ulimit -v {MostKilobytes} 2>/dev/null; ulimit -c 0 2>/dev/null; exec \"$0\" \"$@\"");
            start.ArgumentList.Add(tool);
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        // Nothing of the server's secrets goes to a process that reads hostile bytes.
        var path = Environment.GetEnvironmentVariable("PATH");
        start.Environment.Clear();
        start.Environment["PATH"] = path;
        return start;
    }

    private static async Task<byte[]?> ReadAsync(Stream stream, int most, CancellationToken stop)
    {
        using var kept = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (await stream.ReadAsync(buffer, stop) is var read and > 0)
        {
            if (kept.Length + read > most)
            {
                return null;
            }

            kept.Write(buffer, 0, read);
        }

        return kept.ToArray();
    }

    private static bool Find(string tool) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Any(folder => File.Exists(Path.Join(folder, OperatingSystem.IsWindows() ? tool + ".exe" : tool)));
}
