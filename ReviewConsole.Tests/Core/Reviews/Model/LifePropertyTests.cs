using FsCheck;
using FsCheck.Fluent;
using ReviewConsole.Tests.Core.Ledger;
using Xunit;

namespace ReviewConsole.Tests.Core.Reviews.Model;

/// <summary>R6 of TRUST.md: random lives of reviews against an independent model.</summary>
public sealed class LifePropertyTests(ITestOutputHelper output)
{
    private static readonly string[] s_all =
    [
        "AlreadyDecided", "AlreadyJudged", "AlreadyReleased", "AlreadyReported", "AlreadyStarted", "Cancelled", "ChecksNotAcknowledged", "ClaimLost", "ConflictOfInterest", "DigestMismatch",
        "EvidenceNotSeen", "Expired", "HeldByAnother", "Invalid", "JudgementRequired", "LineStopped", "NotHeld", "NotPermitted", "NotReleased", "NotStarted", "NothingChanged", "RationaleRequired",
        "ReasonUnknown", "RollbackAsked", "StaleRevision", "WaitingOnSource",
    ];

    [Fact]
    public void R6_random_lives_go_as_the_model_says()
    {
        var (sequences, length) = (Sizes.Of("RC_R6_LIVES", 2_000), Sizes.Of("RC_R6_LENGTH", 40));
        var refusals = new Dictionary<string, int>(StringComparer.Ordinal);
        var distinct = Run(LifeBug.None, sequences, length, refusals);
        var refused = refusals.Values.Sum();
        output.WriteLine(
            $"R6: {sequences} lives ({distinct} different ones) of {length} commands, {refused} refused as the model says: "
            + string.Join(", ", refusals.OrderByDescending(static r => r.Value).Select(r => $"{r.Key} {100.0 * r.Value / refused:0.0} %")));
        Assert.Equal(s_all, refusals.Keys.Order(StringComparer.Ordinal));
        Assert.All(refusals, refusal => Assert.True(refusal.Value >= refused / 100.0, $"{refusal.Key} came up {refusal.Value} times in {refused}: tune the generator."));
    }

    [Fact]
    public void R6_control_every_switched_on_bug_is_found()
    {
        var found = 0;
        foreach (var bug in Enum.GetValues<LifeBug>().Where(static bug => bug != LifeBug.None))
        {
            var failure = Record.Exception(() => Run(bug, 500, 40, []));
            Assert.True(failure is not null, $"Nobody noticed {bug}.");
            found++;
        }

        output.WriteLine($"R6 control: {found} of {found} switched-on bugs found");
    }

    private static int Run(LifeBug bug, int sequences, int length, Dictionary<string, int> refusals)
    {
        var different = new HashSet<string>(StringComparer.Ordinal);
        Prop.ForAll(LifeCommands.Sequences(length), commands =>
        {
            different.Add(string.Join('\n', commands.AsEnumerable()));
            var world = new LifeWorld(bug, refusals);
            foreach (var command in commands)
            {
                world.Step(command);
            }
        })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(sequences).WithReplay(4711UL, 0x9E3779B97F4A7C15UL));
        return different.Count;
    }
}
