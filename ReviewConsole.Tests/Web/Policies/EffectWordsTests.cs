using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using ReviewConsole.Components.Policies;
using ReviewConsole.Components.Review;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Tests.Core.Gate;
using Xunit;

namespace ReviewConsole.Tests.Web.Policies;

/// <summary>Every effect of a rule is said in the studio, and what it asks of a reviewer on their page, in both languages.</summary>
public sealed partial class EffectWordsTests
{
    private const string Then = """
        rules:
          - rule: r
            when: { field: tags, contains: a }
            then:
              { verdict: block, risk: high, queue: legal, approvals: 2, skill: [german, medical], notBy: [editor, policyAuthor], evidence: [text, id/e], hold: 20 s, sla: 9 min, expiry: { after: 2 h, outcome: escalate },
                rationale: 41, reasons: { approve: [POLICY_MET] }, message: Ask for less., sample: true, commitFirst: 0.25 }

        """;

    [Theory]
    [InlineData("en", "is blocked · high risk · queue legal · approvals needed: 2 · by people with the skill german, medical · who corrects is not among those who approve · not by an author of this policy · in view: text, id/e · held for 20 s · audit sample · due within 9 min · ends undecided after 120 min · escalated when nobody decides · a rationale of at least 41 characters · reasons for approve: POLICY_MET · the AI reads “Ask for less.” · 25 % judge first")]
    [InlineData("de", "wird aufgehalten · hohes Risiko · Prüfliste legal · nötige Zustimmungen: 2 · durch Menschen mit der Fähigkeit german, medical · wer korrigiert, zählt nicht als Zustimmung · nicht durch Verfasser dieses Regelwerks · im Blick: text, id/e · 20 s zurückgehalten · Stichprobe · fällig in 9 min · endet ohne Entscheidung nach 120 min · weitergegeben, wenn niemand entscheidet · eine Begründung von mindestens 41 Zeichen · Gründe für approve: POLICY_MET · die KI liest „Ask for less.“ · 25 % urteilen zuerst")]
    public void The_studio_says_every_effect(string culture, string said)
    {
        var rule = GateCases.Policy(Then).Rules[0];

        Assert.Equal(said, Said(culture, rule));
        Assert.Contains("le⟨U+202E⟩gal", Said(culture, rule with { Queue = "le\u202Egal" }), StringComparison.Ordinal);
        // Each but the verdict is one phrase; a rule with everything leaves none out.
        Assert.All(EffectReader.Names, name => Assert.Contains(Effect().Matches(Then), effect => effect.Groups[1].Value == name));

        static string Said(string culture, PolicyRule rule) => Words.In(culture, words => string.Join(" · ", RuleSentence.Then(words.GetRequiredService<IStringLocalizer<PolicyWords>>(), rule)));
    }

    [Theory]
    [InlineData("en", "A rule wants in view, whatever the risk: e.|Whoever works on it needs the skill german, medical.|Who corrects it is not among those who approve it: after a correction one more person is needed.|Nobody who wrote on this policy approves or corrects it.|A rule wants at least 41 characters of rationale.|A rule leaves fewer reasons to choose from for: Approve.")]
    [InlineData("de", "Eine Regel verlangt im Blick, bei jedem Risiko: e.|Wer daran arbeitet, braucht die Fähigkeit german, medical.|Wer korrigiert, gehört nicht zu denen, die freigeben: Nach einer Korrektur braucht es einen Menschen mehr.|Niemand, der an diesem Regelwerk geschrieben hat, gibt frei oder korrigiert.|Eine Regel verlangt mindestens 41 Zeichen Begründung.|Eine Regel lässt weniger Gründe zur Wahl für: Freigeben.")]
    public void The_reviewer_reads_what_rules_ask_of_them(string culture, string said)
    {
        var proposal = GateCases.Certain() with { Tags = ["a"] };
        var gate = GateCases.Ask(proposal, policy: GateCases.Policy(Then));

        Assert.Equal(said, Said(culture, gate, proposal));
        Assert.Empty(Said(culture, GateCases.Ask(GateCases.Certain()), proposal));

        static string Said(string culture, GateResult gate, Proposal proposal) => Words.In(culture, words => string.Join('|', GateDemands.Of(words.GetRequiredService<IStringLocalizer<ReviewWords>>(), gate, proposal)));
    }

    [GeneratedRegex(@"[{,\s](\w+): ", RegexOptions.NonBacktracking)]
    private static partial Regex Effect();
}
