using System.Collections.Frozen;
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
using ReviewConsole.Tests.Web.Rendering;
using Xunit;

namespace ReviewConsole.Tests.Web.Review;

/// <summary>A running console with one page in a browser, and what goes on around it: a source, another person, a supervisor.</summary>
internal sealed class WorkspaceBench : IAsyncDisposable
{
    private static readonly SourceActor s_source = new("k1", "o1", new HashSet<string>(["orders-agent", "expense-reader", "airline-agent"]).ToFrozenSet(), Scopes.All.ToFrozenSet());

    private readonly PolicyFile? _policy;

    private WorkspaceBench(RunningConsole console, IBrowserContext context, IPage page, PolicyFile? policy) => (Console, Context, Page, _policy) = (console, context, page, policy);

    public RunningConsole Console { get; }

    public IBrowserContext Context { get; }

    public IPage Page { get; }

    private T Service<T>() where T : notnull => Console.Services.GetRequiredService<T>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Decisions are held as long as a policy may ask for, unless told otherwise: none leaves while a test looks at it.</summary>
    public static async Task<WorkspaceBench> StartAsync(BrowserFixture browser, ColorScheme theme = ColorScheme.Light, int width = 1440, int height = 900, Func<HostSettings, HostSettings>? configure = null, TimeProvider? time = null)
    {
        var policy = configure is null ? new PolicyFile("hold: 120 s\n") : null;
        var console = await RunningConsole.StartAsync(configure ?? policy!.Use, time);
        var context = await browser.NewContextAsync(console.Address.ToString(), theme, width, height);
        var page = await context.NewPageAsync();
        await Screens.SignInAsync(page, "reviewer");
        return new WorkspaceBench(console, context, page, policy);
    }

    /// <summary>Submits a body as a source would; bytes that came as base64 are stored before.</summary>
    public async Task<Guid> SubmitAsync(string body, Action<JsonObject>? change = null)
    {
        var (proposal, bytes) = await ReadAsync(body, change);
        var answer = await Service<SourceDesk>().SubmitAsync(s_source, await IncomingAsync(proposal, bytes), static (_, _) => [], Cancellation);
        Assert.Null(answer.Refusal);
        return answer.Value!.Id;
    }

    public async Task ReviseAsync(Guid id, string body, Action<JsonObject> change)
    {
        var (proposal, bytes) = await ReadAsync(body, change);
        Assert.Null((await Service<SourceDesk>().ReviseAsync(s_source, id, 1, await IncomingAsync(proposal, bytes), null, Cancellation)).Refusal);
    }

    private async Task<Incoming> IncomingAsync(Proposal proposal, ReadOnlyMemory<byte> bytes) =>
        new(proposal, bytes, null) { Unshowable = await Service<FindUnshowable>()(proposal, Cancellation) };

    public async Task<PersonActor> SomebodyAsync(string name, Role role)
    {
        var (person, session) = (await Service<PeopleStore>().SignInAsync(name, $"{name}@elsewhere.example", name, [role], TimeSpan.FromDays(1), Cancellation))!.Value;
        return person.Actor(session.Id);
    }

    public async Task ClaimAsync(PersonActor actor, Guid id) => Assert.Null((await Service<ReviewerDesk>().ClaimAsync(actor, id, Via.Api, Cancellation)).Refusal);

    public async Task StopLineAsync(string reason)
    {
        var supervisor = await SomebodyAsync("Ruth", Role.Supervisor);
        Assert.Null((await Service<LineDesk>().StopAsync(supervisor, null, null, reason, Cancellation)).Refusal);
    }

    public ReviewState State(Guid id) => Service<ReviewReader>().Find(id)!.State;

    /// <summary>The file that holds the bytes of a piece of evidence.</summary>
    public async Task<string> BlobOfAsync(Guid id, string evidence)
    {
        var item = Service<ReviewReader>().Content(State(id))!.Proposal.Evidence.Single(item => item.Id == evidence);
        await using var file = Service<BlobFolder>().Open(item.Blob!.Sha256)!;
        return file.Name;
    }

    public SavedDraft? Draft(Guid id, string persona) =>
        Service<DraftDesk>().Find(Service<PeopleDirectory>().All().First(p => p.Email.StartsWith(persona + "@example", StringComparison.Ordinal)).Actor(null), id);

    public async Task OpenAsync(Guid id)
    {
        await Page.GotoAsync($"/reviews/{id}");
        await Screens.LiveAsync(Page, "workspace");
    }

