namespace ReviewConsole.Client;

/// <summary>How a <see cref="ReviewConsoleClient"/> reaches the console.</summary>
public sealed record ReviewConsoleClientOptions
{
    /// <summary>The console's address, for instance <c>https://review.example.org</c>.</summary>
    public required Uri Server { get; init; }

    /// <summary>The key of the source, <c>rc_…</c>.</summary>
    public required string ApiKey { get; init; }

    /// <summary>How long one request may take. Default 30 seconds; a long poll gets its wait on top, an upload ten times as much.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a call keeps trying while the console cannot be reached or is busy. Default 2 minutes. Waiting for an outcome has no such limit: it goes on until it
    /// is cancelled.
    /// </summary>
    public TimeSpan KeepTrying { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>A number in [0, 1) for the spread of retries.</summary>
    internal Func<double> Jitter { get; init; } = Random.Shared.NextDouble;
}
