using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ReviewConsole.Client;

/// <summary>
/// Checks a delivery of the console: Standard Webhooks 1.0.0, symmetric <c>v1</c>. Verify the bytes as received, before any parser has touched them, and
/// remember the <c>webhook-id</c>: it is stable for one outcome, so a repeat is recognised.
/// </summary>
public static class WebhookVerifier
{
    /// <summary>How far the timestamp may be from now, in either direction.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    private const string SecretPrefix = "whsec_";

    /// <summary>Whether the delivery was signed with <paramref name="secret"/> within five minutes of <paramref name="now"/>.</summary>
    public static bool Verify(string secret, string id, string timestamp, ReadOnlySpan<byte> body, string signatureHeader, DateTimeOffset now)
        => Verify([secret], id, timestamp, body, signatureHeader, now);

    /// <summary>Whether the delivery was signed with one of <paramref name="secrets"/>; give both while a secret is being rotated.</summary>
    /// <param name="secrets"><c>whsec_…</c></param>
    /// <param name="id">Header <c>webhook-id</c>.</param>
    /// <param name="timestamp">Header <c>webhook-timestamp</c>, Unix seconds.</param>
    /// <param name="body">The raw body.</param>
    /// <param name="signatureHeader">Header <c>webhook-signature</c>: one or more <c>v1,base64</c> with spaces between.</param>
    /// <param name="now">The time now.</param>
    /// <exception cref="FormatException">A secret is not <c>whsec_</c> and base64.</exception>
    public static bool Verify(
        IReadOnlyCollection<string> secrets, string id, string timestamp, ReadOnlySpan<byte> body, string signatureHeader, DateTimeOffset now)
    {
        if (string.IsNullOrEmpty(id) || !IsRecent(timestamp, now))
        {
            return false;
        }

        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var found = false;
        foreach (var secret in secrets)
        {
            var expected = HMACSHA256.HashData(Key(secret), signed);
            foreach (var part in (signatureHeader ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                // Every pair is compared, each in constant time: how long this takes says nothing about which one matched.
                found |= part.StartsWith("v1,", StringComparison.Ordinal)
                    && Convert.TryFromBase64String(part[3..], given, out var written)
                    && CryptographicOperations.FixedTimeEquals(given[..written], expected);
            }
        }

        return found;
    }

    /// <summary>Verifies and reads a delivery.</summary>
    /// <exception cref="WebhookRejectedException">The signature or the time is wrong.</exception>
    public static WebhookEvent Read(
        IReadOnlyCollection<string> secrets, string id, string timestamp, ReadOnlySpan<byte> body, string signatureHeader, DateTimeOffset now)
        => Verify(secrets, id, timestamp, body, signatureHeader, now)
            ? JsonSerializer.Deserialize<WebhookEvent>(body, Wire.Json) ?? throw new WebhookRejectedException()
            : throw new WebhookRejectedException();

    private static bool IsRecent(string timestamp, DateTimeOffset now)
        => long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && seconds <= 253_402_300_799
            && (now - DateTimeOffset.FromUnixTimeSeconds(seconds)).Duration() <= Tolerance;

    private static byte[] Key(string secret)
        => Convert.FromBase64String(secret.StartsWith(SecretPrefix, StringComparison.Ordinal) ? secret[SecretPrefix.Length..] : secret);
}

/// <summary>A delivery.</summary>
/// <param name="Type"><c>review.decided</c>, <c>review.expired</c>, <c>review.cancelled</c>, <c>review.returned</c> or <c>review.rollbackRequested</c>.</param>
/// <param name="Timestamp">When it was made.</param>
/// <param name="Data">The outcome; with <c>review.returned</c> <c>{reviewId, revision, question}</c>.</param>
public sealed record WebhookEvent(string Type, DateTimeOffset Timestamp, JsonElement Data)
{
    /// <summary>The outcome; null with <c>review.returned</c>.</summary>
    public Outcome? Outcome() => string.Equals(Type, "review.returned", StringComparison.Ordinal) ? null : Data.Deserialize<Outcome>(Wire.Json);

    /// <summary>The reviewer's question; null with every other type.</summary>
    public string? Question() => string.Equals(Type, "review.returned", StringComparison.Ordinal) ? Data.GetProperty("question").GetString() : null;
}

/// <summary>A delivery that is not the console's, or too old. Answer it with 401 and do nothing.</summary>
public sealed class WebhookRejectedException() : Exception("The webhook's signature or timestamp is wrong.");
