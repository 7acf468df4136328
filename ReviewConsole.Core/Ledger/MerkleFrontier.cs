using System.Numerics;

namespace ReviewConsole.Core.Ledger;

/// <summary>
/// The right edge of a growing RFC 6962 tree: one hash for each set bit of its size, the root of the complete subtree of that many leaves.
/// All that appending and the root need.
/// </summary>
internal sealed class MerkleFrontier
{
    /// <summary>A size is a positive long: it has no more bits, and the tree no more levels.</summary>
    public const int MaxLevels = 63;

    private readonly byte[] _hashes = new byte[MaxLevels * MerkleHash.Size];

    /// <summary>Leaves so far.</summary>
    public long Size { get; private set; }

    /// <summary>The frontier of a stored tree.</summary>
    public static MerkleFrontier At(long size, MerkleNodes nodes)
    {
        var frontier = new MerkleFrontier { Size = size };
        for (var level = 0; size >> level > 0; level++)
        {
            if (((size >> level) & 1) != 0)
            {
                nodes(level, (size >> level) - 1).CopyTo(frontier.Level(level));
            }
        }

        return frontier;
    }

    /// <summary>
    /// Adds a leaf. Answers how many interior nodes it completed; their hashes, from level 1 up, are written to <paramref name="completed"/>.
    /// The node of level l has the index <c>seq &gt;&gt; l</c>, seq being the leaf's own.
    /// </summary>
    public int Append(ReadOnlySpan<byte> leafHash, Span<byte> completed)
    {
        Span<byte> hash = stackalloc byte[MerkleHash.Size];
        leafHash.CopyTo(hash);
        var level = 0;
        for (; ((Size >> level) & 1) != 0; level++)
        {
            MerkleHash.Node(Level(level), hash, hash);
            hash.CopyTo(completed[(level * MerkleHash.Size)..]);
        }

        hash.CopyTo(Level(level));
        Size++;
        return level;
    }

    /// <summary>The root of the tree as it stands.</summary>
    public byte[] Root()
    {
        if (Size == 0)
        {
            return MerkleHash.Empty();
        }

        var level = BitOperations.TrailingZeroCount(Size);
        var root = Level(level).ToArray();
        for (level++; Size >> level > 0; level++)
        {
            if (((Size >> level) & 1) != 0)
            {
                MerkleHash.Node(Level(level), root, root);
            }
        }

        return root;
    }

    /// <summary>A copy that later appends do not touch.</summary>
    public MerkleFrontier Copy()
    {
        var copy = new MerkleFrontier();
        copy.Become(this);
        return copy;
    }

    /// <summary>Takes over the state of <paramref name="other"/>.</summary>
    public void Become(MerkleFrontier other)
    {
        Size = other.Size;
        other._hashes.AsSpan(0, (64 - BitOperations.LeadingZeroCount((ulong)Size)) * MerkleHash.Size).CopyTo(_hashes);
    }

    private Span<byte> Level(int level) => _hashes.AsSpan(level * MerkleHash.Size, MerkleHash.Size);
}
