using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using ReviewConsole.Core.Proposals;

namespace ReviewConsole.Rendering;

/// <summary>
/// The HTML or SVG of a source as a document of its own for a sandboxed frame: it looks as its reader would get it, and can neither run nor ask for anything. The walls are the
/// frame's sandbox and its policy; what is taken out here would only fail at them, or say something untrue: a link that goes nowhere names its host, an image that
/// is not loaded says so, hidden characters are drawn.
/// </summary>
internal static class FrameDocument
{
    /// <summary>Longer texts stay source text: the browser lays out a whole document at once.</summary>
    public const int MostCharacters = 2_000_000;

    // What a tree costs grows with its depth and with the neighbours of each change; a tag in a deep one is repeated by the parser in every paragraph that follows.
    private const int MostParts = 10_000;
    private const int MostDepth = 128;

    // No theme of ours: it is somebody else's page, and most of those are written for white paper.
    private const string Style =
        "html{color-scheme:light;background:#fff;color:#111;font:14px/1.45 system-ui,sans-serif}body{margin:12px;overflow-wrap:anywhere}img,svg{max-width:100%}"
        + ".rc-blocked,.rc-host{display:inline-block;padding:0 4px;font:12px/16px ui-monospace,monospace;border:1px solid #99a;border-radius:3px;color:#543;background:#fff8e0}";

    private static readonly string[] s_gone =
        ["script", "noscript", "template", "link", "meta", "base", "iframe", "frame", "frameset", "object", "embed", "applet", "portal", "audio", "video", "source", "track", "dialog"];

    private static readonly string[] s_pictures = ["data:image/png;base64,", "data:image/jpeg;base64,", "data:image/gif;base64,", "data:image/webp;base64,"];

    /// <summary>The HTML of an item that has one: the content of <c>html</c>, the HTML part of an e-mail.</summary>
    public static string? HtmlOf(EvidenceItem item) => item switch
    {
        { Kind: EvidenceKind.Html, Content: { ValueKind: System.Text.Json.JsonValueKind.String } text } => Short(text.GetString()),
        { Kind: EvidenceKind.Email, Content: { ValueKind: System.Text.Json.JsonValueKind.Object } mail }
            when mail.TryGetProperty("html", out var html) && html.ValueKind == System.Text.Json.JsonValueKind.String => Short(html.GetString()),
        _ => null,
    };

    /// <summary>The HTML of a draft that is HTML.</summary>
    public static string? HtmlOf(Draft draft) => draft.Format == DraftFormat.Html ? Short(draft.Content) : null;

    /// <summary>False where the markup is more than a page ever has: the frame says that instead of showing it.</summary>
    public static bool Shows(string html) => Parse(html) is not null;

    /// <summary>The document to serve; one that says so where the markup is more than a page ever has.</summary>
    public static string Of(string html, RenderWords words)
    {
        if (Parse(html) is not { } document)
        {
            document = new HtmlParser().ParseDocument("");
            document.Body!.AppendChild(Chip(document, "rc-blocked", words.TooMuchMarkup));
            return Finish(document);
        }

        foreach (var element in document.All.ToList())
        {
            if (s_gone.Contains(element.LocalName, StringComparer.OrdinalIgnoreCase))
            {
                element.Remove();
                continue;
            }

            Clean(document, element, words);
            if (element.LocalName == "form")
            {
                // What it holds is part of how the page looks; that it would send something is not.
                element.Replace([.. element.ChildNodes]);
            }
        }

        foreach (var text in document.GetDescendants().OfType<IText>().ToList())
        {
            DrawHidden(document, text);
        }

        foreach (var comment in document.GetDescendants().OfType<IComment>().ToList())
        {
            comment.Remove();
        }

        return Finish(document);
    }

