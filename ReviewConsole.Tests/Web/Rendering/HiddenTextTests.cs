using Xunit;
using System.Text;
using AngleSharp.Dom;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Rendering;

namespace ReviewConsole.Tests.Web.Rendering;

/// <summary>R15 of TRUST.md, and what else is hidden in a text.</summary>
public sealed class HiddenTextTests
{
    // Everything that TRUST.md §4 calls invisible or direction-changing, by range.
    private static readonly (int From, int To)[] s_ranges =
    [
        (0x00, 0x08), (0x0B, 0x0D), (0x0E, 0x1F), (0x7F, 0xA0), (0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x115F, 0x1160), (0x1680, 0x1680),
        (0x17B4, 0x17B5), (0x180B, 0x180F), (0x2000, 0x200F), (0x2028, 0x202F), (0x205F, 0x206F), (0x2800, 0x2800), (0x3000, 0x3000), (0x3164, 0x3164),
        (0xE000, 0xE00F), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFFC), (0x1D159, 0x1D159), (0x1D173, 0x1D17A),
        (0x1BCA0, 0x1BCA3), (0xE0001, 0xE0001), (0xE0020, 0xE007F), (0xE0100, 0xE01EF), (0xF0000, 0xF0003), (0x10FFFE, 0x10FFFF),
    ];

    private static readonly int[] s_points = [.. s_ranges.SelectMany(r => Enumerable.Range(r.From, r.To - r.From + 1)).Distinct()];

    [Fact]
    public void R15_at_least_three_hundred_hidden_code_points_are_drawn_in_every_kind_of_text()
    {
        Assert.True(s_points.Length >= 300, $"{s_points.Length} code points");
        var missed = new List<string>();
        foreach (var point in s_points)
        {
            var text = "pay" + char.ConvertFromUtf32(point) + "4532 x";
            Check(missed, point, "text", HiddenText.Markup(text).ToString());
            Check(missed, point, "title", "<p>" + HiddenText.Plain(text) + "</p>");
            Check(missed, point, "conversation", RenderingSupport.Render(EvidenceKind.Conversation, new[] { new { from = text, text } }).Body.ToString());
            Check(missed, point, "json", RenderingSupport.Render(EvidenceKind.Json, new Dictionary<string, object> { [text] = new { a = text } }).Body.ToString());
            Check(missed, point, "table", RenderingSupport.Render(EvidenceKind.Table, new { columns = new[] { text }, rows = new[] { new[] { text } } }).Body.ToString());
            Check(missed, point, "html", RenderingSupport.Render(EvidenceKind.Html, text).Body.ToString());
            var diff = DraftDiff.Between("pay4532 x", text, TestContext.Current.CancellationToken);
            foreach (var mode in Enum.GetValues<DiffMode>())
            {
                Check(missed, point, mode.ToString(), DiffMarkup.Of(diff, 0, diff.Rows.Count, mode, RenderingSupport.Words).ToString());
            }
            // CommonMark itself turns U+0000 into the visible U+FFFD and a lone carriage return into a line end.
            if (point is not (0 or '\r'))
            {
                Check(missed, point, "markdown", MarkdownRenderer.Render("**pay" + text + "**", RenderingSupport.Words).ToString());
            }
        }
        TestContext.Current.TestOutputHelper!.WriteLine($"R15: {s_points.Length} hidden code points, 10 places each, {missed.Count} missed");
        Assert.Empty(missed);
    }

    [Theory]
    [InlineData("pay.\u0430lderway.example", "pay.\u0430⟨U+0430⟩lderway.example")]
    [InlineData("s\u03BF many \u0421ats", "s\u03BF⟨U+03BF⟩ many \u0421⟨U+0421⟩ats")]
    [InlineData("\u041C\u043E\u0441\u043A\u0432\u0430-city, \u0391\u03B8\u03AE\u03BD\u03B1, x = \u03B1, fɑːðə", null)]
    public void A_letter_of_another_alphabet_in_a_latin_word_is_drawn_with_its_chip_behind_it(string text, string? plain)
    {
        Assert.Equal(plain ?? text, HiddenText.Plain(text));
        var markup = HiddenText.Markup(text).ToString();
        Assert.Equal(HiddenText.Count(text), markup.Split("rc-codepoint").Length - 1);
        Assert.Equal(plain is not null, markup.Contains("THAT LOOKS LIKE", StringComparison.Ordinal));
    }

    [Fact]
    public void R15_control_text_that_is_only_escaped_would_be_found()
    {
        var missed = new List<string>();
        foreach (var point in s_points)
        {
            Check(missed, point, "text", System.Net.WebUtility.HtmlEncode("pay" + char.ConvertFromUtf32(point) + "4532 x"));
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"R15 control: text that is only escaped, {missed.Count} of {s_points.Length} hidden code points missed");
        Assert.Equal(s_points.Length, missed.Count);
    }

    private static void Check(List<string> missed, int point, string place, string markup)
    {
        var body = RenderingSupport.Parse(markup).Body!;
        if (!body.TextContent.Contains(HiddenCharacters.Code(point), StringComparison.Ordinal)
            || body.TextContent.Contains(char.ConvertFromUtf32(point), StringComparison.Ordinal))
        {
            missed.Add($"{place} {HiddenCharacters.Code(point)}");
        }
    }

    [Fact]
    public void The_chip_names_the_character_in_its_title()
    {
        Assert.Equal("card <span class=\"rc-codepoint\" title=\"RIGHT-TO-LEFT OVERRIDE\">U+202E</span>4532", HiddenText.Markup("card \u202E4532").ToString());
        Assert.Equal("TAG CHARACTER i", HiddenCharacters.Name(0xE0069));
    }

    [Fact]
    public void Letters_digits_signs_and_layout_of_many_scripts_stay_as_they_are()
    {
        const string seen = "Grüße, naïve café\n\tПривет 你好 שלום مرحبا हिन्दी ไทย Tiếng Việt — “quoted” €5 ½ ∑ 🙂 👍🏽\r\nend";
        Assert.Equal(0, HiddenText.Count(seen));
        // The HTML parser itself joins CR LF to LF.
        Assert.Equal(seen.Replace("\r\n", "\n", StringComparison.Ordinal), RenderingSupport.Parse("<pre>" + HiddenText.Markup(seen)).QuerySelector("pre")!.TextContent);
    }

    [Fact]
    public void A_lone_carriage_return_is_drawn_and_one_before_a_line_feed_is_not()
    {
        Assert.Equal(0, HiddenText.Count("a\r\nb"));
        Assert.Equal(1, HiddenText.Count("a\rb"));
    }

    [Fact]
    public void Marks_stacked_higher_than_three_are_drawn_as_chips() =>
        Assert.Equal(7, HiddenText.Count("e" + string.Concat(Enumerable.Repeat("\u0301", 10))));

    [Fact]
    public void A_lone_surrogate_is_drawn() => Assert.Contains("U+D800", HiddenText.Markup("a\uD800b").ToString(), StringComparison.Ordinal);

    [Fact]
    public void Markup_in_a_text_is_text()
    {
        const string hostile = "<img src=x onerror=alert(1)> & \"quotes\" 'too'";
        var body = RenderingSupport.Parse(HiddenText.Markup(hostile).ToString()).Body!;
        Assert.Equal(hostile, body.TextContent);
        Assert.Empty(body.Children);
    }

    [Fact]
    public void The_count_of_an_item_is_that_of_its_chips()
    {
        var drawn = RenderingSupport.Render(EvidenceKind.Text, "to card \u202E4532\u202C and ignore\u200B the limit");
        Assert.Equal(3, drawn.Hidden);
        Assert.Equal(3, RenderingSupport.Parse(drawn.Body.ToString()).QuerySelectorAll(".rc-codepoint").Length);
    }

    [Fact]
    public void A_megabyte_of_hidden_characters_is_cut_before_it_is_drawn()
    {
        var text = new StringBuilder().Insert(0, "\u200B\u200C", 500_000).ToString();
        var drawn = RenderingSupport.Render(EvidenceKind.Text, text);
        Assert.Equal("900,000 more characters", drawn.Cut);
        Assert.Equal(100_000, drawn.Hidden);
    }
}