    /// <summary>Every piece of evidence in view for long enough, as a reader does it: to its end, one after the other.</summary>
    public async Task ReadAllAsync(int pieces)
    {
        await Page.BringToFrontAsync();
        for (var i = 1; i <= pieces; i++)
        {
            await Page.Locator($".rc-pane-tabs .rc-tab:nth-child({i})").ClickAsync();
            await Page.Locator($"#evidence-{i}:focus").WaitForAsync();
            await Page.Locator($"#evidence-{i}").EvaluateAsync("e => { for (const s of e.querySelectorAll('.rc-scroll')) s.scrollTop = s.scrollHeight; e.scrollIntoView({ block: 'end' }); }");
            await Page.Locator($"#evidence-{i} .rc-seen[data-seen]").WaitForAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Context.DisposeAsync();
        await Console.DisposeAsync();
        _policy?.Dispose();
    }

    private async Task<(Proposal, byte[])> ReadAsync(string body, Action<JsonObject>? change)
    {
        var node = JsonNode.Parse(body)!.AsObject();
        change?.Invoke(node);
        var bytes = Encoding.UTF8.GetBytes(node.ToJsonString());
        var reading = ProposalReader.Read(bytes, new ProposalLimits { Inline = 25_000_000 });
        Assert.True(reading.Proposal is not null, string.Join("; ", reading.Errors.Select(e => $"{e.Pointer} {e.Detail}")));
        foreach (var blob in reading.Inline)
        {
            await Service<BlobFolder>().PutAsync(new MemoryStream(blob.Bytes), long.MaxValue, Cancellation);
        }
        return (reading.Proposal, bytes);
    }

    /// <summary>A refund of high risk with a failed check, a conversation that shows the mistake and a draft e-mail.</summary>
    public const string Refund = """
    {
      "source": { "system": "orders-agent", "agent": "gpt-4o", "version": "2024-05", "runId": "run-28-1" }, "kind": "refund", "title": "Refund the whole trip",
      "subject": { "id": "amelia_davis_8890", "label": "Amelia Davis" },
      "action": { "name": "issue_refund", "arguments": { "order": "4XGCCM", "amount": "5074.00", "currency": "USD" } },
      "impact": { "amount": { "value": "5074.00", "currency": "USD" }, "reversible": false, "externallyVisible": true, "affectsTrust": true, "consequence": "Money leaves the airline and cannot be called back." },
      "signals": [ { "name": "self-consistency", "value": 0.25, "basis": "share of four runs that proposed exactly this action" } ],
      "reasoning": { "summary": "The cabin is business, so the policy allows it.", "safeToShow": true },
      "checks": [ { "id": "FLOWN-1", "name": "No segment has been flown", "result": "fail", "detail": "HAT116 flew on 2024-05-03.", "evidence": ["reservation"] }, { "id": "CONFIRM-1", "name": "Customer confirmed explicitly", "result": "warn", "detail": "No yes in the last message.", "evidence": ["chat"] }, { "id": "OWNER-1", "name": "Reservation belongs to this customer", "result": "pass" } ],
      "alternatives": [ { "action": { "name": "transfer_to_human_agents", "arguments": { "summary": "Cancellation of a trip that has begun" } }, "why": "The policy says so for used segments." } ],
      "evidence": [
        { "id": "chat", "kind": "conversation", "title": "Conversation with the customer", "required": true, "content": [ { "from": "customer", "text": "Bonjour! I would like to cancel all of my upcoming flights, s'il vous plaît." }, { "from": "agent", "text": "I can help you with that. Could you please provide your user ID and the reason?" }, { "from": "customer", "text": "My user ID is amelia_davis_8890. As for the reason, I want to release my seat for someone else who might need it more urgently." } ], "highlights": [ { "text": "I want to release my seat for someone else who might need it more urgently.", "note": "CONFIRM-1" } ] },
        { "id": "reservation", "kind": "json", "title": "Reservation 4XGCCM as looked up", "required": true, "content": { "cabin": "business", "insurance": "yes", "user_id": "amelia_davis_8890", "flights": [ { "flight": "HAT116", "date": "2024-05-03", "price": 1359 }, { "flight": "HAT020", "date": "2024-05-30", "price": 1292 } ] } },
        { "id": "policy", "kind": "markdown", "title": "Airline agent policy", "role": "policy", "required": false, "content": "## Cancel flight\n\n- The agent can only cancel the whole trip that is **not flown**." }
      ]
    }
    """;

    /// <summary>A draft e-mail against its baseline.</summary>
    public const string Mail = """
    {
      "source": { "system": "orders-agent", "agent": "service-writer", "version": "3.2" }, "kind": "email",
      "action": { "name": "send_email", "arguments": { "to": "sophia@example.com" } },
      "impact": { "reversible": false, "externallyVisible": true },
      "signals": [ { "name": "model", "value": 0.9 } ],
      "evidence": [ { "id": "profile", "kind": "keyValue", "title": "Profile as looked up", "required": true, "content": [ { "key": "membership", "value": "regular" }, { "key": "reservations", "value": "WUNA5K" } ] } ],
      "draft": { "format": "text", "baseline": "Dear Ms Silva,\n\nThank you for your message.\n\nKind regards", "content": "Dear Ms Silva,\n\nAs a Gold member, you are entitled to a travel certificate of 100.00 USD.\n\nKind regards", "target": { "to": "sophia@example.com", "subject": "Your cancelled flight" } }
    }
    """;
}
