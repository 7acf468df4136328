using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Queue;
using ReviewConsole.Core.Reviews;
using ReviewConsole.Core.Store;
using ReviewConsole.Hosting;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Web.Policies;

/// <summary>A running console whose policy no file locks, with a source that submits and somebody who drafts beside the browser.</summary>
internal sealed class StudioBench : IAsyncDisposable
{
    private static readonly SourceActor s_source = new("k1", "o1", new HashSet<string>(["bot"]).ToFrozenSet(), Scopes.All.ToFrozenSet());

    private StudioBench(RunningConsole console) => Console = console;

    public RunningConsole Console { get; }

    public PolicyShelf Shelf => Service<PolicyDesk>().Read();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<StudioBench> StartAsync(Func<HostSettings, HostSettings>? configure = null) => new(await RunningConsole.StartAsync(configure));

    public T Service<T>() where T : notnull => Console.Services.GetRequiredService<T>();

    /// <summary>Gives somebody these roles; whoever is signed in as them has them from now on.</summary>
    public async Task<PersonActor> RolesAsync(string persona, string name, params Role[] roles)
    {
        var (person, session) = (await Service<PeopleStore>().SignInAsync(persona, $"{persona}@example.org", name, roles, TimeSpan.FromDays(1), Cancellation))!.Value;
        return person.Actor(session.Id);
    }

    public async Task<StoredPolicy> DraftAsync(string text, StoredPolicy? over = null)
    {
        var saved = await Service<PolicyDesk>().SaveAsync(
            await RolesAsync("drafter", "Ana Müller", Role.Author), over is null ? null : (over.Number, over.Digest), text, Cancellation);
        Assert.Null(saved.Refusal);
        return saved.Value!;
    }

    public async Task<ReviewState> SubmitAsync(Action<JsonObject>? change = null)
    {
        var body = TestDesk.Refund();
        change?.Invoke(body);
        var bytes = Encoding.UTF8.GetBytes(body.ToJsonString());
        var reading = ProposalReader.Read(bytes, ProposalLimits.Default);
        Assert.Empty(reading.Errors);
        var answer = await Service<SourceDesk>().SubmitAsync(s_source, new Incoming(reading.Proposal!, bytes, null), static (_, _) => [], Cancellation);
        Assert.Null(answer.Refusal);
        return Service<ReviewReader>().Find(answer.Value!.Id)!.State;
    }

    /// <summary>Refunds with a signal each, right or wrong as people then said, and out of their hold.</summary>
    public async Task DecidedAsync(IReadOnlyList<(double Signal, bool Right)> refunds)
    {
        var draft = await DraftAsync("extends: default\npolicy: quick\nversion: 1\nhold: 0 s\n");
        Assert.Null((await Service<PolicyDesk>().PublishAsync(await RolesAsync("pia", "Pia Lind", Role.Publisher), draft.Number, draft.Digest, null, "Nothing waits here.", Cancellation)).Refusal);
        var (jonas, desk) = (await RolesAsync("jonas", "Jonas Weber", Role.Reviewer), Service<ReviewerDesk>());
        var claimed = new List<(ReviewState Review, Guid Claim, bool Right)>();
        foreach (var (signal, right) in refunds)
        {
            var review = await SubmitAsync(body =>
            {
                body["signals"] = new JsonArray(new JsonObject { ["name"] = "self-consistency", ["value"] = signal });
                body["action"]!["arguments"]!["order"] = $"order-{claimed.Count}";
            });
            claimed.Add((review, (await desk.ClaimAsync(jonas, review.Id, Via.Api, Cancellation)).Value!.Token, right));
        }

        foreach (var (review, claim, right) in claimed)
        {
            // Evidence is credited by the clock: until a second has passed, it is asked again.
            for (var seen = await desk.SeenAsync(jonas, review.Id, "chat", 1_500, Cancellation); seen.Value < 1_000; seen = await desk.SeenAsync(jonas, review.Id, "chat", 1_500, Cancellation))
            {
                Assert.Null(seen.Refusal);
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Cancellation);
            }

            var decision = right ? DecisionKind.Approve : DecisionKind.Reject;
            var operation = "op-" + review.Id;
            Assert.Null((await desk.DecideAsync(jonas, review.Id, new Deciding(
                review.Revision, decision, Service<Gatekeeper>().RulesOf(review).Reasons[decision][0].Code, "Looked at all of it, and it is as I say.", null, null, null, null, null,
                new HashSet<string>(), claim, operation, Via.Api, SHA256.HashData(Encoding.UTF8.GetBytes(operation))), Cancellation)).Refusal);
        }

        foreach (var (review, _, _) in claimed)
        {
            await Eventually.HoldsAsync("every decision has left", () => Service<ReviewReader>().Find(review.Id)!.State.Outcomes.Count == 1);
        }
    }

    public ValueTask DisposeAsync() => Console.DisposeAsync();
}
