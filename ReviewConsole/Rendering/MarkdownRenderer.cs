using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax.Inlines;

namespace ReviewConsole.Rendering;

/// <summary>
/// Markdown of a source as markup of ours. Three walls, each of them enough: HTML is off in the parser; links and images are
/// written by renderers that never emit a target; what comes out is parsed and written again by an allow-list.
/// </summary>
internal static class MarkdownRenderer
{
    // Pipe tables alone: UseAdvancedExtensions brings attributes (event handlers) and media links (frames).
    private static readonly MarkdownPipeline s_pipeline = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().Build();
    private static readonly HtmlParser s_parser = new();

    /// <summary>Renders <paramref name="source"/>; quotations are found in its drawn text, else in the source itself.</summary>
    public static SafeMarkup Render(string? source, RenderWords words, Marks? marks = null)
    {
        var writer = new MarkupWriter();
        Write(writer, source, words, marks ?? Marks.None);
        return writer.ToMarkup();
    }

    /// <summary>Renders into <paramref name="writer"/>.</summary>
    public static void Write(MarkupWriter writer, string? source, RenderWords words, Marks marks)
    {
        if (string.IsNullOrEmpty(source))
        {
            return;
        }
        string html;
        try
        {
            using var output = new StringWriter();
            var renderer = new HtmlRenderer(output);
            s_pipeline.Setup(renderer);
            renderer.ObjectRenderers.ReplaceOrAdd<Markdig.Renderers.Html.Inlines.LinkInlineRenderer>(new LinkWithoutTarget(words));
            renderer.ObjectRenderers.ReplaceOrAdd<Markdig.Renderers.Html.Inlines.AutolinkInlineRenderer>(new AutolinkWithoutTarget(words));
            renderer.Render(Markdig.Markdown.Parse(source, s_pipeline));
            html = output.ToString();
        }
        catch (ArgumentException)
        {
            // Nested deeper than the parser goes: the source text is always there to be read.
            writer.Tag("<pre class=\"rc-text\">").Text(source, marks).Tag("</pre>");
            return;
        }
        var body = s_parser.ParseDocument(html).Body!;
        var text = body.TextContent;
        var spans = marks.In(text);
        marks.Admit(source);
        new AllowedMarkup(writer, text, spans).Write(body);
    }

    private sealed class LinkWithoutTarget(RenderWords words) : HtmlObjectRenderer<LinkInline>
    {
        protected override void Write(HtmlRenderer renderer, LinkInline link)
        {
            var target = LinkTarget.Of(link.GetDynamicUrl?.Invoke() ?? link.Url);
            if (link.IsImage)
            {
                Chip(renderer, "rc-blocked", words.BlockedImage(target.Shown));
                renderer.WriteChildren(link);
                return;
            }
            renderer.Write("<span class=\"rc-link\">");
            renderer.WriteChildren(link);
            renderer.Write("</span>");
            Chip(renderer, target.Allowed ? "rc-host" : "rc-blocked", target.Allowed ? target.Shown : words.BlockedLink(target.Shown));
        }
    }

    private sealed class AutolinkWithoutTarget(RenderWords words) : HtmlObjectRenderer<AutolinkInline>
    {
        protected override void Write(HtmlRenderer renderer, AutolinkInline link)
        {
            var target = link.IsEmail ? new LinkTarget(true, link.Url) : LinkTarget.Of(link.Url);
            renderer.Write("<span class=\"rc-link\">");
            renderer.WriteEscape(link.Url);
            renderer.Write("</span>");
            Chip(renderer, target.Allowed ? "rc-host" : "rc-blocked", target.Allowed ? target.Shown : words.BlockedLink(target.Shown));
        }
    }

    private static void Chip(HtmlRenderer renderer, string @class, string text)
    {
        renderer.Write(" <span class=\"").Write(@class).Write("\">");
        renderer.WriteEscape(text);
        renderer.Write("</span> ");
    }
}
