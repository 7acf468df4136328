using System.Numerics;

namespace ReviewConsole.Core.Ledger;

/// <summary>The hash of a complete subtree: level 0 are the leaves, node (l, i) covers the leaves from i × 2^l on.</summary>
internal delegate byte[] MerkleNodes(int level, long index);

/// <summary>Roots and proofs of RFC 6962 §2.1 from stored nodes, each with O(log n) reads, and their verification as RFC 9162 §2.1 spells it out.</summary>
internal static class MerkleProof
{
    /// <summary>The root over the first <paramref name="size"/> leaves.</summary>
    public static byte[] Root(long size, MerkleNodes nodes) => size == 0 ? MerkleHash.Empty() : Range(0, size, nodes);

    /// <summary>The siblings from leaf to root that prove leaf <paramref name="index"/> in the tree of <paramref name="size"/> leaves.</summary>
    public static IReadOnlyList<byte[]> Inclusion(long index, long size, MerkleNodes nodes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var proof = new List<byte[]>();
        long start = 0, end = size;
        while (end - start > 1)
        {
            var middle = start + Split(end - start);
            if (index < middle)
            {
                proof.Add(Range(middle, end, nodes));
                end = middle;
            }
            else
            {
                proof.Add(Range(start, middle, nodes));
                start = middle;
            }
        }

        proof.Reverse();
        return proof;
    }

    /// <summary>The hashes that prove that the tree of <paramref name="second"/> leaves begins with that of <paramref name="first"/>.</summary>
    public static IReadOnlyList<byte[]> Consistency(long first, long second, MerkleNodes nodes)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, second);
        var proof = new List<byte[]>();
        long start = 0, end = second;
        while (first < end)
        {
            var middle = start + Split(end - start);
            if (first <= middle)
            {
                proof.Add(Range(middle, end, nodes));
                end = middle;
            }
            else
            {
                proof.Add(Range(start, middle, nodes));
                start = middle;
            }
        }

        // The verifier holds the old root itself where the old tree is one complete subtree from the left.
        if (start > 0)
        {
            proof.Add(Range(start, end, nodes));
        }

        proof.Reverse();
        return proof;
    }

    public static bool VerifyInclusion(
        ReadOnlySpan<byte> leafHash, long index, long size, IReadOnlyList<byte[]> proof, ReadOnlySpan<byte> root)
    {
        if (index < 0 || index >= size)
        {
            return false;
        }

        Span<byte> hash = stackalloc byte[MerkleHash.Size];
        leafHash.CopyTo(hash);
        var walk = new MerkleWalk(index, size);
        foreach (var sibling in proof)
        {
            if (walk.AtRoot || sibling.Length != MerkleHash.Size)
            {
                return false;
            }

            if (walk.Up())
            {
                MerkleHash.Node(sibling, hash, hash);
            }
            else
            {
                MerkleHash.Node(hash, sibling, hash);
            }
        }

        return walk.AtRoot && hash.SequenceEqual(root);
    }

    public static bool VerifyConsistency(
        long first, ReadOnlySpan<byte> firstRoot, long second, ReadOnlySpan<byte> secondRoot, IReadOnlyList<byte[]> proof)
    {
        if (first <= 0 || first > second || proof.Any(static hash => hash.Length != MerkleHash.Size))
        {
            return false;
        }

        if (first == second)
        {
            return proof.Count == 0 && firstRoot.SequenceEqual(secondRoot);
        }

        var next = 0;
        Span<byte> old = stackalloc byte[MerkleHash.Size];
        Span<byte> grown = stackalloc byte[MerkleHash.Size];
        if (BitOperations.IsPow2(first))
        {
            firstRoot.CopyTo(old);
        }
        else if (proof.Count > 0)
        {
            proof[next++].CopyTo(old);
        }
        else
        {
            return false;
        }

        old.CopyTo(grown);
        var walk = new MerkleWalk(first - 1, second);
        walk.SkipRightEdges();
        for (; next < proof.Count; next++)
        {
            if (walk.AtRoot)
            {
                return false;
            }

            var hash = proof[next];
            if (walk.Up())
            {
                MerkleHash.Node(hash, old, old);
                MerkleHash.Node(hash, grown, grown);
            }
            else
            {
                MerkleHash.Node(grown, hash, grown);
            }
        }

        return walk.AtRoot && old.SequenceEqual(firstRoot) && grown.SequenceEqual(secondRoot);
    }

    /// <summary>
    /// The roots of smaller trees that an inclusion proof determines by itself: before the leaf, and up to the end of each complete subtree around
    /// it. With them one receipt can be compared with a head of another size, without the log.
    /// </summary>
    public static IEnumerable<(long Size, byte[] Root)> RootsWithin(byte[] leafHash, long index, long size, IReadOnlyList<byte[]> proof)
    {
        var walk = new MerkleWalk(index, size);
        var lefts = new bool[proof.Count];
        for (var i = 0; i < proof.Count; i++)
        {
            lefts[i] = walk.Up();
        }

        byte[]? before = null;
        for (var i = 0; i < proof.Count; i++)
        {
            before = !lefts[i] ? before : before is null ? proof[i] : MerkleHash.Node(proof[i], before);
        }

        if (before is not null)
        {
            yield return (index, before);
        }

        walk = new MerkleWalk(index, size);
        var hash = leafHash;
        for (var i = 0; i < proof.Count && !walk.OnEdge; i++)
        {
            var root = hash;
            for (var above = i; above < proof.Count; above++)
            {
                root = lefts[above] ? MerkleHash.Node(proof[above], root) : root;
            }

            yield return (walk.End, root);
            hash = lefts[i] ? MerkleHash.Node(proof[i], hash) : MerkleHash.Node(hash, proof[i]);
            walk.Up();
        }
    }

    private static byte[] Range(long start, long end, MerkleNodes nodes)
    {
        var length = end - start;
        if (BitOperations.IsPow2(length))
        {
            var level = BitOperations.TrailingZeroCount(length);
            return nodes(level, start >> level);
        }

        var middle = start + Split(length);
        return MerkleHash.Node(Range(start, middle, nodes), Range(middle, end, nodes));
    }

    // The largest power of two below the length: RFC 6962's k.
    private static long Split(long length) => 1L << (63 - BitOperations.LeadingZeroCount((ulong)(length - 1)));
}
