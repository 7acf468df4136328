namespace ReviewConsole.Rendering;

/// <summary>How a comparison is laid out.</summary>
internal enum DiffMode
{
    SideBySide,
    InLine,
    Final,
}

/// <summary>
/// A comparison as a table: line numbers, − and + in the gutter, <c>del</c> and <c>ins</c> around what differs, white space and hidden
/// characters drawn where they are the difference. Long equal stretches are folded to their length.
/// </summary>
internal static class DiffMarkup
{
    private const int Context = 3;
    private const int ShortestFold = 12;

    /// <summary>Draws <paramref name="diff"/>; at most <paramref name="rows"/> rows, the rest is counted in words.</summary>
    public static SafeMarkup Of(DraftDiff diff, DiffMode mode, RenderWords words, int rows)
    {
        var writer = new MarkupWriter();
        switch (mode)
        {
            case DiffMode.SideBySide: SideBySide(writer, diff, words, rows); break;
            case DiffMode.InLine: InLine(writer, diff, words, rows); break;
            default: Final(writer, diff, rows, words); break;
        }
        return writer.ToMarkup();
    }

    public static void SideBySide(MarkupWriter writer, DraftDiff diff, RenderWords words, int rows)
    {
        writer.Tag("<table class=\"rc-diff rc-diff-side\"><tbody>");
        Each(writer, diff, words, rows, 4, row =>
        {
            Number(writer, row.OldLine);
            Old(writer, row);
            Number(writer, row.NewLine);
            New(writer, row, words);
        });
        writer.Tag("</tbody></table>");
    }

    public static void InLine(MarkupWriter writer, DraftDiff diff, RenderWords words, int rows)
    {
        writer.Tag("<table class=\"rc-diff\"><tbody>");
        Each(writer, diff, words, rows, 3, row =>
        {
            Number(writer, row.OldLine);
            if (row.Change == DiffChange.Changed)
            {
                writer.Tag("<td class=\"rc-diff-no\"></td>");
                Old(writer, row);
                writer.Tag("</tr><tr class=\"rc-diff-changed\"><td class=\"rc-diff-no\"></td>");
            }
            Number(writer, row.NewLine);
            if (row.Change == DiffChange.Removed)
            {
                Old(writer, row);
            }
            else
            {
                New(writer, row, words);
            }
        });
        writer.Tag("</tbody></table>");
    }

    private static void Final(MarkupWriter writer, DraftDiff diff, int rows, RenderWords words)
    {
        writer.Tag("<table class=\"rc-diff\"><tbody>");
        var lines = diff.Rows.Where(r => r.NewLine is not null).ToArray();
        foreach (var row in lines.Take(rows))
        {
            writer.Tag("<tr>");
            Number(writer, row.NewLine);
            writer.Tag("<td class=\"rc-diff-text\">");
            foreach (var piece in row.New)
            {
                writer.Text(piece.Text.TrimEnd('\r'));
            }
            writer.Tag("</td></tr>");
        }
        if (lines.Length > rows)
        {
            Note(writer, words.RowsNotDrawn(lines.Length - rows), 2);
        }
        writer.Tag("</tbody></table>");
    }

    private static void Each(MarkupWriter writer, DraftDiff diff, RenderWords words, int budget, int columns, Action<DiffRow> draw)
    {
        var rows = diff.Rows;
        for (int at = 0, drawn = 0; at < rows.Count;)
        {
            var same = rows[at].Change == DiffChange.Same;
            var end = at;
            while (end < rows.Count && rows[end].Change == DiffChange.Same == same)
            {
                end++;
            }
            var (foldFrom, foldTo) = same ? Fold(at, end, rows.Count) : (end, end);
            for (var i = at; i < end; i++)
            {
                if (i == foldFrom)
                {
                    Note(writer, words.SameLines(foldTo - foldFrom), columns);
                    i = foldTo - 1;
                    continue;
                }
                if (drawn++ >= budget)
                {
                    Note(writer, words.RowsNotDrawn(rows.Count - i), columns);
                    return;
                }
                writer.Tag(same, "<tr", "<tr class=\"rc-diff-changed\"").Tag(!same && i == at, " data-rc-change>", ">");
                draw(rows[i]);
                writer.Tag("</tr>");
            }
            at = end;
        }
    }

    // The foldable part of an equal stretch: its edges next to changes stay as context.
    private static (int From, int To) Fold(int start, int end, int count)
    {
        var from = start == 0 ? 0 : start + Context;
        var to = end == count ? end : end - Context;
        return to - from >= ShortestFold && to - from < count ? (from, to) : (end, end);
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

    private static void Old(MarkupWriter writer, DiffRow row)
    {
        var gone = row.Change is DiffChange.Changed or DiffChange.Removed;
        writer.Tag(gone, "<td class=\"rc-diff-text rc-diff-old\"><span class=\"rc-diff-glyph\" aria-hidden=\"true\">−</span>", "<td class=\"rc-diff-text\">");
        Pieces(writer, row, row.Old, old: true);
        writer.Tag("</td>");
    }

    private static void New(MarkupWriter writer, DiffRow row, RenderWords words)
    {
        var came = row.Change is DiffChange.Changed or DiffChange.Added;
        writer.Tag(came, "<td class=\"rc-diff-text rc-diff-new\"><span class=\"rc-diff-glyph\" aria-hidden=\"true\">+</span>", "<td class=\"rc-diff-text\">");
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

    private static void Note(MarkupWriter writer, string text, int columns)
    {
        writer.Tag("<tr class=\"rc-diff-note\"><td colspan=\"").Number(columns).Tag("\">").Text(text).Tag("</td></tr>");
    }
}
