using System.Collections.Frozen;
using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Proposals;

namespace ReviewConsole.Tests.Core.Gate;

/// <summary>A switched-on bug: what the gate says is changed in one way.</summary>
internal enum GateBug
{
    None,
    ThrowsWithoutDraft,
    AnswersDifferently,
    UnknownProceeds,
    NothingProceeds,
    LastVerdictWins,
    MildestRiskWins,
    LastApprovalsWin,
    ShortestHoldWins,
    StoppedLineProceeds,
    RevisionProceeds,
    LastExpiryWins,
    EscalationWins,
    EvidenceIsForgotten,
    MissingEvidenceProceeds,
    LastBarWins,
    CodesAreForgotten,
    EverythingToReviewProceeds,
    TwoPersonForgotten,
    AutomationStandsForAll,
    DemotedStands,
}

/// <summary>One policy, made by the reader of files, one proposal and what the caller knew.</summary>
/// <param name="Alone">Without the rules of the policy that ships.</param>
internal sealed record GateCase(string Rules, bool Alone, string Stricter, int At, Proposal Proposal, Facts Facts)
{
    public GatePolicy Policy => field ??= Read([.. Lines]);

    public GatePolicy StricterPolicy
    {
        get
        {
            var lines = Lines.ToList();
            lines.Insert(Math.Min(At, lines.Count), Stricter);
            return Read(lines);
        }
    }

    /// <summary>The same policy with a hundred rules before, between and after that never hold.</summary>
    public GatePolicy Crowded
    {
        get
        {
            var lines = Lines.ToList();
            for (var i = 0; i < 110; i++)
            {
                lines.Insert(i % (lines.Count + 1), FormattableString.Invariant($"  - {{ rule: never{i}, when: {{ all: [ {{ field: kind, equals: none{i} }}, {{ field: tags, contains: a }} ] }}, then: {{ verdict: block }} }}"));
            }

            return Read(lines);
        }
    }

    private IEnumerable<string> Lines => Rules.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private GatePolicy Read(List<string> lines)
    {
        var policy = GateCases.Policy(GateLaws.Windows + "rules:\n" + string.Join('\n', lines) + "\n");
        return Alone ? policy with { Rules = [.. policy.Rules.Take(lines.Count)] } : policy;
    }

    public override string ToString() => $"{Rules}+ {At} {Stricter}\n{Proposal}\n{Facts}";
}

/// <summary>Any policy × any proposal × any facts: conditions of every kind over fields that are there, are not, or have another type.</summary>
internal static class GateLaws
{
    private static readonly string[] s_numbers = ["impact.amount", "signals.lowest", "signals/m", "signals/m/calibrated", "signals.lowestCalibrated", "arguments/amount", "fields.lowestRequired", "fields/total", "fields/total/confidence", "checks.failed", "facts.hour"];

    private static readonly string[] s_texts = ["kind", "source.version", "arguments/who", "target/to", "subject.id", "recipient", "preconditions/order", "draft.content", "impact.currency"];

    private static readonly string[] s_flags = ["impact.reversible", "impact.externallyVisible", "impact.inPolicyCurrency", "arguments/sure", "action.listed", "facts.lineStopped"];

    /// <summary>Windows of every policy: one that only refunds have a part in.</summary>
    public const string Windows = "windows: { w: { over: subject, kind: refund, period: 1 h } }\n";

    private static readonly Gen<string> s_leaf = Gen.OneOf(
        from field in Gen.Elements("windows/w.count", "windows/w.amount") from op in Gen.Elements("atLeast", "atMost", "above", "below") from value in Gen.Choose(-1, 20) select Leaf(field, op, Text(value)),
        from field in Gen.Elements(s_numbers) from op in Gen.Elements("atLeast", "atMost", "above", "below", "equals") from value in Gen.Choose(-1, 40) select Leaf(field, op, Text(value)),
        from field in Gen.Elements(s_numbers) from low in Gen.Choose(-1, 20) from more in Gen.Choose(0, 20) select Leaf(field, "between", $"[{low}, {low + more}]"),
        from field in Gen.Elements(s_texts) from op in Gen.Elements("equals", "contains", "matches") from value in Gen.Elements("refund", "a", "v1", "USD") select Leaf(field, op, value),
        from field in Gen.Elements(s_flags) from value in Gen.Elements("true", "false") select Leaf(field, "equals", value),
        from field in Gen.Elements([.. s_numbers, .. s_texts, .. s_flags, "checks/C", .. GateField.Fixed.Select(static field => field.Name).Where(static name => name is not ("risk" or "rules.matched"))]) from op in Gen.Elements("missing", "changed") from value in Gen.Elements("true", "false") select Leaf(field, op, value),
        from value in Gen.Elements("[pass]", "[fail, warn]") select Leaf("checks/C", "oneOf", value),
        from value in Gen.Elements("high", "medium", "low") select Leaf("risk", "equals", value),
        from value in Gen.Elements("true", "false") select Leaf("rules.matched", "equals", value));

