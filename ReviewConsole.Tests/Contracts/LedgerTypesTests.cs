using System.Text.Json;
using System.Text.Json.Nodes;
using ReviewConsole.Core.Delivery;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Ledger;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;
using ReviewConsole.Tests.Core.Gate;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Contracts;

/// <summary>Every type of ledger entry with the members of its <c>data</c> and the names of what it seals, as they are found in real entries.</summary>
public sealed class LedgerTypesTests
{
    private const string Lines = PolicyFile.CommitFirst + """

          - { rule: automation-1, when: { field: tags, contains: auto }, then: { verdict: proceed }, automation: { sample: 1 } }
          - { rule: apart, when: { field: tags, contains: first }, then: { verdict: review, notBy: [editor], skill: german } }
          - { rule: skilled, when: { field: impact.amount, atLeast: 1400 }, then: { skill: german } }
        """;

    [Fact]
    public async Task Every_type_of_entry_has_the_members_that_were_approved()
    {
        await using var desk = new TestDesk(policy: GateCases.Policy(Lines));
        await DoEverythingAsync(desk);
        var types = Types(desk);
        Approved.Is("ledger-types.approved.txt", types.SelectMany(static type => (string[])
        [
            type.Key, $"  data: {Text(type.Value.Data, type.Value.Count)}", $"  sealed: {Text(type.Value.Sealed, type.Value.Count)}",
        ]));

        // The day above must have met every event with every member, or the file would not list it.
        foreach (var e in typeof(ReviewEvent).Assembly.GetTypes().Where(static type => type.IsSubclassOf(typeof(ReviewEvent))))
        {
            var json = ReviewEventJson.Default.GetTypeInfo(e)!;
            var name = ReviewEvents.TypeOf((ReviewEvent)System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(e));
            Assert.True(types.ContainsKey(name), $"No entry of type {name} was made.");
            Assert.Equal(json.Properties.Where(static p => p.Get is not null).Select(static p => p.Name).Order(StringComparer.Ordinal), types[name].Data.Keys);
        }
    }

    [Fact]
    public async Task No_entry_carries_what_anybody_wrote()
    {
        await using var desk = new TestDesk(policy: GateCases.Policy(Lines));
        await DoEverythingAsync(desk);
        var words = new[] { "Looked at all", "look right", "my money back", "issue_refund", "ana@", "jonas", "Refund the order", "refunded twice", "Which one", "no longer needed", "hooks", "acme", "Refunds of" };
        foreach (var entry in Entries(desk))
        {
            Assert.All(words, word => Assert.DoesNotContain(word, entry.GetRawText(), StringComparison.OrdinalIgnoreCase));
            Assert.All(Words(entry), static word => Assert.Matches("^[A-Za-z0-9._:/-]{1,200}$", word));
        }
    }

