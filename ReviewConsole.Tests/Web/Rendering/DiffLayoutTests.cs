using ReviewConsole.Rendering;
using Xunit;

namespace ReviewConsole.Tests.Web.Rendering;

public sealed class DiffLayoutTests
{
    private static readonly string s_same = string.Join('\n', Enumerable.Range(0, 500).Select(i => $"line {i}"));

    [Fact]
    public void What_is_the_same_is_folded_but_three_lines_around_each_change()
    {
        var layout = Layout(s_same + "\nold\n" + s_same, s_same + "\nnew\n" + s_same);
        Assert.Equal([(0, 497, true), (497, 504, false), (504, 1001, true)], layout.Blocks.Select(block => (block.From, block.To, block.IsFold)));
    }

    [Fact]
    public void A_fold_that_is_open_stays_above_its_lines_which_come_in_blocks()
    {
        var layout = Layout(s_same + "\nold", s_same + "\nnew", 0);
        Assert.Equal(new DiffBlock(0, 497, true), layout.Blocks[0]);
        Assert.All(layout.Blocks.Skip(1), block => Assert.False(block.IsFold));
        Assert.Equal(Enumerable.Range(0, 501), layout.Blocks.Skip(1).SelectMany(block => Enumerable.Range(block.From, block.To - block.From)));
    }

    [Theory]
    [InlineData(11 + 6, false)]
    [InlineData(12 + 6, true)]
    public void Short_stretches_are_not_folded(int between, bool folded)
    {
        var same = string.Join('\n', Enumerable.Range(0, between));
        Assert.Equal(folded, Layout($"a\n{same}\nb", $"A\n{same}\nB").Blocks.Any(block => block.IsFold));
    }

    [Fact]
    public void Equal_texts_and_the_final_text_are_shown_whole()
    {
        Assert.DoesNotContain(Layout(s_same, s_same).Blocks, block => block.IsFold);
        Assert.DoesNotContain(new DiffLayout(Diff(s_same + "\na", s_same + "\nb"), DiffMode.Final, new HashSet<int>()).Blocks, block => block.IsFold);
    }

    [Fact]
    public void Every_line_leads_to_its_block_and_every_change_to_the_block_that_shows_it()
    {
        var random = new Random(5);
        var before = Enumerable.Range(0, 3_000).Select(i => new string('x', random.Next(200)) + i).ToArray();
        var after = before.Select((line, i) => i % 97 == 0 ? line + " changed" : line);
        var diff = Diff(string.Join('\n', before), string.Join('\n', after));
        var layout = new DiffLayout(diff, DiffMode.SideBySide, new HashSet<int>());
        for (var block = 0; block < layout.Blocks.Count; block++)
        {
            Assert.Equal(block, layout.BlockAt(layout.LinesBefore(block)));
            Assert.Equal(block, layout.BlockAt(layout.LinesBefore(block + 1) - 1));
        }
        Assert.Equal(diff.Changes, diff.Starts.Select(layout.BlockOf).Count(block => block >= 0 && !layout.Blocks[block].IsFold));
        Assert.Equal((0, layout.Blocks.Count - 1), (layout.BlockAt(-40), layout.BlockAt(int.MaxValue - 1)));
    }

    [Fact]
    public void Empty_texts_have_no_blocks() => Assert.Empty(Layout("", "").Blocks);

    private static DraftDiff Diff(string before, string after) => DraftDiff.Between(before, after, TestContext.Current.CancellationToken);

    private static DiffLayout Layout(string before, string after, params int[] open) => new(Diff(before, after), DiffMode.SideBySide, open.ToHashSet());
}