    /// <summary>Null when it is, or would be drawn as, more than <see cref="MostParts"/>, or deeper than <see cref="MostDepth"/>.</summary>
    private static IHtmlDocument? Parse(string html)
    {
        if (HiddenText.Find(html).Take(MostParts + 1).Count() > MostParts)
        {
            return null;
        }

        using var stop = new CancellationTokenSource();
        var (parts, last) = (0, (IElement?)null);
        var parser = new HtmlParser(new HtmlParserOptions
        {
            // The element is not in the tree yet; the one before it is.
            OnCreated = (element, _) =>
            {
                if (++parts > MostParts || last?.Ancestors().Take(MostDepth).Count() == MostDepth)
                {
                    stop.Cancel();
                    stop.Token.ThrowIfCancellationRequested();
                }

                last = element;
            },
        });
        try
        {
            var document = parser.ParseDocument(html);
            return Repeats(document) ? null : document;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>A drawing can name a part of itself and have it drawn again there; a few that name each other are drawn a billion times.</summary>
    private static bool Repeats(IHtmlDocument document)
    {
        var drawn = 0;
        foreach (var use in document.All.Where(static element => element.LocalName == "use"))
        {
            var named = (use.GetAttribute("href") ?? use.GetAttribute("xlink:href"))?.TrimStart('#');
            if (string.IsNullOrEmpty(named) || document.GetElementById(named) is not { } part)
            {
                continue;
            }

            foreach (var again in part.Descendants<IElement>().Prepend(part))
            {
                if (again.LocalName == "use" || ++drawn > MostParts)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static string Finish(IHtmlDocument document)
    {
        var style = document.CreateElement("style");
        style.TextContent = Style;
        var charset = document.CreateElement("meta");
        charset.SetAttribute("charset", "utf-8");
        document.Head!.Prepend(charset, style);
        return "<!DOCTYPE html>" + document.DocumentElement.OuterHtml;
    }

    private static string? Short(string? html) => html?.Length <= MostCharacters ? html : null;

    private static void Clean(IDocument document, IElement element, RenderWords words)
    {
        var link = element.LocalName is "a" or "area" ? element.GetAttribute("href") ?? element.GetAttribute("xlink:href") : null;
        var picture = element.LocalName is "img" or "image" ? element.GetAttribute("src") ?? element.GetAttribute("href") ?? element.GetAttribute("xlink:href") : null;
        foreach (var attribute in element.Attributes.ToList())
        {
            if (!IsHarmless(attribute))
            {
                element.RemoveAttribute(attribute.NamespaceUri, attribute.LocalName);
            }
        }

        if (link is not null && !link.StartsWith('#'))
        {
            var target = LinkTarget.Of(link);
            element.After(Chip(document, target.Allowed ? "rc-host" : "rc-blocked", target.Allowed ? target.Shown : words.BlockedLink(target.Shown)));
        }

        if (picture is not null && !IsPicture(picture))
        {
            element.After(Chip(document, "rc-blocked", words.BlockedImage(LinkTarget.Of(picture).Shown)));
            element.Remove();
        }
    }

    private static bool IsHarmless(IAttr attribute)
    {
        var name = attribute.LocalName;
        return name switch
        {
            _ when name.StartsWith("on", StringComparison.OrdinalIgnoreCase) => false,
            // Inside an SVG a reference to one of its own parts stays.
            "href" => attribute.Value.StartsWith('#') || IsPicture(attribute.Value),
            "src" => IsPicture(attribute.Value),
            "srcset" or "action" or "formaction" or "ping" or "poster" or "background" or "data" or "target" or "autofocus" or "accesskey" or "contenteditable" or "popover" => false,
            _ => true,
        };
    }

    private static bool IsPicture(string url) => s_pictures.Any(start => url.StartsWith(start, StringComparison.OrdinalIgnoreCase));

    private static void DrawHidden(IDocument document, IText text)
    {
        if (text.ParentElement?.LocalName is "style" or "title")
        {
            return;
        }

        var spots = HiddenText.Find(text.Data).ToList();
        if (spots.Count == 0)
        {
            return;
        }

        var at = 0;
        var parts = new List<INode>();
        foreach (var spot in spots)
        {
            parts.Add(document.CreateTextNode(text.Data[at..spot.Index]));
            parts.Add(Chip(document, "rc-blocked", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"U+{spot.CodePoint:X4}")));
            at = spot.Index + spot.Length;
        }

        parts.Add(document.CreateTextNode(text.Data[at..]));
        text.Replace([.. parts]);
    }

    private static IElement Chip(IDocument document, string @class, string words)
    {
        var chip = document.CreateElement("span");
        chip.ClassName = @class;
        chip.TextContent = HiddenText.Plain(words);
        return chip;
    }
}
