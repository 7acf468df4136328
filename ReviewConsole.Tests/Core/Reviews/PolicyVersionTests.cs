using System.Text;
using System.Text.Json;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Core.Reviews;

/// <summary>A review keeps the version that judged it, whatever is published while it runs; what comes in is judged by the version in force when it is recorded.</summary>
public sealed class PolicyVersionTests : IAsyncDisposable
{
    private const string First = """
        claim: 30 min
        queues: { refunds: { kinds: [refund] }, sages: { escalations: true } }
        reasons:
          approve: { fine: Fine by the first version }
        """;

    private const string Second = """
        claim: 5 min
        queues: { money: { kinds: [refund] }, elders: { escalations: true } }
        rules:
          - { rule: nothing-above, when: { field: impact.amount, atLeast: 500 }, then: { verdict: block }, reason: No refunds any more }
        reasons:
          approve: { checked: Checked by the second version }
          reject: { refused: Refused by the second version }
        """;

    private readonly TestDesk _desk = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task Nobody_decides_under_another_version_what_one_judged_that_is_kept_and_unread()
    {
        _desk.Spoiled = true;
        await PublishAsync(1, First);
        var jonas = await _desk.PersonAsync("jonas");
        var review = await SmallAsync();
        await PublishAsync(2, Second);
        await _desk.Store.Writer.RunAsync(scope => scope.Prepare("UPDATE policy SET text = replace(text, 'claim: 30', 'claim: 31')").ExecuteNonQuery(), Cancelled);

        // The next process.
        var board = new PolicyBoard(_desk.Time);
        await new PolicyDesk(_desk.Store.Writer, _desk.Store.Database, board, _desk.Time).OpenAsync(null, Cancelled);
        var gate = new Gatekeeper(board, new byte[32], _desk.Lines, _desk.Calibration, _desk.Time);
        var reviewers = new ReviewerDesk(_desk.Store.Writer, _desk.Store.Database, new ReviewRunner(board), gate, new Corrections(_desk.Store.Database, gate), _desk.Contents, _desk.Directory, _desk.Time);
        var claim = (await reviewers.ClaimAsync(jonas, review.Id, Via.Api, Cancelled)).Value!;
        await _desk.LookAsync(jonas, review.Id);

        var decided = await reviewers.DecideAsync(jonas, review.Id, _desk.Decision(review.Id, DecisionKind.Approve, claim.Token) with { ReasonCode = "checked" }, Cancelled);

        Assert.Contains("“test” 1 judged this", Assert.IsType<Refusal.Invalid>(decided.Refusal).Detail, StringComparison.Ordinal);
        Assert.Equal("claim: 31", Assert.Single(board.Unread).Text.Split('\n').Single(line => line.StartsWith("claim", StringComparison.Ordinal))[..9]);
    }

    [Fact]
    public async Task A_running_review_is_decided_under_the_version_that_judged_it()
    {
        await PublishAsync(1, First);
        var jonas = await _desk.PersonAsync("jonas", Role.Supervisor);
        var review = await SmallAsync();
        Assert.Equal(("test", 1, "refunds"), (review.Gate.Policy, review.Gate.PolicyVersion, review.Queue));

        await PublishAsync(2, Second);

        var claim = (await _desk.Reviewers.ClaimAsync(jonas, review.Id, Via.Api, Cancelled)).Value!;
        Assert.Equal(30 * 60_000, claim.Until - _desk.Time.GetUtcNow().ToUnixTimeMilliseconds());
        await _desk.LookAsync(jonas, review.Id);
        Assert.Equal(["fine"], Codes(jonas, review.Id, DecisionKind.Approve));
        var approve = _desk.Decision(review.Id, DecisionKind.Approve, claim.Token);
        var unknown = await _desk.Reviewers.DecideAsync(jonas, review.Id, approve with { ReasonCode = "checked" }, Cancelled);
        Assert.Equal(["fine"], Assert.IsType<Refusal.ReasonUnknown>(unknown.Refusal).Known);
        Assert.IsType<Refusal.Invalid>((await _desk.Reviewers.AssignAsync(jonas, review.Id, null, "money", null, Via.Api, Cancelled)).Refusal);
        Assert.Null((await _desk.Reviewers.AssignAsync(jonas, review.Id, null, "refunds", null, Via.Api, Cancelled)).Refusal);

        // The second version would block it; the first one asks a person.
        claim = (await _desk.Reviewers.ClaimAsync(jonas, review.Id, Via.Api, Cancelled)).Value!;
        await _desk.LookAsync(jonas, review.Id);
        var corrected = await _desk.Reviewers.DecideAsync(
            jonas, review.Id,
            _desk.Decision(review.Id, DecisionKind.Correct, claim.Token) with { Correction = new Correcting(JsonElement.Parse("""{"order":"4711","amount":"900.00","currency":"USD"}"""), null, null) },
            Cancelled);
        Assert.Null(corrected.Refusal);
        var decided = Decided(review.Id);
        Assert.Equal(("test", 1, review.Gate.PolicyDigest), (decided.Policy.Name, decided.Policy.Version, decided.Policy.Digest));
        Assert.DoesNotContain("nothing-above", decided.Rules.Keys);
    }

