using System.Net;
using ReviewConsole.Client;
using Xunit;

namespace ReviewConsole.Tests.Api;

public sealed class ClientFollowTests
{
    private const string Approved = """{"reviewId":"r1","sequence":1,"decision":"approved","instruction":"resume","action":{"name":"go","arguments":{}},"actionDigest":"sha256:aa"}""";
    private const string Open = """{"id":"r1","revision":3,"status":"waitingOnSource","question":"Which invoice?"}""";

    [Fact]
    public async Task Waiting_polls_until_the_outcome_is_there_through_restarts_of_any_length()
    {
        var fixture = new ClientFixture().Answer(HttpStatusCode.NoContent, null, ("Review-Status", "pending"));
        for (var i = 0; i < 60; i++)
        {
            fixture.Lose(i % 2 == 0 ? HttpRequestError.ConnectionError : HttpRequestError.ResponseEnded);
        }

        fixture.Problem(HttpStatusCode.ServiceUnavailable, "busy").Answer(HttpStatusCode.OK, Approved);
        var outcome = await fixture.Time.DriveAsync(fixture.Client.WaitForOutcomeAsync("r1", cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal((Decision.Approved, Instruction.Resume), (outcome.Decision, outcome.Instruction));
        Assert.Equal("/api/v1/reviews/r1/outcome?wait=30&sequence=1", fixture.Requests[0].Path);
        Assert.Equal(63, fixture.Requests.Count);
    }

    [Fact]
    public async Task Polls_that_answer_at_once_are_a_second_apart()
    {
        var fixture = new ClientFixture().Answer(HttpStatusCode.NoContent).Answer(HttpStatusCode.NoContent).Answer(HttpStatusCode.OK, Approved);
        var started = fixture.Time.GetUtcNow();
        await fixture.Time.DriveAsync(fixture.Client.WaitForOutcomeAsync("r1", cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal(TimeSpan.FromSeconds(2), fixture.Time.GetUtcNow() - started);
    }

    [Fact]
    public async Task Waiting_ends_when_it_is_cancelled()
    {
        var fixture = new ClientFixture().Answer(HttpStatusCode.NoContent);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var waiting = fixture.Client.WaitForOutcomeAsync("r1", cancellationToken: cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task A_question_is_asked_once_for_each_revision()
    {
        var fixture = new ClientFixture();
        foreach (var revision in new[] { 3, 3, 4 })
        {
            fixture.Answer(HttpStatusCode.NoContent, null, ("Review-Status", "waitingOnSource"))
                .Answer(HttpStatusCode.OK, Open.Replace("3", $"{revision}", StringComparison.Ordinal));
        }

        fixture.Answer(HttpStatusCode.OK, Approved);
        var asked = new List<(int, string?)>();
        var wait = new WaitOptions
        {
            OnQuestion = (review, _) =>
            {
                asked.Add((review.Revision, review.Question));
                return Task.CompletedTask;
            },
        };
        await fixture.Time.DriveAsync(fixture.Client.WaitForOutcomeAsync("r1", wait, TestContext.Current.CancellationToken));
        Assert.Equal([(3, "Which invoice?"), (4, "Which invoice?")], asked);
    }

    [Fact]
    public async Task A_look_without_waiting_answers_null()
    {
        var fixture = new ClientFixture().Answer(HttpStatusCode.NoContent).Answer(HttpStatusCode.OK, Approved);
        Assert.Null(await fixture.Client.TryGetOutcomeAsync("r1", 2, TestContext.Current.CancellationToken));
        Assert.NotNull(await fixture.Client.TryGetOutcomeAsync("r1", 1, TestContext.Current.CancellationToken));
        Assert.Equal("/api/v1/reviews/r1/outcome?wait=0&sequence=2", fixture.Requests[0].Path);
    }

    [Fact]
    public async Task Execution_is_reported_with_the_digest_of_the_outcome()
    {
        var outcome = new Outcome { ReviewId = "r1", ActionDigest = "sha256:aa" };
        var fixture = new ClientFixture();
        for (var i = 0; i < 5; i++)
        {
            fixture.Answer(HttpStatusCode.OK, Open);
        }

        var token = TestContext.Current.CancellationToken;
        await fixture.Client.StartedAsync(outcome, cancellationToken: token);
        await fixture.Client.SucceededAsync(outcome, "ref-1", cancellationToken: token);
        await fixture.Client.FailedAsync(outcome, "no funds", cancellationToken: token);
        await fixture.Client.UnknownAsync(outcome, "timed out", cancellationToken: token);
        await fixture.Client.RolledBackAsync(outcome, cancellationToken: token);
        Assert.Equal(
            [
                """{"status":"started","actionDigest":"sha256:aa"}""",
                """{"status":"succeeded","actionDigest":"sha256:aa","reference":"ref-1"}""",
                """{"status":"failed","actionDigest":"sha256:aa","detail":"no funds"}""",
                """{"status":"unknown","actionDigest":"sha256:aa","detail":"timed out"}""",
                """{"status":"rolledBack","actionDigest":"sha256:aa"}""",
            ],
            fixture.Requests.Select(static r => r.Body));
        Assert.All(fixture.Requests, static r => Assert.Equal("POST /api/v1/reviews/r1/execution", $"{r.Method} {r.Path}"));
    }

    [Fact]
    public async Task Started_is_not_repeated_when_it_may_have_arrived()
    {
        var outcome = new Outcome { ReviewId = "r1", ActionDigest = "sha256:aa" };
        var unsure = new ClientFixture().Lose(HttpRequestError.ResponseEnded);
        await Assert.ThrowsAsync<HttpRequestException>(() => unsure.Client.StartedAsync(outcome, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Single(unsure.Requests);

        var sure = new ClientFixture().Lose(HttpRequestError.ConnectionError).Problem(HttpStatusCode.ServiceUnavailable, "busy").Answer(HttpStatusCode.OK, Open);
        await sure.Time.DriveAsync(sure.Client.StartedAsync(outcome, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal(3, sure.Requests.Count);

        var second = new ClientFixture().Problem(HttpStatusCode.Conflict, "already-started");
        var refusal = await Assert.ThrowsAsync<ReviewConsoleException>(() => second.Client.StartedAsync(outcome, cancellationToken: TestContext.Current.CancellationToken));
        Assert.True(refusal.Is("already-started"));
    }

    [Fact]
    public async Task A_rejected_outcome_cannot_be_reported()
    {
        var fixture = new ClientFixture();
        await Assert.ThrowsAsync<ArgumentException>(() => fixture.Client.StartedAsync(new Outcome { ReviewId = "r1" }, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Empty(fixture.Requests);
    }

    [Fact]
    public async Task Revise_cancel_preconditions_and_receipt_use_their_calls()
    {
        var fixture = new ClientFixture().Answer(HttpStatusCode.OK, Open).Answer(HttpStatusCode.OK, Open).Answer(HttpStatusCode.OK, Open).Answer(HttpStatusCode.OK, "c2sp.org/tlog-proof@v1\n");
        var token = TestContext.Current.CancellationToken;
        var request = new ReviewRequest { Source = new("s"), Action = ProposedAction.Of("go", new { }), Answer = "the second" };
        await fixture.Client.ReviseAsync("r1", 3, request, token);
        await fixture.Client.CancelAsync("r1", "no longer wanted", token);
        await fixture.Client.ReportPreconditionsAsync("r1", [new("booking", "v18")], token);
        Assert.StartsWith("c2sp.org", await fixture.Client.ReceiptAsync("r1", 2, token), StringComparison.Ordinal);
        Assert.Equal(
            ["PUT /api/v1/reviews/r1", "POST /api/v1/reviews/r1/cancel", "POST /api/v1/reviews/r1/preconditions", "GET /api/v1/reviews/r1/receipt?sequence=2"],
            fixture.Requests.Select(static r => $"{r.Method} {r.Path}"));
        Assert.Equal("\"3\"", fixture.Requests[0].Headers["If-Match"]);
        Assert.Contains("\"answer\":\"the second\"", fixture.Requests[0].Body, StringComparison.Ordinal);
        Assert.Equal("""{"reason":"no longer wanted"}""", fixture.Requests[1].Body);
        Assert.Equal("""[{"name":"booking","fingerprint":"v18"}]""", fixture.Requests[2].Body);
    }
}
