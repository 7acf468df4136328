using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ReviewConsole.Hosting;

namespace ReviewConsole.Tests.Support;

/// <summary>Hears one kind of line in a server's log, by the name of its event: what is done without anything to see.</summary>
internal sealed class LogEar(string category, string name) : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _lines = [];

    public HostSettings Use(HostSettings settings) => settings with
    {
        Services = services => services.AddSingleton<ILoggerProvider>(this).AddLogging(logging => logging.AddFilter<LogEar>(category, LogLevel.Debug)),
    };

    /// <summary>A line has come that speaks of this.</summary>
    public Task HeardAsync(object of) => Eventually.HoldsAsync($"the log has {name} of {of}", () => _lines.Any(line => line.Contains($"{of}", StringComparison.Ordinal)));

    ILogger ILoggerProvider.CreateLogger(string categoryName) => this;

    void IDisposable.Dispose()
    {
    }

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (eventId.Name == name)
        {
            _lines.Enqueue(formatter(state, exception));
        }
    }
}
