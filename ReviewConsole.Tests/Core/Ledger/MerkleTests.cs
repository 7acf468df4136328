using System.Collections.Concurrent;
using FsCheck;
using FsCheck.Fluent;
using ReviewConsole.Core.Ledger;
using Xunit;

namespace ReviewConsole.Tests.Core.Ledger;

public sealed class MerkleTests
{
    private const int Largest = 130;
    private static readonly Config s_many = Config.QuickThrowOnFailure.WithMaxTest(400).WithQuietOnSuccess(true);
    private static readonly ConcurrentDictionary<(int Start, int End), byte[]> s_defined = new();
    private static readonly byte[][] s_leaves = [.. Enumerable.Range(0, Largest).Select(i => MerkleHash.Leaf([(byte)i, (byte)(i >> 8)]))];

    [Fact]
    public void Roots_are_those_of_the_test_vectors_of_certificate_transparency()
    {
        // The leaves and roots that RFC 6962 implementations share.
        byte[][] entries =
        [
            [], [0x00], [0x10], [0x20, 0x21], [0x30, 0x31], [0x40, 0x41, 0x42, 0x43],
            [0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57], [0x60, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x6f],
        ];
        var frontier = new MerkleFrontier();
        var scratch = new byte[MerkleFrontier.MaxLevels * MerkleHash.Size];
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", Convert.ToHexStringLower(frontier.Root()));
        frontier.Append(MerkleHash.Leaf(entries[0]), scratch);
        Assert.Equal("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d", Convert.ToHexStringLower(frontier.Root()));
        foreach (var entry in entries[1..])
        {
            frontier.Append(MerkleHash.Leaf(entry), scratch);
        }

        Assert.Equal("5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328", Convert.ToHexStringLower(frontier.Root()));
    }

    [Fact]
    public void The_frontier_gives_the_root_of_the_recursive_definition_and_every_complete_node()
    {
        var frontier = new MerkleFrontier();
        var scratch = new byte[MerkleFrontier.MaxLevels * MerkleHash.Size];
        for (var size = 0; size < Largest; size++)
        {
            Assert.Equal(Defined(0, size), frontier.Root());
            Assert.Equal(frontier.Root(), MerkleFrontier.At(size, Node).Root());
            Assert.Equal(frontier.Root(), MerkleProof.Root(size, Node));
            var levels = frontier.Append(s_leaves[size], scratch);
            for (var level = 1; level <= levels; level++)
            {
                Assert.Equal(Node(level, size >> level), scratch[((level - 1) * 32)..(level * 32)]);
            }
        }
    }

    [Fact]
    public void A_copy_brings_the_frontier_back()
    {
        var scratch = new byte[MerkleFrontier.MaxLevels * MerkleHash.Size];
        for (var size = 0; size < 70; size++)
        {
            var frontier = MerkleFrontier.At(size, Node);
            var (mark, root) = (frontier.Copy(), frontier.Root());
            for (var more = 0; more < 9; more++)
            {
                frontier.Append(s_leaves[more], scratch);
            }

            frontier.Become(mark);
            Assert.Equal((size, Convert.ToHexString(root)), ((int)frontier.Size, Convert.ToHexString(frontier.Root())));
            frontier.Append(s_leaves[size], scratch);
            Assert.Equal(Defined(0, size + 1), frontier.Root());
        }
    }

    [Fact]
    public void Every_inclusion_proof_holds_reads_few_nodes_and_fits_nothing_else()
    {
        for (var size = 1; size <= Largest; size++)
        {
            for (var index = 0; index < size; index++)
            {
                var reads = 0;
                var proof = MerkleProof.Inclusion(index, size, (level, i) => { reads++; return Node(level, i); });
                var root = Defined(0, size);
                Assert.True(MerkleProof.VerifyInclusion(s_leaves[index], index, size, proof, root));
                Assert.InRange(reads, 0, 2 * (64 - System.Numerics.BitOperations.LeadingZeroCount((ulong)size)));
                Assert.False(MerkleProof.VerifyInclusion(s_leaves[index], index == 0 ? size : index - 1, size, proof, root));
                Assert.False(MerkleProof.VerifyInclusion(s_leaves[index], index, size, [.. proof, root], root));
                Assert.False(proof.Count > 0 && MerkleProof.VerifyInclusion(s_leaves[index], index, size, [.. proof.Take(proof.Count - 1)], root));
                foreach (var (smaller, other) in MerkleProof.RootsWithin(s_leaves[index], index, size, proof))
                {
                    Assert.Equal(Defined(0, (int)smaller), other);
                }
            }
        }
    }

    [Fact]
    public void Every_consistency_proof_holds_and_fits_no_other_tree()
    {
        for (var second = 1; second <= Largest; second++)
        {
            for (var first = 1; first <= second; first++)
            {
                var proof = MerkleProof.Consistency(first, second, Node);
                Assert.True(MerkleProof.VerifyConsistency(first, Defined(0, first), second, Defined(0, second), proof));
                Assert.False(MerkleProof.VerifyConsistency(first, Defined(1, first), second, Defined(0, second), proof));
                Assert.False(MerkleProof.VerifyConsistency(first, Defined(0, first), second, Defined(1, second), proof));
                Assert.False(MerkleProof.VerifyConsistency(first, Defined(0, first), second, Defined(0, second), [.. proof, s_leaves[0]]));
            }
        }
    }

    [Fact]
    public void One_bit_anywhere_breaks_a_proof()
    {
        var some =
            from size in Gen.Choose(2, Largest)
            from index in Gen.Choose(0, size - 1)
            from bit in Gen.Choose(0, int.MaxValue - 1)
            select (size, index, bit);
        Check.One(s_many, Prop.ForAll(some.ToArbitrary(), place =>
        {
            var (size, index, bit) = place;
            var proof = MerkleProof.Inclusion(index, size, Node).Select(hash => hash.ToArray()).ToList();
            var target = proof[bit / 256 % proof.Count];
            target[bit / 8 % 32] ^= (byte)(1 << (bit % 8));
            return !MerkleProof.VerifyInclusion(s_leaves[index], index, size, proof, Defined(0, size));
        }));
    }

    private static byte[] Node(int level, long index) => Defined((int)(index << level), (int)((index + 1) << level));

    private static byte[] Defined(int start, int end) => s_defined.GetOrAdd((start, end), static range => Define(range.Start, range.End));

    // MTH of RFC 6962 §2.1, word for word.
    private static byte[] Define(int start, int end)
    {
        var n = end - start;
        if (n <= 0)
        {
            return MerkleHash.Empty();
        }

        if (n == 1)
        {
            return s_leaves[start];
        }

        var k = 1;
        while (k * 2 < n)
        {
            k *= 2;
        }

        return MerkleHash.Node(Defined(start, start + k), Defined(start + k, end));
    }
}
