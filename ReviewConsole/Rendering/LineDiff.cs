using DiffPlex;

namespace ReviewConsole.Rendering;

/// <summary>Some equal lines, then lines that were removed and lines that were added. Offsets are 0-based.</summary>
internal readonly record struct LineBlock(int Old, int New, int Same, int Removed, int Added);

/// <summary>
/// Which lines two texts share. Myers' algorithm, which DiffPlex implements, takes time in lines × differences: on a megabyte of
/// unlike text it would hang. So equal ends are cut off, lines that occur once on both sides anchor the rest, and only
/// the stretches between the anchors go to DiffPlex; a stretch that is still too large counts as replaced.
/// </summary>
internal static class LineDiff
{
    private const int LargestStretch = 3_000;
    private const int MostDepth = 12;

    /// <param name="largest">Lines of a stretch without an anchor that are still compared one by one, both sides together.</param>
    public static IReadOnlyList<LineBlock> Blocks(string[] old, string[] now, CancellationToken stop, int largest = LargestStretch)
    {
        var matches = new List<(int Old, int New, int Count)>();
        Match(old, 0, old.Length, now, 0, now.Length, matches, 0, largest, stop);
        var blocks = new List<LineBlock>();
        int o = 0, n = 0, same = 0, sameOld = 0, sameNew = 0;
        foreach (var match in matches.Append((Old: old.Length, New: now.Length, Count: 0)))
        {
            if (match.Old > o || match.New > n || match.Count == 0)
            {
                blocks.Add(new LineBlock(sameOld, sameNew, same, match.Old - o, match.New - n));
                (sameOld, sameNew, same) = (match.Old, match.New, 0);
            }
            same += match.Count;
            (o, n) = (match.Old + match.Count, match.New + match.Count);
        }
        return blocks;
    }

    private static void Match(string[] old, int oldFrom, int oldTo, string[] now, int newFrom, int newTo,
        List<(int Old, int New, int Count)> matches, int depth, int largest, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        var head = 0;
        while (oldFrom + head < oldTo && newFrom + head < newTo && old[oldFrom + head] == now[newFrom + head])
        {
            head++;
        }
        Add(matches, oldFrom, newFrom, head);
        oldFrom += head;
        newFrom += head;
        var tail = 0;
        while (oldTo - tail > oldFrom && newTo - tail > newFrom && old[oldTo - tail - 1] == now[newTo - tail - 1])
        {
            tail++;
        }
        oldTo -= tail;
        newTo -= tail;
        if (oldFrom < oldTo && newFrom < newTo)
        {
            Middle(old, oldFrom, oldTo, now, newFrom, newTo, matches, depth, largest, stop);
        }
        Add(matches, oldTo, newTo, tail);
    }

    private static void Middle(string[] old, int oldFrom, int oldTo, string[] now, int newFrom, int newTo,
        List<(int Old, int New, int Count)> matches, int depth, int largest, CancellationToken stop)
    {
        if (oldTo - oldFrom + (newTo - newFrom) <= largest)
        {
            Small(old, oldFrom, oldTo, now, newFrom, newTo, matches);
            return;
        }
        var anchors = depth < MostDepth ? Anchors(old, oldFrom, oldTo, now, newFrom, newTo) : [];
        if (anchors.Count == 0)
        {
            return;
        }
        foreach (var (anchorOld, anchorNew) in anchors)
        {
            // An anchor inside the tail of the stretch before it was already taken.
            if (anchorOld < oldFrom || anchorNew < newFrom)
            {
                continue;
            }
            Match(old, oldFrom, anchorOld, now, newFrom, anchorNew, matches, depth + 1, largest, stop);
            Add(matches, anchorOld, anchorNew, 1);
            (oldFrom, newFrom) = (anchorOld + 1, anchorNew + 1);
        }
        Match(old, oldFrom, oldTo, now, newFrom, newTo, matches, depth + 1, largest, stop);
    }

    private static void Small(string[] old, int oldFrom, int oldTo, string[] now, int newFrom, int newTo, List<(int Old, int New, int Count)> matches)
    {
        // A single empty line joins to the empty text, in which DiffPlex sees no line at all.
        if ((oldTo - oldFrom == 1 && old[oldFrom].Length == 0) || (newTo - newFrom == 1 && now[newFrom].Length == 0))
        {
            return;
        }
        // The chunker is ours: DiffPlex's own drops line ends and splits at lone carriage returns.
        var result = new Differ().CreateCustomDiffs(
            string.Join('\n', old[oldFrom..oldTo]), string.Join('\n', now[newFrom..newTo]), ignoreWhiteSpace: false, ignoreCase: false, text => text.Split('\n'));
        int o = 0, n = 0;
        foreach (var block in result.DiffBlocks)
        {
            Add(matches, oldFrom + o, newFrom + n, block.DeleteStartA - o);
            o = block.DeleteStartA + block.DeleteCountA;
            n = block.InsertStartB + block.InsertCountB;
        }
        Add(matches, oldFrom + o, newFrom + n, oldTo - oldFrom - o);
    }

    // Lines that occur once on each side, in the longest order common to both (patience).
    private static IReadOnlyList<(int Old, int New)> Anchors(string[] old, int oldFrom, int oldTo, string[] now, int newFrom, int newTo)
    {
        var once = new Dictionary<string, (int Old, int New)>(StringComparer.Ordinal);
        for (var i = oldFrom; i < oldTo; i++)
        {
            once[old[i]] = once.ContainsKey(old[i]) ? (-1, -1) : (i, -1);
        }
        for (var i = newFrom; i < newTo; i++)
        {
            if (once.TryGetValue(now[i], out var place) && place.Old >= 0)
            {
                once[now[i]] = place.New < 0 ? (place.Old, i) : (-1, -1);
            }
        }
        var pairs = once.Values.Where(p => p is { Old: >= 0, New: >= 0 }).OrderBy(p => p.Old).ToArray();
        var piles = new List<int>();
        var before = new int[pairs.Length];
        for (var i = 0; i < pairs.Length; i++)
        {
            int low = 0, high = piles.Count;
            while (low < high)
            {
                var middle = (low + high) / 2;
                (low, high) = pairs[piles[middle]].New < pairs[i].New ? (middle + 1, high) : (low, middle);
            }
            before[i] = low == 0 ? -1 : piles[low - 1];
            if (low == piles.Count)
            {
                piles.Add(i);
            }
            piles[low] = i;
        }
        var anchors = new List<(int Old, int New)>();
        for (var i = piles.Count == 0 ? -1 : piles[^1]; i >= 0; i = before[i])
        {
            anchors.Add(pairs[i]);
        }
        anchors.Reverse();
        return anchors;
    }

    private static void Add(List<(int Old, int New, int Count)> matches, int old, int now, int count)
    {
        if (count > 0)
        {
            matches.Add((old, now, count));
        }
    }
}
