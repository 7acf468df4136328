using System.Globalization;

namespace ReviewConsole.Rendering;

/// <summary>
/// Where a link of a source points, judged after entity decoding. Nothing is opened from evidence itself: the target is named by
/// its host in punycode, so that look-alike letters are seen.
/// </summary>
/// <param name="Allowed">True for http, https and mailto.</param>
/// <param name="Shown">Host, address, or for a refused target its scheme; empty for one without.</param>
/// <param name="Address">What a browser may be sent to, with its host in punycode and no user name before it; null for all but http and https.</param>
internal readonly record struct LinkTarget(bool Allowed, string Shown, string? Address = null)
{
    private static readonly IdnMapping s_idn = new() { AllowUnassigned = false, UseStd3AsciiRules = false };

    /// <summary>Judges a target as written by the source.</summary>
    public static LinkTarget Of(string? url)
    {
        // Browsers drop tabs, line ends and leading controls inside a scheme; so does the judge.
        var clean = new string([.. (url ?? "").Where(c => c > ' ' && !char.IsControl(c))]);
        if (!Uri.TryCreate(clean, UriKind.Absolute, out var uri) || clean.StartsWith('/') || clean.StartsWith('\\'))
        {
            return new LinkTarget(false, "");
        }
        return uri.Scheme switch
        {
            "http" or "https" when uri.Host.Length > 0 => new LinkTarget(true, Punycode(uri), AddressOf(uri)),
            "mailto" => new LinkTarget(true, uri.GetComponents(UriComponents.UserInfo | UriComponents.Host, UriFormat.Unescaped)),
            _ => new LinkTarget(false, uri.Scheme),
        };
    }

    private static string? AddressOf(Uri uri)
    {
        var host = uri.HostNameType == UriHostNameType.Dns ? uri.IdnHost : uri.Host;
        return Uri.CheckHostName(host.Trim('[', ']')) is UriHostNameType.Unknown || !host.All(char.IsAscii)
            ? null
            : new UriBuilder(uri) { Host = host, UserName = "", Password = "" }.Uri.AbsoluteUri;
    }

    private static string Punycode(Uri uri)
    {
        var port = uri.IsDefaultPort ? "" : string.Create(CultureInfo.InvariantCulture, $":{uri.Port}");
        try
        {
            return (uri.HostNameType == UriHostNameType.Dns ? s_idn.GetAscii(uri.Host) : uri.Host) + port;
        }
        catch (ArgumentException)
        {
            // Not a name that DNS can carry: show it as it is; its hidden characters become chips.
            return uri.Host + port;
        }
    }
}
