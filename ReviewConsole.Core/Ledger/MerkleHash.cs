using System.Security.Cryptography;

namespace ReviewConsole.Core.Ledger;

/// <summary>The two hashes of RFC 6962 §2.1 over SHA-256. Their prefixes keep a leaf from ever passing for a node.</summary>
internal static class MerkleHash
{
    /// <summary>Bytes of every hash.</summary>
    public const int Size = 32;

    private const byte LeafPrefix = 0;
    private const byte NodePrefix = 1;
    private const int OnStack = 2048;

    /// <summary>SHA-256(0x00 ‖ entry).</summary>
    public static void Leaf(ReadOnlySpan<byte> entry, Span<byte> hash)
    {
        var prefixed = entry.Length < OnStack ? stackalloc byte[entry.Length + 1] : new byte[entry.Length + 1];
        prefixed[0] = LeafPrefix;
        entry.CopyTo(prefixed[1..]);
        SHA256.HashData(prefixed, hash);
    }

    /// <inheritdoc cref="Leaf(ReadOnlySpan{byte}, Span{byte})"/>
    public static byte[] Leaf(ReadOnlySpan<byte> entry)
    {
        var hash = new byte[Size];
        Leaf(entry, hash);
        return hash;
    }

    /// <summary>SHA-256(0x01 ‖ left ‖ right). <paramref name="hash"/> may be one of the two.</summary>
    public static void Node(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, Span<byte> hash)
    {
        Span<byte> both = stackalloc byte[1 + (2 * Size)];
        both[0] = NodePrefix;
        left.CopyTo(both[1..]);
        right.CopyTo(both[(1 + Size)..]);
        SHA256.HashData(both, hash);
    }

    /// <inheritdoc cref="Node(ReadOnlySpan{byte}, ReadOnlySpan{byte}, Span{byte})"/>
    public static byte[] Node(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var hash = new byte[Size];
        Node(left, right, hash);
        return hash;
    }

    /// <summary>The root of a log without entries: SHA-256 of nothing.</summary>
    public static byte[] Empty() => SHA256.HashData([]);
}
