namespace ReviewConsole.Rendering;

/// <summary>How a comparison is laid out.</summary>
internal enum DiffMode
{
    SideBySide,
    InLine,
    Final,
}

/// <summary>
/// Rows of a comparison as a table: line numbers, − and + in the gutter, <c>del</c> and <c>ins</c> around what differs, white space and hidden
/// characters drawn where they are the difference.
/// </summary>
internal static class DiffMarkup
{
    /// <summary>Draws the rows from <paramref name="from"/> to before <paramref name="to"/>. The first row of a change names its number in <c>data-rc-change</c>.</summary>
    public static SafeMarkup Of(DraftDiff diff, int from, int to, DiffMode mode, RenderWords words)
    {
        var writer = new MarkupWriter();
        writer.Tag(mode == DiffMode.SideBySide, "<table class=\"rc-diff rc-diff-side\"><tbody>", "<table class=\"rc-diff\"><tbody>");
        for (var i = from; i < to; i++)
        {
            var row = diff.Rows[i];
            if (mode == DiffMode.Final && row is { NewLine: null, New.Count: 0 })
            {
                continue;
            }
            writer.Tag(row.Change == DiffChange.Same, "<tr", "<tr class=\"rc-diff-changed\"");
            if (ChangeAt(diff, i) is > 0 and var number)
            {
                writer.Tag(" data-rc-change=\"").Number(number).Tag("\"");
            }
            writer.Tag(">");
            switch (mode)
            {
                case DiffMode.SideBySide: SideBySide(writer, row, words); break;
                case DiffMode.InLine: InLine(writer, row, words); break;
                default: Final(writer, row); break;
            }
            writer.Tag("</tr>");
        }
        writer.Tag("</tbody></table>");
        return writer.ToMarkup();
    }

    // The number of the change that begins at a row, 1-based; 0 when none does.
    private static int ChangeAt(DraftDiff diff, int row)
    {
        if (diff.Rows[row].Change == DiffChange.Same)
        {
            return 0;
        }
        var (low, high) = (0, diff.Starts.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = diff.Starts[middle] < row ? (middle + 1, high) : (low, middle);
        }
        return low < diff.Starts.Count && diff.Starts[low] == row ? low + 1 : 0;
    }

    private static void SideBySide(MarkupWriter writer, DiffRow row, RenderWords words)
    {
        Number(writer, row.OldLine);
        Old(writer, row, words);
        Number(writer, row.NewLine);
        New(writer, row, words);
    }

    private static void InLine(MarkupWriter writer, DiffRow row, RenderWords words)
    {
        Number(writer, row.OldLine);
        if (row.Change == DiffChange.Changed)
        {
            Number(writer, null);
            Old(writer, row, words);
            writer.Tag("</tr><tr class=\"rc-diff-changed\">");
            Number(writer, null);
        }
        Number(writer, row.NewLine);
        if (row.Change == DiffChange.Removed)
        {
            Old(writer, row, words);
        }
        else
        {
            New(writer, row, words);
        }
    }

    private static void Final(MarkupWriter writer, DiffRow row)
    {
        Number(writer, row.NewLine);
        writer.Tag("<td class=\"rc-diff-text\">");
        foreach (var piece in row.New)
        {
            writer.Text(piece.Text.TrimEnd('\r'));
        }
        writer.Tag("</td>");
    }

    private static void Number(MarkupWriter writer, int? line)
    {
        writer.Tag("<td class=\"rc-diff-no\">");
        if (line is { } number)
        {
            writer.Number(number);
        }
        writer.Tag("</td>");
    }

    private static void Old(MarkupWriter writer, DiffRow row, RenderWords words)
    {
        if (row.Change is DiffChange.Changed or DiffChange.Removed)
        {
            writer.Tag("<td class=\"rc-diff-text rc-diff-old\"><span class=\"rc-diff-glyph\" aria-hidden=\"true\">−</span><span class=\"rc-hidden\">").Text(words.Removed).Tag("</span>");
        }
        else
        {
            writer.Tag("<td class=\"rc-diff-text\">");
        }
        Pieces(writer, row, row.Old, old: true);
        writer.Tag("</td>");
    }

    private static void New(MarkupWriter writer, DiffRow row, RenderWords words)
    {
        if (row.Change is DiffChange.Changed or DiffChange.Added)
        {
            writer.Tag("<td class=\"rc-diff-text rc-diff-new\"><span class=\"rc-diff-glyph\" aria-hidden=\"true\">+</span><span class=\"rc-hidden\">").Text(words.Added).Tag("</span>");
        }
        else
        {
            writer.Tag("<td class=\"rc-diff-text\">");
        }
        Pieces(writer, row, row.New, old: false);
        if (row.Change == DiffChange.Changed && words.Why(Explain(row)) is { } why)
        {
            writer.Tag(" <span class=\"rc-diff-why\">").Text(why).Tag("</span>");
        }
        writer.Tag("</td>");
    }

    private static HiddenDifference Explain(DiffRow row) =>
        LookAlikes.Explain(string.Concat(row.Old.Select(p => p.Text)), string.Concat(row.New.Select(p => p.Text)));

    private static void Pieces(MarkupWriter writer, DiffRow row, IReadOnlyList<DiffPiece> pieces, bool old)
    {
        for (var i = 0; i < pieces.Count; i++)
        {
            var piece = pieces[i];
            var last = i == pieces.Count - 1;
            if (!piece.Differs)
            {
                writer.Text(last ? piece.Text.TrimEnd('\r') : piece.Text);
                continue;
            }
            // The line end of a whole new or removed line is no news; a line end that changed is.
            var text = last && row.Change != DiffChange.Changed ? piece.Text.TrimEnd('\r') : piece.Text;
            writer.Tag(old, "<del>", "<ins>");
            var solid = text.AsSpan().TrimEnd(" \t").Length;
            writer.Text(text[..solid]);
            foreach (var blank in text[solid..])
            {
                writer.Tag(blank == '\t', "<span class=\"rc-ws\" title=\"TAB\">→</span>", "<span class=\"rc-ws\" title=\"SPACE\">·</span>");
            }
            writer.Tag(old, "</del>", "</ins>");
        }
    }
}
