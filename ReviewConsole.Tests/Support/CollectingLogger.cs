using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace ReviewConsole.Tests.Support;

/// <summary>Keeps the exceptions that were logged.</summary>
internal sealed class CollectingLogger<T> : ILogger<T>
{
    public ConcurrentQueue<Exception?> Faults { get; } = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Faults.Enqueue(exception);
}
