using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Tests.Api;
using ReviewConsole.Tests.Core.Proposals;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Contracts;

/// <summary>What <c>/openapi/v1.json</c> promises, held against what the server really takes and answers.</summary>
public sealed class OpenApiTests
{
    private readonly HashSet<string> _called = new(StringComparer.Ordinal);
    private WireSchemas _schemas = null!;

    [Fact]
    public async Task Every_call_says_what_it_takes_what_it_answers_how_it_refuses_and_who_may()
    {
        await using var world = await ApiWorld.StartAsync();
        foreach (var (name, operation) in (await ReadAsync(world)).Operations)
        {
            var ok = operation["responses"]!.AsObject().First(static response => response.Key.StartsWith('2')).Value!["content"]?.AsObject().Single().Value!["schema"];
            Assert.True(ok is not null, $"{name} does not say what it answers");
            Assert.True(operation["requestBody"] is null || name == "POST /api/v1/blobs" || operation["requestBody"]!["content"]!["application/json"]!["schema"]!["$ref"] is not null, name);
            Assert.Equal("#/components/schemas/Problem", (string?)operation["responses"]!["default"]!["content"]!["application/problem+json"]!["schema"]!["$ref"]);
            Assert.NotEmpty(operation["security"]!.AsArray());
        }
    }

