using ReviewConsole.Core.Gate;
using Xunit;

namespace ReviewConsole.Tests.Core.Gate;

/// <summary>Which version is in force at a time, against a clock that is followed act by act, on many histories that a fixed seed makes.</summary>
public sealed class PolicyForceTests(ITestOutputHelper output)
{
    [Fact]
    public void What_is_in_force_is_what_somebody_who_watched_the_clock_would_say()
    {
        var random = new Random(47);
        var (asked, cancelled) = (0, 0);
        for (var i = 0; i < 2_000; i++)
        {
            var acts = Any(random);
            var force = new PolicyForce(acts);
            for (var time = 0L; time < 60; time++)
            {
                var (expected, next) = Watch(acts, time);
                Assert.Equal(expected, force.At(time));
                cancelled += acts.Count(act => act.Made <= time && act.Effective > time && act != next);
                asked++;
                // Later acts change nothing about a time before them.
                Assert.Equal(expected, new PolicyForce([.. acts.Where(act => act.Seq == 0 || act.Made <= time)]).At(time));
                Assert.Equal(next, new PolicyForce([.. acts.Where(act => act.Seq == 0 || act.Made <= time)]).Next(time));
            }
        }

        output.WriteLine($"in force: {asked} times asked over 2000 histories, {cancelled} cancelled acts met, 0 differ");
        Assert.True(cancelled > 1_000);
    }

    [Fact]
    public void There_is_a_policy_before_the_first_ones_time_and_when_the_clock_was_set_back()
    {
        Assert.Equal(1, new PolicyForce([Act(0, 100, 100, 1)]).At(5)?.Policy);
        var setBack = new PolicyForce([Act(0, 100, 100, 1), Act(1, 50, 200, 2)]);
        Assert.Equal((1, 1, 2), (setBack.At(60)?.Policy, setBack.At(150)?.Policy, setBack.At(200)?.Policy));
        Assert.Null(new PolicyForce([]).At(5));
    }

    private static PolicyAct Act(long seq, long made, long effective, long policy) => new(seq, PolicyActKind.Published, "p1", made, effective, policy);

    private static List<PolicyAct> Any(Random random)
    {
        var acts = new List<PolicyAct>();
        var made = 0L;
        for (var i = 0; i < random.Next(1, 9); i++)
        {
            acts.Add(Act(i, made, made + (random.Next(2) == 0 || i == 0 ? 0 : random.Next(20)), random.Next(4)));
            made += random.Next(8);
        }

        return acts;
    }

    // One policy counts and one may wait; an act takes the waiting one's place.
    private static (PolicyAct? InForce, PolicyAct? Next) Watch(List<PolicyAct> acts, long until)
    {
        (PolicyAct? inForce, PolicyAct? waiting) = (null, null);
        for (var now = 0L; now <= until; now++)
        {
            if (waiting?.Effective == now)
            {
                (inForce, waiting) = (waiting, null);
            }

            foreach (var act in acts.Where(act => act.Made == now))
            {
                (inForce, waiting) = act.Effective == now ? (act, null) : (inForce, act);
            }
        }

        return (inForce, waiting);
    }
}
