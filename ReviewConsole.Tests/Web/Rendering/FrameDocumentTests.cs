using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Rendering;
using ReviewConsole.Tests.Journeys;

namespace ReviewConsole.Tests.Web.Rendering;

/// <summary>What is served to a sandboxed frame: it looks as sent, and what the sandbox would hold back is not in it.</summary>
public sealed class FrameDocumentTests
{
    [Fact]
    public void A_mail_keeps_its_looks()
    {
        var document = Parse("<style>p{color:red}</style><table><tr><td style=\"padding:4px\"><p><b>Hello</b></p></td></tr></table><img src=\"data:image/png;base64,AAAA\">");

        Assert.Equal("padding:4px", document.QuerySelector("td")!.GetAttribute("style"));
        Assert.Contains("color:red", string.Concat(document.QuerySelectorAll("style").Select(style => style.TextContent)), StringComparison.Ordinal);
        Assert.Equal("data:image/png;base64,AAAA", document.QuerySelector("img")!.GetAttribute("src"));
    }

    [Fact]
    public void A_link_leads_nowhere_and_names_its_host() =>
        Assert.Equal("Our bank xn--pple-43d.com", Parse("<a href=\"https://аpple.com/login\">Our bank </a>").Body!.TextContent);

    [Fact]
    public void An_image_from_elsewhere_is_named_and_not_asked_for()
    {
        var body = Parse("<p>x<img src=\"https://img.example/t.gif\" alt=hi></p>").Body!;

        Assert.Empty(body.QuerySelectorAll("img"));
        Assert.Contains("img.example", body.QuerySelector(".rc-blocked")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Hidden_characters_are_drawn() => Assert.Equal("payU+200Bpal U+202E", Parse("<p>pay\u200Bpal \u202E</p>").Body!.TextContent);

    [Theory]
    [InlineData("<div>", 400)]
    [InlineData("<a href=x>y</a>", 20_000)]
    [InlineData("<p>\u200B", 20_000)]
    public void More_markup_than_a_page_has_is_said_and_not_drawn(string markup, int times)
    {
        var body = Parse(string.Concat(Enumerable.Repeat(markup, times))).Body!;

        Assert.Equal(RenderingSupport.Words.TooMuchMarkup, body.TextContent);
    }

    [Fact]
    public void Open_formatting_is_not_repeated_in_thousands_of_paragraphs()
    {
        var open = "<p>" + string.Concat(Enumerable.Range(0, 1_000).Select(i => $"<b id={i}>")) + "</p>";

        Assert.InRange(FrameDocument.Of(open + string.Concat(Enumerable.Repeat("<p>x", 1_000)), RenderingSupport.Words).Length, 0, 1_000_000);
    }

    [Fact]
    public void A_long_thread_of_replies_is_drawn() =>
        Assert.Equal(40, Parse(string.Concat(Enumerable.Repeat("<div><blockquote>x", 40))).QuerySelectorAll("blockquote").Length);

    [Fact]
    public void Nothing_that_runs_loads_or_leads_away_is_left()
    {
        foreach (var payload in HostilePayloads.Of(500))
        {
            var document = Parse(payload);
            Assert.Empty(document.QuerySelectorAll("script, link, base, iframe, frame, object, embed, form, audio, video, source, template, noscript, meta:not([charset])"));
            foreach (var attribute in document.All.SelectMany(element => element.Attributes))
            {
                Assert.False(attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase), payload);
                Assert.False(attribute.Name is "src" or "href" or "xlink:href" or "srcset" or "action" or "formaction" or "ping" or "background"
                    && !attribute.Value.StartsWith("data:image/", StringComparison.Ordinal) && !attribute.Value.StartsWith('#'), payload);
            }
        }
    }

    [Fact]
    public void Only_html_and_mail_have_a_frame_and_not_when_too_long()
    {
        Assert.Equal("<p>", FrameDocument.HtmlOf(RenderingSupport.Evidence(EvidenceKind.Html, "<p>")));
        Assert.Equal("<p>", FrameDocument.HtmlOf(RenderingSupport.Evidence(EvidenceKind.Email, new { from = "a", html = "<p>" })));
        Assert.Null(FrameDocument.HtmlOf(RenderingSupport.Evidence(EvidenceKind.Email, new { from = "a", text = "x" })));
        Assert.Null(FrameDocument.HtmlOf(RenderingSupport.Evidence(EvidenceKind.Text, "<p>")));
        Assert.Null(FrameDocument.HtmlOf(RenderingSupport.Evidence(EvidenceKind.Html, new string('x', FrameDocument.MostCharacters + 1))));
    }

    private static IHtmlDocument Parse(string html) => new HtmlParser().ParseDocument(FrameDocument.Of(html, RenderingSupport.Words));
}
