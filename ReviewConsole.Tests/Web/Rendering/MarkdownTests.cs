using Xunit;
using AngleSharp.Dom;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Rendering;

namespace ReviewConsole.Tests.Web.Rendering;

public sealed class MarkdownTests
{
    public static TheoryData<string> Hostile =>
    [
        "[click](javascript:alert(1))", "[click](JaVaScRiPt:alert(1))", "[click](&#106;avascript:alert(1))", "[click](&#x6A;avascript&colon;alert(1))",
        "[click](java\tscript:alert(1))", "[click](<java\nscript:alert(1)>)", "[click](\u0001javascript:alert(1))", "[click](vbscript:msgbox(1))",
        "[click](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)", "[click](file:///etc/passwd)", "[click](//evil.example/x)", "[click](/signin)",
        "[click](\\\\evil.example\\x)", "[click](?decision=approve)", "[click](#main)", "[a]\n\n[a]: javascript:alert(1) \"title\"", "<javascript:alert(1)>",
        "![x](https://evil.example/pixel.png)", "![x](data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9YWxlcnQoMSk+)", "![x][i]\n\n[i]: https://evil.example/p",
        "[![x](https://evil.example/p.png)](javascript:alert(1))", "![x](javascript:alert(1))", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>",
        "<svg onload=alert(1)><a xlink:href=\"javascript:alert(1)\">x</a></svg>", "<iframe src=https://evil.example></iframe>", "<style>@import 'https://evil.example'</style>",
        "<math><mtext></table><mglyph><style><img src onerror=alert(1)>", "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">", "<form action=/signout><button>Approve</button></form>",
        "<input autofocus onfocus=alert(1)>", "<base href=https://evil.example/>", "<link rel=stylesheet href=https://evil.example>", "<meta http-equiv=refresh content=0>",
        "<a href='javascript:alert(1)'>x", "<details open ontoggle=alert(1)>", "<p style='position:fixed;inset:0'>Approved</p>", "<div class=rc-decision-bar>Approve</div>",
        "a <b onmouseover=alert(1)>b</b>", "```html\n</code></pre><script>alert(1)</script>\n```", "`</code><script>alert(1)</script>`", "|<script>|\n|-|\n|<img src=x onerror=alert(1)>|",
        "# heading {onclick=alert(1)}", "[x](https://a.example){onclick=alert(1)}", "[x](https://a.example \"onmouseover=alert(1) \\\" x=\")", "[x](https://a.example/\"onmouseover=\"alert(1))",
        "- [ ] <input>", "&lt;script&gt;alert(1)&lt;/script&gt;", "\\<script>alert(1)\\</script>", "<!--><img src=x onerror=alert(1)>-->", "<![CDATA[<script>]]>", "<?xml <script>?>",
        "<x:script xmlns:x='http://www.w3.org/1999/xhtml'>alert(1)</x:script>", "[x](https://user:pass@evil.example:8080/)", "![[[[[[[[[[[[", "<a <a <a href=javascript:1>",
        "[javascript:alert(1)](javascript:alert(1) 'javascript:alert(1)')", "https://evil.example/auto", "<mailto:a@b.example?body=x>", "[x](MAILTO:a@b.example)", "*[*](javascript:x)",
    ];

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Nothing_that_runs_loads_or_leads_away_comes_out(string source)
    {
        Assert.Empty(RenderingSupport.Forbidden(RenderingSupport.Render(EvidenceKind.Markdown, source).Body.ToString()));
        // The same words in every other kind that carries a string.
        Assert.Empty(RenderingSupport.Forbidden(RenderingSupport.Render(EvidenceKind.Text, source).Body.ToString()));
        Assert.Empty(RenderingSupport.Forbidden(RenderingSupport.Render(EvidenceKind.Html, source).Body.ToString()));
        Assert.Empty(RenderingSupport.Forbidden(RenderingSupport.Render(EvidenceKind.Link, new { uri = source, label = source }).Body.ToString()));
        Assert.Empty(RenderingSupport.Forbidden(DiffMarkup.Of(DraftDiff.Between("", source, TestContext.Current.CancellationToken), 0, 1, DiffMode.InLine, RenderingSupport.Words).ToString()));
        Assert.Empty(RenderingSupport.Forbidden(RenderingSupport.Render(EvidenceKind.Email, new { from = source, to = new[] { source }, cc = Array.Empty<string>(), date = source, subject = source, text = source, html = source }).Body.ToString()));
    }

