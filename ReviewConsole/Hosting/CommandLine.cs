using System.CommandLine;
using Microsoft.Data.Sqlite;
using ReviewConsole.Hosting.Verbs;

namespace ReviewConsole.Hosting;

/// <summary>
/// The host is the command line too (WIRE.md §6). Every failure is one line on standard error that says what to do; exit codes are
/// 0 success, 64 usage, others the verb's own.
/// </summary>
internal static class CommandLine
{
    public const int Usage = 64;

    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, CancellationToken cancellation = default)
    {
        var root = Root(new Shell(output, error));
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
        {
            await error.WriteLineAsync(OneLine(parsed.Errors[0].Message) + " See --help.").ConfigureAwait(false);
            return Usage;
        }

        try
        {
            var shell = new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            return await parsed.InvokeAsync(shell, cancellation).ConfigureAwait(false);
        }
        catch (StartRefusedException refused)
        {
            await error.WriteLineAsync(OneLine(refused.Message)).ConfigureAwait(false);
            return refused.ExitCode;
        }
        catch (Exception fault) when (fault is SqliteException or IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync($"The data folder cannot be read ({OneLine(fault.Message).TrimEnd('.')}): name another with --data, or mend it.").ConfigureAwait(false);
            return 1;
        }
    }

    private static RootCommand Root(Shell shell)
    {
        var demo = new Option<bool>("--demo") { Description = "Development on loopback with simulated sources, in DIR/demo, which is wiped at start." };
        var urls = new Option<string?>("--urls") { Description = $"Addresses to listen on, separated by semicolons. Default {HostSettings.DefaultUrl}." };
        var root = new RootCommand("ReviewConsole: people decide what AI systems may do. Without a verb it serves.")
        {
            shell.Data,
            demo,
            urls,
            KeysVerbs.Create(shell),
            EndpointsVerbs.Create(shell),
            ImportVerb.Create(shell),
            LedgerVerbs.Create(shell),
            VerifyVerb.Create(shell),
            PolicyVerbs.Create(shell),
        };
        root.SetAction((parsed, cancellation) => Serve.RunAsync(
            new HostSettings(shell.DataOf(parsed)) { Demo = parsed.GetValue(demo), Urls = parsed.GetValue(urls) }, shell, cancellation));
        return root;
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").TrimEnd();
}
