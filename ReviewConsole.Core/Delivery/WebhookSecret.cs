using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace ReviewConsole.Core.Delivery;

/// <summary>
/// A symmetric secret of Standard Webhooks 1.0.0: the text <c>whsec_</c> followed by the base64 of 24 to 64 random bytes. Its owner sees it once; at rest it is
/// kept by a <see cref="SecretBox"/>. <see cref="ToString"/> never shows it.
/// </summary>
internal sealed class WebhookSecret
{
    private const string Prefix = "whsec_";
    private const int LeastBytes = 24;
    private const int MostBytes = 64;

    private WebhookSecret(byte[] key) => Key = key;

    /// <summary>The key of the HMAC.</summary>
    public ReadOnlyMemory<byte> Key { get; }

    public static WebhookSecret Create() => new(RandomNumberGenerator.GetBytes(32));

    /// <summary>From the raw key, as a <see cref="SecretBox"/> opened it.</summary>
    public static WebhookSecret FromKey(ReadOnlySpan<byte> key) =>
        key.Length is >= LeastBytes and <= MostBytes ? new(key.ToArray()) : throw new ArgumentException("A webhook secret has 24 to 64 bytes.", nameof(key));

    public static bool TryParse(string? text, [NotNullWhen(true)] out WebhookSecret? secret)
    {
        secret = null;
        if (text is null || !text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        Span<byte> key = stackalloc byte[MostBytes + 3];
        if (!Convert.TryFromBase64Chars(text.AsSpan(Prefix.Length), key, out var length) || length is < LeastBytes or > MostBytes)
        {
            return false;
        }

        secret = new WebhookSecret(key[..length].ToArray());
        return true;
    }

    /// <summary>The text for its owner. Printed once, by the command that made it.</summary>
    public string Reveal() => Prefix + Convert.ToBase64String(Key.Span);

    public override string ToString() => "whsec_(hidden)";
}
