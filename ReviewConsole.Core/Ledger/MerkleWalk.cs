namespace ReviewConsole.Core.Ledger;

/// <summary>The way of one node from its level up to the root, beside the last node of each level.</summary>
internal struct MerkleWalk(long index, long size)
{
    private long _node = index;
    private long _last = size - 1;
    private int _level;

    public readonly bool AtRoot => _last == 0;

    /// <summary>The node is the last of its level, so it may be incomplete.</summary>
    public readonly bool OnEdge => _node == _last;

    /// <summary>How many leaves lie up to the end of this node, if it is complete.</summary>
    public readonly long End => (_node + 1) << _level;

    /// <summary>One level up, or to where a node on the edge meets its sibling. True when the sibling stands on the left.</summary>
    public bool Up()
    {
        var left = (_node & 1) != 0 || _node == _last;
        if (left)
        {
            while ((_node & 1) == 0 && _node != 0)
            {
                Shift();
            }
        }

        Shift();
        return left;
    }

    /// <summary>To the root of the largest complete subtree that ends with this leaf.</summary>
    public void SkipRightEdges()
    {
        while ((_node & 1) != 0)
        {
            Shift();
        }
    }

    private void Shift()
    {
        _node >>= 1;
        _last >>= 1;
        _level++;
    }
}
