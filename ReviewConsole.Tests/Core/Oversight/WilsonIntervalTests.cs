using ReviewConsole.Core.Oversight;
using Xunit;

namespace ReviewConsole.Tests.Core.Oversight;

public sealed class WilsonIntervalTests
{
    [Theory]
    [InlineData(4, 40, 0.039580, 0.230518)]
    [InlineData(1, 10, 0.017876, 0.404150)]
    [InlineData(0, 16, 0.000000, 0.193608)]
    [InlineData(10, 10, 0.722467, 1.000000)]
    public void It_says_what_the_tables_say(int count, int of, double low, double high)
    {
        var interval = new Rate(count, of).Interval!.Value;
        Assert.Equal(low, interval.Low, 5);
        Assert.Equal(high, interval.High, 5);
    }

    [Fact]
    public void It_holds_the_share_stays_a_share_and_shrinks_with_more_of_the_same()
    {
        for (var of = 1; of <= 200; of++)
        {
            for (var count = 0; count <= of; count++)
            {
                var (low, high) = new Rate(count, of).Interval!.Value;
                var share = (double)count / of;
                Assert.InRange(share, low, high);
                Assert.InRange(low, 0, 1);
                Assert.InRange(high, 0, 1);
                var twice = new Rate(2 * count, 2 * of).Interval!.Value;
                Assert.True(twice.High - twice.Low < high - low, $"{count} of {of}");
            }
        }
    }

    [Fact]
    public void Of_nothing_there_is_no_share() => Assert.True(new Rate(0, 0) is { Share: null, Interval: null });
}
