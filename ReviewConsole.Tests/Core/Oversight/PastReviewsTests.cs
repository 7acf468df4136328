using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Oversight;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Core.Oversight;

/// <summary>A back-test beside the console's work: what it says of how far it is, and that it ends when nobody waits for it any more.</summary>
public sealed class PastReviewsTests
{
    [Fact]
    public async Task It_says_how_far_it_is_comes_to_what_a_back_test_comes_to_and_takes_only_the_days_asked_for()
    {
        await using var desk = new TestDesk();
        await desk.SubmitAsync();
        desk.Time.Advance(TimeSpan.FromDays(3));
        await desk.SubmitAsync();
        await desk.SubmitAsync();
        var (reviews, told) = (new PastReviews(desk.Store.Database, new HurriedTime(desk.Time)), new List<(long, long)>());

        var all = await reviews.BacktestAsync(PolicyReader.Default, null, null, (done, total) => told.Add((done, total)), TestContext.Current.CancellationToken);
        var day = await reviews.BacktestAsync(PolicyReader.Default, 1, null, static (_, _) => { }, TestContext.Current.CancellationToken);

        Assert.Equal([(1, 3), (2, 3), (3, 3)], told);
        Assert.Equal((3, 2), (all.Report.Items, day.Report.Items));
        var direct = new Backtest(PolicyReader.Default);
        foreach (var item in new RecordedReviews(desk.Store.Database, 0).Read())
        {
            direct.Add(item);
        }

        Assert.Equal(direct.Report().Verdicts, all.Report.Verdicts);

        // Of another signal it draws another frontier; which ones there are is told with it.
        var signal = Assert.Single(all.Signals);
        var own = await reviews.BacktestAsync(PolicyReader.Default, null, signal, static (_, _) => { }, TestContext.Current.CancellationToken);
        Assert.Equal((null, signal), (all.Report.Signal, own.Report.Signal));
        Assert.Equal(all.Report.Frontier, own.Report.Frontier);
        Assert.Empty((await reviews.BacktestAsync(PolicyReader.Default, null, "another", static (_, _) => { }, TestContext.Current.CancellationToken)).Report.Frontier);
    }

    [Fact]
    public async Task It_is_given_up_in_its_middle_and_lets_the_next_one_run()
    {
        await using var desk = new TestDesk();
        for (var i = 0; i < 3; i++)
        {
            await desk.SubmitAsync();
        }

        var (reviews, told) = (new PastReviews(desk.Store.Database, new HurriedTime(desk.Time)), new List<long>());
        using var left = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reviews.BacktestAsync(
            PolicyReader.Default, null, null,
            (done, _) =>
            {
                told.Add(done);
                left.Cancel();
            },
            left.Token));

        Assert.Equal([1L], told);
        Assert.Equal(3, (await reviews.BacktestAsync(PolicyReader.Default, null, null, static (_, _) => { }, TestContext.Current.CancellationToken)).Report.Items);
    }

    /// <summary>Between any two looks at this clock a second has passed.</summary>
    private sealed class HurriedTime(TimeProvider day) : TimeProvider
    {
        private long _looks;

        public override long TimestampFrequency => 1;

        public override DateTimeOffset GetUtcNow() => day.GetUtcNow();

        public override long GetTimestamp() => ++_looks;
    }
}
