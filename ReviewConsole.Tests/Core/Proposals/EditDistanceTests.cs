using ReviewConsole.Core.Proposals;

namespace ReviewConsole.Tests.Core.Proposals;

public sealed class EditDistanceTests
{
    [Theory]
    [InlineData("", "", 0)]
    [InlineData("same", "same", 0)]
    [InlineData("", "abc", 3)]
    [InlineData("abc", "", 3)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("5074.00", "1292.00", 4)]
    [InlineData("flaw", "lawn", 2)]
    [InlineData("a😀b", "a😁b", 1)]
    public void Characters_put_in_taken_out_or_replaced(string from, string to, int distance) => Assert.Equal(distance, EditDistance.Between(from, to));

    [Fact]
    public void It_is_the_distance_of_the_table()
    {
        var random = new Random(7);
        for (var i = 0; i < 2_000; i++)
        {
            var (a, b) = (Any(random), Any(random));
            Assert.Equal(ByTable(a, b), EditDistance.Between(a, b));
        }
    }

    [Fact]
    public void A_large_text_counts_its_few_edits_and_a_rewritten_one_as_a_whole()
    {
        var text = string.Concat(Enumerable.Range(0, 40_000).Select(i => $"{i} "));
        Assert.Equal(3, EditDistance.Between(text, "x" + text.Replace("20000", "2O000", StringComparison.Ordinal) + "y"));
        Assert.Equal(200_000, EditDistance.Between(new string('a', 200_000), new string('b', 200_000)));
    }

    private static string Any(Random random) => string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => "abc"[random.Next(3)]));

    private static int ByTable(string a, string b)
    {
        var table = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                table[i, j] = i == 0 || j == 0 ? i + j : Math.Min(Math.Min(table[i - 1, j], table[i, j - 1]) + 1, table[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
            }
        }

        return table[a.Length, b.Length];
    }
}
