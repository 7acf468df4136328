using System.Collections.Frozen;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using ReviewConsole.Components.Policies;
using ReviewConsole.Components.Review;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Store;
using ReviewConsole.Tests.Core.Gate;
using ReviewConsole.Tests.Support;
using Xunit;

namespace ReviewConsole.Tests.Web.Policies;

/// <summary>What the test bench answers, and how it says so beside what is in force.</summary>
public sealed class BenchTests : IAsyncDisposable
{
    private const string Audited = """
        rules:
          - { rule: audit, when: { all: [ { field: kind, equals: agentDecision }, { field: facts.sampleDraw, below: 0.5 } ] }, then: { verdict: review, sample: true, commitFirst: 0.5 } }
          - { rule: small, when: { field: kind, equals: agentDecision }, then: { verdict: proceed } }
          - { rule: looked-at, when: { field: tags, contains: look }, then: { verdict: review, commitFirst: 0.5 } }
        """;

    private readonly TestDesk _desk = new();

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task Of_a_pasted_body_nobody_is_told_what_is_drawn()
    {
        var (author, policy) = (await _desk.PersonAsync("ana", Role.Author), GateCases.Policy(Audited));
        for (var i = 0; i < 20; i++)
        {
            var asked = await AskAsync(policy, Body(i), BenchDraw.Untold, author);
            Assert.Equal((Verdict.Proceed, null, false), (asked.Result.Verdict, asked.Sample, asked.CommitFirst));
            Assert.DoesNotContain(asked.Result.Trace.SelectMany(static rule => rule.Conditions), static seen => seen.Field == GateField.SampleDraw && seen.Seen.Kind != GateValueKind.Unknown);
            Assert.Null((await AskAsync(policy, Body(i, "\"look\""), BenchDraw.Untold, author)).CommitFirst);
        }

        var (drawn, passed) = (await AskAsync(policy, Body(0), BenchDraw.Lowest, author), await AskAsync(policy, Body(0), BenchDraw.Highest, author));
        Assert.Equal((Verdict.Review, true, true), (drawn.Result.Verdict, drawn.Sample, drawn.CommitFirst));
        Assert.Equal((Verdict.Proceed, false, false), (passed.Result.Verdict, passed.Sample, passed.CommitFirst));
        Assert.False((await AskAsync(policy, Body(0, "\"look\""), BenchDraw.Highest, author)).CommitFirst);
    }

    [Fact]
    public async Task Only_who_may_look_back_may_ask()
    {
        var review = await _desk.SubmitAsync();
        foreach (var (name, role, may) in new[] { ("rea", Role.Reviewer, false), ("ana", Role.Author, true), ("pia", Role.Publisher, true) })
        {
            var person = await _desk.PersonAsync(name, role);
            Assert.Equal(may, (await Bench.AskAsync(PolicyReader.Default, Body(0), default, person, TestDesk.Cancellation)).Answer is not null);
            Assert.Equal(may && person.May(Permission.ReviewsRead), Bench.Ask(PolicyReader.Default, review.Id, person).Answer is not null);
        }
    }

    [Fact]
    public async Task Of_a_long_policy_every_rule_is_compared_and_those_that_matter_come_first()
    {
        var rules = string.Concat(Enumerable.Range(0, 150).Select(static i => string.Create(CultureInfo.InvariantCulture, $"  - {{ rule: r{i}, when: {{ field: caseId, equals: c{i % 149} }}, then: {{ risk: high }} }}\n")));
        var policy = GateCases.Policy("rules:\n" + rules);
        var answer = (await Bench.AskAsync(policy, Body(0), default, await _desk.PersonAsync("ana", Role.Author), TestDesk.Cancellation)).Answer!;

        var compared = Words.In("en", words => BenchRule.Of(words.GetRequiredService<IStringLocalizer<PolicyWords>>(), words.GetRequiredService<IStringLocalizer<ReviewWords>>(), answer));

        Assert.Equal(policy.Rules.Select(static rule => rule.Name), compared.Select(static rule => rule.Name));
        Assert.Equal(150, compared.Count(static rule => rule.Current is null));
        Assert.DoesNotContain(compared, static rule => rule.Asked is null);
        Assert.DoesNotContain(compared.Skip(150), static rule => rule.Differs);
        Assert.Equal(compared, BenchRule.First(compared, compared.Count));
        var unchanged = (await Bench.AskAsync(policy with { Rules = [.. policy.Rules.Skip(149)] }, Body(0), default, await _desk.PersonAsync("ana", Role.Author), TestDesk.Cancellation)).Answer!;
        var few = Words.In("en", words => BenchRule.Of(words.GetRequiredService<IStringLocalizer<PolicyWords>>(), words.GetRequiredService<IStringLocalizer<ReviewWords>>(), unchanged));
        Assert.True(BenchRule.First(few, 1).Single().Differs);
        Assert.All(BenchRule.First(few, few.Count(static rule => rule.Matters)), static rule => Assert.True(rule.Matters));
    }