    // Effects beside those that the laws of verdict and risk are about, any of them or none.
    private static readonly Gen<string> s_more =
        from queue in Seldom("queue: legal, ")
        from first in Seldom("commitFirst: 0.7, ")
        from message in Seldom("message: No., ")
        from expiry in Seldom("expiry: { after: 10 min }, ", "expiry: { after: 3 h, outcome: escalate }, ", "expiry: { outcome: reject }, ")
        from evidence in Seldom("evidence: [text], ", "evidence: [role/plan, id/e], ")
        from apart in Seldom("notBy: [policyAuthor], ", "notBy: [editor, policyAuthor], ")
        from skill in Seldom("skill: german, ", "skill: [medical, german], ")
        from reasons in Seldom("reasons: { approve: [POLICY_MET], reject: [DUPLICATE, POLICY_VIOLATION] }, ", "reasons: { approve: [EXCEPTION_GRANTED, POLICY_MET] }, ")
        select queue + first + message + expiry + evidence + apart + skill + reasons;
    private static readonly Gen<LineFact?> s_line = Gen.Frequency(
        (5, Gen.Constant<LineFact?>(null)), (1, Gen.Constant<LineFact?>(new LineFact("p3", null))), (1, Gen.Constant<LineFact?>(new LineFact("p3", GateCases.Now + 60_000))));

    private static readonly Gen<string> s_condition = Condition(2);

    private static readonly Gen<string> s_rule =
        from when in s_condition
        from verdict in Gen.Elements("", "verdict: proceed, ", "verdict: proceed, ", "verdict: review, ", "verdict: block, ")
        from risk in Gen.Elements("", "", "risk: low, ", "risk: medium, ", "risk: high, ")
        from approvals in Gen.Elements("", "", "approvals: 1, ", "approvals: 3, ")
        from hold in Gen.Elements("", "", "hold: 3 s, ", "hold: 60 s, ")
        from sla in Gen.Elements("", "", "sla: 10 min, ", "sla: 30 d, ")
        from rationale in Gen.Elements("", "", "rationale: 40, ", "rationale: 400, ")
        from more in s_more
        from sample in Gen.Elements("false", "false", "true")
        from automation in Gen.Elements("", "automation: { sample: 0.3 }, ", "automation: { instead: [outside, unsure, cannot-undo, fields], sample: 0.3 }, ")
        let stands = verdict.StartsWith("verdict: proceed", StringComparison.Ordinal) ? automation : ""
        select $"when: {when}, {stands}then: {{ {verdict}{risk}{approvals}{hold}{sla}{rationale}{more}sample: {sample} }} }}";

    // Stricter than what there is without it: it asks for a person or stops, at no less risk than what no rule covers, and names no hold below that of the policy and no expiry that escalates.
    private static readonly Gen<string> s_stricter =
        from when in s_condition
        from verdict in Gen.Elements("review", "block")
        from risk in Gen.Elements("risk: medium, ", "risk: high, ")
        from more in Gen.Elements("", "approvals: 2, ", "hold: 30 s, ", "sla: 15 min, ", "rationale: 60, ", "expiry: { after: 20 min, outcome: reject }, ", "evidence: [text, id/none], ", "notBy: [editor], ", "skill: [german, legal], ", "reasons: { reject: [NOT_REQUESTED, DUPLICATE] }, ")
        select $"  - {{ rule: stricter, when: {when}, then: {{ {risk}{more}verdict: {verdict} }} }}";

