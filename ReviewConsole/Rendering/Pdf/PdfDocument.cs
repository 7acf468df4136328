using System.Text;
using ReviewConsole.Core.Proposals;

namespace ReviewConsole.Rendering;

/// <summary>A word on a page, its box in points from the page's top left.</summary>
internal sealed record PdfWord(string Text, Box Box);

/// <summary>One page, in points (1/72 inch). <paramref name="Number"/> is 1-based.</summary>
internal sealed record PdfPage(int Number, double Width, double Height, IReadOnlyList<PdfWord> Words)
{
    public IReadOnlyList<Box> Print { get; } = [.. Words.Select(static word => word.Box)];

    /// <summary>The words line by line, as the document orders them.</summary>
    public string Text
    {
        get
        {
            var text = new StringBuilder();
            PdfWord? before = null;
            foreach (var word in Words)
            {
                if (before is not null)
                {
                    text.Append(PdfDocument.OnOneLine(before.Box, word.Box) ? ' ' : '\n');
                }

                text.Append(word.Text);
                before = word;
            }

            return text.ToString();
        }
    }
}

/// <summary>Where a text stands: one box a line, possibly over the end of a page.</summary>
internal sealed record PdfPassage(IReadOnlyList<(int Page, Box Box)> Lines);

/// <summary>What can be said of a PDF without drawing it: its pages and where their words stand.</summary>
internal sealed record PdfDocument(IReadOnlyList<PdfPage> Pages)
{
    /// <summary>Where <paramref name="text"/> occurs, however its words are spaced; at most <paramref name="most"/> times.</summary>
    public IReadOnlyList<PdfPassage> Find(string text, StringComparison comparison, int most)
    {
        var sought = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (sought.Length == 0)
        {
            return [];
        }

        var words = Pages.SelectMany(page => page.Words, (page, word) => (Page: page.Number, Word: word)).ToList();
        var starts = new List<int>(words.Count);
        var all = new StringBuilder();
        foreach (var (_, word) in words)
        {
            starts.Add(all.Length);
            all.Append(word.Text).Append(' ');
        }

        var joined = all.ToString();
        var found = new List<PdfPassage>();
        for (var at = joined.IndexOf(sought, comparison); at >= 0 && found.Count < most; at = joined.IndexOf(sought, at + sought.Length, comparison))
        {
            var first = IndexAt(starts, at);
            var last = IndexAt(starts, at + sought.Length - 1);
            found.Add(new PdfPassage(Lines(words[first..(last + 1)])));
        }

        return found;
    }

    internal static bool OnOneLine(Box before, Box after) =>
        after.X >= before.X && Math.Abs((after.Y + (after.Height / 2)) - (before.Y + (before.Height / 2))) < Math.Max(before.Height, after.Height) / 2;

    private static int IndexAt(List<int> starts, int position)
    {
        var index = starts.BinarySearch(position);
        return index >= 0 ? index : ~index - 1;
    }

    private static List<(int Page, Box Box)> Lines(IReadOnlyList<(int Page, PdfWord Word)> words)
    {
        var lines = new List<(int Page, Box Box)>();
        foreach (var (page, word) in words)
        {
            if (lines.Count > 0 && lines[^1] is var line && line.Page == page && OnOneLine(line.Box, word.Box))
            {
                lines[^1] = (page, Around(line.Box, word.Box));
            }
            else
            {
                lines.Add((page, word.Box));
            }
        }

        return lines;
    }

    private static Box Around(Box a, Box b)
    {
        var (x, y) = (Math.Min(a.X, b.X), Math.Min(a.Y, b.Y));
        return new Box(x, y, Math.Max(a.X + a.Width, b.X + b.Width) - x, Math.Max(a.Y + a.Height, b.Y + b.Height) - y);
    }
}
