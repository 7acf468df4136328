using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using ReviewConsole.Tests.Core.Ledger;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Core.Store;

/// <summary>R2 of TRUST.md: seen from outside, by strace, no acknowledgement comes before the log that it speaks of has been synchronised.</summary>
public sealed partial class FsyncTests(ITestOutputHelper output)
{
    [Fact]
    public async Task R2_every_acknowledgement_follows_an_fsync()
    {
        var count = Sizes.Of("RC_R2_ACKS", 1_000);
        var (seen, synced) = await TraceAsync("FULL", count);
        output.WriteLine($"R2: {seen} acknowledgements, {synced} followed an fsync of what they speak of ({100.0 * synced / seen:0.0} %)");
        Assert.Equal((count, count), (seen, synced));
    }

    [Fact]
    public async Task R2_control_synchronous_normal_would_be_found()
    {
        var (seen, synced) = await TraceAsync("NORMAL", 100);
        output.WriteLine($"R2 control: synchronous=NORMAL, {synced} of {seen} acknowledgements followed an fsync");
        Assert.Equal(100, seen);
        Assert.True(synced < seen / 2);
    }

    private static async Task<(int Seen, int Synced)> TraceAsync(string synchronous, int count)
    {
        using var folder = new TemporaryFolder();
        var trace = folder.File("trace");
        var start = new ProcessStartInfo(
            await SystemTools.EnsureAsync(() => SystemTools.OnPath("strace"), ["strace"], "R2 needs strace: install it (apt-get install strace) and run the tests again."),
            [
                "-f", "--seccomp-bpf", "-y", "-s", "16", "-e", "trace=pwrite64,write,fsync,fdatasync", "-o", trace,
                "dotnet", typeof(FsyncTests).Assembly.Location, "-method", $"{typeof(WriterChild).FullName}.{nameof(WriterChild.Writes_one_after_the_other_and_says_so)}",
            ])
        { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment[WriterChild.Folder] = folder.Path;
        start.Environment[WriterChild.Count] = count.ToString(CultureInfo.InvariantCulture);
        start.Environment[WriterChild.Synchronous] = synchronous;
        using var process = Process.Start(start)!;
        var said = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"R2 needs strace with the right to trace (ptrace) its own child; it said: {errors} {await said}");
        return Read(File.ReadLines(trace), folder.File("console.db-wal"), folder.File(WriterChild.Acks));
    }

    /// <summary>Goes through the system calls in order: an acknowledgement counts when the log was written since the one before, and every such write was synchronised.</summary>
    private static (int Seen, int Synced) Read(IEnumerable<string> lines, string log, string acks)
    {
        var (seen, synced, written, dirty) = (0, 0, false, false);
        var waiting = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var call in lines.Select(static line => Call().Match(line)).Where(static call => call.Success))
        {
            var (thread, name, path) = (call.Groups["thread"].Value, call.Groups["name"].Value, call.Groups["path"].Value);
            var resumed = call.Groups["resumed"].Success;
            if (path == log && name == "pwrite64")
            {
                (written, dirty) = (true, true);
            }
            else if (name is "fsync" or "fdatasync" && (resumed ? waiting.Remove(thread) : path == log))
            {
                // A call that is only begun has not yet kept anything.
                if (call.Groups["unfinished"].Success)
                {
                    waiting[thread] = true;
                }
                else
                {
                    dirty = false;
                }
            }
            else if (path == acks)
            {
                seen++;
                synced += written && !dirty ? 1 : 0;
                written = false;
            }
        }

        return (seen, synced);
    }

    [GeneratedRegex(@"^(?<thread>\d+) +(?:(?<resumed><\.\.\. )(?<name>\w+) resumed|(?<name>\w+)\(\d+<(?<path>[^>]*)>).*?(?<unfinished><unfinished \.\.\.>)?$", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Call();
}