    public static Arbitrary<GateCase> Cases { get; } = (
        from count in Gen.Choose(1, 6)
        from alone in Gen.Elements(true, false)
        from rules in s_rule.ListOf(count)
        from stricter in s_stricter
        from at in Gen.Choose(0, 6)
        from proposal in s_proposal
        from draw in Gen.Choose(0, 99)
        from hour in Gen.Choose(0, 1000)
        from stopped in Gen.Frequency((5, Gen.Constant(false)), (1, Gen.Constant(true)))
        from two in s_line
        from everything in s_line
        from before in Gen.Frequency((3, Gen.Constant(0)), (1, Gen.Choose(1, 2)))
        from demoted in Gen.Frequency((2, Gen.Constant(false)), (1, Gen.Constant(true)))
        from window in Gen.Elements(null, new WindowFact(null, null), new WindowFact(3, null), new WindowFact(0, 0m), new WindowFact(12, 12.50m))
        let text = string.Concat(rules.Select((rule, i) => $"  - {{ rule: r{i}, {rule}\n").Where(IsPolicy))
        where text.Length > 0 && IsPolicy(stricter + "\n")
        let facts = new Facts(GateCases.Now + (hour * 3_600_000L), draw / 100d, stopped, before > 0) { Changed = before == 2 ? ["arguments/amount", "kind"] : null, Windows = Counted(window), TwoPerson = two, EverythingToReview = everything, Demoted = demoted ? ["r0", "r2"] : [], Calibrated = Known(draw) }
        select new GateCase(text, alone, stricter, at, proposal, facts)).ToArbitrary();

    private static Gen<Proposal> s_proposal =>
        from action in Gen.Elements("agent_decision", "issue_refund", "post_invoice", "format_disk")
        from arguments in Gen.Elements("{}", """{"amount":5,"currency":"USD","who":"a","sure":true}""", """{"amount":"30.00","currency":"EUR"}""", """{"amount":"much","who":["a"],"sure":"yes"}""", """{"amount":null,"who":7}""", """{"amount":[5],"who":[["a"]]}""")
        from impact in Gen.Elements("{}", """{"reversible":true,"externallyVisible":false}""", """{"amount":{"value":"12.00","currency":"USD"},"reversible":false}""", """{"amount":{"value":"9.00","currency":"JPY"}}""")
        from more in Gen.SubListOf(
            "\"kind\":\"refund\"", "\"subject\":{\"id\":\"a\"}", "\"tags\":[\"a\"]", "\"signals\":[{\"name\":\"m\",\"value\":0.5}]", "\"checks\":[{\"id\":\"C\",\"name\":\"c\",\"result\":\"fail\"}]",
            "\"draft\":{\"format\":\"text\",\"content\":\"a\",\"target\":{\"to\":\"a\"}}", "\"preconditions\":[{\"name\":\"order\",\"fingerprint\":\"v1\"}]",
            "\"fields\":[{\"name\":\"total\",\"type\":\"money\",\"value\":\"9\",\"confidence\":0.5,\"required\":true},{\"name\":\"date\",\"type\":\"date\",\"value\":null,\"required\":true}]",
            "\"evidence\":[{\"id\":\"e\",\"kind\":\"text\",\"content\":\"x\"}]")
        select GateCases.Read($$"""{"source":{"system":"s"},"action":{"name":"{{action}}","arguments":{{arguments}}},"impact":{{impact}}{{string.Concat(more.Select(part => "," + part))}}}""");

