using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using ReviewConsole.Core.Delivery;
using ReviewConsole.Core.Ledger;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Core.Delivery;

public sealed class OutboxDispatcherTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_released_arrives_signed_and_no_attempt_is_history()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var room = DeliveryHarness.Open();
        var secret = await room.AddEndpointAsync("orders", receiver.Url + "/hooks");
        var size = room.Scalar("SELECT count(*) FROM ledger_entry");
        room.Start();
        var entry = await room.TellAsync("orders");
        await room.QuietAsync();

        var call = Assert.Single(receiver.Calls);
        Assert.Equal("/hooks", call.Path);
        Assert.True(WebhookSecret.TryParse(secret, out var key));
        Assert.Equal(WebhookSignature.Of(call.Id, call.Timestamp, call.Body, [key]), call.Signature);
        Assert.Equal(room.Time.GetUtcNow().ToUnixTimeSeconds(), call.Timestamp);
        Assert.Equal($$$"""{"type":"review.decided","timestamp":"2026-03-02T09:00:00.000Z","data":{"reviewId":"r{{{entry}}}"}}""", Encoding.UTF8.GetString(call.Body));
        Assert.Equal(1, room.Scalar("SELECT count(*) FROM outbox WHERE state = 'delivered' AND status = 204"));
        Assert.Equal(size, room.Scalar("SELECT count(*) FROM ledger_entry"));
    }

    [Fact]
    public async Task A_redirect_is_a_failure_and_is_not_followed()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var room = DeliveryHarness.Open();
        await room.AddEndpointAsync("orders", receiver.Url + "/hooks");
        foreach (var status in new[] { 301, 302, 303, 307, 308 })
        {
            receiver.Answer = (_, http) =>
            {
                http.Response.Headers.Location = "/trap";
                return Receiver.Status(http, status);
            };
            await room.TellAsync("orders");
        }

        room.Start();
        await room.QuietAsync();
        Assert.Equal(5, receiver.Calls.Count);
        Assert.DoesNotContain(receiver.Calls, call => call.Path == "/trap");
        Assert.Equal(5, room.Scalar("SELECT count(*) FROM outbox WHERE state = 'due' AND attempts = 1"));
    }

    [Fact]
    public async Task The_schedule_is_kept_and_ends_in_a_dead_letter_that_can_be_replayed()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var room = DeliveryHarness.Open();
        await room.AddEndpointAsync("orders", receiver.Url);
        receiver.Answer = (_, http) => Receiver.Status(http, 500);
        room.Start();
        var entry = await room.TellAsync("orders");
        double[] hours = [5.0 / 3600, 5.0 / 60, 0.5, 2, 5, 10, 14, 20, 24];
        for (var failed = 1; failed <= hours.Length; failed++)
        {
            await room.QuietAsync();
            Assert.Equal(failed, receiver.Calls.Count);
            var wait = TimeSpan.FromHours(hours[failed - 1]);
            await room.PassAsync(wait - TimeSpan.FromMilliseconds(1));
            await room.QuietAsync();
            Assert.Equal(failed, receiver.Calls.Count);
            await room.PassAsync((wait * 0.2) + TimeSpan.FromMilliseconds(1));
            await Eventually.HoldsAsync("it was tried again", () => receiver.Calls.Count > failed);
        }

        await room.QuietAsync();
        await room.PassAsync(TimeSpan.FromDays(30));
        await room.QuietAsync();
        Assert.Equal(10, receiver.Calls.Count);
        var dead = Assert.Single(room.Outbox.DeadLetters(null, 50));
        Assert.Equal((entry, 10, 500), (dead.Row.Entry, dead.Row.Attempts, dead.Status!.Value));
        Assert.Equal(new OutboxSummary(0, 1, null), room.Outbox.Summary());

        receiver.Answer = (_, http) => Receiver.Status(http, 200);
        Assert.True(await room.Outbox.ReplayAsync(entry, Token));
        room.Dispatcher.Wake();
        await room.QuietAsync();
        Assert.Equal(11, receiver.Calls.Count);
        Assert.Single(receiver.Calls.Select(call => call.Id).Distinct());
        Assert.Empty(room.Outbox.DeadLetters(null, 50));
        Assert.False(await room.Outbox.ReplayAsync(entry, Token));
    }

    [Theory]
    [InlineData("120")]
    [InlineData("Mon, 02 Mar 2026 09:02:00 GMT")]
    public async Task Retry_after_is_honoured(string header)
    {
        await using var receiver = await Receiver.StartAsync();
        await using var room = DeliveryHarness.Open();
        await room.AddEndpointAsync("orders", receiver.Url);
        receiver.Answer = (_, http) =>
        {
            http.Response.Headers.RetryAfter = header;
            return Receiver.Status(http, 503);
        };
        room.Start();
        await room.TellAsync("orders");
        await room.PassAsync(TimeSpan.FromSeconds(119));
        await room.QuietAsync();
        Assert.Single(receiver.Calls);
        await room.PassAsync(TimeSpan.FromSeconds(1));
        await Eventually.HoldsAsync("the second call came", () => receiver.Calls.Count == 2);
    }

    [Fact]
    public async Task Gone_disables_the_endpoint_and_buries_what_was_due_there()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var room = DeliveryHarness.Open();
        await room.AddEndpointAsync("orders", receiver.Url);
        receiver.Answer = (_, http) => Receiver.Status(http, 503);
        room.Start();
        await room.TellAsync("orders", count: 3);
        await room.QuietAsync();
        receiver.Answer = (_, http) => Receiver.Status(http, 410);
        await room.TellAsync("orders");
        await Eventually.HoldsAsync("four are given up", () => room.Scalar("SELECT count(*) FROM outbox WHERE state = 'dead'") == 4);

        var calls = receiver.Calls.Count;
        await room.TellAsync("orders");
        await room.PassAsync(TimeSpan.FromDays(2));
        await room.QuietAsync();
        Assert.Equal(calls, receiver.Calls.Count);
        Assert.False(room.Names.Takes("orders"));
        Assert.Equal(["endpointAdded", "endpointDisabled"], room.EntryTypes());
        Assert.Equal(5, room.Outbox.Summary().Dead);
        Assert.Equal(410, room.Outbox.DeadLetters(5, 1).Single().Status);
    }

    [Fact]
    public async Task Started_at_the_source_counts_as_delivered()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var room = DeliveryHarness.Open();
        await room.AddEndpointAsync("orders", receiver.Url);
        receiver.Answer = (_, http) => Receiver.Status(http, 503);
        room.Start();
        var entry = await room.TellAsync("orders");
        await room.QuietAsync();
        await room.Writer.RunAsync(
            scope =>
            {
                OutboxRows.PickedUp(scope, entry);
                return 0;
            },
            Token);
        await room.PassAsync(TimeSpan.FromDays(2));
        await room.QuietAsync();
        Assert.Single(receiver.Calls);
        Assert.Equal(1, room.Scalar("SELECT count(*) FROM outbox WHERE state = 'pickedUp'"));
    }

    [Fact]
    public async Task Erased_and_homeless_ones_are_dead_without_a_call()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var room = DeliveryHarness.Open();
        await room.AddEndpointAsync("orders", receiver.Url);
        room.Data = static _ => null;
        room.Start();
        await room.TellAsync("orders");
        await room.TellAsync("nobody");
        await room.QuietAsync();
        Assert.Empty(receiver.Calls);
        Assert.Equal(["endpoint-removed", "erased"], room.Outbox.DeadLetters(null, 9).Select(letter => letter.Fault));
    }

    [Fact]
    public async Task A_refused_address_is_a_failed_attempt()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var room = DeliveryHarness.Open(development: false);
        await room.AddEndpointAsync("orders", "https://localhost:" + new Uri(receiver.Url).Port);
        room.Start();
        await room.TellAsync("orders");
        await room.QuietAsync();
        Assert.Empty(receiver.Calls);
        Assert.Equal(1, room.Scalar("SELECT count(*) FROM outbox WHERE state = 'due' AND attempts = 1 AND fault = 'address-refused'"));
    }

    [Fact]
    public async Task Silence_is_a_timeout_and_does_not_hold_up_another_endpoint()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var room = DeliveryHarness.Open();
        await room.AddEndpointAsync("silent", receiver.Url + "/silent");
        await room.AddEndpointAsync("quick", receiver.Url + "/quick");
        // The silent one answers nothing until the caller hangs up.
        receiver.Answer = (call, http) => call.Path == "/quick" ? Receiver.Status(http, 200) : Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, http.RequestAborted);
        room.Start();
        await room.TellAsync("silent", count: 100);
        await room.TellAsync("quick", count: 50);
        await Eventually.HoldsAsync("all fifty quick ones are delivered", () => room.Scalar("SELECT count(*) FROM outbox WHERE state = 'delivered'") == 50);
        await Eventually.HoldsAsync("all are called", () => receiver.Calls.Count == 58);
        await Eventually.HoldsAsync("eight are under way", () => room.Dispatcher.UnderWay == 8);

        room.Time.Advance(WebhookSender.Patience);
        await Eventually.HoldsAsync("all eight have timed out", () => room.Scalar("SELECT count(*) FROM outbox WHERE fault = 'timeout' AND attempts = 1") == 8);
    }

    [Fact]
    public async Task A_question_is_told_from_its_entries_and_gone_when_erased()
    {
        await using var room = DeliveryHarness.Open();
        var review = Guid.CreateVersion7(room.Time.GetUtcNow());
        var returned = await room.Writer.RunAsync(
            scope =>
            {
                var decided = scope.Append(new EntryDraft("decided", review, 2, "p1", "api", "op", [], [new SealedPart(SealedNames.Message, "Which of the two \"orders\"?"u8.ToArray())]));
                return scope.Append(ReviewEvents.Draft(new Returned { Decision = decided }, review, 2, "p1", null, null));
            },
            Token);
        var row = new OutboxRow(returned, review, "orders", WebhookType.Returned, "msg_1", 0, 0);
        var questions = new QuestionData(room.Database);
        Assert.Equal($$"""{"question":"Which of the two \"orders\"?","reviewId":"{{review}}","revision":2}""", Encoding.UTF8.GetString(questions.Of(row)!));
        Assert.Equal(questions.Of(row), questions.Of(row));

        await room.Writer.RunAsync(scope => scope.Prepare("DELETE FROM sealed").ExecuteNonQuery(), Token);
        Assert.Null(questions.Of(row));
    }

    [Fact]
    public void Each_type_has_its_word()
    {
        string[] words = ["review.decided", "review.expired", "review.cancelled", "review.returned", "review.rollbackRequested"];
        string[] own = [WebhookType.Decided, WebhookType.Expired, WebhookType.Cancelled, WebhookType.Returned, WebhookType.RollbackRequested];
        Assert.Equal(words, own);
        using var body = JsonDocument.Parse(WebhookEnvelope.Of(WebhookType.Returned, 1_772_442_000_001, """{"question":"é?"}"""u8));
        Assert.Equal("2026-03-02T09:00:00.001Z", body.RootElement.GetProperty("timestamp").GetString());
        Assert.Equal("é?", body.RootElement.GetProperty("data").GetProperty("question").GetString());
    }
}
