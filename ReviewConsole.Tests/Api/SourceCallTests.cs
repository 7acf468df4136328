using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using ReviewConsole.Tests.Support;
using ReviewConsole.Tests.Web.Rendering;
using Xunit;

namespace ReviewConsole.Tests.Api;

/// <summary>What a source may send and what it gets, over HTTP (WIRE.md §1 and §2).</summary>
public sealed class SourceCallTests
{
    [Fact]
    public async Task A_submit_answers_the_review_with_its_gate_its_place_and_its_links()
    {
        await using var world = await ApiWorld.StartAsync();

        using var answer = await ApiWorld.PostAsync(world.Source, "/api/v1/reviews", ApiWorld.Refund(body => body["externalId"] = "r-1"));
        var review = await Answers.ObjectAsync(answer, 201);

        Assert.Equal("\"1\"", answer.Headers.ETag!.Tag);
        Assert.EndsWith(ApiWorld.PathOf(review), answer.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.Equal(("pending", 1, "payments", 0), ((string)review["status"]!, (int)review["revision"]!, (string)review["queue"]!, (int)review["outcomes"]!));
        Assert.True(review.ContainsKey("claim"));
        Assert.Null(review["claim"]);
        Assert.Matches("^sha256:[0-9a-f]{64}$", (string)review["actionDigest"]!);
        Assert.Equal(("review", "high", 1), ((string)review["gate"]!["verdict"]!, (string)review["gate"]!["risk"]!, (int)review["gate"]!["approvals"]!));
        Assert.Contains("Amount at or above 1,000.00 USD", review["gate"]!["reasons"]!.AsArray().Select(reason => (string)reason!));
        Assert.Equal(16, review["gate"]!["trace"]!.AsArray().Count);
        Assert.Matches("^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$", (string)review["dueAt"]!);
        Assert.Equal("reject", (string)review["expires"]!["outcome"]!);

        var read = await Answers.ObjectAsync(await world.Source.GetAsync(new Uri((string)review["links"]!["self"]!), TestContext.Current.CancellationToken));
        Assert.True(JsonNode.DeepEquals(review, read), $"{review}\n{read}");
        var list = await Answers.ObjectAsync(await ApiWorld.GetAsync(world.Source, "/api/v1/reviews?externalId=r-1&status=pending&after=&limit=1"));
        Assert.Equal((string)review["id"]!, (string)list["items"]!.AsArray().Single()!["id"]!);
        Assert.False(list.ContainsKey("next"));
    }

    [Fact]
    public async Task What_is_wrong_with_a_submit_is_told_by_name_and_pointer()
    {
        await using var world = await ApiWorld.StartAsync();
        var source = world.Source;

        await Answers.ProblemAsync(await Post("{\"a\":"), 400, "not-json");
        var unknown = await Answers.ProblemAsync(await ApiWorld.PostAsync(source, "/api/v1/reviews", ApiWorld.Refund(b => b["impact"]!["reversibel"] = true)), 422, "unknown-member");
        Assert.Equal("#/impact/reversibel", (string)unknown["errors"]![0]!["pointer"]!);
        var both = await Answers.ProblemAsync(await ApiWorld.PostAsync(source, "/api/v1/reviews", ApiWorld.Refund(b => { b["titel"] = 1; b["signals"]![0]!["value"] = 2; })), 422, "invalid");
        Assert.Equal(["#/signals/0/value", "#/titel"], both["errors"]!.AsArray().Select(e => (string)e!["pointer"]!).Order());
        await Answers.ProblemAsync(await ApiWorld.PostAsync(source, "/api/v1/reviews", ApiWorld.Refund(b => b["group"] = new JsonObject { ["id"] = "g", ["size"] = 2 })), 422, "not-supported");
        await Answers.ProblemAsync(await ApiWorld.PostAsync(source, "/api/v1/reviews", ApiWorld.Refund(b => b["deliver"] = new JsonObject { ["webhook"] = "nobody" })), 422, "invalid");
        await Answers.ProblemAsync(await ApiWorld.PostAsync(source, "/api/v1/reviews", ApiWorld.Refund(b => b["source"]!["system"] = "other")), 403, "source-not-yours");
        await Answers.ProblemAsync(await ApiWorld.PostAsync(world.Console.Anonymous(), "/api/v1/reviews", ApiWorld.Refund()), 401, "unauthorized");
        await Answers.ProblemAsync(await Post("{}", "text/plain"), 415, "unsupported-media-type");
        await Answers.ProblemAsync(await Post(new string(' ', (8 * 1024 * 1024) + 1)), 413, "too-large");
        await Answers.ProblemAsync(await ApiWorld.GetAsync(source, "/api/v1/reviews?limit=201"), 422, "invalid");
        await Answers.ProblemAsync(await ApiWorld.GetAsync(source, "/api/v1/reviews?after=nonsense"), 422, "invalid");
        await Answers.ProblemAsync(await ApiWorld.GetAsync(source, "/api/v1/reviews?status=expired"), 422, "invalid");

        async Task<HttpResponseMessage> Post(string body, string media = "application/json")
        {
            using var content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(media));
            return await source.PostAsync(new Uri("/api/v1/reviews", UriKind.Relative), content, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task A_pdf_with_pages_is_evidence_and_one_without_is_a_failed_check()
    {
        await PdfPagesTests.InstallAsync();
        await using var world = await ApiWorld.StartAsync();

        var body = ApiWorld.Refund(refund => refund["evidence"] = new JsonArray(Pdf("drawn", PdfFile.Of([["Total 12.00"]])), Pdf("broken", "%PDF-1.7 and no more"u8.ToArray())));
        await Answers.ObjectAsync(await ApiWorld.PostAsync(world.Source, "/api/v1/reviews", body), 201);
        var queue = await Answers.ObjectAsync(await ApiWorld.GetAsync(await world.Console.PersonAsync("reviewer"), "/api/v1/queue"));

        Assert.Equal(["evidence:broken"], queue["items"]![0]!["checks"]!.AsArray().Select(check => (string)check!["id"]!).Where(id => id.StartsWith("evidence:", StringComparison.Ordinal)));

        static JsonObject Pdf(string id, byte[] bytes) => new() { ["id"] = id, ["kind"] = "pdf", ["title"] = id, ["base64"] = Convert.ToBase64String(bytes) };
    }

    [Fact]
    public async Task The_same_key_and_body_have_the_first_answer_again()
    {
        await using var world = await ApiWorld.StartAsync();

        using var first = await ApiWorld.PostAsync(world.Source, "/api/v1/reviews", ApiWorld.Refund(), ("Idempotency-Key", "\"k-1\""));
        using var again = await ApiWorld.PostAsync(world.Source, "/api/v1/reviews", ApiWorld.Refund(), ("Idempotency-Key", "k-1"));
        Assert.Equal(201, (int)again.StatusCode);
        Assert.Equal(
            await first.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken), await again.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));

        var other = await ApiWorld.PostAsync(world.Source, "/api/v1/reviews", ApiWorld.Refund(b => b["title"] = "other"), ("Idempotency-Key", "k-1"));
        await Answers.ProblemAsync(other, 422, "idempotency-key-reused");

        var review = await world.SubmitAsync(b => b["externalId"] = "x");
        Assert.Equal((string)review["id"]!, (string)(await world.SubmitAsync(b => b["externalId"] = "x"))["id"]!);
        var taken = await Answers.ProblemAsync(
            await ApiWorld.PostAsync(world.Source, "/api/v1/reviews", ApiWorld.Refund(b => { b["externalId"] = "x"; b["title"] = "other"; })), 409, "external-id-taken");
        Assert.EndsWith(ApiWorld.PathOf(review), (string)taken["link"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_source_sees_nothing_of_it()
    {
        await using var world = await ApiWorld.StartAsync();
        var review = await world.SubmitAsync();
        var stranger = await world.Console.SourceAsync("stranger");

        foreach (var path in new[] { "", "/outcome", "/receipt" })
        {
            await Answers.ProblemAsync(await ApiWorld.GetAsync(stranger, ApiWorld.PathOf(review) + path), 404, "unknown-review");
        }

        await Answers.ProblemAsync(await ApiWorld.PostAsync(stranger, ApiWorld.PathOf(review) + "/cancel", new JsonObject()), 404, "unknown-review");
        Assert.Empty((await Answers.ObjectAsync(await ApiWorld.GetAsync(stranger, "/api/v1/reviews")))["items"]!.AsArray());
    }

    [Theory]
    [InlineData("17")]
    [InlineData("x'--")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    public async Task What_is_no_id_of_a_review_is_an_unknown_review(string id)
    {
        await using var world = await ApiWorld.StartAsync();
        var reviewer = await world.Console.PersonAsync("reviewer");
        var path = "/api/v1/reviews/" + Uri.EscapeDataString(id);

        foreach (var call in new[] { "", "/outcome", "/receipt" })
        {
            await Answers.ProblemAsync(await ApiWorld.GetAsync(world.Source, path + call), 404, "unknown-review");
        }

        await Answers.ProblemAsync(await ApiWorld.PostAsync(world.Source, path + "/cancel", new JsonObject()), 404, "unknown-review");
        await Answers.ProblemAsync(await ApiWorld.GetAsync(reviewer, path + "/options"), 404, "unknown-review");
        await Answers.ProblemAsync(await ApiWorld.PostAsync(reviewer, path + "/claim", null), 404, "unknown-review");
        await Answers.ProblemAsync(await ApiWorld.GetAsync(world.Console.Anonymous(), path), 401, "unauthorized");
    }

    [Fact]
    public async Task A_review_says_what_its_gate_asks_now()
    {
        await using var world = await ApiWorld.StartAsync();
        var reviewer = await world.Console.PersonAsync("reviewer");
        var review = await world.SubmitAsync();
        Assert.Equal(("review", "high", 1), Gate(review));
        await Answers.ObjectAsync(await world.DecideAsync(reviewer, review, world.Decision("correct", "AMOUNT_WRONG", await world.ClaimAsync(reviewer, review), b =>
        {
            b["arguments"] = new JsonObject { ["order"] = "4711", ["amount"] = "20000.00", ["currency"] = "USD" };
            b["acknowledged"] = new JsonArray("console:declared-amount");
        })));

        Assert.Equal(("review", "high", 2), Gate(await world.ReviewAsync(review)));

        using var revised = await ApiWorld.SendAsync(
            world.Source, HttpMethod.Put, ApiWorld.PathOf(review),
            ApiWorld.Refund(b =>
            {
                b["kind"] = "agentDecision";
                b["action"] = new JsonObject { ["name"] = "agent_decision", ["arguments"] = new JsonObject { ["answer"] = 1 } };
                b["impact"] = new JsonObject { ["reversible"] = true, ["externallyVisible"] = false };
            }),
            ("If-Match", "\"1\""));
        Assert.Equal(("review", "high", 2), Gate(await Answers.ObjectAsync(revised)));

        static (string, string, int) Gate(JsonObject review) => ((string)review["gate"]!["verdict"]!, (string)review["gate"]!["risk"]!, (int)review["gate"]!["approvals"]!);
    }

    [Fact]
    public async Task Uploaded_bytes_are_evidence_for_their_source_alone()
    {
        await using var world = await ApiWorld.StartAsync();
        using var bytes = new ByteArrayContent([1, 2, 3]);
        var blob = await Answers.ObjectAsync(await world.Source.PostAsync(new Uri("/api/v1/blobs", UriKind.Relative), bytes, TestContext.Current.CancellationToken), 201);
        Assert.Equal(("039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81", 3), ((string)blob["sha256"]!, (int)blob["size"]!));

        await world.SubmitAsync(Attach);
        var stranger = await world.Console.SourceAsync("stranger");
        var refused = await Answers.ProblemAsync(
            await ApiWorld.PostAsync(stranger, "/api/v1/reviews", ApiWorld.Refund(b => { b["source"]!["system"] = "stranger"; Attach(b); })), 422, "invalid");
        Assert.Equal("#/evidence/1/blob", (string)refused["errors"]![0]!["pointer"]!);

        using var large = new ByteArrayContent(new byte[(25 * 1024 * 1024) + 1]);
        await Answers.ProblemAsync(await world.Source.PostAsync(new Uri("/api/v1/blobs", UriKind.Relative), large, TestContext.Current.CancellationToken), 413, "too-large");

        void Attach(JsonObject body) => body["evidence"]!.AsArray().Add(new JsonObject { ["id"] = "f", ["kind"] = "file", ["blob"] = (string)blob["sha256"]! });
    }

    [Fact]
    public async Task A_proposal_is_revised_cancelled_and_its_world_may_change()
    {
        await using var world = await ApiWorld.StartAsync();
        var review = await world.SubmitAsync();
        var path = ApiWorld.PathOf(review);

        await Answers.ProblemAsync(await ApiWorld.SendAsync(world.Source, HttpMethod.Put, path, ApiWorld.Refund()), 428, "precondition-required");
        using var put = await ApiWorld.SendAsync(world.Source, HttpMethod.Put, path, ApiWorld.Refund(b => b["title"] = "Again"), ("If-Match", "\"1\""));
        Assert.Equal(2, (int)(await Answers.ObjectAsync(put))["revision"]!);
        Assert.Equal("\"2\"", put.Headers.ETag!.Tag);
        await Answers.ProblemAsync(await ApiWorld.SendAsync(world.Source, HttpMethod.Put, path, ApiWorld.Refund(), ("If-Match", "\"1\"")), 412, "stale-revision");

        var changed = new JsonArray(new JsonObject { ["name"] = "order", ["fingerprint"] = "v2" });
        await Answers.ObjectAsync(await ApiWorld.PostAsync(world.Source, path + "/preconditions", changed));
        await Answers.ProblemAsync(await ApiWorld.PostAsync(world.Source, path + "/preconditions", new JsonObject()), 422, "invalid");
        changed.Add(changed[0]!.DeepClone());
        var twice = await Answers.ProblemAsync(await ApiWorld.PostAsync(world.Source, path + "/preconditions", changed), 422, "invalid");
        Assert.Equal("#/1/name", (string)twice["errors"]![0]!["pointer"]!);

        var cancelled = await Answers.ObjectAsync(await ApiWorld.PostAsync(world.Source, path + "/cancel", new JsonObject { ["reason"] = "no longer needed" }));
        Assert.Equal("cancelled", (string)cancelled["status"]!);
        var outcome = await world.OutcomeAsync(review);
        Assert.Equal(("cancelled", "cancel"), ((string)outcome["decision"]!, (string)outcome["instruction"]!));
        Assert.False(outcome.ContainsKey("action"));
        await Answers.ProblemAsync(await ApiWorld.PostAsync(world.Source, path + "/cancel", new JsonObject()), 409, "cancelled");
    }

    [Fact]
    public async Task The_gate_answers_without_recording()
    {
        await using var world = await ApiWorld.StartAsync();
        await world.SubmitAsync();
        var before = await HeadAsync();

        var gate = await Answers.ObjectAsync(await ApiWorld.PostAsync(world.Source, "/api/v1/gate/evaluate", ApiWorld.Refund()));

        Assert.Equal("review", (string)gate["verdict"]!);
        Assert.Equal(before, await HeadAsync());

        async Task<string> HeadAsync() => await world.Source.GetStringAsync(new Uri("/api/v1/ledger/checkpoint", UriKind.Relative), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task No_source_can_find_out_what_the_audit_sample_draws()
    {
        await using var world = await ApiWorld.StartAsync("rules: [{ rule: drawn, when: { all: [{ field: kind, equals: agentDecision }, { field: facts.sampleDraw, below: 0.5 }] }, then: { verdict: review, sample: true }, reason: Drawn }]\n");

        // Half of these are drawn when they are submitted; the answer to a question is the same for all.
        for (var i = 0; i < 20; i++)
        {
            var answer = i;
            var asked = await Answers.ObjectAsync(await ApiWorld.PostAsync(world.Source, "/api/v1/gate/evaluate", ApiWorld.Refund(body => Certain(body, answer))));
            Assert.Equal("proceed", (string)asked["verdict"]!);
            Assert.Equal([ReviewConsole.Core.Gate.OwnReasons.MayBeDrawn], asked["reasons"]!.AsArray().Select(static reason => (string)reason!));
            Assert.All(Draws(asked), static draw => Assert.Equal((false, false), (draw.ContainsKey("seen"), (bool)draw["holds"]!)));
            var sent = (await world.SubmitAsync(body => Certain(body, answer)))["gate"]!.AsObject();
            Assert.Equal(2, Draws(sent).Count());
            Assert.All(Draws(sent), static draw => Assert.False(draw.ContainsKey("seen")));
        }

        static IEnumerable<JsonObject> Draws(JsonObject gate) => gate["trace"]!.AsArray().SelectMany(static rule => rule!["conditions"]!.AsArray())
            .Select(static condition => condition!.AsObject()).Where(static condition => (string)condition["field"]! == "facts.sampleDraw");

        static void Certain(JsonObject body, int answer)
        {
            body["kind"] = "agentDecision";
            body["action"] = new JsonObject { ["name"] = "agent_decision", ["arguments"] = new JsonObject { ["answer"] = answer } };
            body["impact"] = new JsonObject { ["reversible"] = true, ["externallyVisible"] = false };
            body["signals"] = new JsonArray(new JsonObject { ["name"] = "model", ["value"] = 0.95 });
        }
    }

    [Fact]
    public async Task The_gate_answers_a_mere_question_without_counting_what_others_sent()
    {
        await using var world = await ApiWorld.StartAsync("""
            windows: { refunds: { over: action, period: 24 h } }
            rules:
              - { rule: second, when: { field: windows/refunds.count, atLeast: 1 }, then: { verdict: block }, reason: Not the first today }

            """);
        await world.SubmitAsync();

        var gate = await Answers.ObjectAsync(await ApiWorld.PostAsync(world.Source, "/api/v1/gate/evaluate", ApiWorld.Refund()));

        Assert.Equal("review", (string)gate["verdict"]!);
        Assert.Contains("Not known: windows/refunds.count", gate["reasons"]!.AsArray().Select(static reason => (string)reason!));
    }

    [Theory]
    [InlineData("GET", "/api/v1/events?after=0")]
    [InlineData("POST", "/api/v1/adapters/langgraph")]
    public async Task What_is_not_built_yet_says_so(string method, string path)
    {
        await using var world = await ApiWorld.StartAsync();

        await Answers.ProblemAsync(await ApiWorld.SendAsync(world.Source, new HttpMethod(method), path, method == "POST" ? new JsonObject() : null), 422, "not-supported");
    }

    [Fact]
    public async Task What_is_certain_proceeds_at_once_with_an_outcome_that_can_run()
    {
        await using var world = await ApiWorld.StartAsync();
        var review = new JsonObject { ["status"] = "pending" };

        // One in twenty is drawn as an audit sample, by this server's own secret; another action draws again.
        for (var i = 0; i < 20 && (string)review["status"]! == "pending"; i++)
        {
            review = await world.SubmitAsync(b =>
            {
                b["kind"] = "agentDecision";
                b["action"] = new JsonObject { ["name"] = "agent_decision", ["arguments"] = new JsonObject { ["answer"] = i } };
                b["impact"] = new JsonObject { ["reversible"] = true, ["externallyVisible"] = false };
            });
        }

        Assert.Equal(("released", "proceed"), ((string)review["status"]!, (string)review["gate"]!["verdict"]!));
        var outcome = await world.OutcomeAsync(review);
        Assert.Equal(("proceeded", "resume", (string)review["actionDigest"]!), ((string)outcome["decision"]!, (string)outcome["instruction"]!, (string)outcome["actionDigest"]!));
        Assert.Equal("policy:default/1", (string)outcome["decidedBy"]![0]!["id"]!);
    }
}
