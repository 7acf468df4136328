using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Oversight;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Queue;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;

namespace ReviewConsole.Tests.Support;

/// <summary>The product without a screen or a wire: real file, real Writer, fake time.</summary>
internal sealed class TestDesk : IAsyncDisposable
{
    private int _operations;

    public TestDesk(FakeTime? time = null, GatePolicy? policy = null)
    {
        Time = time ?? new FakeTime();
        Store = new TestStore(Time);
        Lines = new LineBoard(Time);
        Contents = new ContentReader(Store.Database);
        Board = new PolicyBoard(Time);
        Policies = new PolicyDesk(Store.Writer, Store.Database, Board, Time);
        Policies.OpenAsync(policy, Cancellation).GetAwaiter().GetResult();
        Gate = new Gatekeeper(Board, new byte[32], Lines, Calibration, Time);
        var runner = new ReviewRunner(Board);
        People = new PeopleStore(Store.Writer, Store.Database, Directory);
        Sources = new SourceDesk(Store.Writer, Store.Database, runner, Gate, Contents, Time);
        Reviewers = new ReviewerDesk(Store.Writer, Store.Database, runner, Gate, new Corrections(Store.Database, Gate), Contents, Directory, Time);
        Notes = new NoteDesk(Store.Writer, Store.Database, runner, Directory);
        Clock = new ClockDesk(Store.Writer, Store.Database, runner, Gate, Contents, Lines, Time);
        Line = new LineDesk(Store.Writer, Lines);
        Reviews = new ReviewReader(Store.Database, Contents);
        Queue = new QueueReader(new Contexts(Store.Database), Directory, Time);
        Rebuild = new LedgerRebuild(Store.Database);
    }

    public FakeTime Time { get; }

    public TestStore Store { get; }

    public Calibration Calibration { get; } = new() { IsWhole = true };

    public LineBoard Lines { get; }

    public ContentReader Contents { get; }

    public PolicyBoard Board { get; }

    public PolicyDesk Policies { get; }

    public Gatekeeper Gate { get; }

    public PeopleDirectory Directory { get; } = new();

    public PeopleStore People { get; }

    public SourceDesk Sources { get; }

    public ReviewerDesk Reviewers { get; }

    public NoteDesk Notes { get; }

    public ClockDesk Clock { get; }

    public LineDesk Line { get; }

    public ReviewReader Reviews { get; }

    public QueueReader Queue { get; }

    public LedgerRebuild Rebuild { get; }

    public SourceActor Source { get; } = new("k1", "o1", new HashSet<string> { "bot" }.ToFrozenSet(), new HashSet<string>().ToFrozenSet());

    public static CancellationToken Cancellation => Xunit.TestContext.Current.CancellationToken;

    /// <summary>Signs somebody in with these roles.</summary>
    public async Task<PersonActor> PersonAsync(string name, params Role[] roles)
    {
        var (person, session) = (await People.SignInAsync(
            name, $"{name}@example.org", name, roles.Length == 0 ? [Role.Reviewer] : roles, TimeSpan.FromDays(30), Cancellation))!.Value;
        return person.Actor(session.Id);
    }

    /// <summary>Signs a reviewer in with these skills.</summary>
    public async Task<PersonActor> PersonAsync(string name, IReadOnlyCollection<string> skills)
    {
        var (person, session) = (await People.SignInAsync(
            name, $"{name}@example.org", name, [Role.Reviewer], skills.ToHashSet(StringComparer.Ordinal), TimeSpan.FromDays(30), Cancellation))!.Value;
        return person.Actor(session.Id);
    }

    /// <summary>Submits a proposal and answers its state. The body is a refund of high risk that <paramref name="change"/> may alter.</summary>
    public async Task<ReviewState> SubmitAsync(Action<JsonObject>? change = null)
    {
        var result = await TrySubmitAsync(change);
        Xunit.Assert.Null(result.Refusal);
        return Reviews.Find(result.Value!.Id)!.State;
    }

    public Task<Result<Submitted201>> TrySubmitAsync(Action<JsonObject>? change = null, string? idempotencyKey = null)
    {
        var body = Refund();
        change?.Invoke(body);
        var bytes = Encoding.UTF8.GetBytes(body.ToJsonString());
        var reading = ProposalReader.Read(bytes, ProposalLimits.Default);
        Xunit.Assert.Empty(reading.Errors);
        return Sources.SubmitAsync(
            Source, new Incoming(reading.Proposal!, bytes, idempotencyKey), static (state, gate) => Encoding.UTF8.GetBytes($"{state.Id} {state.Status} {gate.Verdict}"),
            Cancellation);
    }