    /// <summary>The gate, with a bug switched on.</summary>
    public static GateResult Ask(GatePolicy policy, Proposal proposal, Facts facts, GateBug bug, int turn = 0)
    {
        var said = GateCases.Ask(proposal, facts, policy);
        var rules = policy.Rules.Where((_, i) => said.Trace[i].Matched).ToList();
        return bug switch
        {
            GateBug.ThrowsWithoutDraft when proposal.Draft is null => throw new InvalidOperationException("no draft"),
            GateBug.AnswersDifferently => said with { Risk = turn == 0 ? said.Risk : Risk.Low },
            GateBug.UnknownProceeds when said.Verdict == Verdict.Review && said.Reasons.Any(reason => reason.StartsWith("Not known", StringComparison.Ordinal)) => said with { Verdict = Verdict.Proceed },
            GateBug.NothingProceeds when said.Reasons.Contains("No rule of the policy covers this") => said with { Verdict = Verdict.Proceed },
            GateBug.LastVerdictWins => said with { Verdict = rules.LastOrDefault(rule => rule.Verdict is not null)?.Verdict ?? said.Verdict },
            GateBug.MildestRiskWins => said with { Risk = rules.Min(rule => rule.Risk) ?? said.Risk },
            GateBug.LastApprovalsWin => said with { Approvals = rules.LastOrDefault(rule => rule.Approvals is not null)?.Approvals ?? said.Approvals },
            GateBug.ShortestHoldWins => said with { HoldSeconds = rules.Min(rule => rule.HoldSeconds) ?? said.HoldSeconds },
            GateBug.StoppedLineProceeds when facts.LineStopped => GateCases.Ask(proposal, facts with { LineStopped = false }, policy),
            GateBug.EverythingToReviewProceeds when facts.EverythingToReview is not null => GateCases.Ask(proposal, facts with { EverythingToReview = null }, policy),
            GateBug.TwoPersonForgotten when facts.TwoPerson is not null => GateCases.Ask(proposal, facts with { TwoPerson = null }, policy),
            GateBug.RevisionProceeds when facts.ReviewedBefore => GateCases.Ask(proposal, facts with { ReviewedBefore = false }, policy),
            GateBug.LastExpiryWins => said with { ExpiresAt = facts.Now + ((rules.LastOrDefault(rule => rule.ExpiryMinutes is not null)?.ExpiryMinutes ?? policy.ExpiryMinutes) * 60_000L) },
            GateBug.EscalationWins => said with { ExpiryOutcome = rules.Max(rule => rule.ExpiryOutcome) ?? said.ExpiryOutcome },
            GateBug.EvidenceIsForgotten => said with { DemandedEvidence = [] },
            GateBug.MissingEvidenceProceeds when said.Reasons.Any(reason => reason.StartsWith("Evidence is missing", StringComparison.Ordinal)) => said with { Verdict = Verdict.Proceed },
            GateBug.LastBarWins => said with { NotBy = rules.LastOrDefault(rule => rule.NotBy != NotBy.Nobody)?.NotBy ?? said.NotBy },
            GateBug.CodesAreForgotten => said with { ReasonCodes = rules.LastOrDefault(rule => rule.ReasonCodes.Count > 0)?.ReasonCodes ?? said.ReasonCodes },
            GateBug.AutomationStandsForAll when said.Verdict == Verdict.Review && rules.Any(rule => rule.Automation is not null) => said with { Verdict = Verdict.Proceed },
            GateBug.DemotedStands => GateCases.Ask(proposal, facts with { Demoted = [] }, policy),
            _ => said,
        };
    }

    private static Dictionary<string, CalibratedFact> Known(int draw) => draw % 3 == 0 ? [] : new() { ["m"] = new CalibratedFact(30, 40, draw / 100m), [CalibratedFact.Lowest] = new CalibratedFact(9, 20, 0.25m) };

    private static FrozenDictionary<string, WindowFact> Counted(WindowFact? window) =>
        new Dictionary<string, WindowFact?> { ["w"] = window }.Where(static item => item.Value is not null).ToFrozenDictionary(static item => item.Key, static item => item.Value!);

    private static bool IsPolicy(string rule) => PolicyReader.Read($"extends: default\npolicy: p\nversion: 1\n{Windows}rules:\n{rule}").Policy is not null;

    private static Gen<string> Condition(int depth) => depth == 0 ? s_leaf : Gen.OneOf(
        s_leaf,
        from kind in Gen.Elements("all", "any") from one in Condition(depth - 1) from other in Condition(depth - 1) select $"{{ {kind}: [ {one}, {other} ] }}",
        from part in Condition(depth - 1) select $"{{ not: {part} }}");

    private static Gen<string> Seldom(params string[] choices) => Gen.Elements([.. Enumerable.Repeat("", 5), .. choices]);

    private static string Leaf(string field, string op, string value) => $"{{ field: {field}, {op}: {value} }}";

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