    [Fact]
    public async Task Real_bodies_and_answers_of_every_call_fit_their_schemas()
    {
        await using var world = await ApiWorld.StartAsync(PolicyFile.CommitFirst);
        _schemas = await ReadAsync(world);
        var (reviewer, supervisor, compliance) = (await world.Console.PersonAsync("reviewer"), await world.Console.PersonAsync("supervisor"), await world.Console.PersonAsync("compliance"));
        var source = world.Source;
        var review = await CallAsync(source, "POST /api/v1/reviews", ApiWorld.Refund());
        var id = (string)review["id"]!;
        await CallAsync(source, "POST /api/v1/gate/evaluate", ApiWorld.Refund());
        await CallAsync(source, "GET /api/v1/reviews");
        await CallAsync(source, "GET /api/v1/reviews/{id}", null, id);
        review = await CallAsync(source, "PUT /api/v1/reviews/{id}", ApiWorld.Refund(static body => body["title"] = "Another"), id, revision: 1);
        await CallAsync(source, "POST /api/v1/reviews/{id}/preconditions", new JsonArray(new JsonObject { ["name"] = "order", ["fingerprint"] = "v2" }), id);
        await CallAsync(reviewer, "GET /api/v1/me");
        await CallAsync(reviewer, "GET /api/v1/queue");
        var claim = await CallAsync(reviewer, "POST /api/v1/reviews/{id}/claim", null, id);
        var token = new JsonObject { ["claim"] = (string)claim["token"]! };
        await CallAsync(reviewer, "POST /api/v1/reviews/{id}/claim/renew", token, id);
        await CallAsync(reviewer, "GET /api/v1/queue");
        await CallAsync(reviewer, "POST /api/v1/reviews/{id}/claim/release", token, id);
        await CallAsync(supervisor, "POST /api/v1/reviews/{id}/assign", new JsonObject { ["to"] = new JsonObject { ["person"] = (string)(await CallAsync(reviewer, "GET /api/v1/me"))["id"]! }, ["note"] = "please" }, id);
        claim = await CallAsync(reviewer, "POST /api/v1/reviews/{id}/claim", null, id);
        world.Time.Advance(TimeSpan.FromSeconds(2));
        await CallAsync(reviewer, "POST /api/v1/reviews/{id}/seen", new JsonObject { ["evidence"] = "chat", ["milliseconds"] = 1500 }, id);
        await CallAsync(reviewer, "GET /api/v1/reviews/{id}/options", null, id);
        await CallAsync(reviewer, "POST /api/v1/reviews/{id}/decision", world.Decision("approve", "POLICY_MET", (string)claim["token"]!), id, revision: 2);
        await CallAsync(reviewer, "POST /api/v1/reviews/{id}/recall", new JsonObject { ["operationId"] = "recall-1" }, id);
        await CallAsync(
            reviewer, "POST /api/v1/reviews/{id}/decision",
            world.Decision("correct", "AMOUNT_WRONG", (string)claim["token"]!, static body => body["arguments"] = JsonNode.Parse("""{"order":"4711","amount":"900.00","currency":"USD"}""")), id, revision: 2);
        await world.PassAsync(TimeSpan.FromSeconds(11));
        var outcome = await CallAsync(source, "GET /api/v1/reviews/{id}/outcome", null, id);
        foreach (var status in new[] { "started", "failed" })
        {
            await CallAsync(source, "POST /api/v1/reviews/{id}/execution", new JsonObject { ["status"] = status, ["actionDigest"] = (string)outcome["actionDigest"]!, ["detail"] = "The gateway." }, id);
        }

        await CallAsync(supervisor, "POST /api/v1/reviews/{id}/rollback", new JsonObject { ["rationale"] = "Wrong customer, take it back.", ["operationId"] = "rollback-1" }, id);
        await world.PassAsync(TimeSpan.FromSeconds(11));
        var second = (string)(await CallAsync(source, "POST /api/v1/reviews", ApiWorld.Refund()))["id"]!;
        await CallAsync(source, "POST /api/v1/reviews/{id}/cancel", new JsonObject { ["reason"] = "No longer needed." }, second);
        await JudgeAsync(world, reviewer);
        await EndAsync(world, reviewer, supervisor);
        await CallAsync(supervisor, "POST /api/v1/line", new JsonObject { ["scope"] = new JsonObject { ["system"] = "bot" }, ["state"] = "stopped", ["reason"] = "Too many." });
        await CallAsync(source, "POST /api/v1/blobs", null, bytes: "hello"u8.ToArray());
        await CallAsync(compliance, "GET /api/v1/ledger/entries");
        await CallAsync(compliance, "GET /api/v1/ledger/proof", query: "?seq=0");
        await CallAsync(compliance, "GET /api/v1/ledger/proof", query: "?first=1");
        string[] texts = ["GET /api/v1/ledger/checkpoint", "GET /api/v1/reviews/{id}/receipt"];
        Assert.Equal(_schemas.Operations.Keys.Except(texts, StringComparer.Ordinal).Order(StringComparer.Ordinal), _called.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Whole_proposals_and_problems_fit_and_a_misspelt_or_foreign_member_does_not()
    {
        await using var world = await ApiWorld.StartAsync();
        _schemas = await ReadAsync(world);
        var proposal = _schemas.Operations["POST /api/v1/reviews"]["requestBody"]!["content"]!["application/json"]!["schema"]!;
        var bodies = new[] { SampleBody.Full, SampleBody.Minimal }.Concat(RealBodies.Airline).Concat(RealBodies.Receipts).Select(static body => JsonNode.Parse(body)!).ToList();
        Assert.All(bodies, body => Assert.Empty(_schemas.Faults(proposal, body)));
        foreach (var (member, value) in new (string, JsonNode)[] { ("reversable", true), ("tags", "vip"), ("retryOf", "x") })
        {
            var wrong = bodies[0].DeepClone().AsObject();
            wrong[member] = value;
            Assert.NotEmpty(_schemas.Faults(proposal, wrong));
            Assert.NotEmpty(SampleBody.Read(wrong.ToJsonString()).Errors);
            using var answer = await ApiWorld.PostAsync(world.Source, "/api/v1/reviews", wrong);
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
            var problem = _schemas.Operations["POST /api/v1/reviews"]["responses"]!["default"]!["content"]!["application/problem+json"]!["schema"]!;
            Assert.Empty(_schemas.Faults(problem, JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))));
        }
    }

