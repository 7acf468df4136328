using AngleSharp.Dom;

namespace ReviewConsole.Rendering;

/// <summary>
/// The last wall: writes a parsed tree again with known elements and no attribute of its own. An element that is not on the
/// list leaves its text behind; script, style and their kin leave nothing.
/// </summary>
internal sealed class AllowedMarkup(MarkupWriter writer, string wholeText, IReadOnlyList<MarkSpan> spans)
{
    private const int MostDepth = 100;
    private int _at;

    public void Write(INode root) => Children(root, 0);

    private void Children(INode node, int depth)
    {
        foreach (var child in node.ChildNodes)
        {
            switch (child)
            {
                case IText text:
                    writer.Text(wholeText, spans, _at, _at + text.Data.Length);
                    _at += text.Data.Length;
                    break;
                case IElement element:
                    Element(element, depth + 1);
                    break;
            }
        }
    }

    private void Element(IElement element, int depth)
    {
        if (depth > MostDepth)
        {
            writer.Text(element.TextContent);
            _at += element.TextContent.Length;
            return;
        }
        switch (element.LocalName)
        {
            case "script" or "style" or "template" or "iframe" or "object" or "embed" or "svg" or "math" or "noscript":
                _at += element.TextContent.Length;
                break;
            case "br": writer.Tag("<br>"); break;
            case "hr": writer.Tag("<hr>"); break;
            // A heading of a source is not a heading of the console: it looks like one inside its frame, no more.
            case "h1": Wrap("<p class=\"rc-md-h rc-md-h1\">", "</p>"); break;
            case "h2": Wrap("<p class=\"rc-md-h rc-md-h2\">", "</p>"); break;
            case "h3" or "h4" or "h5" or "h6": Wrap("<p class=\"rc-md-h\">", "</p>"); break;
            case "p": Wrap("<p>", "</p>"); break;
            case "strong" or "b": Wrap("<strong>", "</strong>"); break;
            case "em" or "i": Wrap("<em>", "</em>"); break;
            case "code": Wrap("<code>", "</code>"); break;
            case "pre": Wrap("<pre class=\"rc-text\">", "</pre>"); break;
            case "blockquote": Wrap("<blockquote>", "</blockquote>"); break;
            case "ul": Wrap("<ul>", "</ul>"); break;
            case "ol": Wrap("<ol>", "</ol>"); break;
            case "li": Wrap("<li>", "</li>"); break;
            case "table": Wrap("<div class=\"rc-scroll\"><table class=\"rc-table\">", "</table></div>"); break;
            case "thead": Wrap("<thead>", "</thead>"); break;
            case "tbody": Wrap("<tbody>", "</tbody>"); break;
            case "tr": Wrap("<tr>", "</tr>"); break;
            case "th": Wrap("<th>", "</th>"); break;
            case "td": Wrap("<td>", "</td>"); break;
            case "span": Span(element); break;
            default: Children(element, depth); break;
        }

        void Wrap([System.Diagnostics.CodeAnalysis.ConstantExpected] string open, [System.Diagnostics.CodeAnalysis.ConstantExpected] string close)
        {
            writer.Tag(open);
            Children(element, depth);
            writer.Tag(close);
        }

        void Span(IElement span)
        {
            switch (span.ClassName)
            {
                case "rc-link": Wrap("<span class=\"rc-link\">", "</span>"); break;
                case "rc-host": Wrap("<span class=\"rc-host\">", "</span>"); break;
                case "rc-blocked": Wrap("<span class=\"rc-blocked\">", "</span>"); break;
                default: Children(span, depth); break;
            }
        }
    }
}
