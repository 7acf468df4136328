using ReviewConsole.Hosting;
using Xunit;

namespace ReviewConsole.Tests.Support;

/// <summary>The command line in this process: the same code as the shell's, without the second that a process takes to start.</summary>
internal static class InProcessShell
{
    public static async Task<ProcessResult> RunAsync(params string[] arguments)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var exit = await CommandLine.RunAsync(arguments, output, error, TestContext.Current.CancellationToken);
        return new ProcessResult(exit, output.ToString(), error.ToString());
    }
}