    [Fact]
    public async Task The_words_of_the_schemas_are_those_of_the_product()
    {
        await using var world = await ApiWorld.StartAsync();
        var schemas = (await DocumentAsync(world))["components"]!["schemas"]!;
        Same("Status", Enum.GetValues<ReviewStatus>().Select(static word => word.Word()));
        Same("ExecutionStatus", Enum.GetValues<ExecutionStatus>().Select(static word => word.Word()));
        Same("DecisionWord", Enum.GetValues<DecisionKind>().Select(static word => word.Word()));
        Same("Risk", Enum.GetValues<Risk>().Select(static word => word.Wire()));
        Same("EvidenceKind", WireNames.EvidenceKinds.Keys);
        Same("EvidenceRole", WireNames.EvidenceRoles);
        Same("CheckResult", WireNames.CheckResults.Keys);
        Same("DraftFormat", WireNames.DraftFormats.Keys);
        Same("ExpiryOutcome", WireNames.ExpiryOutcomes.Keys);

        void Same(string schema, IEnumerable<string> words) =>
            Assert.Equal(words.Order(StringComparer.Ordinal), schemas[schema]!["enum"]!.AsArray().Select(static word => (string)word!).Order(StringComparer.Ordinal));
    }

    private async Task JudgeAsync(ApiWorld world, HttpClient reviewer)
    {
        var review = await world.SubmitAsync(static body => body["tags"] = new JsonArray("first"));
        var body = new JsonObject { ["decision"] = "approve", ["note"] = "She has asked for it.", ["claim"] = await world.ClaimAsync(reviewer, review), ["operationId"] = "judge-1" };
        await CallAsync(reviewer, "POST /api/v1/reviews/{id}/judgement", body, (string)review["id"]!, revision: 1);
    }

    private async Task EndAsync(ApiWorld world, HttpClient reviewer, HttpClient supervisor)
    {
        var review = await world.SubmitAsync();
        var (path, id) = (ApiWorld.PathOf(review), (string)review["id"]!);
        await world.HoldAsync(reviewer, review, "approve", "POLICY_MET");
        var outcome = await world.OutcomeAsync(review);
        foreach (var status in new[] { "started", "failed" })
        {
            await Answers.ObjectAsync(await ApiWorld.PostAsync(world.Source, path + "/execution", new JsonObject { ["status"] = status, ["actionDigest"] = (string)outcome["actionDigest"]! }));
        }

        await CallAsync(supervisor, "POST /api/v1/reviews/{id}/close", new JsonObject { ["rationale"] = "Paid by hand, done.", ["operationId"] = "close-1" }, id);
    }

    /// <summary>Calls as the document says, holds body and answer against it, and answers the answer.</summary>
    private async Task<JsonObject> CallAsync(HttpClient client, string operation, JsonNode? body = null, string? id = null, int? revision = null, string query = "", byte[]? bytes = null)
    {
        var said = _schemas.Operations[operation];
        _called.Add(operation);
        var (method, path) = (operation.Split(' ')[0], operation.Split(' ')[1].Replace("{id}", id, StringComparison.Ordinal) + query);
        Assert.Equal(body is not null, said["requestBody"] is not null);
        if (body is not null)
        {
            Assert.Empty(_schemas.Faults(said["requestBody"]!["content"]!["application/json"]!["schema"]!, body));
        }

        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
        request.Content = body is not null ? new StringContent(body.ToJsonString(), Encoding.UTF8, new MediaTypeHeaderValue("application/json")) : bytes is not null ? new ByteArrayContent(bytes) : null;
        if (revision is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", $"\"{revision}\"");
        }

        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, $"{operation}: {(int)answer.StatusCode} {text}");
        var schema = said["responses"]![((int)answer.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture)]!["content"]!["application/json"]!["schema"]!;
        var parsed = JsonNode.Parse(text)!.AsObject();
        var faults = _schemas.Faults(schema, parsed);
        Assert.True(faults.Count == 0, $"{operation}: {string.Join("; ", faults)}");
        return parsed;
    }

    private static async Task<WireSchemas> ReadAsync(ApiWorld world) => new(await DocumentAsync(world));

    private static async Task<JsonObject> DocumentAsync(ApiWorld world) =>
        (await world.Console.Anonymous().GetFromJsonAsync<JsonObject>("/openapi/v1.json", TestContext.Current.CancellationToken))!;
}
