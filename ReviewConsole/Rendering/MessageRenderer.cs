using System.Text.Json;

namespace ReviewConsole.Rendering;

/// <summary>Conversations and e-mails.</summary>
internal static class MessageRenderer
{
    // The machine's own turns are drawn quieter than the words of the people it talks to.
    private static readonly HashSet<string> s_machines =
        new(["agent", "assistant", "ai", "bot", "system", "tool", "function"], StringComparer.OrdinalIgnoreCase);

    // So many turns are one piece for the browser, which leaves out of its work what is far from the window.
    private const int TurnsInPiece = 20;

    /// <summary><c>[{from, text, at?}]</c>.</summary>
    public static void Conversation(RenderPass pass, JsonElement content)
    {
        var writer = pass.Writer;
        writer.Tag("<dl class=\"rc-talk\">");
        var drawn = 0;
        foreach (var turn in content.EnumerateArray())
        {
            if (!pass.IsSought(turn) && !pass.TakeRow())
            {
                continue;
            }
            writer.Tag(drawn > 0 && drawn % TurnsInPiece == 0, "</dl><dl class=\"rc-talk\">", "");
            drawn++;
            var from = turn.GetProperty("from").GetString() ?? "";
            writer.Tag(s_machines.Contains(from), "<div class=\"rc-turn rc-turn-quiet\"><dt>", "<div class=\"rc-turn\"><dt>").Text(from, pass.Marks);
            if (turn.TryGetProperty("at", out var at) && at.ValueKind == JsonValueKind.String)
            {
                writer.Tag("<span class=\"rc-turn-at\">").Moment(at.GetString()).Tag("</span>");
            }
            writer.Tag("</dt><dd class=\"rc-text\">");
            pass.Flow(turn.GetProperty("text").GetString() ?? "");
            writer.Tag("</dd></div>");
        }
        writer.Tag("</dl>");
    }

    /// <summary><c>{from, to: [], cc: [], date, subject, text?, html?, headers?}</c>.</summary>
    public static void Email(RenderPass pass, JsonElement content)
    {
        var writer = pass.Writer;
        writer.Tag("<dl class=\"rc-json rc-mail-head\">");
        Header(pass, pass.Words.From, Member(content, "from"));
        Header(pass, pass.Words.To, Member(content, "to"));
        Header(pass, pass.Words.Cc, Member(content, "cc"));
        Header(pass, pass.Words.Date, Member(content, "date"));
        Header(pass, pass.Words.Subject, Member(content, "subject"));
        writer.Tag("</dl>");
        if (Member(content, "headers") is { } headers)
        {
            writer.Tag("<details class=\"rc-fold\"><summary>").Text(pass.Words.AllHeaders).Tag("</summary>");
            JsonRenderer.Write(pass, headers);
            writer.Tag("</details>");
        }
        var text = Member(content, "text")?.GetString();
        if (text is not null)
        {
            Quoted(pass, text);
        }
        if (Member(content, "html")?.GetString() is { } html)
        {
            writer.Tag(html.Length > FrameDocument.MostCharacters, "<details class=\"rc-fold\" open><summary>", "<details class=\"rc-fold\"><summary>")
                .Text(pass.Words.HtmlSource(html.Length)).Tag("</summary><pre class=\"rc-text rc-source\">");
            pass.Flow(html);
            writer.Tag("</pre></details>");
        }
    }

    private static JsonElement? Member(JsonElement content, string name) =>
        content.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static void Header(RenderPass pass, string name, JsonElement? value)
    {
        if (value is not { } some || (some.ValueKind == JsonValueKind.Array && some.GetArrayLength() == 0))
        {
            return;
        }
        pass.Writer.Tag("<div><dt>").Text(name).Tag("</dt><dd>");
        JsonRenderer.Write(pass, some);
        pass.Writer.Tag("</dd></div>");
    }

    // Lines that begin with ">" are what somebody else wrote before: set apart, so that they are not read as the sender's.
    private static void Quoted(RenderPass pass, string text)
    {
        var spans = pass.Marks.In(text);
        var end = pass.Fit(text);
        for (var at = 0; at < end;)
        {
            var quoted = text[at] == '>';
            var stop = at;
            while (stop < end && (text[stop] == '>') == quoted)
            {
                var line = text.IndexOf('\n', stop);
                stop = line < 0 || line >= end ? end : line + 1;
            }
            pass.Writer.Tag(quoted, "<blockquote class=\"rc-text rc-quoted\">", "<div class=\"rc-text\">")
                .Text(text, spans, at, stop).Tag(quoted, "</blockquote>", "</div>");
            at = stop;
        }
    }
}
