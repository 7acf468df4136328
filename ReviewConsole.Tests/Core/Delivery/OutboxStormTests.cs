using System.Collections.Concurrent;
using ReviewConsole.Tests.Core.Ledger;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Core.Delivery;

/// <summary>R11 of TRUST.md: what is to be told arrives through faults and restarts, and a repeat is the same call.</summary>
public sealed class OutboxStormTests(ITestOutputHelper output)
{
    /// <param name="Answered">How often each call was taken with success, by its id.</param>
    private sealed record Storm(long Told, long Delivered, long Dead, int Faults, IReadOnlyList<Call> Calls, IReadOnlyDictionary<string, int> Answered)
    {
        /// <summary>Neither taken nor kept as a dead letter.</summary>
        public long Lost => Told - Dead - Answered.Count;
    }

    [Fact]
    public async Task R11_faults_and_restarts_lose_nothing_and_a_repeat_is_the_same_call()
    {
        var (count, restarts) = (Sizes.Of("RC_R11_WEBHOOKS", 2_000), Sizes.Of("RC_R11_RESTARTS", 6));
        var storm = await RunAsync(count, restarts, forgetsFailures: false);
        var bodies = storm.Calls.GroupBy(static call => call.Id).ToList();
        output.WriteLine(
            $"R11: {storm.Told} webhooks, {storm.Faults} faults in {storm.Calls.Count} calls, {restarts + 1} restarts, {storm.Lost} lost, {storm.Dead} dead letters, {storm.Answered.Values.Count(static n => n > 1)} repeated after success");
        Assert.InRange(storm.Told, count, long.MaxValue);
        Assert.Equal(storm.Told, storm.Delivered + storm.Dead);
        Assert.Equal(storm.Delivered, storm.Answered.Count);
        Assert.Equal(0, storm.Lost);
        Assert.Equal(storm.Told, bodies.Count);
        Assert.InRange(storm.Faults, storm.Calls.Count / 5, storm.Calls.Count / 2);
        Assert.All(bodies, static calls => Assert.Single(calls.Select(static call => Convert.ToHexString(call.Body)).Distinct()));
        Assert.Equal(storm.Told, bodies.Select(static calls => Convert.ToHexString(calls.First().Body)).Distinct().Count());
    }

    [Fact]
    public async Task R11_control_an_outbox_that_forgets_failures_would_be_found()
    {
        var storm = await RunAsync(200, restarts: 6, forgetsFailures: true);
        output.WriteLine($"R11 control: an outbox that takes a failure for a delivery, {storm.Lost} of {storm.Told} webhooks lost");
        Assert.True(storm.Lost > 0);
    }

    private static async Task<Storm> RunAsync(int count, int restarts, bool forgetsFailures)
    {
        await using var receiver = await Receiver.StartAsync();
        await using var room = DeliveryHarness.Open();
        await room.AddEndpointAsync("a", receiver.Url + "/a");
        await room.AddEndpointAsync("b", receiver.Url + "/b");
        if (forgetsFailures)
        {
            await room.Writer.RunAsync(
                static scope => scope.Prepare(
                    "CREATE TRIGGER forgets AFTER UPDATE ON outbox WHEN NEW.state = 'due' AND NEW.attempts > 0 BEGIN UPDATE outbox SET state = 'delivered' WHERE entry = NEW.entry; END").ExecuteNonQuery(),
                TestContext.Current.CancellationToken);
        }

        var (random, draws, faults) = (new Random(20260302), new Lock(), 0);
        var answered = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        receiver.Answer = (call, http) =>
        {
            int draw;
            lock (draws)
            {
                draw = random.Next(100);
            }

            if (draw >= 30)
            {
                answered.AddOrUpdate(call.Id, 1, static (_, n) => n + 1);
                return Receiver.Status(http, 200);
            }

            Interlocked.Increment(ref faults);
            if (draw < 10)
            {
                http.Abort();
                return Task.CompletedTask;
            }

            return Receiver.Status(http, draw < 20 ? 503 : 404);
        };
        room.Start();
        for (var part = 0; part <= restarts; part++)
        {
            var before = receiver.Calls.Count;
            await room.TellAsync("a", count: (count / 2 / (restarts + 1)) + 1);
            await room.TellAsync("b", count: (count / 2 / (restarts + 1)) + 1);
            await Eventually.HoldsAsync("twenty more calls came", () => receiver.Calls.Count > before + 20);
            await room.RestartAsync();
        }

        for (var i = 0; room.Scalar("SELECT count(*) FROM outbox WHERE state = 'due'") > 0; i++)
        {
            Assert.InRange(i, 0, 20);
            await room.PassAsync(TimeSpan.FromHours(29));
        }

        return new Storm(
            room.Scalar("SELECT count(*) FROM outbox"), room.Scalar("SELECT count(*) FROM outbox WHERE state = 'delivered'"), room.Scalar("SELECT count(*) FROM outbox WHERE state = 'dead'"),
            faults, [.. receiver.Calls], answered);
    }
}
