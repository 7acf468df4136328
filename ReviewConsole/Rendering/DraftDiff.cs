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
internal sealed record DiffRow(DiffChange Change, int? OldLine, IReadOnlyList<DiffPiece> Old, int? NewLine, IReadOnlyList<DiffPiece> New);

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
/// <param name="Changes">Runs of neighbouring rows that differ.</param>
/// <param name="CharactersDiffering">Characters in differing pieces, both sides.</param>
internal sealed record DraftDiff(IReadOnlyList<DiffRow> Rows, int Changes, long CharactersDiffering)
{
    /// <summary>True when both texts are the same to the last character.</summary>
    public bool IsEmpty => Changes == 0;

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
            AddBlock(rows, old, now, block, wordBudget);
        }
        var changes = 0;
        var differing = 0L;
        for (var i = 0; i < rows.Count; i++)
        {
            if (rows[i].Change == DiffChange.Same)
            {
                continue;
            }
            changes += i == 0 || rows[i - 1].Change == DiffChange.Same ? 1 : 0;
            differing += rows[i].Old.Concat(rows[i].New).Where(p => p.Differs).Sum(p => p.Text.Length);
        }
        return new DraftDiff(rows, changes, differing);
    }

    // A carriage return stays at the end of its line, so that a change of line ends is seen.
    private static string[] LinesOf(string text) => text.Length == 0 ? [] : text.Split('\n');

    private static void AddBlock(List<DiffRow> rows, string[] old, string[] now, LineBlock block, WordDiff.Allowance words)
    {
        for (var i = 0; i < block.Same; i++)
        {
            var line = Whole(old[block.Old + i], false);
            rows.Add(new DiffRow(DiffChange.Same, block.Old + i + 1, line, block.New + i + 1, line));
        }
        var oldFrom = block.Old + block.Same;
        var newFrom = block.New + block.Same;
        var pairs = Math.Min(block.Removed, block.Added);
        for (var i = 0; i < pairs; i++)
        {
            var (left, right) = WordDiff.Between(old[oldFrom + i], now[newFrom + i], words);
            rows.Add(new DiffRow(DiffChange.Changed, oldFrom + i + 1, left, newFrom + i + 1, right));
        }
        for (var i = pairs; i < block.Removed; i++)
        {
            rows.Add(new DiffRow(DiffChange.Removed, oldFrom + i + 1, Whole(old[oldFrom + i], true), null, []));
        }
        for (var i = pairs; i < block.Added; i++)
        {
            rows.Add(new DiffRow(DiffChange.Added, null, [], newFrom + i + 1, Whole(now[newFrom + i], true)));
        }
    }

    private static IReadOnlyList<DiffPiece> Whole(string line, bool differs) => line.Length == 0 ? [] : [new DiffPiece(line, differs)];
}
