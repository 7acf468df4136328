using System.Collections.Frozen;
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

    public ValueTask DisposeAsync() => Console.DisposeAsync();
}
