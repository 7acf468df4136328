using System.Globalization;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Rendering;

namespace ReviewConsole.Tests.Web.Rendering;

/// <summary>Words in English, evidence in one line, and the judge of what came out.</summary>
internal static class RenderingSupport
{
    private static readonly ServiceProvider s_services = new ServiceCollection().AddLogging().AddLocalization().AddRendering().BuildServiceProvider();

    public static RenderWords Words
    {
        get
        {
            CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("en");
            return s_services.GetRequiredService<RenderWords>();
        }
    }

    public static EvidenceItem Evidence(EvidenceKind kind, object content, params Highlight[] highlights) =>
        new("e1", kind, null, "Title", JsonSerializer.SerializeToElement(content), null, null, null, null, null, highlights, default);

    public static RenderedEvidence Render(EvidenceKind kind, object content, params Highlight[] highlights) =>
        EvidenceRenderer.Render(Evidence(kind, content, highlights), Words, RenderBudget.First);

    public static IDocument Parse(string markup) => new HtmlParser().ParseDocument("<body>" + markup);

    /// <summary>Every element and attribute of rendered markup that may not be there.</summary>
    public static IReadOnlyList<string> Forbidden(string markup)
    {
        string[] elements = ["p", "div", "span", "strong", "em", "code", "pre", "blockquote", "ul", "ol", "li", "br", "hr", "table", "thead", "tbody", "tr",
            "th", "td", "mark", "del", "ins", "dl", "dt", "dd", "details", "summary", "time"];
        string[] attributes = ["class", "title", "open", "scope", "tabindex", "role", "aria-label", "aria-hidden", "colspan", "start", "data-rc-change", "data-mark", "data-hit", "data-at", "data-format"];
        return [.. Parse(markup).Body!.QuerySelectorAll("*").SelectMany(element =>
            element.Attributes.Where(a => !attributes.Contains(a.Name)).Select(a => $"{element.LocalName}[{a.Name}]")
                .Concat(elements.Contains(element.LocalName) ? [] : [element.LocalName]))];
    }
}
