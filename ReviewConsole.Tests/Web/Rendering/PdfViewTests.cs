using Bunit;
using Microsoft.Extensions.DependencyInjection;
using ReviewConsole.Components.Review;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Rendering;

namespace ReviewConsole.Tests.Web.Rendering;

/// <summary>A PDF in the workspace: pages with boxes, quotations and places found.</summary>
public sealed class PdfViewTests : BunitContext
{
    private static readonly PdfDocument s_document = new([
        new PdfPage(1, 595, 842, [Word("The", 72), Word("fee", 100), Word("is", 130)]),
        new PdfPage(2, 595, 842, [Word("fee", 72), Word("again\u202E", 100)]),
    ]);

    public PdfViewTests()
    {
        _ = RenderingSupport.Words;
        Services.AddLocalization();
        JSInterop.Mode = JSRuntimeMode.Loose;
    }

    [Fact]
    public void Boxes_stand_on_their_page_and_choose_their_field()
    {
        var fields = new[] { Field("fee", 1), Field("term", 2), Field("law", null) }.Select((field, i) => new FieldModel(field, i + 1)).ToList();
        string? chosen = null;
        var view = RenderView(p => p.Add(x => x.Fields, fields).Add(x => x.ActiveChanged, name => chosen = name));
        var pages = view.FindAll(".rc-pdf-page");

        Assert.Equal([["fee", "law"], ["term"]], pages.Select(page => page.QuerySelectorAll("g.rc-box").Select(box => box.GetAttribute("data-field"))));
        Assert.Equal(["/e/pages/1", "/e/pages/2"], view.FindAll("img").Select(image => image.GetAttribute("src")));
        view.Find("g[data-field=term]").Click();
        Assert.Equal("term", chosen);
    }

    [Fact]
    public void Enter_goes_from_place_to_place_and_around_and_says_where_it_is()
    {
        var shown = new List<string>();
        var view = RenderView(p => p.Add(x => x.OnShow, shown.Add));

        view.Find("input").Input("FEE");
        view.Find("form").Submit();
        view.Find("form").Submit();
        Assert.Equal("2 of 2", view.Find("[role=status]").TextContent);
        Assert.NotNull(view.FindAll(".rc-pdf-page")[1].QuerySelector(".rc-pdf-hit[data-current]"));
        view.Find("form").Submit();

        Assert.Equal(["evidence-7-hit-0", "evidence-7-hit-1", "evidence-7-hit-0"], shown);
        view.Find("input").Input("never");
        view.Find("form").Submit();
        Assert.Equal("not found", view.Find("[role=status]").TextContent);
        Assert.Empty(view.FindAll(".rc-pdf-hit"));
    }

    [Fact]
    public void Quotations_are_marked_and_those_that_do_not_occur_are_said()
    {
        var view = Render<EvidenceView>(p => p.Add(x => x.Model, Model(new Highlight("The fee", "why"), new Highlight("never said", "why"))));

        Assert.Single(view.FindAll(".rc-pdf-quote[data-mark]"));
        Assert.Contains("never said", Assert.Single(view.FindAll(".rc-quote-missing")).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void The_text_of_a_page_shows_what_hides_in_it() =>
        Assert.Contains("U+202E", RenderView(_ => { }).FindAll("figcaption pre")[1].TextContent, StringComparison.Ordinal);

    [Fact]
    public void A_pdf_without_pages_is_uninspectable()
    {
        var broken = new EvidenceModel(Item(), 7, true, "/e", null, RenderingSupport.Words);

        Assert.Contains("cannot be drawn", Render<EvidenceView>(p => p.Add(x => x.Model, broken)).Find(".rc-uninspectable").TextContent, StringComparison.Ordinal);
    }

    private IRenderedComponent<PdfView> RenderView(Action<ComponentParameterCollectionBuilder<PdfView>> more) => Render<PdfView>(p =>
    {
        p.Add(x => x.Model, Model());
        more(p);
    });

    private static EvidenceModel Model(params Highlight[] highlights) => new(Item(highlights), 7, true, "/e", null, RenderingSupport.Words, s_document);

    private static EvidenceItem Item(params Highlight[] highlights) =>
        new("e", EvidenceKind.Pdf, null, "Contract", null, new BlobReference(new string('a', 64), 10), "application/pdf", "a.pdf", null, null, highlights, default);

    private static Field Field(string name, int? page) => new(name, "text", null, Evidence: "e", Page: page, Box: new Box(10, 10, 40, 10));

    private static PdfWord Word(string text, double x) => new(text, new Box(x, 72, 20, 12));
}
