using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ReviewConsole.Client;
using ReviewConsole.Tests.Core.Delivery;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Api;

/// <summary>Journeys of a program that knows nothing but WIRE.md: several people, another's eyes, receipts, webhooks, and what never leaves.</summary>
public sealed class JourneyTests
{
    [Fact]
    public async Task Two_people_have_to_agree_and_the_outcome_names_both()
    {
        await using var world = await ApiWorld.StartAsync();
        var (first, second) = (await world.Console.PersonAsync("reviewer"), await world.Console.PersonAsync("reviewer2"));
        var review = await world.SubmitAsync(Amount("12500.00"));
        Assert.Equal(2, (int)review["gate"]!["approvals"]!);

        var answer = await Answers.ObjectAsync(await world.DecideAsync(first, review, world.Decision("approve", "POLICY_MET", await world.ClaimAsync(first, review))));
        Assert.Equal(("pending", 1, 2), ((string)answer["status"]!, (int)answer["approvals"]!["have"]!, (int)answer["approvals"]!["need"]!));
        Assert.False(answer.ContainsKey("releasesAt"));
        Assert.Null((await world.ReviewAsync(review))["claim"]);
        await Answers.ProblemAsync(await ApiWorld.PostAsync(first, ApiWorld.PathOf(review) + "/recall", new JsonObject { ["operationId"] = "r" }), 409, "not-held");
        await Answers.ProblemAsync(
            await world.DecideAsync(first, review, world.Decision("approve", "POLICY_MET", await world.ClaimAsync(first, review))), 403, "conflict-of-interest");
        await world.PassAsync(TimeSpan.FromMinutes(16));

        var held = await world.HoldAsync(second, review, "approve", "POLICY_MET");
        Assert.Equal((2, 2), ((int)held["approvals"]!["have"]!, (int)held["approvals"]!["need"]!));
        var outcome = await world.OutcomeAsync(review);
        Assert.Equal(2, outcome["decidedBy"]!.AsArray().Select(by => (string)by!["id"]!).Distinct().Count());
        Assert.All(outcome["decidedBy"]!.AsArray(), by => Assert.Equal("reviewer", (string)by!["role"]!));
    }

    [Fact]
    public async Task A_correction_by_the_second_voids_the_first_and_a_recall_brings_it_back()
    {
        await using var world = await ApiWorld.StartAsync();
        var (first, second) = (await world.Console.PersonAsync("reviewer"), await world.Console.PersonAsync("reviewer2"));
        var review = await world.SubmitAsync(Amount("12500.00"));
        await Answers.ObjectAsync(await world.DecideAsync(first, review, world.Decision("approve", "POLICY_MET", await world.ClaimAsync(first, review))));
        var corrected = await Answers.ObjectAsync(await world.DecideAsync(second, review, world.Decision(
            "correct", "AMOUNT_WRONG", await world.ClaimAsync(second, review), b => b["arguments"] = Arguments("11000.00"))));
        Assert.Equal((1, 2), ((int)corrected["approvals"]!["have"]!, (int)corrected["approvals"]!["need"]!));

        // The first one's approval is void, so that they may approve what is there now.
        await world.HoldAsync(first, review, "approve", "POLICY_MET");
        var outcome = await world.OutcomeAsync(review);
        Assert.Equal(("corrected", "11000.00"), ((string)outcome["decision"]!, (string)outcome["action"]!["arguments"]!["amount"]!));
        Assert.Equal(2, outcome["decidedBy"]!.AsArray().Count);
    }

    [Fact]
    public async Task Who_started_it_neither_approves_nor_corrects_but_may_reject()
    {
        await using var world = await ApiWorld.StartAsync();
        var reviewer = await world.Console.PersonAsync("reviewer");
        var review = await world.SubmitAsync(b => b["initiator"] = new JsonObject { ["id"] = "Reviewer@Example.org" });
        var claim = await world.ClaimAsync(reviewer, review);
        await Answers.ProblemAsync(await world.DecideAsync(reviewer, review, world.Decision("approve", "POLICY_MET", claim)), 403, "conflict-of-interest");
        await Answers.ProblemAsync(
            await world.DecideAsync(reviewer, review, world.Decision("correct", "AMOUNT_WRONG", claim, b => b["arguments"] = Arguments("1.00"))), 403, "conflict-of-interest");
        await Answers.ObjectAsync(await world.DecideAsync(reviewer, review, world.Decision("reject", "DUPLICATE", claim)));
    }

