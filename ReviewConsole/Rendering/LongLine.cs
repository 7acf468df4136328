using System.Globalization;

namespace ReviewConsole.Rendering;

/// <summary>
/// A very long line goes over several rows, so that what did not change in it can be folded and no row is a megabyte. Its words are compared as
/// lines are.
/// </summary>
internal static class LongLine
{
    private const int Longest = 4_000;
    private const int Row = 400;
    private const int LookBack = 100;
    private const int LongestWord = 100;
    private const int LargestStretch = 600;

    /// <summary>True when one of the two has to be shown in several rows.</summary>
    public static bool Is(string? old, string? now) => old?.Length > Longest || now?.Length > Longest;

    /// <summary>The rows of one line on both sides, or of a line that only one side has.</summary>
    public static IEnumerable<DiffRow> Rows(string? old, int? oldLine, string? now, int? newLine, CancellationToken stop)
    {
        var whole = old is null ? DiffChange.Added : now is null ? DiffChange.Removed : DiffChange.Changed;
        var row = new Halves();
        var first = true;
        foreach (var stretch in Stretches(old, now, stop))
        {
            for (int o = 0, n = 0; o < stretch.Old.Length || n < stretch.New.Length;)
            {
                // What is the same stays beside itself.
                var room = Row - Math.Max(row.OldLength, row.NewLength);
                var takeOld = Cut(stretch.Old, o, stretch.Same ? room : Row - row.OldLength, row.IsEmpty);
                var takeNew = stretch.Same ? takeOld : Cut(stretch.New, n, Row - row.NewLength, row.IsEmpty);
                if (takeOld == 0 && takeNew == 0)
                {
                    yield return Made();
                    continue;
                }
                row.Add(stretch.Old.Substring(o, takeOld), stretch.New.Substring(n, takeNew), !stretch.Same);
                o += takeOld;
                n += takeNew;
            }
        }
        if (!row.IsEmpty || first)
        {
            yield return Made();
        }

        DiffRow Made()
        {
            var made = row.ToRow(whole, first ? oldLine : null, first ? newLine : null, !first);
            (row, first) = (new Halves(), false);
            return made;
        }
    }

    private static IEnumerable<(string Old, string New, bool Same)> Stretches(string? old, string? now, CancellationToken stop)
    {
        if (old is null || now is null || old == now)
        {
            yield return (old ?? "", now ?? "", old == now);
            yield break;
        }
        var (left, right) = (WordDiff.Words(old), WordDiff.Words(now));
        foreach (var block in LineDiff.Blocks(left, right, stop, LargestStretch))
        {
            var same = string.Concat(left.AsSpan(block.Old, block.Same));
            yield return (same, same, true);
            var gone = string.Concat(left.AsSpan(block.Old + block.Same, block.Removed));
            var came = string.Concat(right.AsSpan(block.New + block.Same, block.Added));
            // Words are told apart as words; what is longer than any word is narrowed to the part that differs.
            var (head, tail) = Math.Min(gone.Length, came.Length) > LongestWord ? WordDiff.CommonEnds(gone, came) : default;
            yield return (gone[..head], came[..head], true);
            yield return (gone[head..^tail], came[head..^tail], false);
            yield return (gone[^tail..], came[^tail..], true);
        }
    }

    // How many characters fit: up to a blank when there is one near, never between a sign and what belongs to it.
    private static int Cut(string text, int from, int room, bool must)
    {
        if (room <= 0 || text.Length - from <= room)
        {
            return room <= 0 ? 0 : text.Length - from;
        }
        var end = from + room;
        var blank = text.LastIndexOf(' ', end - 1, Math.Min(room, LookBack));
        if (blank > from)
        {
            return blank + 1 - from;
        }
        while (end > from && BelongsToTheOneBefore(text[end]))
        {
            end--;
        }
        return end > from || !must ? end - from : room;
    }

    private static bool BelongsToTheOneBefore(char c) =>
        char.IsLowSurrogate(c) || c == '\r' || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format;

    /// <summary>Both halves of the row that is being filled.</summary>
    private sealed class Halves
    {
        private readonly List<DiffPiece> _old = [];
        private readonly List<DiffPiece> _new = [];

        public int OldLength { get; private set; }

        public int NewLength { get; private set; }

        public bool IsEmpty => OldLength == 0 && NewLength == 0;

        public void Add(string old, string now, bool differs)
        {
            Add(_old, old, differs);
            Add(_new, now, differs);
            OldLength += old.Length;
            NewLength += now.Length;
        }

        public DiffRow ToRow(DiffChange whole, int? oldLine, int? newLine, bool continues)
        {
            var same = _old.Concat(_new).All(static piece => !piece.Differs);
            return new DiffRow(same ? DiffChange.Same : whole, oldLine, _old, newLine, _new) { Continues = continues };
        }

        private static void Add(List<DiffPiece> pieces, string text, bool differs)
        {
            if (text.Length > 0)
            {
                pieces.Add(new DiffPiece(text, differs));
            }
        }
    }
}
