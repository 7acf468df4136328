namespace ReviewConsole.Rendering;

/// <summary>A stretch of rows that is drawn as one piece, or a fold that stands for its rows until it is opened.</summary>
/// <param name="From">First row.</param>
/// <param name="To">Row behind the last one.</param>
/// <param name="IsFold">A line that opens and closes the rows; when it is open, they follow in blocks of their own.</param>
internal readonly record struct DiffBlock(int From, int To, bool IsFold);

/// <summary>
/// A comparison in blocks: small enough to be drawn and sent one by one, with long equal stretches folded and some rows of context around each change. What is not
/// drawn has an estimated height in lines, so that the scroll bar is about right from the beginning.
/// </summary>
internal sealed class DiffLayout
{
    private const int Context = 3;
    private const int ShortestFold = 12;
    private const int MostRows = 50;
    private const int MostLines = 100;
    private const int CharactersInLine = 40;

    private readonly DraftDiff _diff;
    private readonly List<DiffBlock> _blocks = [];
    private readonly List<int> _ends = [];

    /// <param name="open">First rows of the folds that are open.</param>
    public DiffLayout(DraftDiff diff, DiffMode mode, IReadOnlySet<int> open)
    {
        _diff = diff;
        if (mode == DiffMode.Final)
        {
            Cut(0, diff.Rows.Count);
            return;
        }
        var at = 0;
        foreach (var (from, to) in Folds(diff))
        {
            Cut(at, from);
            Add(new DiffBlock(from, to, true), 1);
            if (open.Contains(from))
            {
                Cut(from, to);
            }
            at = to;
        }
        Cut(at, diff.Rows.Count);
    }

    public IReadOnlyList<DiffBlock> Blocks => _blocks;

    /// <summary>Estimated lines of all blocks before this one.</summary>
    public int LinesBefore(int block) => block == 0 ? 0 : _ends[block - 1];

    /// <summary>The block at an estimated line.</summary>
    public int BlockAt(int line)
    {
        var found = _ends.BinarySearch(line + 1);
        return Math.Clamp(found < 0 ? ~found : found, 0, _blocks.Count - 1);
    }

    /// <summary>The block that shows a row.</summary>
    public int BlockOf(int row) => _blocks.FindIndex(block => !block.IsFold && block.From <= row && row < block.To);

    // Equal stretches without their edges next to changes. Two texts that are the same are shown, not folded.
    private static IEnumerable<(int From, int To)> Folds(DraftDiff diff)
    {
        var rows = diff.Rows;
        for (int at = 0, end; at < rows.Count; at = end)
        {
            end = at;
            while (end < rows.Count && rows[end].Change == DiffChange.Same == (rows[at].Change == DiffChange.Same))
            {
                end++;
            }
            var (from, to) = (at == 0 ? 0 : at + Context, end == rows.Count ? end : end - Context);
            if (rows[at].Change == DiffChange.Same && to - from >= ShortestFold && !diff.IsEmpty)
            {
                yield return (from, to);
            }
        }
    }

    private void Cut(int from, int to)
    {
        var (start, lines) = (from, 0);
        for (var row = from; row < to; row++)
        {
            var own = 1 + (_diff.Rows[row].Length / CharactersInLine);
            if (row > start && (row - start == MostRows || lines + own > MostLines))
            {
                Add(new DiffBlock(start, row, false), lines);
                (start, lines) = (row, 0);
            }
            lines += own;
        }
        if (to > start)
        {
            Add(new DiffBlock(start, to, false), lines);
        }
    }

    private void Add(DiffBlock block, int lines)
    {
        _blocks.Add(block);
        _ends.Add(LinesBefore(_blocks.Count - 1) + lines);
    }
}
