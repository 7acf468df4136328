using ReviewConsole.Tests.Core.Ledger;
using Xunit;

namespace ReviewConsole.Tests.Api;

/// <summary>R1 and R23 of TRUST.md: the real server under kill -9.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    [Fact]
    public async Task R1_R23_nothing_acknowledged_is_lost_and_no_key_makes_two_reviews()
    {
        var (keys, kills) = (Sizes.Of("RC_R23_KEYS", 2_000), Sizes.Of("RC_R1_KILLS", 12));
        await using var run = new KillRun(ServerBug.None);
        await run.RunAsync(keys, kills);
        Assert.Empty(run.Wrong);
        var (reviews, lost, twice) = run.Count();
        output.WriteLine($"R1: {run.Acknowledged} acknowledged submits, {kills} kills of the real server ({run.Cut} requests cut off), {lost} lost");
        output.WriteLine($"R23: {keys} keys, {run.Repeats} repeats and races, {kills} kills: {reviews} reviews, {twice} keys with two");
        Assert.Equal((keys, 0, 0), (reviews, lost, twice));
        run.Verify();
    }

    [Fact]
    public async Task R1_control_a_server_that_answers_before_the_commit_would_be_found()
    {
        await using var run = new KillRun(ServerBug.AnswersBeforeCommit);
        await run.RunAsync(keys: 100, kills: 2);
        var (_, lost, _) = run.Count();
        output.WriteLine($"R1 control: a server that answers before the commit, {lost} of {run.Acknowledged} acknowledged submits lost by kills");
        Assert.True(lost > 0);
    }

    [Fact]
    public async Task R23_control_a_server_that_does_not_know_keys_would_be_found()
    {
        await using var run = new KillRun(ServerBug.KnowsNoKeys);
        await run.RunAsync(keys: 100, kills: 1);
        var (_, _, twice) = run.Count();
        output.WriteLine($"R23 control: a server that does not know keys, {twice} keys with two reviews, {run.Wrong.Count} told of by the answers");
        Assert.True(twice > 0 && run.Wrong.Count > 0);
    }
}