    [Fact]
    public void Mutated_markup_never_passes_the_last_wall()
    {
        string[] parts = ["<", ">", "</", "/>", "script", "img", "svg", "math", "style", "a", " href=", " src=", " onerror=", "javascript:", "\"", "'", "`", "```\n", "[", "]", "(", ")", "!", "|", "\n", "\n|-|\n", "&#106;", "&lt;", "\\", "<!--", "-->", "x", " ", "**", "_", "#", "- ", "> ", "1. ", "https://e.example", "\t"];
        var random = new Random(20260314);
        for (var i = 0; i < 5_000; i++)
        {
            var source = string.Concat(Enumerable.Range(0, random.Next(1, 24)).Select(_ => parts[random.Next(parts.Length)]));
            var markup = MarkdownRenderer.Render(source, RenderingSupport.Words).ToString();
            Assert.True(RenderingSupport.Forbidden(markup).Count == 0, source + "\n" + markup);
        }
    }

    [Fact]
    public void A_link_is_text_with_its_host_in_punycode()
    {
        var body = Body("See [our bank](https://аpple.com/login).");
        Assert.Equal("our bank", body.QuerySelector(".rc-link")!.TextContent);
        Assert.Equal("xn--pple-43d.com", body.QuerySelector(".rc-host")!.TextContent);
        Assert.Null(body.QuerySelector("a"));
    }

    [Fact]
    public void A_remote_image_is_a_chip_that_names_its_host() =>
        Assert.Equal("blocked image: img.example-cdn.net", Body("![logo](https://img.example-cdn.net/t.gif)").QuerySelector(".rc-blocked")!.TextContent);

    [Fact]
    public void A_refused_link_names_its_scheme() =>
        Assert.Equal("blocked link: javascript", Body("[x](&#106;avascript:alert(1))").QuerySelector(".rc-blocked")!.TextContent);

    [Fact]
    public void Tables_lists_and_emphasis_are_drawn()
    {
        var body = Body("# Policy\n\n1. **One**\n2. *two*\n\n|a|b|\n|-|-|\n|1|2|");
        Assert.Equal("Policy", body.QuerySelector("p.rc-md-h1")!.TextContent);
        Assert.Equal(2, body.QuerySelectorAll("ol > li").Length);
        Assert.Equal(2, body.QuerySelectorAll("tbody td").Length);
        Assert.Null(body.QuerySelector("h1"));
    }

    [Fact]
    public void A_quotation_across_emphasis_is_marked_in_each_part_with_one_chip()
    {
        var drawn = RenderingSupport.Render(EvidenceKind.Markdown, "Flights in **business** can always be cancelled.", new Highlight("in business can always", "REF-1"));
        var body = RenderingSupport.Parse(drawn.Body.ToString()).Body!;
        Assert.Equal("in business can always", string.Concat(body.QuerySelectorAll("mark").Select(m => m.TextContent)));
        Assert.Equal("REF-1", Assert.Single(body.QuerySelectorAll(".rc-mark-note")).TextContent);
        Assert.Empty(drawn.NotFound);
    }

    [Fact]
    public void Ten_thousand_nested_quotes_do_not_end_the_process()
    {
        var drawn = RenderingSupport.Render(EvidenceKind.Markdown, new string('>', 10_000) + " end " + new string('[', 10_000));
        Assert.Null(drawn.Fault);
        Assert.Contains("end", drawn.Body.ToString(), StringComparison.Ordinal);
    }

    private static IElement Body(string source) => RenderingSupport.Parse(MarkdownRenderer.Render(source, RenderingSupport.Words).ToString()).Body!;
}
