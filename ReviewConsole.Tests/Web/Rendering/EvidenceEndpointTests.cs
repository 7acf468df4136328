using Xunit;
using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Store;
using ReviewConsole.Rendering;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Web.Rendering;

public sealed class EvidenceEndpointTests : IAsyncLifetime
{
    private static readonly Guid s_review = Guid.Parse("0199a000-0000-7000-8000-000000000001");
    private readonly List<EvidenceItem> _items = [];
    private Draft? _draft;
    private readonly string _folder = Directory.CreateTempSubdirectory("rc-evidence-").FullName;
    private WebApplication _app = null!;
    private HttpClient _client = null!;
    private BlobFolder _blobs = null!;

    public async ValueTask InitializeAsync()
    {
        _blobs = new BlobFolder(_folder, TimeProvider.System);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(_blobs);
        builder.Services.AddSingleton<Poppler>();
        builder.Services.AddSingleton<PdfPages>();
        builder.Services.AddSingleton(RenderingSupport.Words);
        builder.Services.AddSingleton<FindEvidence>((_, review, revision, index, _) =>
            Task.FromResult(review == s_review && revision == 1 && index >= 0 && index < _items.Count ? _items[index] : null));
        builder.Services.AddSingleton<FindDraft>((_, review, entry) => review == s_review && entry == 7 ? _draft : null);
        _app = builder.Build();
        _app.MapEvidence();
        await _app.StartAsync(TestContext.Current.CancellationToken);
        var address = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        _client = new HttpClient { BaseAddress = new Uri(address) };
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_draft_that_is_html_is_a_document_for_a_sandboxed_frame_and_no_other_is()
    {
        _draft = new Draft(DraftFormat.Html, "<p>Dear Ana<script>alert(1)</script></p>");
        var response = await Get(EvidenceEndpoint.DraftPath(s_review, 7));
        Assert.StartsWith("sandbox; default-src 'none'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        var html = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("Dear Ana", html, StringComparison.Ordinal);
        Assert.DoesNotContain("alert", html, StringComparison.Ordinal);
        _draft = new Draft(DraftFormat.Text, "<p>Dear Ana</p>");
        using var none = await _client.GetAsync(new Uri(EvidenceEndpoint.DraftPath(s_review, 7), UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    [Theory]
    [InlineData("89504E470D0A1A0A0000000D494844520000000A00000014080200000000000000", "image/png")]
    [InlineData("FFD8FFE000104A46494600010100000100010000FFC0000B080014000A0101110000", "image/jpeg")]
    [InlineData("4749463839610A00140000000000", "image/gif")]
    [InlineData("524946462400000057454250565038580A0000000000000009000013000000000000", "image/webp")]
    public async Task What_is_an_image_by_its_first_bytes_is_served_as_that_whatever_the_source_says(string hex, string type)
    {
        var response = await Get(await Add(EvidenceKind.Image, Convert.FromHexString(hex), "x.html", "text/html"));
        Assert.Equal(type, response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.StartsWith("sandbox; default-src 'none'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("no-store", response.Headers.CacheControl!.ToString());
        Assert.Equal("no-referrer", response.Headers.GetValues("Referrer-Policy").Single());
        var facts = ImageFacts.Of(Convert.FromHexString(hex))!;
        Assert.Equal((10, 20), (facts.Width, facts.Height));
    }

    [Theory]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>", "Image")]
    [InlineData("<html><script>alert(1)</script>", "Image")]
    [InlineData("%PDF-1.7", "Pdf")]
    [InlineData("GIF89a", "File")]
    public async Task Everything_else_is_an_attachment_without_a_type(string content, string kind)
    {
        var response = await Get(await Add(Enum.Parse<EvidenceKind>(kind), System.Text.Encoding.UTF8.GetBytes(content), "a\u202Egpj.exe", "image/svg+xml"));
        Assert.Equal("application/octet-stream", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("attachment", response.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("agpj.exe", response.Content.Headers.ContentDisposition.FileNameStar);
    }

    [Theory]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"><circle r=\"4\"/><script>alert(1)</script></svg>", true)]
    [InlineData("\uFEFF<?xml version=\"1.0\"?>\n<!-- drawn -->\n<!DOCTYPE svg PUBLIC \"a\" \"b\">\n<svg viewBox=\"0 0 9 9\"><circle r=\"4\"/></svg>", true)]
    [InlineData("<svgx><circle r=\"4\"/></svgx>", false)]
    [InlineData("<html><svg><circle r=\"4\"/></svg></html>", false)]
    [InlineData("<!DOCTYPE svg [<!ENTITY a \"b\">]><svg><circle r=\"4\"/></svg>", false)]
    [InlineData("<!-- never closed <svg><circle r=\"4\"/></svg>", false)]
    public async Task A_drawing_goes_into_the_frame_that_can_neither_run_nor_ask(string content, bool isDrawing)
    {
        var path = await Add(EvidenceKind.Image, System.Text.Encoding.UTF8.GetBytes(content), "a.svg", "image/svg+xml");
        using var frame = await _client.GetAsync(new Uri(EvidenceEndpoint.FramePath(path), UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(isDrawing ? HttpStatusCode.OK : HttpStatusCode.NotFound, frame.StatusCode);
        Assert.StartsWith("sandbox; default-src 'none'", frame.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        var markup = await frame.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(isDrawing, markup.Contains("<circle", StringComparison.Ordinal));
        Assert.DoesNotContain("alert", markup, StringComparison.Ordinal);
        Assert.DoesNotContain("drawn", markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_drawing_of_more_than_a_frame_shows_cannot_be_shown()
    {
        var many = "<svg>" + string.Concat(Enumerable.Repeat("<g/>", 10_001)) + "</svg>";
        var deep = "<svg>" + string.Concat(Enumerable.Repeat("<g>", 200)) + "</svg>";
        // Each part is the one before it, twice: what is written has 60 elements, what would be drawn 2 to the 30th.
        var repeated = "<svg><g id=\"p0\"><circle r=\"1\"/></g>" + string.Concat(Enumerable.Range(1, 30).Select(n => $"<g id=\"p{n}\"><use href=\"#p{n - 1}\"/><use href=\"#p{n - 1}\"/></g>")) + "</svg>";
        var stamped = "<svg><g id=\"p\"><circle r=\"1\"/></g>" + string.Concat(Enumerable.Repeat("<use href=\"#p\"/>", 300)) + "</svg>";
        foreach (var (content, shown) in new[] { (many, false), (deep, false), (repeated, false), (stamped, true) })
        {
            var bytes = System.Text.Encoding.UTF8.GetBytes(content);
            Assert.Equal(shown, await SvgText.ReadAsync(new MemoryStream(bytes), TestContext.Current.CancellationToken) is not null);
            using var frame = await _client.GetAsync(new Uri(EvidenceEndpoint.FramePath(await Add(EvidenceKind.Image, bytes, "a.svg", "image/svg+xml")), UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal(shown ? HttpStatusCode.OK : HttpStatusCode.NotFound, frame.StatusCode);
        }
    }

    [Theory]
    [InlineData("<svg viewBox=\"0 0 9 9\"><circle r=\"4\"/></svg>", false)]
    [InlineData("<svg><g id=\"a\"><circle r=\"4\"/></g><g id=\"b\"><use href=\"#a\"/></g><use href=\"#b\"/></svg>", true)]
    [InlineData("<html><circle r=\"4\"/></html>", true)]
    public async Task A_drawing_as_evidence_needs_no_extra_tick(string content, bool tick)
    {
        await using var world = await Api.ApiWorld.StartAsync();
        var review = await world.SubmitAsync(body => body["evidence"]!.AsArray().Add(new System.Text.Json.Nodes.JsonObject
        {
            ["id"] = "plan", ["kind"] = "image", ["title"] = "Plan", ["mediaType"] = "image/svg+xml", ["base64"] = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(content)),
        }));
        var options = await Api.ApiWorld.GetAsync(await world.Console.PersonAsync("reviewer"), Api.ApiWorld.PathOf(review) + "/options");
        Assert.Equal(tick, (await options.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Contains("evidence:plan", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_image_of_more_pixels_than_the_limit_is_a_download()
    {
        var response = await Get(await Add(EvidenceKind.Image, Convert.FromHexString("89504E470D0A1A0A0000000D494844520000FFFF0000FFFF080200000000000000"), "big.png", "image/png"));
        Assert.Equal("application/octet-stream", response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task A_page_of_a_pdf_is_a_picture_and_of_nothing_else()
    {
        await PdfPagesTests.InstallAsync();
        var path = await Add(EvidenceKind.Pdf, PdfFile.Of([["One"]]), "a.pdf", "application/pdf");
        var page = await Get(EvidenceEndpoint.PagePath(path, 1));
        Assert.Equal("image/png", page.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("sandbox; default-src 'none'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        var file = await Add(EvidenceKind.File, PdfFile.Of([["One"]]), "a.pdf", "application/pdf");
        foreach (var none in new[] { EvidenceEndpoint.PagePath(path, 2), EvidenceEndpoint.PagePath(path, 0), EvidenceEndpoint.PagePath(file, 1) })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await _client.GetAsync(none, TestContext.Current.CancellationToken)).StatusCode);
        }
    }

    [Fact]
    public async Task Html_is_served_to_a_frame_that_can_neither_run_nor_ask()
    {
        _items.Add(RenderingSupport.Evidence(EvidenceKind.Html, "<p>Hello <script>alert(1)</script></p>"));
        _items.Add(RenderingSupport.Evidence(EvidenceKind.Text, "<p>Hello</p>"));
        var frame = await Get(EvidenceEndpoint.FramePath(EvidenceEndpoint.Path(s_review, 1, 0)));
        Assert.Equal("text/html; charset=utf-8", frame.Content.Headers.ContentType!.ToString());
        Assert.Equal("sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'", frame.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal("off", frame.Headers.GetValues("X-DNS-Prefetch-Control").Single());
        Assert.Contains("<p>Hello </p>", await frame.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await _client.GetAsync(EvidenceEndpoint.FramePath(EvidenceEndpoint.Path(s_review, 1, 1)), TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task Asked_for_a_download_an_image_is_an_attachment()
    {
        var path = await Add(EvidenceKind.Image, Convert.FromHexString("4749463839610A00140000000000"), "a.gif", "image/gif");
        Assert.Equal("attachment", (await Get(path + "?download")).Content.Headers.ContentDisposition!.DispositionType);
    }

    [Fact]
    public async Task What_is_not_there_or_not_for_this_person_is_404()
    {
        await Add(EvidenceKind.Text, null, null, null);
        _items.Add(_items[0] with { Kind = EvidenceKind.File, Blob = new BlobReference(new string('a', 64), 1) });
        foreach (var path in new[] { EvidenceEndpoint.Path(s_review, 1, 0), EvidenceEndpoint.Path(s_review, 1, 1), EvidenceEndpoint.Path(s_review, 2, 0), EvidenceEndpoint.Path(Guid.Empty, 1, 0), EvidenceEndpoint.Path(s_review, 1, 99) })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await _client.GetAsync(path, TestContext.Current.CancellationToken)).StatusCode);
        }
    }

    [Theory]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("..\\..\\x.bat", "x.bat")]
    [InlineData("inv\u202Efdp.exe", "invfdp.exe")]
    [InlineData(".bashrc", "bashrc")]
    [InlineData("a\"b;c=d\r\n.txt", "a_b_c_d__.txt")]
    [InlineData("", "evidence")]
    [InlineData("\u200B\u200B", "evidence")]
    [InlineData("Rechnung für Müller (2).pdf", "Rechnung für Müller (2).pdf")]
    public void File_names_lose_what_hides_or_leads_away(string name, string safe) => Assert.Equal(safe, FileNames.Safe(name));

    [Fact]
    public void Mutilated_images_never_throw()
    {
        var random = new Random(11);
        foreach (var hex in new[] { "89504E470D0A1A0A0000000D49484452", "FFD8FFE00010", "474946383961", "52494646240000005745425056503858", "5249464624000000574542505650384C", "52494646240000005745425056503820" })
        {
            for (var i = 0; i < 2_000; i++)
            {
                var tail = new byte[random.Next(0, 60)];
                random.NextBytes(tail);
                _ = ImageFacts.Of([.. Convert.FromHexString(hex), .. tail]);
            }
        }
    }

    private async Task<string> Add(EvidenceKind kind, byte[]? bytes, string? name, string? type)
    {
        BlobReference? blob = null;
        if (bytes is not null)
        {
            var put = (BlobPut.Stored)await _blobs.PutAsync(new MemoryStream(bytes), 1_000_000, TestContext.Current.CancellationToken);
            blob = new BlobReference(put.Sha256, put.Size);
        }
        _items.Add(new EvidenceItem("e", kind, null, "T", null, blob, type, name, null, null, [], default));
        return EvidenceEndpoint.Path(s_review, 1, _items.Count - 1);
    }

    private async Task<HttpResponseMessage> Get(string path)
    {
        var response = await _client.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return response;
    }
}
