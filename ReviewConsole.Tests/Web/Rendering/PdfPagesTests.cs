using System.Text;
using ReviewConsole.Core.Store;
using ReviewConsole.Rendering;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Web.Rendering;

/// <summary>PDF evidence as pages: real files, drawn and read by the real tools.</summary>
public sealed class PdfPagesTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly Poppler _poppler = new();
    private BlobFolder _blobs = null!;
    private PdfPages _pdfs = null!;

    /// <summary>Poppler, where it is missing.</summary>
    public static Task InstallAsync() => SystemTools.EnsureAsync(
        () => SystemTools.OnPath("pdftoppm"), ["poppler-utils"], "The pages of PDFs are drawn by Poppler: install it (apt-get install poppler-utils) and run the tests again.");

    public async ValueTask InitializeAsync()
    {
        await InstallAsync();
        _blobs = new BlobFolder(_folder.Path, TimeProvider.System);
        _pdfs = new PdfPages(_blobs, new Poppler());
    }

    public ValueTask DisposeAsync()
    {
        _pdfs.Dispose();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Words_stand_where_they_are_in_points_from_the_top_left()
    {
        var document = await ReadAsync(PdfFile.Of([["Total 1,250.00 EUR"], ["Page two"]]));

        Assert.Equal([(1, 595d, 842d), (2, 595d, 842d)], document!.Pages.Select(page => (page.Number, page.Width, page.Height)));
        Assert.Equal(["Total", "1,250.00", "EUR"], document.Pages[0].Words.Select(word => word.Text));
        Assert.Equal(document.Pages[0].Words.Select(word => word.Box), document.Pages[0].Print);
        var first = document.Pages[0].Words[0].Box;
        Assert.InRange(first.X, 71.9, 72.1);
        Assert.InRange(first.Y, 58, 72);
    }

    [Fact]
    public async Task A_quotation_is_found_over_the_ends_of_lines_and_pages_whatever_its_white_space()
    {
        var document = await ReadAsync(PdfFile.Of([["The receiver keeps it secret", "for five years after disclosure"], ["and ends then."]]));

        var passage = Assert.Single(document!.Find("secret  for five\nyears after disclosure and ends", StringComparison.Ordinal, 20));
        Assert.Equal([1, 1, 2], passage.Lines.Select(line => line.Page));
        Assert.True(passage.Lines[0].Box.X > 150 && passage.Lines[1].Box.X < 73);
        Assert.Equal("The receiver keeps it secret\nfor five years after disclosure", document.Pages[0].Text);
    }

    [Fact]
    public async Task What_does_not_occur_is_not_found_and_a_search_takes_every_case_of_letters()
    {
        var document = await ReadAsync(PdfFile.Of([["Fee fee FEE"]]));

        Assert.Empty(document!.Find("never said", StringComparison.Ordinal, 20));
        Assert.Empty(document.Find("  ", StringComparison.Ordinal, 20));
        Assert.Single(document.Find("fee", StringComparison.Ordinal, 20));
        Assert.Equal(3, document.Find("fee", StringComparison.CurrentCultureIgnoreCase, 20).Count);
        Assert.Equal(2, document.Find("fee", StringComparison.CurrentCultureIgnoreCase, 2).Count);
    }

    [Fact]
    public async Task A_page_is_drawn_as_a_picture_of_its_shape()
    {
        var sha256 = await StoreAsync(PdfFile.Of([["One"], ["Two"]], 300, 600));

        var facts = ImageFacts.Of(await _pdfs.DrawAsync(sha256, 2, TestContext.Current.CancellationToken))!;
        Assert.Equal(("image/png", 625, 1250), (facts.MediaType, facts.Width, facts.Height));
        Assert.Null(await _pdfs.DrawAsync(sha256, 3, TestContext.Current.CancellationToken));
        Assert.Null(await _pdfs.DrawAsync(sha256, 0, TestContext.Current.CancellationToken));
        Assert.Null(await _pdfs.DrawAsync(new string('a', 64), 1, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_huge_page_is_drawn_small()
    {
        var picture = await _pdfs.DrawAsync(await StoreAsync(PdfFile.Of([["Large"]], 14_400, 7_200)), 1, TestContext.Current.CancellationToken);

        Assert.Equal((2400, 1200), (ImageFacts.Of(picture)!.Width, ImageFacts.Of(picture)!.Height));
    }

    [Fact]
    public async Task Too_many_pages_are_not_drawn() =>
        Assert.Null(await ReadAsync(PdfFile.Of([.. Enumerable.Range(1, PdfPages.MostPages + 1).Select(number => new[] { $"Page {number}" })])));

    [Theory]
    [InlineData("%PDF-1.4\nnothing of it\n%%EOF")]
    [InlineData("<html>no PDF</html>")]
    [InlineData("")]
    public async Task Bytes_that_are_no_pages_are_none(string content)
    {
        var sha256 = await StoreAsync(Encoding.ASCII.GetBytes(content));

        Assert.Null(await _pdfs.ReadAsync(sha256, TestContext.Current.CancellationToken));
        Assert.Null(await _pdfs.DrawAsync(sha256, 1, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_failure_is_remembered_so_that_a_hostile_file_costs_its_time_once()
    {
        var sha256 = await StoreAsync("%PDF-1.7 and no more"u8.ToArray());
        Assert.Null(await _pdfs.ReadAsync(sha256, TestContext.Current.CancellationToken));

        // Whoever asked the tools again would see the pages that the same name has now.
        await File.WriteAllBytesAsync(Path.Join(_folder.Path, sha256[..2], sha256), PdfFile.Of([["One"]]), TestContext.Current.CancellationToken);
        Assert.Null(await _pdfs.DrawAsync(sha256, 1, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_tool_that_prints_without_end_is_ended()
    {
        Assert.Null(await _poppler.RunAsync("yes", [], 1_000_000, TestContext.Current.CancellationToken));
        Assert.Equal("here\n", Encoding.ASCII.GetString((await _poppler.RunAsync("echo", ["here"], 100, TestContext.Current.CancellationToken))!));
        Assert.Null(await _poppler.RunAsync("false", [], 100, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_tool_knows_nothing_of_the_environment_of_the_server()
    {
        var printed = Encoding.UTF8.GetString((await _poppler.RunAsync("env", [], 100_000, TestContext.Current.CancellationToken))!);

        Assert.All(printed.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Contains(line[..line.IndexOf('=', StringComparison.Ordinal)], new[] { "PATH", "PWD", "_", "SHLVL", "OLDPWD" }));
    }

    [Theory]
    [InlineData("<html><page width=\"10\" height=\"10\"><word xMin=\"1\" yMin=\"1\" xMax=\"2\" yMax=\"2\">a\u0001b</word></page></html>", "a\uFFFDb")]
    [InlineData("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><html><page width=\"10\" height=\"10\"><word xMin=\"1\" yMin=\"1\" xMax=\"2\" yMax=\"2\">x</word></page></html>", "x")]
    [InlineData("<html><page width=\"0\" height=\"10\"/></html>", null)]
    [InlineData("<html><page width=\"ten\" height=\"10\"/></html>", null)]
    [InlineData("<html></html>", null)]
    [InlineData("<html><page", null)]
    public void What_the_tool_prints_is_read_with_care(string printed, string? word) =>
        Assert.Equal(word, PdfText.Read(Encoding.UTF8.GetBytes(printed))?.Pages[0].Words.Single().Text);

    private async Task<PdfDocument?> ReadAsync(byte[] bytes) => await _pdfs.ReadAsync(await StoreAsync(bytes), TestContext.Current.CancellationToken);

    private async Task<string> StoreAsync(byte[] bytes) =>
        ((BlobPut.Stored)await _blobs.PutAsync(new MemoryStream(bytes), 1_000_000, TestContext.Current.CancellationToken)).Sha256;
}
