using System.Globalization;

namespace ReviewConsole.Api;

/// <summary>The revision that a caller saw: <c>If-Match: "1"</c>.</summary>
internal static class IfMatch
{
    /// <summary>The revision, or 428 when there is none. What names no revision of ours is an old one (0).</summary>
    public static (int Revision, Problem? Problem) Read(HttpContext http)
    {
        var text = http.Request.Headers.IfMatch.ToString().Trim();
        if (text.Length == 0)
        {
            return (0, Problems.PreconditionRequired());
        }

        return (int.TryParse(text.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var revision) ? revision : 0, null);
    }
}
