namespace ReviewConsole.Hosting;

/// <summary>
/// What the log says without anybody having configured it: warnings of the framework, everything of ours. A start that fails is told by the one line on
/// standard error, so the framework's own report of it (a page of stack) is kept back until the server has started.
/// </summary>
internal sealed class StartLog
{
    public StartLog(ILoggingBuilder logging)
    {
        logging.AddFilter("Microsoft", LogLevel.Warning);

        // "No XML encryptor configured": true of every Linux server, and said in the threat model.
        logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", level => Started && level >= LogLevel.Warning);
    }

    public bool Started { get; set; }
}
