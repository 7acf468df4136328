using System.Net;

namespace ReviewConsole.Hosting;

/// <summary>Section <c>Hosting</c>.</summary>
internal sealed class HostingOptions : ICheckedOptions
{
    public static string Section => "Hosting";

    /// <summary>Addresses of proxies that terminate https in front of this server and whose X-Forwarded-* headers are believed.</summary>
    public IList<string> Proxies { get; init; } = [];

    /// <summary>How long a person stays signed in without doing anything.</summary>
    public TimeSpan SessionLength { get; init; } = TimeSpan.FromHours(12);

    /// <summary>Requests a second that one key may send on average. A brake for a source that runs away, far above what it needs.</summary>
    public int KeyRate { get; init; } = 10_000;

    /// <summary>Requests that one key may send at once after a pause.</summary>
    public int KeyBurst { get; init; } = 20_000;

    public IEnumerable<string> Faults()
    {
        foreach (var proxy in Proxies.Where(proxy => !IPAddress.TryParse(proxy, out _)))
        {
            yield return $"Hosting:Proxies has '{proxy}', which is not an IP address";
        }

        if (SessionLength < TimeSpan.FromMinutes(1) || SessionLength > TimeSpan.FromDays(7))
        {
            yield return "Hosting:SessionLength must be between 00:01:00 and 7.00:00:00";
        }

        if (KeyRate < 1)
        {
            yield return "Hosting:KeyRate must be at least 1";
        }

        if (KeyBurst < KeyRate)
        {
            yield return "Hosting:KeyBurst must be at least Hosting:KeyRate";
        }
    }
}
