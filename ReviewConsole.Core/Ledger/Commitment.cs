using System.Security.Cryptography;

namespace ReviewConsole.Core.Ledger;

/// <summary>The commitment to something that can be erased: it binds the bytes, and without the salt says nothing about them.</summary>
internal static class Commitment
{
    private const int OnStack = 4096;

    /// <summary>The hex of SHA-256(salt ‖ bytes), as an entry's <c>sealed</c> holds it.</summary>
    public static string Of(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        if (salt.Length + bytes.Length <= OnStack)
        {
            Span<byte> both = stackalloc byte[salt.Length + bytes.Length];
            salt.CopyTo(both);
            bytes.CopyTo(both[salt.Length..]);
            SHA256.HashData(both, hash);
        }
        else
        {
            using var hasher = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            hasher.AppendData(salt);
            hasher.AppendData(bytes);
            hasher.GetHashAndReset(hash);
        }

        return Convert.ToHexStringLower(hash);
    }
}
