using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Queue;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;
using ReviewConsole.Hosting;
using ReviewConsole.Tests.Support;

namespace ReviewConsole.Tests.Web.Escalations;

/// <summary>A running console with a hold of the test's choice, and people and a source who bring reviews to any place of their life.</summary>
internal sealed class LifeBench : IAsyncDisposable
{
    private static readonly SourceActor s_source = new("k1", "o1", new HashSet<string>(["bot"]).ToFrozenSet(), Scopes.All.ToFrozenSet());

    private readonly TemporaryFolder _policy;
    private int _operations;

    private LifeBench(RunningConsole console, TemporaryFolder policy, PersonActor jonas) => (Console, _policy, Jonas) = (console, policy, jonas);

    public RunningConsole Console { get; }

    /// <summary>The persona of a reviewer, signed in beside the browser.</summary>
    public PersonActor Jonas { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<LifeBench> StartAsync(int holdSeconds, Func<HostSettings, HostSettings>? configure = null)
    {
        var policy = new TemporaryFolder();
        var file = Path.Combine(policy.Path, "policy.yaml");
        await File.WriteAllTextAsync(file, $"extends: default\npolicy: bench\nversion: 1\nhold: {holdSeconds} s\n", Cancellation);
        var console = await RunningConsole.StartAsync(settings =>
        {
            settings = settings with { Configuration = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase) { ["Policy:File"] = file } };
            return configure?.Invoke(settings) ?? settings;
        });
        var (person, session) = (await console.Services.GetRequiredService<PeopleStore>().SignInAsync(
            "reviewer", "reviewer@example.org", "Jonas Weber", [Role.Reviewer], TimeSpan.FromDays(1), Cancellation))!.Value;
        return new LifeBench(console, policy, person.Actor(session.Id));
    }

    public T Service<T>() where T : notnull => Console.Services.GetRequiredService<T>();

    /// <summary>Lets a mode of the line end by itself in a moment.</summary>
    public async Task EndsAsync(LineLimit limit)
    {
        var ruth = Service<PeopleDirectory>().All().Single(static person => person.Roles.Contains(Role.Supervisor));
        var (person, session) = (await Service<PeopleStore>().SignInAsync(ruth.Subject, ruth.Email, ruth.Name, ruth.Roles, TimeSpan.FromDays(1), Cancellation))!.Value;
        var soon = Service<TimeProvider>().GetUtcNow().AddSeconds(1).ToUnixTimeMilliseconds();
        Assert.Null((await Service<LineDesk>().SetAsync(person.Actor(session.Id), limit.System, limit.Kind, limit.Mode, soon, "enough", Cancellation)).Refusal);
    }

    public ReviewState State(Guid id) => Service<ReviewReader>().Find(id)!.State;

    public async Task<Guid> SubmitAsync(Action<JsonObject>? change = null)
    {
        var answer = await Service<SourceDesk>().SubmitAsync(s_source, Incoming(change), static (_, _) => [], Cancellation);
        Assert.Null(answer.Refusal);
        return answer.Value!.Id;
    }

    /// <summary>A new revision, with words to the question that was asked, or without.</summary>
    public async Task AnswerAsync(Guid id, string? words, Action<JsonObject>? change = null)
    {
        await Eventually.HoldsAsync("the source has the question", () => State(id).Status == ReviewStatus.WaitingOnSource);
        Assert.Null((await Service<SourceDesk>().ReviseAsync(s_source, id, State(id).Revision, Incoming(change), words, Cancellation)).Refusal);
    }

    private static Incoming Incoming(Action<JsonObject>? change)
    {
        var body = TestDesk.Refund();
        body["subject"] = new JsonObject { ["id"] = "ana", ["label"] = "Ana Müller" };
        change?.Invoke(body);
        var bytes = Encoding.UTF8.GetBytes(body.ToJsonString());
        var reading = ProposalReader.Read(bytes, ProposalLimits.Default);
        Assert.Empty(reading.Errors);
        return new Incoming(reading.Proposal!, bytes, null);
    }

    /// <summary>Claims, looks at everything where that is asked for, and decides, as Jonas.</summary>
    public async Task<Guid> DecideAsync(Guid id, DecisionKind decision)
    {
        var desk = Service<ReviewerDesk>();
        var claim = await desk.ClaimAsync(Jonas, id, Via.Api, Cancellation);
        Assert.Null(claim.Refusal);
        if (decision is DecisionKind.Approve)
        {
            // Evidence is credited by the clock: until a second has passed, it is asked again.
            while ((await desk.SeenAsync(Jonas, id, "chat", 1_500, Cancellation)).Value < 1_000)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Cancellation);
            }
        }

        var operation = $"op-{++_operations}";
        var deciding = new Deciding(
            State(id).Revision, decision, Service<Gatekeeper>().RulesOf(State(id)).Reasons[decision][0].Code, "Looked at all of it, and it is as I say.",
            decision == DecisionKind.Return ? "Which of the two orders?" : null, null, null, null, null, new HashSet<string>(), claim.Value!.Token, operation, Via.Api,
            SHA256.HashData(Encoding.UTF8.GetBytes(operation)));
        Assert.Null((await desk.DecideAsync(Jonas, id, deciding, Cancellation)).Refusal);
        return id;
    }

    public async Task<Guid> DecidedAsync(DecisionKind decision, Action<JsonObject>? change = null) => await DecideAsync(await SubmitAsync(change), decision);

    /// <summary>Approved, started, and reported as ended so.</summary>
    public async Task<Guid> ExecutedAsync(ExecutionStatus status, Action<JsonObject>? change = null)
    {
        var id = await DecidedAsync(DecisionKind.Approve, change);
        var digest = State(id).Outcomes[0].ActionDigest!;
        foreach (var step in new[] { ExecutionStatus.Started, status })
        {
            Assert.Null((await Service<SourceDesk>().ReportAsync(s_source, id, step, digest, "The gateway answered 503.", null, Cancellation)).Refusal);
        }

        return id;
    }

    public async Task<IPage> PageAsync(IBrowserContext context, string persona, string path)
    {
        var page = await context.NewPageAsync();
        await Screens.SignInAsync(page, persona, path);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await Console.DisposeAsync();
        _policy.Dispose();
    }
}
