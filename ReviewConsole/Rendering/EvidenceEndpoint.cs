using System.Security.Claims;
using Microsoft.Net.Http.Headers;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Store;

namespace ReviewConsole.Rendering;

/// <summary>Finds one evidence item of a review that this person may read; null when there is none.</summary>
internal delegate Task<EvidenceItem?> FindEvidence(ClaimsPrincipal person, Guid review, int revision, int index, CancellationToken stop);

/// <summary>Finds the draft of a review that this person may read, as it would have been sent before an entry of the ledger; null when there is none.</summary>
internal delegate Draft? FindDraft(ClaimsPrincipal person, Guid review, long entry);

/// <summary>
/// <c>GET /evidence/{review}/{revision}/{index}</c>: the bytes of an image, PDF or file. Only what is an image by its first bytes is shown
/// in place; all else, and everything with <c>?download</c>, is an attachment of no type. <c>…/pages/{number}</c>: the picture of a PDF's page. <c>…/frame</c>: HTML or SVG
/// for a sandboxed frame. <c>GET /evidence/{review}/draft/{entry}/frame</c>: the same of a draft, as it stood before that entry. Whatever comes is sandboxed, never sniffed,
/// never kept.
/// </summary>
internal static class EvidenceEndpoint
{
    private const string Policy = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'";

    /// <summary>Where the bytes of an evidence item are. <paramref name="index"/> is 0-based, in the order of the proposal.</summary>
    public static string Path(Guid review, int revision, int index) => $"/evidence/{review:D}/{revision}/{index}";

    /// <summary>Where the picture of a page is; <paramref name="evidence"/> is the path of the item.</summary>
    public static string PagePath(string evidence, int page) => $"{evidence}/pages/{page}";

    /// <summary>Where the document for the sandboxed frame is; <paramref name="evidence"/> is the path of the item.</summary>
    public static string FramePath(string evidence) => evidence + "/frame";

    /// <summary>Where the HTML of a draft is, as its recipient would have got it before this entry of the ledger: what is on a screen does not change under it.</summary>
    public static string DraftPath(Guid review, long entry) => $"/evidence/{review:D}/draft/{entry}/frame";

    /// <summary>Maps the endpoints; the caller adds the permission.</summary>
    public static RouteGroupBuilder MapEvidence(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/evidence/{review:guid}").ExcludeFromDescription();
        group.MapGet("{revision:int}/{index:int}", AnswerAsync);
        group.MapGet("{revision:int}/{index:int}/pages/{page:int}", AnswerPageAsync);
        group.MapGet("{revision:int}/{index:int}/frame", AnswerFrameAsync);
        group.MapGet("draft/{entry:long}/frame", AnswerDraftAsync);
        return group;
    }

    private static async Task AnswerAsync(
        HttpContext context, Guid review, int revision, int index, FindEvidence find, BlobFolder blobs, CancellationToken stop)
    {
        var response = context.Response;
        var headers = Guard(response);
        var item = await find(context.User, review, revision, index, stop);
        await using var bytes = item?.Blob is { } blob ? blobs.Open(blob.Sha256) : null;
        if (item is null || bytes is null)
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        var facts = item.Kind == EvidenceKind.Image && !context.Request.Query.ContainsKey("download") ? await FactsAsync(bytes, stop) : null;
        if (facts is { MayBeShown: true })
        {
            response.ContentType = facts.MediaType;
        }
        else
        {
            response.ContentType = "application/octet-stream";
            var disposition = new ContentDispositionHeaderValue("attachment");
            disposition.SetHttpFileName(FileNames.Safe(item.Name ?? item.Label));
            headers.ContentDisposition = disposition.ToString();
        }
        response.ContentLength = bytes.Length;
        bytes.Position = 0;
        await bytes.CopyToAsync(response.Body, stop);
    }

    private static async Task AnswerPageAsync(
        HttpContext context, Guid review, int revision, int index, int page, FindEvidence find, PdfPages pages, CancellationToken stop)
    {
        var response = context.Response;
        Guard(response);
        var picture = await find(context.User, review, revision, index, stop) is { Kind: EvidenceKind.Pdf, Blob: { } blob } ? await pages.DrawAsync(blob.Sha256, page, stop) : null;
        if (picture is null)
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        response.ContentType = "image/png";
        response.ContentLength = picture.Length;
        await response.Body.WriteAsync(picture, stop);
    }

    private static async Task AnswerFrameAsync(
        HttpContext context, Guid review, int revision, int index, FindEvidence find, BlobFolder blobs, RenderWords words, CancellationToken stop)
    {
        var item = await find(context.User, review, revision, index, stop);
        await FrameAsync(context.Response, item is null ? null : FrameDocument.HtmlOf(item) ?? await SvgAsync(item, blobs, stop), words, stop);
    }

    private static Task AnswerDraftAsync(HttpContext context, Guid review, long entry, FindDraft find, RenderWords words, CancellationToken stop) =>
        FrameAsync(context.Response, find(context.User, review, entry) is { } draft ? FrameDocument.HtmlOf(draft) : null, words, stop);

    private static async Task FrameAsync(HttpResponse response, string? html, RenderWords words, CancellationToken stop)
    {
        Guard(response)["X-DNS-Prefetch-Control"] = "off";
        if (html is null)
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        response.ContentType = "text/html; charset=utf-8";
        await response.WriteAsync(FrameDocument.Of(html, words), stop);
    }

    private static IHeaderDictionary Guard(HttpResponse response)
    {
        var headers = response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        return headers;
    }

    /// <summary>The markup of an image that is an SVG; null for every other item.</summary>
    public static async Task<string?> SvgAsync(EvidenceItem item, BlobFolder blobs, CancellationToken stop)
    {
        await using var bytes = item is { Kind: EvidenceKind.Image, Blob: { } blob } ? blobs.Open(blob.Sha256) : null;
        return bytes is null ? null : await SvgText.ReadAsync(bytes, stop);
    }

    /// <summary>What an image is, from its first bytes.</summary>
    public static async Task<ImageFacts?> FactsAsync(Stream bytes, CancellationToken stop)
    {
        var start = new byte[Math.Min(bytes.Length, ImageFacts.Enough)];
        await bytes.ReadExactlyAsync(start, stop);
        return ImageFacts.Of(start);
    }
}
