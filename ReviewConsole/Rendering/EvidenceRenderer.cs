using System.Text.Json;
using ReviewConsole.Core.Proposals;

namespace ReviewConsole.Rendering;

/// <summary>
/// Chooses the renderer of an evidence item by kind and draws it in one pass. Bytes (image, pdf, file) are drawn by components:
/// here they are only described. Whatever cannot be drawn is said, never thrown.
/// </summary>
internal static class EvidenceRenderer
{
    /// <summary>Draws <paramref name="item"/>; at most <paramref name="budget"/> of it, and the rows in which <paramref name="sought"/> stands.</summary>
    public static RenderedEvidence Render(EvidenceItem item, RenderWords words, RenderBudget budget, string? sought = null)
    {
        var writer = new MarkupWriter();
        var marks = new Marks([.. item.Highlights.Select(h => new Quote(h.Text, h.Note ?? ""))], sought is null ? null : new Sought(sought));
        var pass = new RenderPass(writer, marks, words, budget);
        try
        {
            Write(pass, item);
        }
        catch (Exception fault) when (fault is InvalidOperationException or KeyNotFoundException or JsonException or FormatException)
        {
            // The shape was checked when it came in; content restored from elsewhere may still differ from it.
            return RenderedEvidence.Unshowable(words.NotOfItsKind(item.Kind.Wire()));
        }
        return new RenderedEvidence(writer.ToMarkup(), writer.Hidden + pass.HiddenBeside, marks.NotFound, pass.Cut, marks.Sought?.Hits ?? 0, null);
    }

    private static void Write(RenderPass pass, EvidenceItem item)
    {
        var writer = pass.Writer;
        switch (item.Kind)
        {
            case EvidenceKind.Markdown:
                writer.Tag("<div class=\"rc-md\">");
                var markdown = Text(item);
                MarkdownRenderer.Write(writer, markdown[..pass.Fit(markdown)], pass.Words, pass.Marks);
                writer.Tag("</div>");
                break;
            case EvidenceKind.Text:
                writer.Tag("<div class=\"rc-text\">");
                pass.Flow(Text(item));
                writer.Tag("</div>");
                break;
            case EvidenceKind.Html:
                var html = Text(item);
                // As it looks is drawn in a frame beside this, unless it is too long for one.
                writer.Tag(html.Length > FrameDocument.MostCharacters, "<details class=\"rc-fold\" open><summary>", "<details class=\"rc-fold\"><summary>")
                    .Text(pass.Words.HtmlSource(html.Length)).Tag("</summary><pre class=\"rc-text rc-source\">");
                pass.Flow(html);
                writer.Tag("</pre></details>");
                break;
            case EvidenceKind.Json: JsonRenderer.Write(pass, Content(item)); break;
            case EvidenceKind.Table: TableRenderer.Write(pass, Content(item)); break;
            case EvidenceKind.KeyValue: KeyValue(pass, Content(item)); break;
            case EvidenceKind.Conversation: MessageRenderer.Conversation(pass, Content(item)); break;
            case EvidenceKind.Email: MessageRenderer.Email(pass, Content(item)); break;
            case EvidenceKind.Diff: Diff(pass, Content(item)); break;
            case EvidenceKind.Link: Link(pass, Content(item)); break;
            default: Bytes(pass, item); break;
        }
    }

    private static JsonElement Content(EvidenceItem item) =>
        item.Content ?? throw new InvalidOperationException("Evidence without content.");

    private static string Text(EvidenceItem item) =>
        Content(item).GetString() ?? throw new InvalidOperationException("Evidence without text.");

    private static void KeyValue(RenderPass pass, JsonElement content)
    {
        pass.Writer.Tag("<dl class=\"rc-pairs\">");
        foreach (var pair in content.EnumerateArray())
        {
            if (pass.IsSought(pair) || pass.TakeRow())
            {
                pass.Writer.Tag("<div><dt>").Text(pair.GetProperty("key").ToString(), pass.Marks).Tag("</dt><dd>");
                JsonRenderer.Write(pass, pair.GetProperty("value"));
                pass.Writer.Tag("</dd></div>");
            }
        }
        pass.Writer.Tag("</dl>");
    }

    // A component compares and draws it.
    private static void Diff(RenderPass pass, JsonElement content)
    {
        var before = content.GetProperty("before").GetString() ?? "";
        var after = content.GetProperty("after").GetString() ?? "";
        pass.Beside(HiddenText.Count(before) + HiddenText.Count(after));
        pass.Marks.Admit(before);
        pass.Marks.Admit(after);
    }

    private static void Link(RenderPass pass, JsonElement content)
    {
        var uri = content.GetProperty("uri").GetString() ?? "";
        var label = content.TryGetProperty("label", out var given) ? given.GetString() : null;
        var target = LinkTarget.Of(uri);
        var writer = pass.Writer.Tag("<p><span class=\"rc-link\">").Text(label ?? uri, pass.Marks).Tag("</span> ");
        writer.Tag(target.Allowed, "<span class=\"rc-host\">", "<span class=\"rc-blocked\">")
            .Text(target.Allowed ? target.Shown : pass.Words.BlockedLink(target.Shown)).Tag("</span></p>");
        writer.Tag("<p class=\"rc-text rc-source\">").Text(uri, pass.Marks).Tag("</p>");
    }

    private static void Bytes(RenderPass pass, EvidenceItem item)
    {
        if (item.Blob is not { } blob)
        {
            throw new InvalidOperationException("Evidence without bytes.");
        }
        var writer = pass.Writer.Tag("<dl class=\"rc-json\">");
        Row(pass.Words.FileName, item.Name ?? item.Label);
        Row(pass.Words.MediaType, item.MediaType ?? "application/octet-stream");
        if (blob.Size is { } size)
        {
            Row(pass.Words.Size, pass.Words.Bytes(size));
        }
        Row("SHA-256", blob.Sha256);
        writer.Tag("</dl>");

        void Row(string name, string value) =>
            writer.Tag("<div><dt>").Text(name).Tag("</dt><dd class=\"rc-break\">").Text(value).Tag("</dd></div>");
    }
}
