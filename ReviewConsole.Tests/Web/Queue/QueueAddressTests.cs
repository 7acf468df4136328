using ReviewConsole.Components.Queue;
using ReviewConsole.Core.Queue;

namespace ReviewConsole.Tests.Web.Queue;

/// <summary>A filter is a link: whatever is chosen comes back from its address.</summary>
public sealed class QueueAddressTests
{
    private const string Letters = "abcXYZ019 -_.:/?#&=+%äß日\u202e\"'<>";

    [Fact]
    public void Every_filter_comes_back_from_its_address()
    {
        var random = new Random(20_260_302);
        for (var round = 0; round < 2_000; round++)
        {
            var filter = Any(random);
            var address = QueueAddress.Write(filter);
            Assert.True(Uri.IsWellFormedUriString(address, UriKind.Relative), address);
            var back = QueueAddress.Read(address.Contains('?', StringComparison.Ordinal) ? address[address.IndexOf('?', StringComparison.Ordinal)..] : "");
            Assert.Equal(filter.View, back.View);
            Assert.Equal(filter.Kinds, back.Kinds);
            Assert.Equal(filter.Risks, back.Risks);
            Assert.Equal(filter.Sources, back.Sources);
            Assert.Equal(filter.Queues, back.Queues);
            Assert.Equal((filter.Check, filter.Assignee, filter.Text), (back.Check, back.Assignee, back.Text));
            Assert.Equal(address, QueueAddress.Write(back));
        }
    }

    [Fact]
    public void A_review_leads_back_to_the_list_it_was_opened_from_with_its_row()
    {
        var random = new Random(20_261_123);
        for (var round = 0; round < 200; round++)
        {
            var (filter, id) = (Any(random), Guid.CreateVersion7());
            var back = QueueAddress.BackFrom(QueueAddress.Review(id, filter));
            var query = back[back.IndexOf('?', StringComparison.Ordinal)..];
            Assert.Equal((QueueAddress.Write(filter, id), (Guid?)id), (back, QueueAddress.Row(query)));
            Assert.Equal(QueueAddress.Write(filter), QueueAddress.Write(QueueAddress.Read(query)));
        }
    }

    [Theory]
    [InlineData("history?text=a")]
    [InlineData("reviews/none?view=mine")]
    [InlineData("")]
    public void Elsewhere_back_is_the_whole_queue(string address) => Assert.Equal("queue", QueueAddress.BackFrom(address));

    [Theory]
    [InlineData("?view=nonsense&risk=extreme&unknown=1")]
    [InlineData("?view=&kind=&text=%20")]
    [InlineData("")]
    public void What_is_not_known_restricts_nothing(string query) => Assert.Equal("queue", QueueAddress.Write(QueueAddress.Read(query)));

    [Fact]
    public void A_value_goes_in_and_out_of_a_list()
    {
        Assert.Equal(["a", "b"], QueueAddress.Toggle(["a"], "b"));
        Assert.Equal(["a"], QueueAddress.Toggle(["a", "b"], "b"));
    }

    private static QueueFilter Any(Random random)
    {
        return new QueueFilter(
            (QueueView)random.Next(7), List(), [.. QueueAddress.Risks.Where(_ => random.Next(2) == 0)], List(), List(), Maybe(), Maybe(), Maybe());

        string[] List() => [.. Enumerable.Range(0, random.Next(3)).Select(_ => Word()).Distinct(StringComparer.Ordinal)];

        string? Maybe() => random.Next(2) == 0 ? null : Word();

        string Word() => ("x" + string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => Letters[random.Next(Letters.Length)]))).Trim();
    }
}
