using System.Net;

namespace ReviewConsole.Hosting;

/// <summary>Where the server listens, known before it does, because cookies, personas and the https rule hang on it.</summary>
internal sealed class ListenAddresses
{
    private ListenAddresses(IReadOnlyList<BindingAddress> all, bool fromKestrelSection)
    {
        All = all;
        FromKestrelSection = fromKestrelSection;
    }

    public IReadOnlyList<BindingAddress> All { get; }

    /// <summary>True when <c>Kestrel:Endpoints</c> says where; then no addresses are handed to the server.</summary>
    public bool FromKestrelSection { get; }

    public bool AnyHttps => All.Any(IsHttps);

    public bool AllLoopback => All.Count > 0 && All.All(address => IsLoopback(address.Host));

    public string Joined => string.Join(';', All.Select(address => address.ToString()));

    /// <summary>In order: the command line's, the configured <c>urls</c>, <c>Kestrel:Endpoints</c>, the default.</summary>
    /// <exception cref="StartRefusedException">An address cannot be read.</exception>
    public static ListenAddresses From(string? asked, IConfiguration configuration)
    {
        var urls = asked ?? configuration["urls"];
        var fromSection = false;
        if (string.IsNullOrWhiteSpace(urls))
        {
            var section = configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"]).OfType<string>().ToList();
            fromSection = section.Count > 0;
            urls = fromSection ? string.Join(';', section) : HostSettings.DefaultUrl;
        }

        try
        {
            var all = urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(BindingAddress.Parse).ToList();
            return all.Count > 0 && all.All(address => IsHttps(address) || IsHttp(address)) ? new ListenAddresses(all, fromSection) : throw new FormatException();
        }
        catch (FormatException)
        {
            throw new StartRefusedException($"'{urls}' is not an address to listen on: give --urls http://127.0.0.1:5080, several separated by semicolons.", 64);
        }
    }

    /// <summary>Whether a host name or literal address (with or without brackets) stands for this machine only.</summary>
    public static bool IsLoopback(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static bool IsHttps(BindingAddress address) => string.Equals(address.Scheme, "https", StringComparison.OrdinalIgnoreCase);

    private static bool IsHttp(BindingAddress address) => string.Equals(address.Scheme, "http", StringComparison.OrdinalIgnoreCase);
}
