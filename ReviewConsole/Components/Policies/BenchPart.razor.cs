using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using ReviewConsole.Components.Layout;
using ReviewConsole.Components.Review;
using ReviewConsole.Components.Shared;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Queue;
using ReviewConsole.Core.Store;
using ReviewConsole.SignIn;

namespace ReviewConsole.Components.Policies;

/// <summary>The test bench: what this policy says to one proposal, pasted or of a review, clause by clause, beside what the one in force says. Nothing is written.</summary>
public sealed partial class BenchPart
{
    private const int MostErrors = 50;
    private const int MostRecent = 50;

    private const string Example = """
        {
          "source": { "system": "refund-bot" },
          "kind": "refund",
          "action": {
            "name": "issue_refund",
            "arguments": {
              "customer": "c-1",
              "amount": "250.00",
              "currency": "USD"
            }
          },
          "impact": {
            "reversible": true,
            "externallyVisible": true
          },
          "signals": [
            { "name": "model", "value": 0.93 }
          ]
        }
        """;

    private TextEditor? _editor;
    private IReadOnlyList<QueueItem> _recent = [];
    private IReadOnlyList<InputError> _errors = [];
    private IReadOnlyList<BenchRule> _rules = [];
    private BenchAnswer? _answer;
    private GatePolicy? _asked;
    private string? _fault;

    /// <summary>The policy as it was saved.</summary>
    [Parameter, EditorRequired] public long Number { get; set; }

    /// <summary>What stands in the editor and is not saved; null where nothing does.</summary>
    [Parameter] public string? Text { get; set; }

    [Parameter, EditorRequired] public BenchInput Input { get; set; } = default!;

    [Inject] private PolicyDesk Desk { get; set; } = default!;

    [Inject] private PolicyBench Bench { get; set; } = default!;

    [Inject] private QueueReader Queue { get; set; } = default!;

    [Inject] private CurrentPerson Person { get; set; } = default!;

    [Inject] private Announcer Announcer { get; set; } = default!;

    [Inject] private IStringLocalizer<PolicyWords> Sentences { get; set; } = default!;

    [Inject] private IStringLocalizer<ReviewWords> Gate { get; set; } = default!;

    [Inject] private TimeProvider Clock { get; set; } = default!;

    [Inject] private ILogger<BenchPart> Log { get; set; } = default!;

    private GatePolicy? Read => Text is null ? null : PolicyReader.Read(Text).Policy;

    protected override async Task OnInitializedAsync()
    {
        if (await Person.FindAsync() is { } person && person.May(Permission.ReviewsRead))
        {
            _recent = await Queue.RecentAsync(person.Id, closedToo: person.May(Permission.HistoryRead), MostRecent, CancellationToken.None);
        }
    }

    private void Choose(ChangeEventArgs change)
    {
        Input.Review = Guid.TryParse((string?)change.Value, out var review) ? review : null;
        Clear();
    }

    private async Task ExampleAsync()
    {
        Input.Text = Example;
        if (_editor is { } editor)
        {
            await editor.SetAsync(Example);
        }
    }

    private void Clear() => (_answer, _asked, _rules, _errors, _fault) = (null, null, [], [], null);

    private async Task AskAsync()
    {
        if (_editor is { } editor && Input.Review is null)
        {
            await editor.FlushAsync();
        }

        Clear();
        try
        {
            _asked = Read ?? (Desk.Read().Policies.FirstOrDefault(policy => policy.Number == Number) is { } stored ? PolicyReader.Read(stored.Text, stored.Base).Policy : null);
            if (_asked is not { } policy || await Person.FindAsync() is not { } person)
            {
                return;
            }

            var reading = Input.Review is { } review ? Bench.Ask(policy, review, person) : await Bench.AskAsync(policy, Input.Text, CancellationToken.None);
            (_answer, _errors) = (reading.Answer, reading.Errors);
            _rules = _answer is { } answer ? BenchFigures.Rules(Sentences, Gate, answer) : [];
            Announcer.Say(_answer is { } told ? T["Said", Sentences["Then.Verdict." + told.Asked.Verdict], Sentences["Then.Verdict." + told.InForce.Verdict]]
                : _errors.Count > 0 ? T["Said.Errors", _errors.Count] : T["Said.Gone"]);
        }
        catch (Exception fault)
        {
            _fault = Guid.CreateVersion7(Clock.GetUtcNow()).ToString("N")[..12];
            LogFault(Log, fault, _fault);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The test bench could not answer; the page showed reference {Reference}.")]
    private static partial void LogFault(ILogger logger, Exception fault, string reference);
}
