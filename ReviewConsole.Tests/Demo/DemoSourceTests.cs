using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using ReviewConsole.Client;
using ReviewConsole.Demo;
using ReviewConsole.Demo.Cases;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Demo;

public sealed class DemoSourceTests
{
    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);

    private readonly FakeTime _time = new();
    private readonly FakeConsole _console = new();

    [Fact]
    public async Task A_burst_fills_the_queue_then_one_comes_every_20_to_40_seconds_until_enough_are_open()
    {
        await using var demo = Start();
        Assert.Equal(40, _console.Reviews.Count);
        _time.Advance(s_minute * 4);
        Assert.InRange(_console.Reviews.Count, 46, 52);
        _time.Advance(s_minute * 20);
        Assert.Equal(60, _console.Open.Count());
        _console.Open.First().Reject("cancel");
        _time.Advance(s_minute * 2);
        Assert.Equal((60, 61), (_console.Open.Count(), _console.Reviews.Count));
    }

    [Fact]
    public async Task A_console_that_does_not_answer_is_asked_again()
    {
        _console.Silent = true;
        await using var demo = Start(new DemoOptions { Burst = 5, OpenAtMost = 1 }, _time, _console);
        for (var minute = 0; minute < 5; minute++)
        {
            _time.Advance(s_minute);
        }

        Assert.Empty(_console.Reviews);
        _console.Silent = false;
        _time.Advance(s_minute);
        Assert.NotEmpty(_console.Reviews);

        // In the middle of its work too.
        _console.Silent = true;
        _time.Advance(s_minute * 5);
        _console.Silent = false;
        var before = _console.Reviews.Count;
        _console.Open.ToList().ForEach(static review => review.Reject("cancel"));
        _time.Advance(s_minute * 5);
        Assert.True(_console.Reviews.Count > before);
    }

    [Fact]
    public async Task The_same_seed_proposes_the_same_bytes()
    {
        await using (Start())
        {
            _time.Advance(s_minute * 5);
        }

        var (time, console) = (new FakeTime(), new FakeConsole());
        await using (Start(new DemoOptions(), time, console))
        {
            time.Advance(s_minute * 5);
        }

        Assert.Equal(_console.Reviews.Select(static r => r.Body.ToJsonString()), console.Reviews.Select(static r => r.Body.ToJsonString()));
    }

    [Fact]
    public async Task What_is_approved_is_started_and_ends_well_but_for_one_in_eight_and_one_in_twelve()
    {
        await using var demo = Start();
        foreach (var review in _console.Open.Take(24).ToList())
        {
            review.Approve();
            _time.Advance(TimeSpan.FromSeconds(6));
        }

        var done = _console.Reviews.Take(24).ToList();
        Assert.All(done, static review => Assert.Equal("started", review.Reports[0]));
        Assert.Equal((19, 3, 2), (Ended(done, "succeeded"), Ended(done, "failed"), Ended(done, "unknown")));
        Assert.Equal([2], done.Index().Where(static r => r.Item.Refused.Contains("digest-mismatch")).Select(static r => r.Index));
    }

    [Fact]
    public async Task A_correction_is_carried_out_as_corrected()
    {
        await using var demo = Start("fifteen-dollars");
        var review = _console.Get("fifteen-dollars.0.1");
        var arguments = review.Body["action"]!["arguments"]!.DeepClone().AsObject();
        arguments["amount"] = "12.00";
        review.Correct(arguments);
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(["started", "succeeded"], review.Reports);
        Assert.Empty(review.Refused);
    }

    [Fact]
    public async Task A_rejection_with_retry_brings_the_suggested_action_linked_and_three_attempts_are_the_end()
    {
        await using var demo = Start("goodwill-again");
        var suggested = new JsonObject { ["name"] = "issue_refund", ["arguments"] = new JsonObject { ["order"] = "AO-1", ["amount"] = "250.00", ["currency"] = "USD" } };
        _console.Get("goodwill-again.0.1").Reject("retry", suggested, "Stay within the limit.");
        _time.Advance(TimeSpan.FromSeconds(5));
        var second = _console.Get("goodwill-again.0.2");
        Assert.Equal(("r1", "250.00"), ((string?)second.Body["retryOf"], (string?)second.Body["action"]!["arguments"]!["amount"]));
        Assert.Equal("Stay within the limit.", (string?)second.Body["evidence"]!.AsArray()[^1]!["content"]);
        Assert.Null(second.Body["impact"]!["amount"]);

        second.Reject("retry");
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("r2", (string?)_console.Get("goodwill-again.0.3").Body["retryOf"]);
        _console.Get("goodwill-again.0.3").Reject("retry");
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(3, _console.Reviews.Count);
    }

    [Fact]
    public async Task A_rejection_with_retry_and_no_suggestion_brings_what_the_case_does_better()
    {
        await using var demo = Start("north-of-the-border");
        _console.Get("north-of-the-border.0.1").Reject("retry", message: "The customer paid in CAD.");
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("CAD", (string?)_console.Get("north-of-the-border.0.2").Body["action"]!["arguments"]!["currency"]);
    }

    [Fact]
    public async Task A_plain_rejection_ends_the_matter()
    {
        await using var demo = Start("front-desk");
        _console.Reviews[0].Reject("cancel");
        _time.Advance(TimeSpan.FromSeconds(15));
        Assert.Empty(_console.Reviews[0].Reports);
        Assert.Single(_console.Reviews);
        Assert.Equal(0, demo.Director.Open);
    }

    [Fact]
    public async Task A_question_is_answered_with_the_missing_evidence()
    {
        await using var demo = Start("return-without-scan");
        var review = _console.Reviews[0];
        review.Return("Did the jacket arrive?");
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(("pending", 2), (review.Status, review.Revision));
        Assert.StartsWith("The returns dock scanned", (string?)review.Body["answer"], StringComparison.Ordinal);
        Assert.Equal("scan", (string?)review.Body["evidence"]!.AsArray()[^1]!["id"]);
        review.Approve();
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(["started", "succeeded"], review.Reports);
    }

    [Fact]
    public async Task What_people_want_undone_is_undone()
    {
        await using var demo = Start("late-parcel");
        var review = _console.Reviews[0];
        review.Approve();
        _time.Advance(TimeSpan.FromSeconds(10));
        review.AskRollback();
        _time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(["started", "succeeded", "rolledBack"], review.Reports);
        Assert.Equal("closed", review.Status);
    }

    [Fact]
    public async Task After_a_kill_it_takes_its_waits_up_again_and_proposes_nothing_twice()
    {
        await using (Start())
        {
            _console.Get(_console.Reviews[0].ExternalId).Reject("retry", message: "Again, please.");
            _time.Advance(TimeSpan.FromSeconds(5));
        }

        var (second, waiting, decided) = (_console.Reviews[^1], _console.Reviews[5], _console.Reviews[6]);
        decided.Approve();
        var before = _console.Reviews.Count;
        await using var demo = Start();
        Assert.Equal(before, _console.Reviews.Count);
        Assert.Equal(before - 1, demo.Director.Open);
        second.Approve();
        waiting.Approve();
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.All([second, waiting, decided], static review => Assert.Equal("started", review.Reports[0]));
        Assert.All([second, waiting, decided], static review => Assert.Equal(2, review.Reports.Count));
    }

    [Fact]
    public async Task What_was_started_before_a_kill_is_not_run_again_but_reported_as_unknown()
    {
        await using (Start("late-parcel"))
        {
            _console.Reviews[0].Approve();
            _time.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(["started"], _console.Reviews[0].Reports);
        }

        await using var demo = Start("late-parcel");
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(["started", "unknown"], _console.Reviews[0].Reports);
    }

    [Fact]
    public async Task What_was_reported_before_a_kill_is_left_to_people()
    {
        await using (Start("late-parcel"))
        {
            _console.Reviews[0].Approve();
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        _console.Reviews[0].Reports.Add("failed");
        await using var demo = Start("late-parcel");
        Assert.Equal(0, demo.Director.Open);
        Assert.Equal(["started", "failed"], _console.Reviews[0].Reports);
    }

    [Fact]
    public async Task Another_action_than_the_proposed_one_does_not_run()
    {
        await using var demo = Start("late-parcel");
        var review = _console.Reviews[0];
        review.Approve();
        review.Outcomes[0]["action"]!["arguments"]!["amount"] = "3840.00";
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Empty(review.Reports);
    }

    [Fact]
    public void Fates_are_as_often_as_promised()
    {
        var fates = Enumerable.Range(0, 2400).Select(Fate.Of).ToList();
        Assert.Equal((300, 200, 1), (fates.Count(static f => f.Ending is Ending.Fails), fates.Count(static f => f.Ending is Ending.StaysUnknown), fates.Count(static f => f.WrongDigestFirst)));
    }

    private static int Ended(IEnumerable<FakeReview> reviews, string report) => reviews.Count(r => r.Reports[^1] == report);

    private Running Start() => Start(new DemoOptions(), _time, _console);

    /// <summary>Only the one case: the sequence is cut before the next one.</summary>
    private Running Start(string key)
    {
        var seed = Enumerable.Range(0, 10_000).First(seed => DemoCases.At(seed, 0).Case.Key == key);
        return Start(new DemoOptions { Seed = seed, Burst = 1, OpenAtMost = 0 }, _time, _console);
    }

    private static Running Start(DemoOptions options, FakeTime time, FakeConsole console)
    {
        var executions = -1;
        var http = new HttpClient(console, disposeHandler: false);
        var sources = DemoCases.All.Select(static c => c.System).Distinct(StringComparer.Ordinal).ToDictionary(
            static system => system,
            system => new DemoSource(
                new ReviewConsoleClient(http, new ReviewConsoleClientOptions { Server = new Uri("http://console.test"), ApiKey = $"rc_{system}", Time = time }),
                system,
                () => Fate.Of(Interlocked.Increment(ref executions)),
                time,
                NullLogger<DemoSource>.Instance),
            StringComparer.Ordinal);
        var director = new DemoDirector(sources, options, time, NullLogger<DemoDirector>.Instance);
        var stop = new CancellationTokenSource();
        return new Running(director, director.RunAsync(stop.Token), stop, http);
    }

    /// <summary>A running demonstration; disposing it is the kill.</summary>
    private sealed record Running(DemoDirector Director, Task Run, CancellationTokenSource Stop, HttpClient Http) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Stop.CancelAsync();
            await Run;
            Stop.Dispose();
            Http.Dispose();
        }
    }
}
