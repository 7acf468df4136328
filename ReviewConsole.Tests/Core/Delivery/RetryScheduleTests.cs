using ReviewConsole.Core.Delivery;
using Xunit;

namespace ReviewConsole.Tests.Core.Delivery;

public sealed class RetryScheduleTests
{
    [Fact]
    public void Ten_attempts_at_the_times_of_the_contract_then_none()
    {
        string[] expected = ["00:00:05", "00:05:00", "00:30:00", "02:00:00", "05:00:00", "10:00:00", "14:00:00", "20:00:00", "1.00:00:00"];
        Assert.Equal(10, RetrySchedule.Attempts);
        Assert.Equal(expected, Enumerable.Range(1, 9).Select(n => RetrySchedule.Next(n, null, 0)!.Value.ToString("c", null)));
        Assert.Null(RetrySchedule.Next(10, null, 0));
        Assert.Null(RetrySchedule.Next(10, TimeSpan.FromHours(1), 0));
    }

    [Fact]
    public void Jitter_only_delays_and_by_a_fifth_at_most()
    {
        for (var failed = 1; failed < RetrySchedule.Attempts; failed++)
        {
            var least = RetrySchedule.Next(failed, null, 0)!.Value;
            Assert.Equal(least * 1.2, RetrySchedule.Next(failed, null, 1)!.Value);
            Assert.InRange(RetrySchedule.Next(failed, null, 0.5)!.Value, least, least * 1.2);
        }
    }

    [Fact]
    public void Retry_after_makes_it_later_never_sooner_and_at_most_a_day()
    {
        Assert.Equal(TimeSpan.FromMinutes(2), RetrySchedule.Next(1, TimeSpan.FromMinutes(2), 0.9));
        Assert.Equal(TimeSpan.FromHours(2), RetrySchedule.Next(4, TimeSpan.FromMinutes(2), 0));
        Assert.Equal(TimeSpan.FromHours(24), RetrySchedule.Next(1, TimeSpan.FromDays(400), 0));
    }
}