    [Fact]
    public async Task Nothing_a_person_does_goes_without_the_token_and_nothing_with_a_key()
    {
        await using var world = await ApiWorld.StartAsync();
        var reviewer = await world.Console.PersonAsync("reviewer");
        var review = await world.SubmitAsync();
        reviewer.DefaultRequestHeaders.Remove("X-CSRF-TOKEN");
        foreach (var path in new[] { "claim", "claim/renew", "claim/release", "seen", "assign", "decision", "recall", "rollback", "close" }.Select(verb => $"{ApiWorld.PathOf(review)}/{verb}").Append("/api/v1/line"))
        {
            await Answers.ProblemAsync(await ApiWorld.PostAsync(reviewer, path, new JsonObject()), 400, "antiforgery");
            await Answers.ProblemAsync(await ApiWorld.PostAsync(world.Source, path, new JsonObject()), 401, "unauthorized");
        }
    }

    [Fact]
    public async Task Another_key_finds_nothing_behind_any_door()
    {
        await using var world = await ApiWorld.StartAsync();
        var review = await world.SubmitAsync();
        var (stranger, path) = (await world.Console.SourceAsync("stranger"), ApiWorld.PathOf(review));
        var before = (await world.ReviewAsync(review)).ToJsonString();
        await Answers.ProblemAsync(await ApiWorld.SendAsync(
            stranger, HttpMethod.Put, path, ApiWorld.Refund(b => b["source"]!["system"] = "stranger"), ("If-Match", "\"1\"")), 404, "unknown-review");
        await Answers.ProblemAsync(await ApiWorld.PostAsync(
            stranger, path + "/preconditions", new JsonArray(new JsonObject { ["name"] = "a", ["fingerprint"] = "b" })), 404, "unknown-review");
        await Answers.ProblemAsync(await ApiWorld.PostAsync(
            stranger, path + "/execution", new JsonObject { ["status"] = "started", ["actionDigest"] = (string)review["actionDigest"]! }), 404, "unknown-review");
        await Answers.ProblemAsync(await ApiWorld.PostAsync(stranger, path + "/cancel", new JsonObject()), 404, "unknown-review");
        await Answers.ProblemAsync(await ApiWorld.GetAsync(stranger, path + "/outcome?wait=1"), 404, "unknown-review");
        Assert.Equal(before, (await world.ReviewAsync(review)).ToJsonString());
    }