    /// <summary>Every name and every text in an entry.</summary>
    private static IEnumerable<string> Words(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(static member => Words(member.Value).Prepend(member.Name)),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Words),
        JsonValueKind.String => [value.GetString()!],
        _ => [],
    };

    private static string Text(SortedDictionary<string, int> names, int count) =>
        names.Count == 0 ? "none" : string.Join(", ", names.Select(name => name.Value < count ? name.Key + "?" : name.Key));

    private static SortedDictionary<string, (SortedDictionary<string, int> Data, SortedDictionary<string, int> Sealed, int Count)> Types(TestDesk desk)
    {
        var types = new SortedDictionary<string, (SortedDictionary<string, int> Data, SortedDictionary<string, int> Sealed, int Count)>(StringComparer.Ordinal);
        foreach (var entry in Entries(desk))
        {
            var type = entry.GetProperty("type").GetString()!;
            var known = types.TryGetValue(type, out var found) ? found : (new(StringComparer.Ordinal), new(StringComparer.Ordinal), 0);
            Count(known.Data, entry.GetProperty("data").EnumerateObject().Select(static member => member.Name));
            Count(known.Sealed, entry.TryGetProperty("sealed", out var seals)
                ? seals.EnumerateObject().Select(static seal => seal.Name.StartsWith("evidence/", StringComparison.Ordinal) ? "evidence/*" : seal.Name).Distinct()
                : []);
            types[type] = known with { Count = known.Count + 1 };
        }

        return types;
    }

    private static void Count(SortedDictionary<string, int> counts, IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            counts[name] = counts.GetValueOrDefault(name) + 1;
        }
    }

    private static List<JsonElement> Entries(TestDesk desk)
    {
        using var connection = desk.Store.Database.Open();
        using var ledger = new LedgerReader(connection);
        return [.. ledger.Entries(0, int.MaxValue).Select(static stored => JsonElement.Parse(stored.Entry))];
    }

    /// <summary>A day on which everything happens that the ledger has a word for.</summary>
    private static async Task DoEverythingAsync(TestDesk desk)
    {
        await desk.PersonAsync("jonas", Role.Senior);
        var (jonas, ruth) = (await desk.PersonAsync("jonas", ["german"]), await desk.PersonAsync("ruth", Role.Supervisor));
        await AdministerAsync(desk);
        await DecideAsync(desk, jonas, ruth);
        await JudgeAsync(desk, jonas);
        await DemoteAsync(desk, jonas);
        await ExecuteAsync(desk, jonas, ruth);
        await EndAsync(desk, jonas, ruth);
    }

    private static async Task AdministerAsync(TestDesk desk)
    {
        var (token, writer, database) = (TestDesk.Cancellation, desk.Store.Writer, desk.Store.Database);
        var keys = new KeyStore(writer, database, new KeyDirectory());
        await keys.CreateAsync(Actor.System, "cli", "Refunds of Acme Ltd", ["bot"], Scopes.All, TimeSpan.FromDays(90), token);
        await keys.CreateAsync(Actor.System, "cli", "other", ["other"], Scopes.All, null, token);
        await keys.RevokeAsync(Actor.System, "cli", "Refunds of Acme Ltd", token);
        var endpoints = new EndpointStore(writer, database, new EndpointDirectory(), AddressRules.Create([], development: false), new SecretBox(static b => b, static b => b));
        await endpoints.AddAsync(Actor.System, "cli", "orders", "https://hooks.example.org/", token);
        await endpoints.RotateAsync(Actor.System, "cli", "orders", token);
        await endpoints.DisableAsync(endpoints.All().Single(), token);
        await endpoints.RemoveAsync(Actor.System, "cli", "orders", token);
        await PolicyAsync(desk);
    }

    /// <summary>What people do to policies where no file locks them, and the start that says again what was in force.</summary>
    private static async Task PolicyAsync(TestDesk desk)
    {
        var (token, policies) = (TestDesk.Cancellation, new PolicyDesk(desk.Store.Writer, desk.Store.Database, desk.Board, desk.Time));
        await policies.OpenAsync(null, token);
        var (ana, pia) = (await desk.PersonAsync("ana", Role.Author), await desk.PersonAsync("pia", Role.Publisher));
        var draft = (await policies.SaveAsync(ana, null, "extends: default\npolicy: test\nversion: 2\n# Refunds of Acme Ltd\n", token)).Value!;
        await policies.ShadowAsync(ana, draft.Number, draft.Digest, token);
        await policies.PublishAsync(pia, draft.Number, draft.Digest, null, "Two customers were refunded twice.", token);
        draft = (await policies.SaveAsync(ana, null, PolicyReader.Default.Text, token)).Value!;
        await policies.DiscardAsync(ana, draft.Number, draft.Digest, token);
        await policies.RollBackAsync(pia, 1, "Two customers were refunded twice.", token);
        await policies.OpenAsync(PolicyReader.Default, token);
        await policies.OpenAsync(GateCases.Policy(Lines), token);
    }

    private static async Task DecideAsync(TestDesk desk, PersonActor jonas, PersonActor ruth)
    {
        var token = TestDesk.Cancellation;
        var review = (await desk.SubmitAsync(static b => b["checks"] = new JsonArray(new JsonObject { ["id"] = "REF-2", ["name"] = "Cabin", ["result"] = "fail" }))).Id;
        var claim = (await desk.Reviewers.ClaimAsync(jonas, review, Via.Api, token)).Value!;
        await desk.Reviewers.ReleaseClaimAsync(jonas, review, claim.Token, Via.Api, token);
        claim = (await desk.Reviewers.ClaimAsync(jonas, review, Via.Api, token)).Value!;
        await desk.Notes.WriteAsync(jonas, review, "Does this look right to you?", [ruth.Id], asks: true, token);
        await desk.Reviewers.SkipAsync(jonas, review, claim.Token, SkipReason.WaitingForOpinion, token);
        await desk.Reviewers.AssignAsync(ruth, review, jonas.Id, null, "yours", Via.Api, token);
        await desk.Reviewers.AssignAsync(ruth, review, null, "experts", null, Via.Api, token);
        await desk.DecideAsync(jonas, review, DecisionKind.Escalate);
        await desk.DecideAsync(jonas, review, DecisionKind.Return);
        await desk.ReleaseAsync();
        await ReviseAsync(desk, review, 1);
        await desk.DecideAsync(jonas, review, DecisionKind.Approve, static d => d with { Acknowledged = new HashSet<string> { "REF-2" }, Message = "Go on." });
        await ReviseAsync(desk, review, 2);
        await desk.DecideAsync(jonas, review, DecisionKind.Correct);
        await desk.Reviewers.RecallAsync(jonas, review, "recall", Via.Api, token);
        await desk.Sources.ReportPreconditionsAsync(desk.Source, review, """[{"fingerprint":"v2","name":"order"}]"""u8.ToArray(), token);
        await desk.DecideAsync(jonas, review, DecisionKind.Reject, static d => d with { Alternative = 0 });
        await desk.ReleaseAsync();
        await desk.SubmitAsync(body => body["retryOf"] = review.ToString());
        var small = await desk.SubmitAsync(static body =>
        {
            body["action"]!["arguments"]!["amount"] = "150.00";
            body["impact"] = new JsonObject { ["amount"] = new JsonObject { ["value"] = "150.00", ["currency"] = "USD" }, ["reversible"] = true };
            body["fields"] = new JsonArray(new JsonObject { ["name"] = "total", ["type"] = "money", ["value"] = "150.00" });
        });
        await desk.DecideAsync(jonas, small.Id, DecisionKind.Correct, static d => d with
        {
            Correction = new Correcting(
                JsonElement.Parse("""{"order":"4711","amount":"1500.00","currency":"USD"}"""), null, [new Field("total", "money", JsonElement.Parse("\"1500.00\""), Box: new Box(1, 2, 3, 4))]),
            Acknowledged = new HashSet<string> { "console:declared-amount" },
        });
        await desk.Line.StopAsync(ruth, "bot", null, "Two customers were refunded twice.", token);
        await desk.Line.ResumeAsync(ruth, "bot", null, "mended", token);
        var single = await desk.SubmitAsync();
        await desk.DecideAsync(jonas, single.Id, DecisionKind.Approve);
        var soon = desk.Time.GetUtcNow().AddMinutes(5).ToUnixTimeMilliseconds();
        await desk.Line.SetAsync(ruth, "bot", null, LineMode.TwoPerson, soon, "Two customers were refunded twice.", token);
        await desk.ReleaseAsync();
        await desk.Line.SetAsync(ruth, "bot", null, LineMode.EverythingToReview, null, "Two customers were refunded twice.", token);
        await desk.Line.SetAsync(ruth, "bot", null, LineMode.Stopped, soon, "Two customers were refunded twice.", token);
        await desk.Line.EndAsync(ruth, "bot", null, LineMode.Stopped, "mended", token);
        await desk.Line.ResumeAsync(ruth, "bot", null, "mended", token);
    }

    private static async Task JudgeAsync(TestDesk desk, PersonActor jonas)
    {
        var review = (await desk.SubmitAsync(static body => body["tags"] = new JsonArray("first"))).Id;
        foreach (var (revision, note) in new[] { (1, (string?)null), (2, "Ana has asked for it before.") })
        {
            var claim = (await desk.Reviewers.ClaimAsync(jonas, review, Via.Api, TestDesk.Cancellation)).Value!;
            if (note is not null)
            {
                await desk.LookAsync(jonas, review);
            }

            await desk.Reviewers.JudgeAsync(jonas, review, new Judging(revision, DecisionKind.Approve, note, claim.Token, $"judge-{revision}", Via.Api), TestDesk.Cancellation);
            if (note is null)
            {
                await ReviseAsync(desk, review, 1);
            }
        }

        await desk.DecideAsync(jonas, review, DecisionKind.Approve);
    }

    private static async Task DemoteAsync(TestDesk desk, PersonActor jonas)
    {
        var sample = await desk.SubmitAsync(static body =>
        {
            body["tags"] = new JsonArray("auto");
            body["kind"] = "agentDecision";
            body["action"] = new JsonObject { ["name"] = "agent_decision", ["arguments"] = new JsonObject() };
            body["impact"] = new JsonObject { ["reversible"] = true, ["externallyVisible"] = false };
        });
        await desk.DecideAsync(jonas, sample.Id, DecisionKind.Reject);
    }

    private static async Task ExecuteAsync(TestDesk desk, PersonActor jonas, PersonActor ruth)
    {
        foreach (var (status, byPerson) in new[] { (ExecutionStatus.Succeeded, false), (ExecutionStatus.Failed, true), (ExecutionStatus.Failed, false) })
        {
            var review = await desk.SubmitAsync();
            await desk.DecideAsync(jonas, review.Id, DecisionKind.Approve);
            await desk.ReleaseAsync();
            await ReportAsync(ExecutionStatus.Started, "order 4711, says ana@example.org");
            await ReportAsync(ExecutionStatus.Started, review.ActionDigest);
            await ReportAsync(status, review.ActionDigest);
            if (status == ExecutionStatus.Succeeded)
            {
                await desk.Reviewers.RollbackAsync(ruth, review.Id, "wrong customer", "rollback", Via.Api, TestDesk.Cancellation);
            }
            else if (byPerson)
            {
                await desk.Reviewers.CloseAsync(ruth, review.Id, "done by hand", "close", Via.Api, TestDesk.Cancellation);
            }
            else
            {
                await desk.SubmitAsync(body => body["retryOf"] = review.Id.ToString());
            }

            Task ReportAsync(ExecutionStatus report, string digest) => desk.Sources.ReportAsync(
                desk.Source, review.Id, report, digest, report == ExecutionStatus.Started ? null : "as told", report == ExecutionStatus.Started ? null : "tx-1", TestDesk.Cancellation);
        }
    }

    private static async Task EndAsync(TestDesk desk, PersonActor jonas, PersonActor ruth)
    {
        var withdrawn = await desk.SubmitAsync();
        await desk.Sources.CancelAsync(desk.Source, withdrawn.Id, "no longer needed", TestDesk.Cancellation);
        withdrawn = await desk.SubmitAsync();
        await desk.Sources.CancelAsync(desk.Source, withdrawn.Id, null, TestDesk.Cancellation);
        await desk.SubmitAsync(static body => body["expires"] = new JsonObject { ["outcome"] = "escalate" });
        var status = ReviewStatus.Pending;
        for (var i = 0; status == ReviewStatus.Pending; i++)
        {
            // One in twenty is drawn as an audit sample.
            status = (await desk.SubmitAsync(body =>
            {
                body["kind"] = "agentDecision";
                body["action"] = new JsonObject { ["name"] = "agent_decision", ["arguments"] = new JsonObject { ["answer"] = i } };
                body["impact"] = new JsonObject { ["reversible"] = true, ["externallyVisible"] = false };
            })).Status;
        }

        desk.Time.Advance(TimeSpan.FromHours(25));
        await desk.Clock.TickAsync(TestDesk.Cancellation);
        Assert.NotEqual(jonas, ruth);
    }

    private static async Task ReviseAsync(TestDesk desk, Guid review, int expected)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(TestDesk.Refund().ToJsonString());
        var reading = ProposalReader.Read(bytes, ProposalLimits.Default);
        var answer = await desk.Sources.ReviseAsync(desk.Source, review, expected, new Incoming(reading.Proposal!, bytes, null), "The blue one.", TestDesk.Cancellation);
        Assert.Null(answer.Refusal);
    }
}
