using Xunit;
using System.Text;
using AngleSharp.Dom;
using ReviewConsole.Rendering;

namespace ReviewConsole.Tests.Web.Rendering;

public sealed class DraftDiffTests
{
    private static readonly string s_long = string.Join(' ', Enumerable.Range(0, 1_000).Select(i => $"w{i}é"));

    [Fact]
    public void Both_sides_of_any_comparison_give_back_their_texts()
    {
        var random = new Random(7);
        string[] lines = ["", "a", "b", "a b", "a  b", "c d e", "x\r", "  lead", "trail ", "ä", "a\u0308", s_long, s_long + "x\r"];
        for (var i = 0; i < 2_000; i++)
        {
            var before = Text();
            var after = Text();
            var diff = Diff(before, after);
            Assert.Equal(before, Before(diff));
            Assert.Equal(after, After(diff));
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
    public void A_very_long_line_goes_over_rows_in_which_only_what_changed_differs()
    {
        var words = string.Join(' ', Enumerable.Range(0, 20_000).Select(i => $"word{i}"));
        var diff = Diff("first\n" + words, "first\n" + words.Replace("word700 ", "WORD700 ", StringComparison.Ordinal).Replace("word15000 ", "", StringComparison.Ordinal));
        Assert.Equal(2, diff.Changes);
        Assert.Equal(["word700", " word15000"], diff.Rows.SelectMany(row => row.Old).Where(piece => piece.Differs).Select(piece => piece.Text));
        Assert.All(diff.Rows, row => Assert.InRange(row.Length, 0, 400));
        Assert.Equal([1, 2], diff.Rows.Where(row => row.OldLine is not null).Select(row => row.OldLine!.Value));
        Assert.Equal("first\n" + words, Before(diff));
    }

    [Fact]
    public void No_sign_of_two_units_is_torn()
    {
        var smiles = string.Concat(Enumerable.Repeat("\U0001F600", 3_000));
        foreach (var (before, after) in new[] { (smiles, smiles + "\U0001F601"), (smiles, ""), (smiles + "a", "\U0001F601" + smiles) })
        {
            var diff = Diff(before, after);
            Assert.All(diff.Rows.SelectMany(row => row.Old.Concat(row.New)), piece => Assert.False(char.IsLowSurrogate(piece.Text[0]) || char.IsHighSurrogate(piece.Text[^1])));
            Assert.Equal((before, after), (Before(diff), After(diff)));
        }
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
            var layout = new DiffLayout(diff, DiffMode.SideBySide, new HashSet<int>());
            Assert.True(before == Before(diff), name);
            Assert.True(after == After(diff), name);
            Assert.All(layout.Blocks, block => Assert.InRange(block.To - block.From, 1, 50));
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

    private static string Before(DraftDiff diff) => Side(diff.Rows.Select(r => (r.OldLine, r.Old, r.Continues)));

    private static string After(DraftDiff diff) => Side(diff.Rows.Select(r => (r.NewLine, r.New, r.Continues)));

    private static string Side(IEnumerable<(int? Line, IReadOnlyList<DiffPiece> Pieces, bool Continues)> rows)
    {
        var lines = new List<StringBuilder>();
        foreach (var (line, pieces, continues) in rows)
        {
            if (line is not null)
            {
                lines.Add(new StringBuilder());
            }
            Assert.True(line is not null || continues || pieces.Count == 0);
            foreach (var piece in pieces)
            {
                lines[^1].Append(piece.Text);
            }
        }
        return string.Join('\n', lines);
    }

    private static IElement Drawn(string before, string after, DiffMode mode)
    {
        var diff = Diff(before, after);
        return RenderingSupport.Parse(DiffMarkup.Of(diff, 0, diff.Rows.Count, mode, RenderingSupport.Words).ToString()).Body!;
    }
}