    [Fact]
    public async Task What_comes_in_after_it_is_judged_by_the_new_version_and_so_is_a_new_revision()
    {
        await PublishAsync(1, First);
        var jonas = await _desk.PersonAsync("jonas");
        var review = await SmallAsync();
        await PublishAsync(2, Second);

        var other = await SmallAsync();
        Assert.Equal((2, "money"), (other.Gate.PolicyVersion, other.Queue));
        Assert.Equal(1, _desk.Reviews.Find(review.Id)!.State.Gate.PolicyVersion);
        Assert.Equal(["blocked"], (await _desk.SubmitAsync()).Outcomes.Select(static outcome => outcome.Decision.Word()));

        var revised = await ReviseAsync(review.Id);
        Assert.Equal((2, "money"), (revised.Gate.PolicyVersion, revised.Queue));
        await _desk.Reviewers.ClaimAsync(jonas, review.Id, Via.Api, Cancelled);
        Assert.Equal(["checked"], Codes(jonas, review.Id, DecisionKind.Approve));
    }

    [Fact]
    public async Task An_escalation_goes_to_the_experts_of_its_own_version()
    {
        await PublishAsync(1, First);
        var jonas = await _desk.PersonAsync("jonas");
        var review = await SmallAsync();
        var expiring = await SmallAsync(escalates: true);
        await PublishAsync(2, Second);

        Assert.Null((await _desk.DecideAsync(jonas, review.Id, DecisionKind.Escalate)).Refusal);
        _desk.Time.Advance(TimeSpan.FromHours(25));
        await _desk.Clock.TickAsync(Cancelled);

        Assert.Equal("sages", _desk.Reviews.Find(expiring.Id)!.State.Queue);
        Assert.Equal("sages", ((Escalated)_desk.Reviews.Read(review.Id, null)!.Timeline.Last(static entry => entry.Event is Escalated).Event).Queue);
    }

    [Fact]
    public async Task A_submit_behind_a_publication_in_one_batch_meets_the_new_version()
    {
        await PublishAsync(1, First);
        var (publish, review) = (await ReadyAsync(2, Second), await SmallAsync());

        var (_, submitted) = await _desk.TogetherAsync(publish, () => _desk.TrySubmitAsync(Small));
        Assert.Equal((2, "money"), Judged(submitted.Value!.Id));

        var third = await ReadyAsync(3, First);
        var (_, revised) = await _desk.TogetherAsync(third, () => ReviseAsync(review.Id));
        Assert.Equal(3, revised.Gate.PolicyVersion);
        // What is sealed is what counted.
        Assert.Equal((3, "refunds"), (_desk.Reviews.Content(revised)!.Gate.Policy.Version, _desk.Reviews.Content(revised)!.Gate.Queue));
    }

    [Fact]
    public async Task What_a_new_versions_windows_ask_for_is_counted_in_the_write_that_meets_it_first()
    {
        const string counting = "windows: { refunds: { over: source, kind: refund, period: 24 h } }\n";
        await PublishAsync(1, counting);
        await SmallAsync();
        await PublishAsync(2, First);
        var back = await ReadyAsync(3, counting);

        // Nothing was noted between: the window reaches back further than what is known, and says so.
        var (_, submitted) = await _desk.TogetherAsync(back, () => _desk.TrySubmitAsync(Small));

        var gate = _desk.Reviews.Content(_desk.Reviews.Find(submitted.Value!.Id)!.State)!.Gate;
        Assert.Equal(3, gate.Policy.Version);
        Assert.Equal(["refunds"], gate.Facts.Windows.Keys);
    }

    [Fact]
    public async Task A_submit_before_a_publication_in_one_batch_keeps_the_old_version()
    {
        await PublishAsync(1, First);
        var publish = await ReadyAsync(2, Second);

        var (submitted, _) = await _desk.TogetherAsync(() => _desk.TrySubmitAsync(Small), publish);

        Assert.Equal((1, "refunds"), Judged(submitted.Value!.Id));
        Assert.Equal(2, _desk.Board.InForce.Policy.Version);
    }

    [Fact]
    public async Task A_version_whose_time_comes_while_a_submit_waits_judges_it()
    {
        await PublishAsync(1, First);
        await (await ReadyAsync(2, Second, TimeSpan.FromMinutes(1)))();
        Assert.Equal(1, (await SmallAsync()).Gate.PolicyVersion);

        var (submitted, _) = await _desk.TogetherAsync(
            () => _desk.TrySubmitAsync(Small),
            () =>
            {
                _desk.Time.Advance(TimeSpan.FromMinutes(1));
                return Task.FromResult(true);
            });

        Assert.Equal((2, "money"), Judged(submitted.Value!.Id));
    }

