using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace ReviewConsole.Rendering;

/// <summary>
/// The one place where words of a source meet markup. Tags are compile-time constants; everything else goes through
/// <see cref="Text(string?)"/>, which escapes it and draws hidden characters as chips.
/// </summary>
internal sealed class MarkupWriter
{
    private readonly StringBuilder _out = new();

    /// <summary>Hidden characters drawn so far.</summary>
    public int Hidden { get; private set; }

    /// <summary>Characters of markup written so far.</summary>
    public int Length => _out.Length;

    /// <summary>Markup of ours: a literal in the code, never a value.</summary>
    public MarkupWriter Tag([ConstantExpected] string markup)
    {
        _out.Append(markup);
        return this;
    }

    /// <summary>One of two constants.</summary>
    public MarkupWriter Tag(bool first, [ConstantExpected] string yes, [ConstantExpected] string no)
    {
        _out.Append(first ? yes : no);
        return this;
    }

    /// <summary>An attribute with a constant name; the value is escaped and its hidden characters are bracketed.</summary>
    public MarkupWriter Attribute([ConstantExpected] string name, string? value)
    {
        _out.Append(' ').Append(name).Append("=\"");
        Escape(HiddenText.Plain(value));
        _out.Append('"');
        return this;
    }

    /// <summary>A whole number in invariant digits, for counts, spans and numbering.</summary>
    public MarkupWriter Number(long value)
    {
        _out.Append(value.ToString(CultureInfo.InvariantCulture));
        return this;
    }

    /// <summary>A moment that a source named: in the reader's zone where it parses (ticker.js), as written where it does not.</summary>
    public MarkupWriter Moment(string? written)
    {
        if (!DateTimeOffset.TryParse(written, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at))
        {
            return Text(written);
        }
        return Tag("<time").Attribute("data-at", at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)).Tag(" data-format=\"full\"")
            .Attribute("title", written).Tag(">").Text(at.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)).Tag(" UTC</time>");
    }

    /// <summary>Words of anybody: escaped, hidden characters as chips.</summary>
    public MarkupWriter Text(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return this;
        }
        var from = 0;
        foreach (var spot in HiddenText.Find(text))
        {
            Escape(text.AsSpan(from, spot.Index - from));
            Chip(spot.CodePoint);
            from = spot.Index + spot.Length;
        }
        Escape(text.AsSpan(from));
        return this;
    }

    /// <summary>A text with the spans of <paramref name="marks"/> underlined, each followed by the chip that names it.</summary>
    public MarkupWriter Text(string? text, Marks marks)
    {
        if (string.IsNullOrEmpty(text))
        {
            return this;
        }
        return Text(text, marks.In(text), 0, text.Length);
    }

    /// <summary>
    /// The part of a longer text from <paramref name="from"/> to <paramref name="to"/>, with the spans that cross it: a span
    /// that goes on in the next part gets its chip there.
    /// </summary>
    public MarkupWriter Text(string whole, IReadOnlyList<MarkSpan> spans, int from, int to)
    {
        var at = from;
        while (at < to)
        {
            var here = at;
            var covered = spans.Any(s => s.Start <= here && here < s.End);
            var hit = covered && spans.Any(s => s.IsHit && s.Start <= here && here < s.End);
            var stop = to;
            foreach (var span in spans)
            {
                stop = span.Start > at ? Math.Min(stop, span.Start) : stop;
                stop = span.End > at ? Math.Min(stop, span.End) : stop;
            }
            if (covered)
            {
                Tag(hit, "<mark class=\"rc-hit\" data-hit>", "<mark class=\"rc-mark\" data-mark>").Text(whole[at..stop]).Tag("</mark>");
            }
            else
            {
                Text(whole[at..stop]);
            }
            foreach (var span in spans)
            {
                if (span.End == stop && span.Note.Length > 0)
                {
                    Tag("<span class=\"rc-mark-note\">").Text(span.Note).Tag("</span>");
                }
            }
            at = stop;
        }
        return this;
    }

    /// <summary>Takes over finished markup of another writer.</summary>
    public MarkupWriter Markup(SafeMarkup markup)
    {
        _out.Append(markup.ToString());
        return this;
    }

    public SafeMarkup ToMarkup() => SafeMarkup.Of(this);

    internal string Written() => _out.ToString();

    private void Chip(int codePoint)
    {
        Hidden++;
        _out.Append("<span class=\"rc-codepoint\" title=\"");
        Escape(HiddenCharacters.Name(codePoint));
        _out.Append("\">").Append(HiddenCharacters.Code(codePoint)).Append("</span>");
    }

    private void Escape(ReadOnlySpan<char> text)
    {
        for (var next = text.IndexOfAny("<>&\"'"); next >= 0; next = text.IndexOfAny("<>&\"'"))
        {
            _out.Append(text[..next]).Append(text[next] switch
            {
                '<' => "&lt;",
                '>' => "&gt;",
                '&' => "&amp;",
                '"' => "&quot;",
                _ => "&#39;",
            });
            text = text[(next + 1)..];
        }
        _out.Append(text);
    }
}
