using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace ReviewConsole.Core.Gate;

/// <summary>
/// The draw that picks audit samples and who commits first: HMAC-SHA256(secret, system ‖ action digest) as two numbers in [0, 1). The same action draws the same
/// again, so resubmitting cannot re-roll, and without the secret nobody can pick an action that slips through.
/// </summary>
internal static class SampleDraw
{
    public static (double Sample, double CommitFirst) Of(ReadOnlySpan<byte> secret, string system, string actionDigest)
    {
        var hash = HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(system + actionDigest));
        return (Share(hash), Share(hash.AsSpan(8)));
    }

    private static double Share(ReadOnlySpan<byte> bytes) => (BinaryPrimitives.ReadUInt64BigEndian(bytes) >> 11) * (1.0 / (1UL << 53));
}