    /// <summary>Claims, looks at everything, and decides.</summary>
    public async Task<Result<DecisionAnswer>> DecideAsync(PersonActor person, Guid id, DecisionKind decision, Func<Deciding, Deciding>? change = null)
    {
        var claim = await Reviewers.ClaimAsync(person, id, Via.Api, Cancellation);
        if (claim.Refusal is { } refusal)
        {
            return refusal;
        }

        await LookAsync(person, id);
        var deciding = Decision(id, decision, claim.Value!.Token);
        return await Reviewers.DecideAsync(person, id, change?.Invoke(deciding) ?? deciding, Cancellation);
    }

    public async Task LookAsync(PersonActor person, Guid id)
    {
        Time.Advance(TimeSpan.FromSeconds(3));
        foreach (var item in Reviews.Content(Reviews.Find(id)!.State)!.Proposal.Evidence)
        {
            await Reviewers.SeenAsync(person, id, item.Id, 1_500, Cancellation);
        }
    }

    public Deciding Decision(Guid id, DecisionKind decision, Guid? claim)
    {
        var operation = $"op-{Interlocked.Increment(ref _operations)}";
        return new Deciding(
            Reviews.Find(id)!.State.Revision, decision, Gate.RulesOf(Reviews.Find(id)!.State).Reasons[decision][0].Code, "Looked at all of it and it holds.", decision == DecisionKind.Return ? "Which one?" : null,
            null, null, decision == DecisionKind.Correct ? new Correcting(JsonElement.Parse("""{"order":"4711","amount":"900.00","currency":"USD"}"""), null, null) : null,
            null, new HashSet<string>(), claim, operation, Via.Api, SHA256.HashData(Encoding.UTF8.GetBytes(operation)));
    }

    /// <summary>Lets the hold pass and the clock tick.</summary>
    public async Task ReleaseAsync()
    {
        Time.Advance(TimeSpan.FromSeconds(60));
        await Clock.TickAsync(Cancellation);
    }

    /// <summary>Holds the Writer until both wait, so that one transaction takes them, in this order.</summary>
    public async Task<(TFirst First, TSecond Second)> TogetherAsync<TFirst, TSecond>(Func<Task<TFirst>> first, Func<Task<TSecond>> second)
    {
        using var started = new ManualResetEventSlim();
        using var go = new ManualResetEventSlim();
        var busy = Store.Writer.RunAsync(
            _ =>
            {
                started.Set();
                go.Wait(Cancellation);
                return true;
            },
            Cancellation);
        started.Wait(Cancellation);
        var (one, other) = (first(), second());
        go.Set();
        await busy;
        return (await one, await other);
    }

    public JsonElement? Outcome(Guid id, int sequence = 1) =>
        Reviews.Outcome(Reviews.Find(id)!.State, sequence) is { } bytes ? JsonElement.Parse(bytes) : null;

    /// <summary>Set by a test that has written what the product never would.</summary>
    public bool Spoiled { get; set; }

    /// <summary>Whatever a test did: each row is what an independent reading of the stored entries says.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!Spoiled)
        {
            using var connection = Store.Database.Open();
            Xunit.Assert.Empty(LedgerProjection.Compare(connection));
            Xunit.Assert.Empty(RegistryCheck.Run(connection, CancellationToken.None));
        }

        Contents.Dispose();
        await Store.DisposeAsync();
    }

    public static JsonObject Refund() => (JsonObject)JsonNode.Parse("""
        {
          "source": { "system": "bot" }, "kind": "refund", "title": "Refund the order",
          "initiator": { "id": "Ana@example.org" },
          "action": { "name": "issue_refund", "arguments": { "order": "4711", "amount": "1250.00", "currency": "USD" } },
          "impact": { "amount": { "value": "1250.00", "currency": "USD" }, "reversible": false, "externallyVisible": true },
          "signals": [ { "name": "model", "value": 0.91 } ],
          "alternatives": [ { "action": { "name": "issue_refund", "arguments": { "order": "4711", "amount": "10.00", "currency": "USD" } }, "why": "partial" } ],
          "evidence": [ { "id": "chat", "kind": "text", "content": "Please give me my money back.", "required": true } ]
        }
        """)!;

    private sealed class Contexts(ReadDatabase database) : IDbContextFactory<ReadContext>
    {
        private readonly DbContextOptions<ReadContext> _options = new DbContextOptionsBuilder<ReadContext>().UseSqlite(database.ConnectionString).Options;

        public ReadContext CreateDbContext() => new(_options);
    }
}
