using System.Net;
using System.Text;
using System.Text.Json;
using ReviewConsole.Client;
using Xunit;

namespace ReviewConsole.Tests.Api;

public sealed class ClientSubmitTests
{
    private const string Created = """{"id":"0199","revision":1,"status":"pending","claim":null,"gate":{"verdict":"review","policy":{"name":"default","version":1},"risk":"high","approvals":2,"reasons":["Amount"]},"queue":"payments","links":{"self":"/a"},"new":1}""";

    [Fact]
    public async Task The_smallest_proposal_sends_three_members_and_reads_the_answer()
    {
        var fixture = new ClientFixture().Answer(HttpStatusCode.Created, Created);
        var review = await fixture.Client.SubmitAsync(Smallest, "key-1", TestContext.Current.CancellationToken);

        var sent = Assert.Single(fixture.Requests);
        Assert.Equal("POST /api/v1/reviews", $"{sent.Method} {sent.Path}");
        Assert.Equal("""{"source":{"system":"orders"},"action":{"name":"go","arguments":{"Order_Id":"A","note":null}}}""", sent.Body);
        Assert.Equal("\"key-1\"", sent.Headers["Idempotency-Key"]);
        Assert.Equal("Bearer rc_test", sent.Headers["Authorization"]);
        Assert.Equal("application/json", sent.Headers["Content-Type"]);
        Assert.Equal(("0199", 1, ReviewStatus.Pending, GateVerdict.Review, 2), (review.Id, review.Revision, review.Status, review.Gate!.Verdict, review.Gate.Approvals));
        Assert.Equal(1, review.More!["new"].GetInt32());
    }

    [Fact]
    public async Task Every_part_of_the_contract_is_written_as_the_contract_writes_it()
    {
        var fixture = new ClientFixture().Answer(HttpStatusCode.Created, Created);
        await fixture.Client.SubmitAsync(Everything, cancellationToken: TestContext.Current.CancellationToken);
        var expected = JsonSerializer.Serialize(JsonDocument.Parse(EverythingJson).RootElement);
        Assert.Equal(expected, JsonSerializer.Serialize(JsonDocument.Parse(fixture.Requests[0].Body).RootElement));
    }