    [Fact]
    public async Task Racing_publications_leave_no_submit_with_a_version_that_was_not_in_force()
    {
        await PublishAsync(1, First);
        var acts = new List<Func<Task<Result<StoredPolicy>>>>();
        for (var version = 2; version < 12; version++)
        {
            acts.Add(await ReadyAsync(version, version % 2 == 0 ? Second : First));
        }

        var publishing = Task.Run(
            async () =>
            {
                foreach (var act in acts)
                {
                    Assert.Null((await act()).Refusal);
                }
            },
            Cancelled);
        var submitted = new List<Guid>();
        while (!publishing.IsCompleted || submitted.Count < 50)
        {
            submitted.AddRange((await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => _desk.TrySubmitAsync(Small), Cancelled)))).Select(static result => result.Value!.Id));
        }

        await publishing;
        var acted = _desk.Policies.Read();
        foreach (var state in submitted.Select(id => _desk.Reviews.Find(id)!.State))
        {
            var inForce = acted.Acts.Last(told => told.Act.Seq < state.ContentSeq).Act.Policy;
            Assert.Equal(acted.Policies.Single(policy => policy.Number == inForce).Version, state.Gate.PolicyVersion);
        }
    }

    [Fact]
    public async Task A_review_that_an_unknown_policy_judged_takes_its_codes_from_the_one_in_force()
    {
        Assert.Equal("default", _desk.Board.Of("sha256:" + new string('0', 64)).Policy.Name);
        await PublishAsync(1, First);
        Assert.Equal("test", _desk.Board.Of("sha256:" + new string('0', 64)).Policy.Name);
        Assert.Equal("default", _desk.Board.Of(PolicyReader.Default.Digest).Policy.Name);
    }

    [Fact]
    public void A_text_means_what_its_base_meant_when_it_was_saved()
    {
        const string text = "extends: default\npolicy: test\nversion: 1\n";
        var older = PolicyReader.Default.Text.Replace("hold: 10 s", "hold: 25 s", StringComparison.Ordinal);

        var read = PolicyReader.Read(text, older).Policy!;

        Assert.Equal((25, older), (read.HoldSeconds, read.Base));
        Assert.NotEqual(PolicyReader.Read(text).Policy!.Digest, read.Digest);
        Assert.Contains("extends", Assert.Single(PolicyReader.Read(text, "no policy").Errors).Path, StringComparison.Ordinal);
    }

    private async Task PublishAsync(int version, string lines) => Assert.Null((await (await ReadyAsync(version, lines))()).Refusal);

    private async Task<Func<Task<Result<StoredPolicy>>>> ReadyAsync(int version, string lines, TimeSpan? later = null)
    {
        var (ana, pia) = (await _desk.PersonAsync("ana", Role.Author), await _desk.PersonAsync("pia", Role.Publisher));
        var draft = (await _desk.Policies.SaveAsync(ana, null, $"extends: default\npolicy: test\nversion: {version}\n{lines}", Cancelled)).Value!;
        long? effective = later is { } wait ? (_desk.Time.GetUtcNow() + wait).ToUnixTimeMilliseconds() : null;
        return () => _desk.Policies.PublishAsync(pia, draft.Number, draft.Digest, effective, "Agreed.", Cancelled);
    }

    private static void Small(System.Text.Json.Nodes.JsonObject body)
    {
        body["action"]!["arguments"]!["amount"] = "150.00";
        body["impact"] = System.Text.Json.Nodes.JsonNode.Parse("""{ "amount": { "value": "150.00", "currency": "USD" }, "reversible": true, "externallyVisible": true }""");
    }

    private Task<ReviewState> SmallAsync(bool escalates = false) => _desk.SubmitAsync(body =>
    {
        Small(body);
        if (escalates)
        {
            body["expires"] = System.Text.Json.Nodes.JsonNode.Parse("""{ "outcome": "escalate" }""");
        }
    });

    private async Task<ReviewState> ReviseAsync(Guid id)
    {
        var body = TestDesk.Refund();
        Small(body);
        var bytes = Encoding.UTF8.GetBytes(body.ToJsonString());
        var incoming = new Incoming(ProposalReader.Read(bytes, ProposalLimits.Default).Proposal!, bytes, null);
        var revised = await _desk.Sources.ReviseAsync(_desk.Source, id, _desk.Reviews.Find(id)!.State.Revision, incoming, null, Cancelled);
        Assert.Null(revised.Refusal);
        return revised.Value!;
    }

    private (int Version, string Queue) Judged(Guid id) => (_desk.Reviews.Find(id)!.State.Gate.PolicyVersion, _desk.Reviews.Find(id)!.State.Queue);

    private IEnumerable<string> Codes(PersonActor person, Guid id, DecisionKind decision) =>
        _desk.Reviewers.Options(person, id)!.Single(option => option.Decision == decision).Reasons.Select(static reason => reason.Code);

    private Decided Decided(Guid id) => (Decided)_desk.Reviews.Read(id, null)!.Timeline.Last(static entry => entry.Event is Decided).Event;
}
