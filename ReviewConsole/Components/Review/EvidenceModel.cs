using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Store;
using ReviewConsole.Rendering;

namespace ReviewConsole.Components.Review;

/// <summary>
/// One evidence item as the screen has it. Public because parameters of components are; what it holds stays inside the host.
/// </summary>
public sealed class EvidenceModel
{
    // A quotation of one letter must not turn a page into marks.
    private const int MostPlaces = 20;
    private const int LongEnoughToSearch = 2_000;

    private readonly IReadOnlyList<Quote> _notInPdf;
    private readonly bool _svg;
    private RenderedEvidence? _rendered;
    private DiffTexts? _compared;
    private bool _all;

    internal EvidenceModel(EvidenceItem item, int number, bool required, string path, ImageFacts? image, RenderWords words, PdfDocument? pdf = null, bool svg = false)
    {
        (Item, Number, Required, Path, Image, Words, Pdf, _svg) = (item, number, required, path, image, words, pdf, svg);
        var quotes = pdf is null ? [] : item.Highlights.Select(quote => (Quote: new Quote(quote.Text, quote.Note ?? ""), Found: pdf.Find(quote.Text, StringComparison.Ordinal, MostPlaces))).ToList();
        PdfQuotes = [.. quotes.SelectMany(quote => quote.Found)];
        _notInPdf = [.. quotes.Where(quote => quote.Found.Count == 0).Select(quote => quote.Quote)];
    }

    internal EvidenceItem Item { get; }

    /// <summary>1-based, in submitted order: people speak of "evidence 2".</summary>
    internal int Number { get; }

    internal bool Required { get; }

    /// <summary>Where its bytes are served, for images, PDFs and files.</summary>
    internal string Path { get; }

    internal ImageFacts? Image { get; }

    internal RenderWords Words { get; }

    /// <summary>Pages and words, when this is a PDF whose pages can be drawn.</summary>
    internal PdfDocument? Pdf { get; }

    /// <summary>Where the source's quotations stand in the PDF.</summary>
    internal IReadOnlyList<PdfPassage> PdfQuotes { get; }

    /// <summary>Quotations of the source that do not occur in this piece.</summary>
    internal IReadOnlyList<Quote> NotFound => Pdf is null ? Rendered.NotFound : _notInPdf;

    /// <summary>True when this is an image that can be drawn.</summary>
    internal bool IsScan => Item.Kind == EvidenceKind.Image && Image is { MayBeShown: true };

    /// <summary>True for what boxes can stand on.</summary>
    internal bool IsPicture => IsScan || Pdf is not null;

    /// <summary>Of a picture, or of the first page, in the units of boxes.</summary>
    internal double? Width => IsScan ? Image!.Width : Pdf?.Pages.FirstOrDefault()?.Width;

    internal double? Height => IsScan ? Image!.Height : Pdf?.Pages.FirstOrDefault()?.Height;

    /// <summary>Where its HTML or SVG is served for a sandboxed frame; null when it has none.</summary>
    internal string? Frame => !_svg && FrameDocument.HtmlOf(Item) is null ? null : EvidenceEndpoint.FramePath(Path);

    /// <summary>The page that names where a link leads, before anybody goes there; null for what is no link, or one that a browser may not open.</summary>
    internal string? LinkPath => Item is { Kind: EvidenceKind.Link, Content: { } content } && LinkTarget.Of(content.GetProperty("uri").GetString()).Address is not null ? Path + "/link" : null;

    /// <summary>Both texts of a comparison; null for every other kind.</summary>
    internal DiffTexts? Compared => _compared ??= Item is { Kind: EvidenceKind.Diff, Content: { } content } && Fault is null
        ? new DiffTexts(content.GetProperty("before").GetString() ?? "", content.GetProperty("after").GetString() ?? "")
        : null;

    /// <summary>True for a comparison that names the language of its texts.</summary>
    internal bool IsCode => Item is { Kind: EvidenceKind.Diff, Content: { } content } && content.TryGetProperty("language", out _);

    /// <summary>True for what is handed over as a file.</summary>
    internal bool IsDownload => Item.Blob is not null;

    /// <summary>Why it cannot be shown, in words; then the item is uninspectable.</summary>
    internal string? Fault => Item.Kind == EvidenceKind.Image && !IsScan && !_svg
        ? Image is null ? Words.NotAnImage : Words.ImageTooLarge
        : Item.Kind == EvidenceKind.Pdf && Pdf is null ? Words.NoPages : Rendered.Fault;

    /// <summary>The drawn content, made at first use and kept.</summary>
    internal RenderedEvidence Rendered => _rendered ??= EvidenceRenderer.Render(Item, Words, _all ? RenderBudget.All : RenderBudget.First, Sought);

    /// <summary>What the reader looks for in it; null when nothing.</summary>
    internal string? Sought { get; private set; }

    /// <summary>True while nobody has looked for something in it or opened the rest of it.</summary>
    internal bool IsAsDrawn => Sought is null && !_all;

    /// <summary>True for what is long and made of names and values: there one searches.</summary>
    internal bool CanBeSearched => Item.Kind is EvidenceKind.Json or EvidenceKind.Table or EvidenceKind.KeyValue or EvidenceKind.Conversation
        && Item.Content is { } content && content.GetRawText().Length > LongEnoughToSearch;

    /// <summary>Marks every place of this text, opens the way to each, and draws what else would be left out for length.</summary>
    internal void Search(string text)
    {
        Sought = text.Length == 0 ? null : text;
        _rendered = null;
    }

    /// <summary>Draws everything instead of the beginning.</summary>
    internal void DrawAll()
    {
        _all = true;
        _rendered = null;
    }

    /// <summary>Models of all evidence of one revision; reads the first bytes of images, and the words of PDFs.</summary>
    internal static async Task<IReadOnlyList<EvidenceModel>> OfAsync(
        Guid review, int revision, Proposal proposal, IReadOnlyList<string> required, BlobFolder blobs, PdfPages pdfs, RenderWords words, CancellationToken stop)
    {
        var models = new List<EvidenceModel>(proposal.Evidence.Count);
        for (var i = 0; i < proposal.Evidence.Count; i++)
        {
            var item = proposal.Evidence[i];
            ImageFacts? image = null;
            if (item is { Kind: EvidenceKind.Image, Blob: { } blob })
            {
                await using var bytes = blobs.Open(blob.Sha256);
                image = bytes is null ? null : await EvidenceEndpoint.FactsAsync(bytes, stop);
            }
            var svg = item.Kind == EvidenceKind.Image && image is null && await EvidenceEndpoint.SvgAsync(item, blobs, stop) is not null;
            var pdf = item is { Kind: EvidenceKind.Pdf, Blob: { } file } ? await pdfs.ReadAsync(file.Sha256, stop) : null;
            models.Add(new EvidenceModel(item, i + 1, required.Contains(item.Id, StringComparer.Ordinal), EvidenceEndpoint.Path(review, revision, i), image, words, pdf, svg));
        }
        return models;
    }
}