    [Fact]
    public async Task A_receipt_verifies_without_the_server_and_says_nothing_internal()
    {
        await using var world = await ApiWorld.StartAsync();
        var reviewer = await world.Console.PersonAsync("reviewer");
        var review = await world.SubmitAsync();
        await world.HoldAsync(reviewer, review, "reject", "SUSPECTED_FRAUD", b => b["rationale"] = "The customer is known for this, says Ruth.");
        var outcome = await world.OutcomeAsync(review);
        var receipt = (string)outcome["receipt"]!;
        using var folder = new TemporaryFolder();
        var data = world.Console.Host.Data.Path;
        var key = (await ConsoleProcess.RunAsync(["keys", "ledger", "--data", data], folder.Path)).Output.Trim();
        await File.WriteAllTextAsync(folder.File("receipt"), receipt, TestContext.Current.CancellationToken);
        var verified = await ConsoleProcess.RunAsync(["verify", folder.File("receipt"), "--key", key], folder.Path);
        Assert.True(verified.Exit == 0 && verified.Output.StartsWith("VERIFIED", StringComparison.Ordinal), verified.Output + verified.Error);

        // The entry is base64 in the line "extra"; a source reads it and finds ids, words of ours and digests.
        var extra = receipt.Split('\n').Single(static line => line.StartsWith("extra ", StringComparison.Ordinal))["extra ".Length..];
        var entry = Encoding.UTF8.GetString(Convert.FromBase64String(extra));
        var root = JsonNode.Parse(entry)!;
        Assert.Equal(("outcomeReleased", (string)review["id"]!), ((string)root["type"]!, (string)root["review"]!));
        var withoutReceipt = outcome.DeepClone().AsObject();
        withoutReceipt.Remove("receipt");
        Assert.Equal(
            (string)root["data"]!["outcomeDigest"]!,
            "sha256:" + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(CanonicalJson.Of(JsonSerializer.SerializeToElement(withoutReceipt)))));
        foreach (var word in new[] { "known for this", "Ruth", "rationale", "session", "@example.org", "my money back", "Refund the order" })
        {
            Assert.DoesNotContain(word, entry, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(word, withoutReceipt.ToJsonString(), StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task A_webhook_tells_the_outcome_and_the_sdk_believes_it()
    {
        await using var world = await ApiWorld.StartAsync();
        await using var receiver = await Receiver.StartAsync();
        var arrived = new TaskCompletionSource<Call>(TaskCreationOptions.RunContinuationsAsynchronously);
        receiver.Answer = (call, http) =>
        {
            arrived.TrySetResult(call);
            return Receiver.Status(http, 204);
        };
        using var folder = new TemporaryFolder();
        var added = await ConsoleProcess.RunAsync(["endpoints", "add", "--name", "orders", "--url", receiver.Url, "--data", world.Console.Host.Data.Path], folder.Path);
        Assert.True(added.Exit == 0, added.Error);
        var reviewer = await world.Console.PersonAsync("reviewer");
        var review = await world.SubmitAsync(b => b["deliver"] = new JsonObject { ["webhook"] = "orders", ["dialect"] = "native" });
        await world.HoldAsync(reviewer, review, "approve", "POLICY_MET");
        var outcome = await world.OutcomeAsync(review);

        var call = await arrived.Task.WaitAsync(TestContext.Current.CancellationToken);
        var timestamp = call.Timestamp.ToString(CultureInfo.InvariantCulture);
        Assert.True(WebhookVerifier.Verify(added.Output.Trim(), call.Id, timestamp, call.Body, call.Signature, world.Time.GetUtcNow()));
        Assert.False(WebhookVerifier.Verify(added.Output.Trim(), call.Id, timestamp, [.. call.Body, 32], call.Signature, world.Time.GetUtcNow()));
        var told = JsonNode.Parse(call.Body)!;
        Assert.Equal("review.decided", (string)told["type"]!);
        Assert.True(JsonNode.DeepEquals(outcome, told["data"]));
    }

    [Fact]
    public async Task Members_without_a_value_are_absent_and_only_the_claim_is_null()
    {
        await using var world = await ApiWorld.StartAsync();
        var reviewer = await world.Console.PersonAsync("reviewer");
        var review = await world.SubmitAsync();
        await world.HoldAsync(reviewer, review, "approve", "POLICY_MET");
        var answers = new Dictionary<string, JsonNode>(StringComparer.Ordinal)
        {
            ["submit"] = review,
            ["outcome"] = await world.OutcomeAsync(review),
            ["review"] = await world.ReviewAsync(review),
            ["list"] = await Answers.ObjectAsync(await ApiWorld.GetAsync(world.Source, "/api/v1/reviews?after=")),
            ["second"] = await world.SubmitAsync(),
            ["queue"] = await Answers.ObjectAsync(await ApiWorld.GetAsync(reviewer, "/api/v1/queue?after=")),
            ["options"] = await Answers.ObjectAsync(await ApiWorld.GetAsync(reviewer, ApiWorld.PathOf(review) + "/options")),
            ["me"] = await Answers.ObjectAsync(await ApiWorld.GetAsync(reviewer, "/api/v1/me")),
        };
        Assert.All(answers.SelectMany(static answer => Nulls(answer.Value, answer.Key)), static path => Assert.EndsWith("/claim", path, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_not_built_is_refused_and_a_repeat_without_a_key_is_a_second_review()
    {
        await using var world = await ApiWorld.StartAsync();
        await Answers.ProblemAsync(await ApiWorld.PostAsync(
            world.Source, "/api/v1/reviews", ApiWorld.Refund(b => b["deliver"] = new JsonObject { ["dialect"] = "langgraph" })), 422, "not-supported");
        Assert.NotEqual((string)(await world.SubmitAsync())["id"]!, (string)(await world.SubmitAsync())["id"]!);
    }

    [Fact]
    public async Task Nobody_in_time_means_no_and_says_so_to_everybody()
    {
        await using var world = await ApiWorld.StartAsync();
        var review = await world.SubmitAsync();
        await world.PassAsync(TimeSpan.FromHours(25));
        var reviewer = await world.Console.PersonAsync("reviewer");
        var outcome = await world.OutcomeAsync(review);
        Assert.Equal(("expired", "cancel", "expiry"), ((string)outcome["decision"]!, (string)outcome["instruction"]!, (string)outcome["decidedBy"]![0]!["role"]!));
        Assert.All(new[] { "action", "actionDigest", "changes", "validUntil", "reasonCode" }, name => Assert.False(outcome.ContainsKey(name)));
        await Answers.ProblemAsync(await ApiWorld.PostAsync(reviewer, ApiWorld.PathOf(review) + "/claim", null), 409, "expired");
        await Answers.ProblemAsync(await ApiWorld.PostAsync(world.Source, ApiWorld.PathOf(review) + "/cancel", new JsonObject()), 409, "expired");
        await Answers.ProblemAsync(await ApiWorld.PostAsync(
            world.Source, ApiWorld.PathOf(review) + "/execution", new JsonObject { ["status"] = "started", ["actionDigest"] = (string)review["actionDigest"]! }), 409, "not-released");
    }

    private static Action<JsonObject> Amount(string amount) => body =>
    {
        body["action"]!["arguments"] = Arguments(amount);
        body["impact"]!["amount"]!["value"] = amount;
    };

    private static JsonObject Arguments(string amount) => new() { ["order"] = "4711", ["amount"] = amount, ["currency"] = "USD" };

    private static IEnumerable<string> Nulls(JsonNode? node, string path) => node switch
    {
        null => [path],
        JsonObject item => item.SelectMany(member => Nulls(member.Value, $"{path}/{member.Key}")),
        JsonArray list => list.SelectMany((element, i) => Nulls(element, $"{path}/{i}")),
        _ => [],
    };
}
