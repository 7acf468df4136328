using System.Net;

namespace ReviewConsole.Core.Delivery;

/// <summary>What is required of a webhook URL at registration. Where its name leads is judged anew at every connection by <see cref="AddressGuard"/>.</summary>
internal static class EndpointUrl
{
    private const int LongestUrl = 2000;

    /// <summary>Null when the URL can be registered, else what is wrong with it and what to do.</summary>
    public static string? Refuse(string text, AddressRules rules)
    {
        if (text.Length > LongestUrl || !Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Host.Length == 0)
        {
            return "The URL must be absolute, such as https://agent.example.org/hooks.";
        }

        var http = string.Equals(url.Scheme, Uri.UriSchemeHttp, StringComparison.Ordinal);
        if (!http && !string.Equals(url.Scheme, Uri.UriSchemeHttps, StringComparison.Ordinal))
        {
            return "The URL must be https.";
        }

        if (http && !(rules.LoopbackHttp && url.IsLoopback))
        {
            return "The URL must be https; http is taken for loopback in Development only.";
        }

        if (url.UserInfo.Length > 0)
        {
            return "The URL must not hold a user name or password; calls are signed instead.";
        }

        if (url.Fragment.Length > 0)
        {
            return "The URL must not have a fragment.";
        }

        return IPAddress.TryParse(url.DnsSafeHost, out var address) && rules.Refuse(address) is { } kind
            ? $"The address {address} is not allowed ({kind}); Delivery:AllowedNetworks can allow a private network."
            : null;
    }
}
