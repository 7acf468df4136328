namespace ReviewConsole.Rendering;

/// <summary>What happened to a row of a comparison.</summary>
internal enum DiffChange
{
    Same,
    Changed,
    Removed,
    Added,
}

/// <summary>A part of a line, and whether the other side has it too.</summary>
internal readonly record struct DiffPiece(string Text, bool Differs);

/// <summary>One row of a side-by-side comparison. Line numbers are 1-based; null where a side has no line.</summary>
internal sealed record DiffRow(DiffChange Change, int? OldLine, IReadOnlyList<DiffPiece> Old, int? NewLine, IReadOnlyList<DiffPiece> New)
{
    /// <summary>Goes on in the lines of the row before it: a very long line takes several rows.</summary>
    public bool Continues { get; init; }

    /// <summary>Characters of the longer side.</summary>
    public int Length { get; } = Math.Max(Old.Sum(static piece => piece.Text.Length), New.Sum(static piece => piece.Text.Length));
}

/// <summary>Why two lines differ although they may look the same.</summary>
internal enum HiddenDifference
{
    None,
    Normalisation,
    LookAlike,
    HiddenCharacters,
    WhiteSpace,
}

/// <summary>
/// A comparison of two texts, line by line and inside changed lines word by word; white space counts. Computed once, in time
/// that stays short for a megabyte: common ends first, then unique common lines as anchors, then DiffPlex between the anchors.
/// </summary>
/// <param name="Rows">All rows, in order.</param>
/// <param name="Starts">First rows of the changes; a change is a run of neighbouring rows that differ.</param>
/// <param name="CharactersDiffering">Characters in differing pieces, both sides.</param>
internal sealed record DraftDiff(IReadOnlyList<DiffRow> Rows, IReadOnlyList<int> Starts, long CharactersDiffering)
{
    /// <summary>True when both texts are the same to the last character.</summary>
    public bool IsEmpty => Changes == 0;

    /// <summary>How many changes there are.</summary>
    public int Changes => Starts.Count;

    /// <summary>Compares two texts. Stops with <see cref="OperationCanceledException"/> when asked to.</summary>
    public static DraftDiff Between(string before, string after, CancellationToken stop)
    {
        var old = LinesOf(before);
        var now = LinesOf(after);
        var rows = new List<DiffRow>(Math.Max(old.Length, now.Length));
        var wordBudget = WordDiff.Budget();
        foreach (var block in LineDiff.Blocks(old, now, stop))
        {
            stop.ThrowIfCancellationRequested();
            AddBlock(rows, old, now, block, wordBudget, stop);
        }
        var starts = new List<int>();
        var differing = 0L;
        for (var i = 0; i < rows.Count; i++)
        {
            if (rows[i].Change == DiffChange.Same)
            {
                continue;
            }
            if (i == 0 || rows[i - 1].Change == DiffChange.Same)
            {
                starts.Add(i);
            }
            differing += rows[i].Old.Concat(rows[i].New).Where(p => p.Differs).Sum(p => p.Text.Length);
        }
        return new DraftDiff(rows, starts, differing);
    }

    // A carriage return stays at the end of its line, so that a change of line ends is seen.
    private static string[] LinesOf(string text) => text.Length == 0 ? [] : text.Split('\n');

    private static void AddBlock(List<DiffRow> rows, string[] old, string[] now, LineBlock block, WordDiff.Allowance words, CancellationToken stop)
    {
        for (var i = 0; i < block.Same; i++)
        {
            Add(block.Old + i, block.New + i);
        }
        var oldFrom = block.Old + block.Same;
        var newFrom = block.New + block.Same;
        for (var i = 0; i < Math.Max(block.Removed, block.Added); i++)
        {
            Add(i < block.Removed ? oldFrom + i : null, i < block.Added ? newFrom + i : null);
        }

        void Add(int? oldAt, int? newAt)
        {
            var before = oldAt is { } o ? old[o] : null;
            var after = newAt is { } n ? now[n] : null;
            if (LongLine.Is(before, after))
            {
                rows.AddRange(LongLine.Rows(before, oldAt + 1, after, newAt + 1, stop));
                return;
            }
            var same = before == after;
            var whole = Whole(before, !same);
            var (left, right) = same ? (whole, whole) : before is null || after is null ? (whole, Whole(after, true)) : WordDiff.Between(before, after, words);
            rows.Add(new DiffRow(
                same ? DiffChange.Same : before is null ? DiffChange.Added : after is null ? DiffChange.Removed : DiffChange.Changed, oldAt + 1, left, newAt + 1, right));
        }
    }

    private static IReadOnlyList<DiffPiece> Whole(string? line, bool differs) => string.IsNullOrEmpty(line) ? [] : [new DiffPiece(line, differs)];
}
