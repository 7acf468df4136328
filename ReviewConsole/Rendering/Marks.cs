namespace ReviewConsole.Rendering;

/// <summary>A quotation to find in evidence, and the words of the chip behind it.</summary>
internal sealed record Quote(string Text, string Note);

/// <summary>A found quotation, or a place of what the reader looks for: UTF-16 offsets, end exclusive.</summary>
internal readonly record struct MarkSpan(int Start, int End, string Note, bool IsHit = false);

/// <summary>
/// Finds verbatim quotations (ordinal, every occurrence up to a limit) in the texts of one evidence item, and remembers
/// which of them were found anywhere in it: the others are shown as "quote not found".
/// </summary>
internal sealed class Marks(IReadOnlyList<Quote> quotes, Sought? sought = null)
{
    // A quotation of one letter must not turn a page into marks.
    private const int MostSpansEach = 20;

    private readonly bool[] _found = new bool[quotes.Count];
    private readonly int[] _spans = new int[quotes.Count];

    /// <summary>No quotations.</summary>
    public static Marks None => new([]);

    /// <summary>What the reader looks for; null when nothing.</summary>
    public Sought? Sought => sought;

    /// <summary>The quotations found in none of the texts so far.</summary>
    public IReadOnlyList<Quote> NotFound => [.. quotes.Where((_, i) => !_found[i])];

    /// <summary>True when anything was found so far.</summary>
    public bool AnyFound => _found.Contains(true);

    /// <summary>Where the quotations stand in one text, by start.</summary>
    public IReadOnlyList<MarkSpan> In(string text)
    {
        if (quotes.Count == 0 && sought is null)
        {
            return [];
        }
        List<MarkSpan> spans = sought is null ? [] : [.. sought.In(text)];
        for (var i = 0; i < quotes.Count; i++)
        {
            var quote = quotes[i];
            var at = quote.Text.Length == 0 ? -1 : text.IndexOf(quote.Text, StringComparison.Ordinal);
            while (at >= 0 && _spans[i] < MostSpansEach)
            {
                _found[i] = true;
                _spans[i]++;
                spans.Add(new MarkSpan(at, at + quote.Text.Length, quote.Note));
                at = text.IndexOf(quote.Text, at + quote.Text.Length, StringComparison.Ordinal);
            }
        }
        spans.Sort((a, b) => a.Start != b.Start ? a.Start.CompareTo(b.Start) : a.End.CompareTo(b.End));
        return spans;
    }

    /// <summary>Counts a quotation as found that stands in the source's text but cannot be marked in its drawn form.</summary>
    public void Admit(string text)
    {
        for (var i = 0; i < quotes.Count; i++)
        {
            _found[i] |= quotes[i].Text.Length > 0 && text.Contains(quotes[i].Text, StringComparison.Ordinal);
        }
    }
}
