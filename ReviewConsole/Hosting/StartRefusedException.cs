namespace ReviewConsole.Hosting;

/// <summary>The server or a verb cannot start. The message is one line that says what to do; the shell prints it and nothing else.</summary>
internal sealed class StartRefusedException(string message, int exitCode = 1) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
