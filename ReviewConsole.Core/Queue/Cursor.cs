using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace ReviewConsole.Core.Queue;

/// <summary>Where a keyset page ended: a time and an id, base64url on the wire. The empty text is the first page.</summary>
internal readonly record struct Cursor(long At, string Id)
{
    public override string ToString() =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{At} {Id}")));

    /// <summary>False for text that no page of ours ended with.</summary>
    public static bool TryParse(string? text, out Cursor? cursor)
    {
        cursor = null;
        if (string.IsNullOrEmpty(text))
        {
            return true;
        }

        if (!Base64Url.IsValid(text))
        {
            return false;
        }

        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split(' ');
        if (parts.Length != 2 || !long.TryParse(parts[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var at)
            || !Guid.TryParseExact(parts[1], "D", out var id))
        {
            return false;
        }

        cursor = new Cursor(at, id.ToString());
        return true;
    }
}

/// <summary>One keyset page; <paramref name="Next"/> is null on the last.</summary>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? Next);