    [Fact]
    public async Task What_nobody_knows_sends_a_person_only_where_it_does()
    {
        var policy = GateCases.Policy(Audited + "\n  - { rule: often, when: { field: checks/fraud, equals: fail }, then: { verdict: review } }\n  - { rule: quick, when: { field: checks/fraud, equals: pass }, then: { verdict: proceed } }\n");
        var answer = (await Bench.AskAsync(policy, Body(0), default, await _desk.PersonAsync("ana", Role.Author), TestDesk.Cancellation)).Answer!;

        var rules = Words.In("en", words => BenchRule.Of(words.GetRequiredService<IStringLocalizer<PolicyWords>>(), words.GetRequiredService<IStringLocalizer<ReviewWords>>(), answer));

        Assert.Equal(["drawn", "unknown", "idle"], rules.Where(static rule => rule.Asked is { Holds: null }).Take(3).Select(static rule => rule.Asked!.Unknown));
    }

    [Theory]
    [InlineData("en", "Undecided: escalated after 120 min|Skills: german, medical|Who may not: who corrects is not among those who approve · not by an author of this policy|Evidence in view: e|Rationale, characters: 41|Reasons to choose from: approve: POLICY_MET|Audit sample: may be drawn|Judges first: may be drawn")]
    [InlineData("de", "Unentschieden: nach 120 min weitergegeben|Fähigkeiten: german, medical|Wer nicht darf: wer korrigiert, zählt nicht als Zustimmung · nicht durch Verfasser dieses Regelwerks|Belege im Blick: e|Begründung, Zeichen: 41|Gründe zur Wahl: approve: POLICY_MET|Stichprobe: wird vielleicht gezogen|Urteilt zuerst: wird vielleicht gezogen")]
    public async Task Every_effect_has_a_line(string culture, string said)
    {
        var policy = GateCases.Policy("""
            rules:
              - rule: strict
                when: { field: kind, equals: agentDecision }
                then: { verdict: review, skill: [medical, german], notBy: [editor, policyAuthor], evidence: [text], expiry: { after: 2 h, outcome: escalate }, rationale: 41, reasons: { approve: [POLICY_MET] }, commitFirst: 0.5 }
              - { rule: audit, when: { field: facts.sampleDraw, below: 0.5 }, then: { verdict: review, sample: true } }
            """);
        var answer = (await Bench.AskAsync(policy, Body(0), default, await _desk.PersonAsync("ana", Role.Author), TestDesk.Cancellation)).Answer!;

        var lines = Words.In(culture, words => BenchFigures.Results(words.GetRequiredService<IStringLocalizer<BenchWords>>(), words.GetRequiredService<IStringLocalizer<PolicyWords>>(), answer).ToList());

        Assert.Equal(said, string.Join('|', lines.Skip(6).Select(static line => $"{line.What}: {line.Asked}")));
    }

    [Fact]
    public void Each_outcome_of_an_expiry_has_its_words() => Assert.All(Enum.GetValues<ExpiryOutcome>(), static outcome =>
        Assert.False(Words.In("de", words => words.GetRequiredService<IStringLocalizer<BenchWords>>()["Result.Expiry." + outcome, 5]).ResourceNotFound, outcome.ToString()));

    [Fact]
    public async Task The_rule_that_stands_for_people_is_named()
    {
        var policy = GateCases.Policy("rules: [ { rule: auto-1, when: { field: kind, equals: agentDecision }, then: { verdict: proceed }, automation: { instead: [], sample: 0.5 } } ]");
        var answer = (await Bench.AskAsync(policy, Body(0), default, await _desk.PersonAsync("ana", Role.Author), TestDesk.Cancellation)).Answer!;

        var line = Words.In("en", words => BenchFigures.Results(words.GetRequiredService<IStringLocalizer<BenchWords>>(), words.GetRequiredService<IStringLocalizer<PolicyWords>>(), answer).Single(static line => line.What == "Automation rule"));

        Assert.Equal(("auto-1", "–"), (line.Asked, line.Current));
    }

    [Fact]
    public async Task A_text_is_read_once_until_it_changes()
    {
        var typed = new TypedPolicy();
        Assert.Null(await typed.ReadAsync(null));
        var first = typed.ReadAsync("extends: default\npolicy: one\nversion: 1\n");
        Assert.Same(first, typed.ReadAsync("extends: default\npolicy: one\nversion: 1\n"));
        Assert.Equal("one", (await first)!.Name);
        Assert.Null(await typed.ReadAsync("policy: ["));
        Assert.Same(typed.Reading, typed.ReadAsync("policy: ["));
    }

    private PolicyBench Bench => new(_desk.Gate, static (_, _) => ValueTask.FromResult(FrozenSet<string>.Empty), _desk.Reviews, ProposalLimits.Default);

    private async Task<BenchSide> AskAsync(GatePolicy policy, string body, BenchDraw draw, PersonActor person) =>
        (await Bench.AskAsync(policy, body, draw, person, TestDesk.Cancellation)).Answer!.Asked;

    private static string Body(int number, string tags = "") => $$"""
        {"source":{"system":"s"},"action":{"name":"agent_decision","arguments":{"number":{{number}} } },"impact":{"reversible":true,"externallyVisible":false},
         "signals":[{"name":"model","value":0.9}],"evidence":[{"id":"e","kind":"text","content":"x"}],"tags":[{{tags}}]}
        """;
}