    [Fact]
    public async Task A_lost_connection_is_tried_again_with_the_same_key_and_the_same_bytes()
    {
        var fixture = new ClientFixture().Lose(HttpRequestError.ResponseEnded).Problem(HttpStatusCode.Conflict, "in-progress").Problem(HttpStatusCode.ServiceUnavailable, "busy")
            .Answer(HttpStatusCode.Created, Created);
        var started = fixture.Time.GetUtcNow();
        await fixture.Time.DriveAsync(fixture.Client.SubmitAsync(Smallest, cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(4, fixture.Requests.Count);
        Assert.Single(fixture.Requests.Select(static r => r.Headers["Idempotency-Key"]).Distinct());
        Assert.Single(fixture.Requests.Select(static r => r.Body).Distinct());
        Assert.Equal(TimeSpan.FromMilliseconds(250 + 500 + 1000), fixture.Time.GetUtcNow() - started);
    }

    [Fact]
    public async Task Retry_after_is_obeyed()
    {
        var fixture = new ClientFixture().Problem(HttpStatusCode.ServiceUnavailable, "busy", ("Retry-After", "7")).Answer(HttpStatusCode.Created, Created);
        var started = fixture.Time.GetUtcNow();
        await fixture.Time.DriveAsync(fixture.Client.SubmitAsync(Smallest, cancellationToken: TestContext.Current.CancellationToken));
        Assert.True(fixture.Time.GetUtcNow() - started >= TimeSpan.FromSeconds(7));
    }

    [Fact]
    public async Task It_gives_up_after_two_minutes()
    {
        var fixture = new ClientFixture();
        for (var i = 0; i < 40; i++)
        {
            fixture.Lose(HttpRequestError.ConnectionError);
        }

        var started = fixture.Time.GetUtcNow();
        await Assert.ThrowsAsync<HttpRequestException>(() => fixture.Time.DriveAsync(fixture.Client.SubmitAsync(Smallest, cancellationToken: TestContext.Current.CancellationToken)));
        Assert.InRange(fixture.Time.GetUtcNow() - started, TimeSpan.FromSeconds(90), TimeSpan.FromMinutes(2));
    }

    [Fact]
    public async Task A_refusal_carries_the_problem_and_its_pointers_and_is_not_repeated()
    {
        var fixture = new ClientFixture().Answer(
            HttpStatusCode.UnprocessableEntity,
            """{"type":"/problems/invalid","title":"Not valid","status":422,"errors":[{"pointer":"#/signals/0/value","detail":"Between 0 and 1.","code":"range"}]}""");
        var refusal = await Assert.ThrowsAsync<ReviewConsoleException>(() => fixture.Client.SubmitAsync(Smallest, cancellationToken: TestContext.Current.CancellationToken));
        Assert.True(refusal.Is("invalid"));
        Assert.Equal(new InputError("#/signals/0/value", "Between 0 and 1.", "range"), Assert.Single(refusal.Errors));
        Assert.Equal("invalid (422): Not valid; #/signals/0/value: Between 0 and 1.", refusal.Message);
    }

    [Fact]
    public async Task A_proxy_page_is_a_refusal_too()
    {
        var fixture = new ClientFixture().Answer(HttpStatusCode.Forbidden, "<html>");
        var refusal = await Assert.ThrowsAsync<ReviewConsoleException>(() => fixture.Client.GetAsync("x", TestContext.Current.CancellationToken));
        Assert.Equal((HttpStatusCode.Forbidden, ""), (refusal.Status, refusal.Type));
    }

    [Fact]
    public async Task An_upload_is_sent_again_from_where_it_began_and_leaves_the_stream_open()
    {
        var fixture = new ClientFixture().Lose(HttpRequestError.ResponseEnded).Answer(HttpStatusCode.Created, """{"sha256":"ab","size":3}""");
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes("xxabc")) { Position = 2 };
        var blob = await fixture.Time.DriveAsync(fixture.Client.UploadAsync(stream, "text/plain", TestContext.Current.CancellationToken));
        Assert.Equal(new Blob("ab", 3), blob);
        Assert.Equal(["abc", "abc"], fixture.Requests.Select(static r => r.Body));
        Assert.True(stream.CanRead);
    }

    [Fact]
    public async Task Lists_follow_the_cursor()
    {
        var fixture = new ClientFixture()
            .Answer(HttpStatusCode.OK, """{"items":[{"id":"a","revision":1,"status":"pending"}],"next":"c/1"}""")
            .Answer(HttpStatusCode.OK, """{"items":[{"id":"b","revision":1,"status":"somethingNew"}]}""");
        var found = new List<Review>();
        await foreach (var review in fixture.Client.ListAllAsync(new ReviewQuery { Status = ReviewStatus.WaitingOnSource, Limit = 200 }, TestContext.Current.CancellationToken))
        {
            found.Add(review);
        }

        Assert.Equal(["a", "b"], found.Select(static r => r.Id));
        Assert.Equal(ReviewStatus.Unknown, found[1].Status);
        Assert.Equal(["/api/v1/reviews?status=waitingOnSource&limit=200", "/api/v1/reviews?status=waitingOnSource&after=c%2F1&limit=200"], fixture.Requests.Select(static r => r.Path));
    }

    private static ReviewRequest Smallest { get; } = new()
    {
        Source = new("orders"),
        Action = ProposedAction.Of("go", new { Order_Id = "A", note = (string?)null }),
    };

    private static ReviewRequest Everything { get; } = new()
    {
        Source = new("s") { Agent = "a", Version = "1", RunId = "r" },
        Action = new("n", JsonDocument.Parse("""{"x":1.50}""").RootElement) { ArgumentsSchema = JsonDocument.Parse("{}").RootElement },
        ExternalId = "e",
        Initiator = new("ana@example.org", "Ana"),
        CaseId = "c",
        Kind = "refund",
        Title = "t",
        Subject = new("m"),
        Impact = new()
        {
            Amount = new("1250.00", "USD"), Reversible = false, ExternallyVisible = true, LegallySensitive = false, AffectsTrust = true, Consequence = "q",
        },
        Signals = [new("model", 0.82, "self-reported")],
        Reasoning = new("why", SafeToShow: false),
        Checks = [new("R", "Rule", CheckResult.NotRun, "d", ["e1"])],
        Alternatives = [new(ProposedAction.Of("other", new { }), "w")],
        Evidence =
        [
            Evidence.Conversation("e1", "Chat", new Message("ana", "hi", new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)))) with
            {
                Role = "original", Required = true, Origin = new("crm", "u"), Highlights = [new("hi", "n")],
            },
            Evidence.Table("e2", "T", ["a", "b"], ["x", 1], [null, true]),
            Evidence.KeyValue("e3", "K", ("Plan", "gold")),
            Evidence.Diff("e4", "D", "a", "b"),
            Evidence.Image("e5", "I", new Blob("ff", 1), "i.png"),
            Evidence.Json("e6", "J", new { Keep = (string?)null }),
        ],
        Draft = new Draft("text", "hello") { Baseline = "hullo" }.To(new { to = "x@example.org" }),
        Fields = [new("total", "money") { Value = JsonDocument.Parse("\"9.00\"").RootElement, Confidence = 0.88, Required = true, Evidence = "e5", Box = [1, 2, 3, 4.5] }],
        Preconditions = [new("p", "v")],
        RetryOf = "0198",
        Group = new("g", 2),
        Expires = new(new DateTimeOffset(2026, 1, 2, 0, 0, 0, TimeSpan.Zero), "cancel"),
        Deliver = new("hook", "native"),
        Tags = ["vip"],
        Extensions = new Dictionary<string, JsonElement>(StringComparer.Ordinal) { ["x-mine"] = JsonDocument.Parse("1").RootElement },
    };

    private const string EverythingJson = """
        {"source":{"system":"s","agent":"a","version":"1","runId":"r"},"action":{"name":"n","arguments":{"x":1.50},"argumentsSchema":{}},"externalId":"e",
         "initiator":{"id":"ana@example.org","label":"Ana"},"caseId":"c","kind":"refund","title":"t","subject":{"id":"m"},
         "impact":{"amount":{"value":"1250.00","currency":"USD"},"reversible":false,"externallyVisible":true,"legallySensitive":false,"affectsTrust":true,"consequence":"q"},
         "signals":[{"name":"model","value":0.82,"basis":"self-reported"}],"reasoning":{"summary":"why","safeToShow":false},
         "checks":[{"id":"R","name":"Rule","result":"notRun","detail":"d","evidence":["e1"]}],"alternatives":[{"action":{"name":"other","arguments":{}},"why":"w"}],
         "evidence":[
          {"id":"e1","kind":"conversation","role":"original","title":"Chat","content":[{"from":"ana","text":"hi","at":"2026-01-02T01:04:05.000Z"}],"required":true,
           "origin":{"system":"crm","uri":"u"},"highlights":[{"text":"hi","note":"n"}]},
          {"id":"e2","kind":"table","title":"T","content":{"columns":["a","b"],"rows":[["x",1],[null,true]]}},
          {"id":"e3","kind":"keyValue","title":"K","content":[{"key":"Plan","value":"gold"}]},
          {"id":"e4","kind":"diff","title":"D","content":{"before":"a","after":"b"}},
          {"id":"e5","kind":"image","title":"I","blob":"ff","name":"i.png"},
          {"id":"e6","kind":"json","title":"J","content":{"Keep":null}}],
         "draft":{"format":"text","content":"hello","baseline":"hullo","target":{"to":"x@example.org"}},
         "fields":[{"name":"total","type":"money","value":"9.00","confidence":0.88,"required":true,"evidence":"e5","box":[1,2,3,4.5]}],
         "preconditions":[{"name":"p","fingerprint":"v"}],"retryOf":"0198","group":{"id":"g","size":2},"expires":{"at":"2026-01-02T00:00:00.000Z","outcome":"cancel"},
         "deliver":{"webhook":"hook","dialect":"native"},"tags":["vip"],"x-mine":1}
        """;
}
