using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace ReviewConsole.Core.Identity;

/// <summary>
/// The secret of a key: <c>rc_</c> and 256 random bits in base64url, 46 characters. With that much entropy one plain SHA-256 is as good a hash as a
/// slow one, and cheap enough for every request.
/// </summary>
internal static class ApiKeyToken
{
    private const string Prefix = "rc_";
    private const int Length = 46;

    public static string Create() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>Lower-case hex of SHA-256 over the token's UTF-8; false when the text cannot be a token of ours.</summary>
    public static bool TryHash(ReadOnlySpan<char> token, [NotNullWhen(true)] out string? hash)
    {
        hash = null;
        if (token.Length != Length || !token.StartsWith(Prefix, StringComparison.Ordinal) || !Ascii.IsValid(token))
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[Length];
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        Encoding.ASCII.GetBytes(token, bytes);
        SHA256.HashData(bytes, digest);
        hash = Convert.ToHexStringLower(digest);
        return true;
    }
}
