using System.Globalization;

namespace ReviewConsole.Core.Reviews;

/// <summary>Times on the wire: ISO 8601 UTC with milliseconds.</summary>
internal static class WireTime
{
    public static string Text(long unixMilliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(unixMilliseconds).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
