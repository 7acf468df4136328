using System.Text.Json;

namespace ReviewConsole.Rendering;

/// <summary>What the renderers of one pass over one evidence item share.</summary>
internal sealed class RenderPass(MarkupWriter writer, Marks marks, RenderWords words, RenderBudget budget)
{
    // Longer strings inside a structure are folded to their beginning and their length.
    private const int LongString = 600;
    private const int Beginning = 120;

    // A row with parts is not begun where the budget ends before its parts.
    private const int FewestParts = 4;

    private int _rowsLeft = budget.Rows;
    private long _rowsNotDrawn;

    public MarkupWriter Writer => writer;

    public Marks Marks => marks;

    public RenderWords Words => words;

    public RenderBudget Budget => budget;

    /// <summary>Hidden characters in what a component draws beside this pass.</summary>
    public int HiddenBeside { get; private set; }

    public void Beside(int hidden) => HiddenBeside += hidden;

    /// <summary>What was left out, in words, or null.</summary>
    public string? Cut { get; private set; }

    /// <summary>True when a value is drawn whatever the budget says: what the reader looks for stands in it, or in its name.</summary>
    public bool IsSought(JsonElement value, string name = "") => marks.Sought is { } sought && (sought.IsIn(name) || sought.IsIn(value));

    /// <summary>Takes one row of the budget; false when it is used up: the row is counted and not drawn.</summary>
    public bool TakeRow(bool hasParts = false)
    {
        if (_rowsLeft > (hasParts ? FewestParts : 0))
        {
            _rowsLeft--;
            return true;
        }
        (_rowsLeft, _rowsNotDrawn) = (0, _rowsNotDrawn + 1);
        Cut = words.RowsNotDrawn(_rowsNotDrawn);
        return false;
    }

    /// <summary>A whole text in its layout; its end is left out when it is longer than the budget.</summary>
    public void Flow(string text) => Flow(text, marks.In(text));

    /// <inheritdoc cref="Flow(string)"/>
    public void Flow(string text, IReadOnlyList<MarkSpan> spans) => writer.Text(text, spans, 0, Fit(text));

    /// <summary>How much of a text is drawn, in UTF-16 units; what is not is said.</summary>
    public int Fit(string text)
    {
        if (text.Length <= budget.Characters)
        {
            return text.Length;
        }
        Cut = words.CharactersNotDrawn(text.Length - budget.Characters);
        return budget.Characters;
    }

    /// <summary>A string inside a structure: folded when it is long, open when a quotation stands in it.</summary>
    public void Folding(string text)
    {
        var spans = marks.In(text);
        if (text.Length <= LongString)
        {
            writer.Text(text, spans, 0, text.Length);
            return;
        }
        writer.Tag(spans.Count > 0, "<details class=\"rc-fold\" open><summary>", "<details class=\"rc-fold\"><summary>");
        // The beginning is drawn a second time inside: its hidden characters count once.
        writer.Tag("<span class=\"rc-fold-start\">").Markup(HiddenText.Markup(text[..Beginning])).Tag("…</span> <span class=\"rc-quiet\">")
            .Text(words.Characters(text.Length)).Tag("</span></summary><div class=\"rc-text\">");
        Flow(text, spans);
        writer.Tag("</div></details>");
    }

    /// <summary>One JSON value without parts: a string plainly, anything else as its raw text.</summary>
    public void Scalar(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            var text = value.GetString()!;
            if (text.Length == 0)
            {
                writer.Tag("<span class=\"rc-quiet\">\"\"</span>");
                return;
            }
            Folding(text);
            return;
        }
        writer.Tag("<span class=\"rc-literal\">").Text(value.GetRawText(), marks).Tag("</span>");
    }
}
