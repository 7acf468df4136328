using System.Text.Json.Nodes;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Api;

/// <summary>What people do over HTTP, and what the source gets of it (WIRE.md §2 and §3).</summary>
public sealed class PeopleCallTests
{
    private static readonly string[] s_internal = ["rationale", "Looked at all of it", "session", "@example.org", "Please give me my money"];

    [Fact]
    public async Task The_whole_job_from_submit_to_a_closed_review()
    {
        await using var world = await ApiWorld.StartAsync();
        var reviewer = await world.Console.PersonAsync("reviewer");
        var review = await world.SubmitAsync();
        var path = ApiWorld.PathOf(review);

        var queue = await Answers.ObjectAsync(await ApiWorld.GetAsync(reviewer, "/api/v1/queue?view=unclaimed&after=&limit=10"));
        var item = queue["items"]!.AsArray().Single()!.AsObject();
        Assert.Equal(((string)review["id"]!, "issue_refund 1250.00 USD 4711", "high", "1250.00"), ((string)item["id"]!, (string)item["action"]!, (string)item["risk"]!, (string)item["amount"]!["value"]!));
        Assert.True(item.ContainsKey("claim"));

        var answer = await world.HoldAsync(reviewer, review, "approve", "EVIDENCE_SUPPORTS");
        Assert.Equal((string)review["actionDigest"]!, (string)answer["actionDigest"]!);
        Assert.Equal((1, 1), ((int)answer["approvals"]!["have"]!, (int)answer["approvals"]!["need"]!));
        Assert.True((long)answer["ledger"]!["seq"]! > 0);

        using (var nothing = await ApiWorld.GetAsync(world.Source, path + "/outcome?wait=0"))
        {
            Assert.Equal((204, "held"), ((int)nothing.StatusCode, nothing.Headers.GetValues("Review-Status").Single()));
        }

        await Answers.ProblemAsync(await ApiWorld.GetAsync(world.Source, path + "/receipt"), 404, "not-released");
        var outcome = await world.OutcomeAsync(review);
        Assert.Equal(("approved", "resume", (string)review["actionDigest"]!), ((string)outcome["decision"]!, (string)outcome["instruction"]!, (string)outcome["actionDigest"]!));
        Assert.Equal("1250.00", (string)outcome["action"]!["arguments"]!["amount"]!);
        var again = await ApiWorld.GetAsync(world.Source, path + "/outcome");
        Assert.Equal(outcome.ToJsonString(), (await Answers.ObjectAsync(again)).ToJsonString());
        Assert.All(s_internal, word => Assert.DoesNotContain(word, outcome.ToJsonString(), StringComparison.OrdinalIgnoreCase));
        var receipt = await world.Source.GetStringAsync(new Uri(path + "/receipt?sequence=1", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal((string)outcome["receipt"]!, receipt);

        var report = new JsonObject { ["status"] = "succeeded", ["actionDigest"] = (string)outcome["actionDigest"]!, ["reference"] = "tx-1" };
        await Answers.ProblemAsync(await ApiWorld.PostAsync(world.Source, path + "/execution", report.DeepClone()), 409, "not-started");
        await Answers.ObjectAsync(await Report("started"));
        await Answers.ProblemAsync(await Report("started"), 409, "already-started");
        Assert.Equal("closed", (string)(await Answers.ObjectAsync(await Report("succeeded")))["status"]!);
        Assert.Equal("closed", (string)(await Answers.ObjectAsync(await Report("succeeded")))["status"]!);
        await Answers.ProblemAsync(await Report("failed"), 409, "already-reported");
        report["actionDigest"] = "sha256:00";
        await Answers.ProblemAsync(await Report("succeeded"), 409, "digest-mismatch");

        Task<HttpResponseMessage> Report(string status)
        {
            report["status"] = status;
            return ApiWorld.PostAsync(world.Source, path + "/execution", report.DeepClone());
        }
    }

    [Fact]
    public async Task Refusals_come_in_the_order_of_the_contract()
    {
        await using var world = await ApiWorld.StartAsync();
        var reviewer = await world.Console.PersonAsync("reviewer");
        var review = await world.SubmitAsync(b => b["checks"] = new JsonArray(new JsonObject { ["id"] = "C-1", ["name"] = "n", ["result"] = "fail" }));
        var path = ApiWorld.PathOf(review) + "/decision";
        var body = new JsonObject { ["decision"] = "approve", ["operationId"] = "o", ["surprise"] = 1 };

        await Answers.ProblemAsync(await ApiWorld.PostAsync(world.Console.Anonymous(), path, body.DeepClone()), 401, "unauthorized");
        await Answers.ProblemAsync(await ApiWorld.PostAsync(world.Source, path, body.DeepClone()), 401, "unauthorized");
        await Answers.ProblemAsync(await Decide(), 422, "unknown-member");
        body.Remove("surprise");
        await Answers.ProblemAsync(await ApiWorld.PostAsync(reviewer, path, body.DeepClone()), 428, "precondition-required");
        await Answers.ProblemAsync(await Decide(await world.Console.PersonAsync("compliance")), 403, "not-permitted");
        await Answers.ProblemAsync(await Decide(revision: 7), 412, "stale-revision");
        await Answers.ProblemAsync(await Decide(), 409, "claim-lost");
        body["claim"] = (string)(await Answers.ObjectAsync(await ApiWorld.PostAsync(reviewer, ApiWorld.PathOf(review) + "/claim", null)))["token"]!;
        await Answers.ProblemAsync(await Decide(await world.Console.PersonAsync("reviewer2")), 409, "held-by-another");
        var unknown = await Answers.ProblemAsync(await Decide(), 422, "reason-unknown");
        Assert.Contains("POLICY_MET", unknown["reasonCodes"]!.AsArray().Select(code => (string)code!));
        body["reasonCode"] = "POLICY_MET";
        Assert.Equal(20, (int)(await Answers.ProblemAsync(await Decide(), 422, "rationale-required"))["minimum"]!);
        body["rationale"] = "The evidence says all of it.";
        Assert.Equal("chat", (string)(await Answers.ProblemAsync(await Decide(), 422, "evidence-not-seen"))["evidence"]![0]!);
        await world.ClaimAsync(reviewer, review);
        Assert.Equal("C-1", (string)(await Answers.ProblemAsync(await Decide(), 422, "checks-not-acknowledged"))["checks"]![0]!);

        var options = await Answers.ObjectAsync(await ApiWorld.GetAsync(reviewer, ApiWorld.PathOf(review) + "/options"));
        var approve = options["decisions"]!.AsArray().Single(o => (string)o!["decision"]! == "approve")!;
        Assert.True((bool)approve["allowed"]!);
        Assert.Contains("Failed check “C-1” acknowledged", approve["missing"]!.AsArray().Select(word => (string)word!));
        Assert.Equal(3, approve["reasonCodes"]!.AsArray().Count);

        body["acknowledged"] = new JsonArray("C-1", "other");
        var held = await Answers.ObjectAsync(await Decide());
        Assert.Equal("held", (string)held["status"]!);
        Assert.Equal(held.ToJsonString(), (await Answers.ObjectAsync(await Decide())).ToJsonString());
        body["message"] = "another body";
        await Answers.ProblemAsync(await Decide(), 422, "idempotency-key-reused");
        body["operationId"] = "another";
        await Answers.ProblemAsync(await Decide(), 409, "already-decided");

        Task<HttpResponseMessage> Decide(HttpClient? person = null, int revision = 1) => world.DecideAsync(person ?? reviewer, review, body.DeepClone().AsObject(), revision);
    }

    [Fact]
    public async Task Corrected_arguments_fit_the_schema_of_their_source_or_are_refused_by_their_pointers()
    {
        await using var world = await ApiWorld.StartAsync();
        var reviewer = await world.Console.PersonAsync("reviewer");
        var review = await world.SubmitAsync(b => b["action"]!["argumentsSchema"] = JsonNode.Parse("""
            { "required": ["order"], "properties": { "amount": { "type": "string", "pattern": "^[0-9]+\\.[0-9]{2}$" } }, "additionalProperties": { "maxLength": 20 } }
            """));
        var claim = await world.ClaimAsync(reviewer, review);
        var problem = await Answers.ProblemAsync(await Correct(new JsonObject { ["amount"] = "900", ["note to the bank"] = "urgent, please do it today" }), 422, "invalid");
        Assert.Equal(
            ["#/arguments/amount", "#/arguments/note%20to%20the%20bank", "#/arguments/order"], problem["errors"]!.AsArray().Select(one => (string)one!["pointer"]!));
        Assert.Equal("Is required by the action's schema.", (string)problem["errors"]![2]!["detail"]!);
        var held = await Answers.ObjectAsync(await Correct(new JsonObject { ["order"] = "4711", ["amount"] = "900.00", ["currency"] = "USD" }));
        Assert.Equal("held", (string)held["status"]!);

        Task<HttpResponseMessage> Correct(JsonObject arguments) =>
            world.DecideAsync(reviewer, review, world.Decision("correct", "AMOUNT_WRONG", claim, b => b["arguments"] = arguments));
    }

    [Fact]
    public async Task The_catalogue_of_the_policy_that_judged_says_what_a_correction_fits_and_not_the_source()
    {
        await using var world = await ApiWorld.StartAsync("catalogue: { issue_refund: { kind: refund, amount: /amount, arguments: { required: [order], properties: { amount: { pattern: '^[0-9]{1,4}\\.[0-9]{2}$' } } } } }");
        var reviewer = await world.Console.PersonAsync("reviewer");
        var review = await world.SubmitAsync(b => b["action"]!["argumentsSchema"] = JsonNode.Parse("""{ "properties": { "amount": { "const": "1.00" } } }"""));
        var claim = await world.ClaimAsync(reviewer, review);

        var problem = await Answers.ProblemAsync(await Correct(new JsonObject { ["amount"] = "99999.00" }), 422, "invalid");

        Assert.Equal(["#/arguments/amount", "#/arguments/order"], problem["errors"]!.AsArray().Select(one => (string)one!["pointer"]!));
        var held = await Answers.ObjectAsync(await Correct(new JsonObject { ["order"] = "4711", ["amount"] = "900.00", ["currency"] = "USD" }));
        Assert.Equal("held", (string)held["status"]!);

        Task<HttpResponseMessage> Correct(JsonObject arguments) =>
            world.DecideAsync(reviewer, review, world.Decision("correct", "AMOUNT_WRONG", claim, b =>
            {
                b["arguments"] = arguments;
                // What does not fit is a failed check as well, and that comes first.
                b["acknowledged"] = new JsonArray("console:arguments");
            }));
    }

    [Fact]
    public async Task A_correction_runs_what_the_person_wrote_and_says_what_changed()
    {
        await using var world = await ApiWorld.StartAsync();
        var reviewer = await world.Console.PersonAsync("reviewer");
        var review = await world.SubmitAsync();
        var claim = await world.ClaimAsync(reviewer, review);

        await Answers.ProblemAsync(await world.DecideAsync(reviewer, review, world.Decision("correct", "AMOUNT_WRONG", claim)), 422, "nothing-changed");
        await Answers.ProblemAsync(
            await world.DecideAsync(reviewer, review, world.Decision("correct", "AMOUNT_WRONG", claim, b => b["action"] = new JsonObject { ["name"] = "drop" })), 422, "tool-name-changed");
        await Answers.ProblemAsync(await world.DecideAsync(reviewer, review, world.Decision("approve", "POLICY_MET", claim, b => b["arguments"] = new JsonObject())), 422, "invalid");

        var held = await Answers.ObjectAsync(await world.DecideAsync(reviewer, review, world.Decision("correct", "AMOUNT_WRONG", claim, b =>
            b["arguments"] = new JsonObject { ["order"] = "4711", ["amount"] = "900.00", ["currency"] = "USD" })));
        var outcome = await world.OutcomeAsync(review);

        Assert.Equal(("corrected", "resume"), ((string)outcome["decision"]!, (string)outcome["instruction"]!));
        Assert.Equal("""[{"path":"/arguments/amount","value":"900.00","was":"1250.00"}]""", outcome["changes"]!.ToJsonString());
        Assert.Equal(((string)review["actionDigest"]!, (string)held["actionDigest"]!), ((string)outcome["proposedDigest"]!, (string)outcome["actionDigest"]!));
    }

    [Fact]
    public async Task A_rejection_carries_nothing_that_could_run_and_an_alternative_is_a_retry()
    {
        await using var world = await ApiWorld.StartAsync();
        var reviewer = await world.Console.PersonAsync("reviewer");

        var rejected = await world.SubmitAsync();
        await world.HoldAsync(reviewer, rejected, "reject", "NOT_REQUESTED");
        var outcome = await world.OutcomeAsync(rejected);
        Assert.Equal(("rejected", "cancel"), ((string)outcome["decision"]!, (string)outcome["instruction"]!));
        Assert.All(new[] { "action", "draft", "fields", "actionDigest", "changes", "suggestedAction" }, name => Assert.False(outcome.ContainsKey(name)));

        var suggested = await world.SubmitAsync();
        await world.HoldAsync(reviewer, suggested, "reject", "POLICY_VIOLATION", b => b["alternative"] = 0);
        outcome = await world.OutcomeAsync(suggested);
        Assert.Equal(("rejected", "retry", "10.00"), ((string)outcome["decision"]!, (string)outcome["instruction"]!, (string)outcome["suggestedAction"]!["arguments"]!["amount"]!));
        await world.SubmitAsync(b => b["retryOf"] = (string)suggested["id"]!);
    }

    [Fact]
    public async Task A_question_goes_to_the_source_and_its_answer_comes_back()
    {
        await using var world = await ApiWorld.StartAsync();
        var reviewer = await world.Console.PersonAsync("reviewer");
        var review = await world.SubmitAsync();
        var claim = await world.ClaimAsync(reviewer, review);

        await Answers.ProblemAsync(await world.DecideAsync(reviewer, review, world.Decision("return", "STALE", claim)), 422, "invalid");
        await Answers.ObjectAsync(await world.DecideAsync(reviewer, review, world.Decision("return", "STALE", claim, b => b["message"] = "Which order?")));
        await world.PassAsync(TimeSpan.FromSeconds(11));
        var waiting = await world.ReviewAsync(review);
        Assert.Equal(("waitingOnSource", "Which order?"), ((string)waiting["status"]!, (string)waiting["question"]!));

        using var answered = await ApiWorld.SendAsync(
            world.Source, HttpMethod.Put, ApiWorld.PathOf(review), ApiWorld.Refund(b => b["answer"] = "That of May"), ("If-Match", "\"1\""));
        var revised = await Answers.ObjectAsync(answered);
        Assert.Equal(("pending", 2), ((string)revised["status"]!, (int)revised["revision"]!));
        Assert.False(revised.ContainsKey("question"));
    }

    [Fact]
    public async Task Recall_rollback_and_close()
    {
        await using var world = await ApiWorld.StartAsync();
        var reviewer = await world.Console.PersonAsync("reviewer");
        var supervisor = await world.Console.PersonAsync("supervisor");
        var review = await world.SubmitAsync();
        var path = ApiWorld.PathOf(review);
        await Answers.ProblemAsync(await ApiWorld.PostAsync(reviewer, path + "/recall", Operation("r0")), 409, "not-held");

        await world.HoldAsync(reviewer, review, "approve", "POLICY_MET");
        var recalled = await Answers.ObjectAsync(await ApiWorld.PostAsync(reviewer, path + "/recall", Operation("r1")));
        Assert.Equal("pending", (string)recalled["status"]!);
        await Answers.ObjectAsync(await world.DecideAsync(reviewer, review, world.Decision("approve", "POLICY_MET", (string)recalled["claim"]!["token"]!)));
        var outcome = await world.OutcomeAsync(review);
        foreach (var status in new[] { "started", "failed" })
        {
            await Answers.ObjectAsync(await ApiWorld.PostAsync(
                world.Source, path + "/execution", new JsonObject { ["status"] = status, ["actionDigest"] = (string)outcome["actionDigest"]! }));
        }

        await Answers.ProblemAsync(await ApiWorld.PostAsync(reviewer, path + "/rollback", Operation("b0", "undo it")), 403, "not-permitted");
        Assert.Equal(2, (int)(await Answers.ObjectAsync(await ApiWorld.PostAsync(supervisor, path + "/rollback", Operation("b1", "undo it"))))["outcomes"]!);
        var second = await world.OutcomeAsync(review, 2);
        Assert.Equal(("rollback", 2, false), ((string)second["instruction"]!, (int)second["sequence"]!, second.ContainsKey("action")));
        await Answers.ProblemAsync(await ApiWorld.PostAsync(supervisor, path + "/close", Operation("c0")), 422, "rationale-required");
        Assert.Equal("closed", (string)(await Answers.ObjectAsync(await ApiWorld.PostAsync(supervisor, path + "/close", Operation("c1", "mended by hand"))))["status"]!);

        static JsonObject Operation(string id, string? rationale = null)
        {
            var body = new JsonObject { ["operationId"] = id };
            if (rationale is not null)
            {
                body["rationale"] = rationale;
            }

            return body;
        }
    }

    [Fact]
    public async Task Claims_are_renewed_given_back_and_assigned()
    {
        await using var world = await ApiWorld.StartAsync();
        var reviewer = await world.Console.PersonAsync("reviewer");
        var review = await world.SubmitAsync();
        var path = ApiWorld.PathOf(review);
        var claim = await Answers.ObjectAsync(await ApiWorld.PostAsync(reviewer, path + "/claim", null));
        var again = await Answers.ObjectAsync(await ApiWorld.PostAsync(reviewer, path + "/claim", null));
        Assert.Equal(claim.ToJsonString(), again.ToJsonString());

        world.Time.Advance(TimeSpan.FromMinutes(1));
        var renewed = await Answers.ObjectAsync(await ApiWorld.PostAsync(reviewer, path + "/claim/renew", new JsonObject { ["claim"] = (string)claim["token"]! }));
        Assert.True(string.CompareOrdinal((string)renewed["claim"]!["until"]!, (string)claim["until"]!) > 0);
        var released = await Answers.ObjectAsync(await ApiWorld.PostAsync(reviewer, path + "/claim/release", new JsonObject { ["claim"] = (string)claim["token"]! }));
        Assert.Null(released["claim"]);
        await Answers.ProblemAsync(await ApiWorld.PostAsync(reviewer, path + "/claim/renew", new JsonObject { ["claim"] = (string)claim["token"]! }), 409, "claim-lost");
        await Answers.ProblemAsync(await ApiWorld.PostAsync(reviewer, path + "/claim/renew", new JsonObject { ["claim"] = "mine" }), 422, "invalid");

        var to = new JsonObject { ["to"] = new JsonObject { ["queue"] = "experts" }, ["note"] = "yours" };
        await Answers.ProblemAsync(await ApiWorld.PostAsync(reviewer, path + "/assign", to.DeepClone()), 403, "not-permitted");
        await Answers.ObjectAsync(await ApiWorld.PostAsync(await world.Console.PersonAsync("supervisor"), path + "/assign", to.DeepClone()));
        Assert.Equal("experts", (string)(await world.ReviewAsync(review))["queue"]!);
    }

    [Fact]
    public async Task A_stopped_line_lets_nobody_approve_and_everybody_reject()
    {
        await using var world = await ApiWorld.StartAsync();
        var reviewer = await world.Console.PersonAsync("reviewer");
        var supervisor = await world.Console.PersonAsync("supervisor");
        var review = await world.SubmitAsync();
        var stop = new JsonObject { ["scope"] = "everything", ["state"] = "stopped", ["reason"] = "odd refunds" };

        await Answers.ProblemAsync(await ApiWorld.PostAsync(reviewer, "/api/v1/line", stop.DeepClone()), 403, "not-permitted");
        await Answers.ProblemAsync(await ApiWorld.PostAsync(supervisor, "/api/v1/line", new JsonObject { ["scope"] = new JsonObject(), ["state"] = "stopped", ["reason"] = "x" }), 422, "invalid");
        Assert.Single((await Answers.ObjectAsync(await ApiWorld.PostAsync(supervisor, "/api/v1/line", stop.DeepClone())))["stopped"]!.AsArray());
        var claim = await world.ClaimAsync(reviewer, review);
        await Answers.ProblemAsync(await world.DecideAsync(reviewer, review, world.Decision("approve", "POLICY_MET", claim)), 423, "line-stopped");
        stop["state"] = "running";
        Assert.Empty((await Answers.ObjectAsync(await ApiWorld.PostAsync(supervisor, "/api/v1/line", stop)))["stopped"]!.AsArray());
        await Answers.ObjectAsync(await world.DecideAsync(reviewer, review, world.Decision("reject", "DUPLICATE", claim)));
    }

    [Fact]
    public async Task A_long_poll_wakes_when_the_outcome_leaves()
    {
        await using var world = await ApiWorld.StartAsync();
        var reviewer = await world.Console.PersonAsync("reviewer");
        var review = await world.SubmitAsync();
        await Answers.ProblemAsync(await ApiWorld.GetAsync(world.Source, ApiWorld.PathOf(review) + "/outcome?wait=61"), 422, "invalid");
        var poll = ApiWorld.GetAsync(world.Source, ApiWorld.PathOf(review) + "/outcome?wait=60");

        await world.HoldAsync(reviewer, review, "approve", "POLICY_MET");
        await world.PassAsync(TimeSpan.FromSeconds(11));

        Assert.Equal("approved", (string)(await Answers.ObjectAsync(await poll))["decision"]!);
    }

    [Fact]
    public async Task The_ledger_proves_itself_to_a_source_and_shows_it_only_its_own()
    {
        await using var world = await ApiWorld.StartAsync();
        await world.SubmitAsync();
        var review = await world.SubmitAsync();
        var stranger = await world.Console.SourceAsync("stranger");

        var mine = (await Answers.ObjectAsync(await ApiWorld.GetAsync(world.Source, "/api/v1/ledger/entries?from=0&limit=200")))["items"]!.AsArray();
        var theirs = (await Answers.ObjectAsync(await ApiWorld.GetAsync(stranger, "/api/v1/ledger/entries?from=0&limit=200")))["items"]!.AsArray();
        Assert.Equal(2, mine.Count(entry => entry!.AsObject().ContainsKey("entry")));
        Assert.All(theirs, entry => Assert.False(entry!.AsObject().ContainsKey("entry")));
        Assert.Equal(mine.Select(e => (string)e!["leafHash"]!), theirs.Select(e => (string)e!["leafHash"]!).Take(mine.Count));

        var checkpoint = await world.Source.GetStringAsync(new Uri("/api/v1/ledger/checkpoint", UriKind.Relative), TestContext.Current.CancellationToken);
        var size = long.Parse(checkpoint.Split('\n')[1], System.Globalization.CultureInfo.InvariantCulture);
        var seq = (long)mine.Last(entry => entry!.AsObject().ContainsKey("entry"))!["seq"]!;
        var proof = await Answers.ObjectAsync(await ApiWorld.GetAsync(world.Source, $"/api/v1/ledger/proof?seq={seq}&size={size}"));
        Assert.True(ReviewConsole.Core.Ledger.MerkleProof.VerifyInclusion(
            Convert.FromHexString((string)proof["leafHash"]!), seq, size, [.. proof["proof"]!.AsArray().Select(hash => Convert.FromHexString((string)hash!))],
            Convert.FromBase64String(checkpoint.Split('\n')[2])));
        await Answers.ObjectAsync(await ApiWorld.GetAsync(world.Source, $"/api/v1/ledger/proof?first=1&second={size}"));
        await Answers.ProblemAsync(await ApiWorld.GetAsync(world.Source, "/api/v1/ledger/proof?seq=99999"), 422, "invalid");
        Assert.NotNull(review);
    }

    [Fact]
    public async Task No_get_changes_anything()
    {
        await using var world = await ApiWorld.StartAsync();
        var reviewer = await world.Console.PersonAsync("reviewer");
        var review = await world.SubmitAsync();
        var before = await Head();
        foreach (var path in new[] { "", "/outcome", "/receipt" })
        {
            for (var i = 0; i < 2; i++)
            {
                using var answer = await ApiWorld.GetAsync(world.Source, ApiWorld.PathOf(review) + path);
            }
        }

        foreach (var path in new[] { "/api/v1/queue", "/api/v1/me", ApiWorld.PathOf(review) + "/options" })
        {
            using var answer = await ApiWorld.GetAsync(reviewer, path);
            Assert.Equal(200, (int)answer.StatusCode);
        }

        Assert.Equal(before, await Head());

        Task<string> Head() => world.Source.GetStringAsync(new Uri("/api/v1/ledger/checkpoint", UriKind.Relative), TestContext.Current.CancellationToken);
    }
}
