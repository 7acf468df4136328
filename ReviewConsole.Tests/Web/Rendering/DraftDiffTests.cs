using Xunit;
using System.Text;
using AngleSharp.Dom;
using ReviewConsole.Rendering;

namespace ReviewConsole.Tests.Web.Rendering;

public sealed class DraftDiffTests
{
    [Fact]
    public void Both_sides_of_any_comparison_give_back_their_texts()
    {
        var random = new Random(7);
        string[] lines = ["", "a", "b", "a b", "a  b", "c d e", "x\r", "  lead", "trail ", "ä", "a\u0308"];
        for (var i = 0; i < 2_000; i++)
        {
            var before = Text();
            var after = Text();
            var diff = Diff(before, after);
            Assert.Equal(before, Side(diff.Rows.Where(r => r.OldLine is not null).Select(r => r.Old)));
            Assert.Equal(after, Side(diff.Rows.Where(r => r.NewLine is not null).Select(r => r.New)));
            Assert.Equal(before == after, diff.IsEmpty);
        }
        string Text() => string.Join('\n', Enumerable.Range(0, random.Next(0, 12)).Select(_ => lines[random.Next(lines.Length)]));
    }

    [Fact]
    public void Words_that_differ_are_pieces_and_the_rest_stays()
    {
        var row = Assert.Single(Diff("refund 5,074.00 USD now", "refund 50.00 USD now").Rows);
        Assert.Equal(["5,074"], row.Old.Where(p => p.Differs).Select(p => p.Text));
        Assert.Contains(row.New, p => p is { Differs: true, Text: "50" });
        Assert.Contains(row.New, p => p is { Differs: false, Text: ".00 USD now" });
    }

    [Fact]
    public void Neighbouring_changed_words_are_one_piece() =>
        Assert.Equal(["We check whether"], Diff("You are entitled to it", "We check whether to it").Rows[0].New.Where(p => p.Differs).Select(p => p.Text));

    [Theory]
    [InlineData("a b", "a  b")]
    [InlineData("a", "a ")]
    [InlineData("\ta", "    a")]
    [InlineData("a\r\nb", "a\nb")]
    [InlineData("a\nb", "a\nb\n")]
    public void White_space_counts(string before, string after) => Assert.False(Diff(before, after).IsEmpty);

    [Theory]
    [InlineData("café", "cafe\u0301", "looks the same: differs only in how accents are encoded")]
    [InlineData("apple.com", "аpple.com", "looks the same: letters of another alphabet")]
    [InlineData("pay 100", "pay\u200B 100", "looks the same: differs only in hidden characters")]
    [InlineData("pay 100", "pay  100", "differs only in white space")]
    public void A_change_that_cannot_be_seen_is_explained(string before, string after, string why) =>
        Assert.Equal(why, Drawn(before, after, DiffMode.SideBySide).QuerySelector(".rc-diff-why")?.TextContent);

    [Fact]
    public void A_changed_line_has_glyphs_marks_and_numbers_on_both_sides()
    {
        var body = Drawn("one\ntwo old\nthree", "one\ntwo new\nthree", DiffMode.SideBySide);
        var row = Assert.Single(body.QuerySelectorAll("tr.rc-diff-changed"));
        Assert.Equal("old", row.QuerySelector("del")!.TextContent);
        Assert.Equal("new", row.QuerySelector("ins")!.TextContent);
        Assert.Equal(["−", "+"], row.QuerySelectorAll(".rc-diff-glyph").Select(g => g.TextContent));
        Assert.Equal(["2", "2"], row.QuerySelectorAll(".rc-diff-no").Select(g => g.TextContent));
        Assert.True(row.HasAttribute("data-rc-change"));
    }

    [Fact]
    public void In_line_shows_old_above_new_and_final_shows_only_new()
    {
        var inLine = Drawn("a\nold", "a\nnew", DiffMode.InLine).QuerySelectorAll("tr");
        Assert.Equal(3, inLine.Length);
        Assert.NotNull(inLine[1].QuerySelector("del"));
        Assert.NotNull(inLine[2].QuerySelector("ins"));
        Assert.Null(Drawn("a\nold", "a\nnew", DiffMode.Final).QuerySelector("del"));
    }

    [Fact]
    public void A_blank_that_was_added_is_drawn() =>
        Assert.Equal("·", Drawn("a", "a ", DiffMode.InLine).QuerySelector("ins .rc-ws")!.TextContent);

    [Fact]
    public void Long_equal_stretches_are_folded_to_their_length()
    {
        var same = string.Join('\n', Enumerable.Range(0, 500).Select(i => $"line {i}"));
        var body = Drawn(same + "\nold\n" + same, same + "\nnew\n" + same, DiffMode.SideBySide);
        Assert.Equal(["497 lines are the same", "497 lines are the same"], body.QuerySelectorAll(".rc-diff-note").Select(n => n.TextContent));
    }

    [Fact]
    public void A_megabyte_of_unlike_text_is_compared_and_drawn_and_neither_side_loses_a_line()
    {
        var random = new Random(3);
        var cases = new (string Name, string Before, string After)[]
        {
            ("unlike", Lines(25_000, () => Word(40)), Lines(25_000, () => Word(40))),
            ("few words repeated", Lines(100_000, () => Word(1)), Lines(100_000, () => Word(1))),
            ("one line", Word(500_000), Word(500_000)),
            ("every tenth changed", string.Join('\n', Enumerable.Range(0, 25_000).Select(i => $"line {i} of the text as it was written at first")),
                string.Join('\n', Enumerable.Range(0, 25_000).Select(i => $"line {i} of the text as it was {(i % 10 == 0 ? "changed" : "written")} at first"))),
        };
        foreach (var (name, before, after) in cases)
        {
            var diff = Diff(before, after);
            var markup = DiffMarkup.Of(diff, DiffMode.SideBySide, RenderingSupport.Words, 2_000);
            Assert.True(before == Side(diff.Rows.Where(r => r.OldLine is not null).Select(r => r.Old)), name);
            Assert.True(after == Side(diff.Rows.Where(r => r.NewLine is not null).Select(r => r.New)), name);
            Assert.NotEmpty(markup.ToString());
        }
        string Word(int length) => string.Concat(Enumerable.Range(0, length).Select(_ => (char)('a' + random.Next(26))));
        static string Lines(int count, Func<string> line) => string.Join('\n', Enumerable.Range(0, count).Select(_ => line()));
    }

    [Fact]
    public void A_comparison_that_nobody_waits_for_stops()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => DraftDiff.Between("a", "b", stop.Token));
    }

    private static DraftDiff Diff(string before, string after) => DraftDiff.Between(before, after, TestContext.Current.CancellationToken);

    private static string Side(IEnumerable<IReadOnlyList<DiffPiece>> rows) => string.Join('\n', rows.Select(r => string.Concat(r.Select(p => p.Text))));

    private static IElement Drawn(string before, string after, DiffMode mode) =>
        RenderingSupport.Parse(DiffMarkup.Of(Diff(before, after), mode, RenderingSupport.Words, 1_000).ToString()).Body!;
}
