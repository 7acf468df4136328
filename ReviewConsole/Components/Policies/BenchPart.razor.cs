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
    private const int MostRules = 200;

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

    private static readonly IReadOnlyList<BenchDraw> s_draws = Enum.GetValues<BenchDraw>();

    private TextEditor? _editor;
    private IReadOnlyList<QueueItem> _recent = [];
    private IReadOnlyList<InputError> _errors = [];
    private IReadOnlyList<BenchRule> _rules = [];
    private readonly TypedPolicy _typed = new();
    private BenchAnswer? _answer;
    private bool _hasAsked;
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

    /// <summary>Which policy is asked about; nothing while the text is read.</summary>
    private string? Which => Text is null ? "Policy.Saved" : !_typed.Reading.IsCompletedSuccessfully ? null : _typed.Reading.Result is null ? "Policy.Wrong" : "Policy.Typed";

    protected override Task OnParametersSetAsync() => _typed.ReadAsync(Text);

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

    private void Draw(ChangeEventArgs change)
    {
        Input.Draw = Enum.Parse<BenchDraw>((string)change.Value!);
        Clear();
    }

    private void Clear() => (_answer, _hasAsked, _rules, _errors, _fault) = (null, false, [], [], null);

    private async Task AskAsync()
    {
        if (_editor is { } editor && Input.Review is null)
        {
            await editor.FlushAsync();
        }

        Clear();
        try
        {
            if (await Person.FindAsync() is not { } person || (await _typed.ReadAsync(Text) ?? await Task.Run(Saved)) is not { } policy)
            {
                return;
            }

            _hasAsked = true;
            var reading = Input.Review is { } review ? Bench.Ask(policy, review, person) : await Bench.AskAsync(policy, Input.Text, Input.Draw, person, CancellationToken.None);
            (_answer, _errors) = (reading.Answer, reading.Errors);
            _rules = _answer is { } answer ? BenchRule.Of(Sentences, Gate, answer) : [];
            Announcer.Say(_answer is { } told ? T["Said", Sentences["Then.Verdict." + told.Asked.Result.Verdict], Sentences["Then.Verdict." + told.InForce.Result.Verdict]]
                : _errors.Count > 0 ? T["Said.Errors", _errors.Count] : T["Said.Gone"]);
        }
        catch (Exception fault)
        {
            _fault = Guid.CreateVersion7(Clock.GetUtcNow()).ToString("N")[..12];
            LogFault(Log, fault, _fault);
        }
    }

    private GatePolicy? Saved() => Desk.Read().Policies.FirstOrDefault(policy => policy.Number == Number) is { } stored ? PolicyReader.Read(stored.Text, stored.Base).Policy : null;

    [LoggerMessage(Level = LogLevel.Error, Message = "The test bench could not answer; the page showed reference {Reference}.")]
    private static partial void LogFault(ILogger logger, Exception fault, string reference);
}
