using System.Globalization;
using Microsoft.Extensions.Caching.Memory;
using ReviewConsole.Core.Store;

namespace ReviewConsole.Rendering;

/// <summary>PDF evidence as pages: read and drawn by <see cref="Poppler"/>, kept in memory by content, since blobs never change.</summary>
internal sealed class PdfPages(BlobFolder blobs, Poppler poppler) : IDisposable
{
    /// <summary>Longer documents stay downloads: nobody looks at more pages to decide on one action.</summary>
    public const int MostPages = 200;

    private const int DotsPerInch = 150;
    private const int MostPixelsAside = 2_400;
    private const int MostTextBytes = 32 * 1024 * 1024;
    private const int MostPictureBytes = 24 * 1024 * 1024;
    private static readonly TimeSpan s_kept = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_failureKept = TimeSpan.FromMinutes(1);

    private readonly MemoryCache _cache = new(new MemoryCacheOptions { SizeLimit = 96 * 1024 * 1024 });

    /// <summary>False when the tools that draw pages are not installed.</summary>
    public bool CanDraw => poppler.IsThere;

    /// <summary>Pages and words; null when these bytes cannot be drawn as pages here.</summary>
    public async Task<PdfDocument?> ReadAsync(string sha256, CancellationToken stop)
    {
        if (_cache.TryGetValue(sha256, out PdfDocument? known))
        {
            return known;
        }

        // One more than is shown, to know that there are more.
        var document = await RunAsync(sha256, "pdftotext", path => ["-q", "-bbox", "-cropbox", "-l", (MostPages + 1).ToString(CultureInfo.InvariantCulture), path, "-"], MostTextBytes, stop)
            is { } printed ? PdfText.Read(printed) : null;
        document = document?.Pages.Count > MostPages ? null : document;
        // A failure is kept too, for a while: a hostile file must not cost its whole time at every look.
        _cache.Set(sha256, document, document is null
            ? new MemoryCacheEntryOptions { Size = 200, AbsoluteExpirationRelativeToNow = s_failureKept }
            : new MemoryCacheEntryOptions { Size = 1_000 + (document.Pages.Sum(page => page.Words.Count) * 120), SlidingExpiration = s_kept });
        return document;
    }

    /// <summary>The picture of a page as PNG; null when there is no such page or it cannot be drawn.</summary>
    public async Task<byte[]?> DrawAsync(string sha256, int number, CancellationToken stop)
    {
        var key = (sha256, number);
        if (_cache.TryGetValue(key, out byte[]? known))
        {
            return known;
        }

        if (await ReadAsync(sha256, stop) is not { } document || number < 1 || number > document.Pages.Count)
        {
            return null;
        }

        var page = document.Pages[number - 1];
        var dots = Math.Min(DotsPerInch, MostPixelsAside * 72 / Math.Max(page.Width, page.Height));
        var only = number.ToString(CultureInfo.InvariantCulture);
        var picture = await RunAsync(
            sha256, "pdftoppm", path => ["-q", "-png", "-cropbox", "-r", dots.ToString("0.##", CultureInfo.InvariantCulture), "-f", only, "-l", only, path], MostPictureBytes, stop);
        picture = picture is { Length: > 0 } ? picture : null;
        _cache.Set(key, picture, picture is null
            ? new MemoryCacheEntryOptions { Size = 200, AbsoluteExpirationRelativeToNow = s_failureKept }
            : new MemoryCacheEntryOptions { Size = picture.Length, SlidingExpiration = s_kept });
        return picture;
    }

    public void Dispose() => _cache.Dispose();

    private async Task<byte[]?> RunAsync(string sha256, string tool, Func<string, IReadOnlyList<string>> arguments, int mostBytes, CancellationToken stop)
    {
        if (!CanDraw)
        {
            return null;
        }

        await using var file = blobs.Open(sha256);
        return file is null ? null : await poppler.RunAsync(tool, arguments(file.Name), mostBytes, stop);
    }
}
