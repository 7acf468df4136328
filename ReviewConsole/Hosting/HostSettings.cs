namespace ReviewConsole.Hosting;

/// <summary>What the shell (or a test) says about a server before any configuration is read.</summary>
/// <param name="Data">The data folder; relative to the shell's folder.</param>
internal sealed record HostSettings(string Data)
{
    public const string DefaultUrl = "http://127.0.0.1:5080";

    /// <summary>Addresses separated by semicolons; null takes the configured ones, else <see cref="DefaultUrl"/>. Port 0 picks a free one.</summary>
    public string? Urls { get; init; }

    /// <summary>Null takes <c>ASPNETCORE_ENVIRONMENT</c> or <c>DOTNET_ENVIRONMENT</c>, else Production (Development for a demo).</summary>
    public string? Environment { get; init; }

    /// <summary>Development on loopback in <c>DIR/demo</c>, which is wiped at start.</summary>
    public bool Demo { get; init; }

    /// <summary>Settings that win over files and environment variables.</summary>
    public IReadOnlyDictionary<string, string?> Configuration { get; init; } = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The last word on services: how a test puts a part of its own in place.</summary>
    public Action<IServiceCollection>? Services { get; init; }
}
