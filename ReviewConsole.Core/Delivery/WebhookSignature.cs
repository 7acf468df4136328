using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ReviewConsole.Core.Delivery;

/// <summary>
/// The <c>webhook-signature</c> of Standard Webhooks 1.0.0, symmetric scheme <c>v1</c>: HMAC-SHA256 over the bytes <c>id.timestamp.body</c>, base64 after
/// <c>v1,</c>; while a secret is being rotated one signature a secret, separated by spaces, so that a receiver with either of them accepts.
/// </summary>
internal static class WebhookSignature
{
    /// <param name="id">The value of <c>webhook-id</c>.</param>
    /// <param name="timestamp">The value of <c>webhook-timestamp</c>: Unix seconds of this attempt.</param>
    /// <param name="body">The exact bytes of the request body.</param>
    /// <param name="secrets">At least one, the newest first.</param>
    public static string Of(string id, long timestamp, ReadOnlySpan<byte> body, IReadOnlyList<WebhookSecret> secrets)
    {
        ArgumentOutOfRangeException.ThrowIfZero(secrets.Count);
        var head = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}."));
        var text = new StringBuilder();
        Span<byte> digest = stackalloc byte[HMACSHA256.HashSizeInBytes];
        foreach (var secret in secrets)
        {
            using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret.Key.Span);
            hmac.AppendData(head);
            hmac.AppendData(body);
            hmac.GetHashAndReset(digest);
            text.Append(text.Length == 0 ? "v1," : " v1,").Append(Convert.ToBase64String(digest));
        }

        return text.ToString();
    }
}
