using ReviewConsole.Api;
using ReviewConsole.Core.Store;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Api;

public sealed class ReviewSignalsTests
{
    [Fact]
    public void A_wait_ends_with_the_commit_that_touches_its_review_and_is_forgotten_with_its_last_waiter()
    {
        var changes = new Changes();
        using var signals = new ReviewSignals(changes);
        var (one, other, nobodys) = (Guid.Parse("019a0000-0000-7000-8000-000000000001"), Guid.Parse("019a0000-0000-7000-8000-000000000002"), Guid.Empty);
        using (var first = signals.Next(one))
        {
            using (var second = signals.Next(one))
            {
                using var third = signals.Next(other);
                Assert.Equal(2, signals.Waiting);
                changes.Raise(new ChangeSignal(1, new HashSet<Guid> { one }, new HashSet<string>()));
                Assert.True(first.Touched.IsCompleted);
                Assert.True(second.Touched.IsCompleted);
                Assert.False(third.Touched.IsCompleted);
            }

            using var again = signals.Next(one);
            Assert.False(again.Touched.IsCompleted);
        }

        for (var i = 0; i < 100; i++)
        {
            signals.Next(nobodys).Dispose();
        }

        Assert.Equal(0, signals.Waiting);
    }
}
