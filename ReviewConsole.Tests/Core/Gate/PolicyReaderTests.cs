using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Proposals;
using Xunit;

namespace ReviewConsole.Tests.Core.Gate;

public sealed class PolicyReaderTests
{
    private const string Head = "extends: default\npolicy: mine\nversion: 3\n";

    [Fact]
    public void A_file_that_extends_the_default_holds_only_what_differs()
    {
        var policy = Read(Head + """
            currency: EUR
            hold: 0 s
            expiry: { outcome: escalate }
            sla: { high: 5 min }
            queues: { fraud: { kinds: [refund] }, legal: { escalations: true } }
            catalogue: { cancel_reservation: { kind: refund, amount: /refund/0/amount, reversible: false, external: true } }
            reasons: { escalate: { FRAUD: Looks like fraud } }
            rules:
              - { rule: mine, when: { field: kind, equals: refund }, then: { queue: fraud } }
              - { rule: audit-sample, when: { field: facts.sampleDraw, below: 0 }, then: { verdict: review } }
            """);

        Assert.Equal(("mine", 3, "EUR", 0), (policy.Name, policy.Version, policy.Currency, policy.HoldSeconds));
        Assert.Equal((ExpiryOutcome.Escalate, 24 * 60), (policy.ExpiryOutcome, policy.ExpiryMinutes));
        Assert.Equal((5, 240), (policy.DueMinutes[Risk.High], policy.DueMinutes[Risk.Medium]));
        Assert.Equal(("fraud", "accounts", "legal"), (policy.QueueOf("refund"), policy.QueueOf("accountChange"), policy.ExpertQueue));
        Assert.Equal(8, policy.Catalogue.Count);
        Assert.Equal(["FRAUD"], policy.Reasons("escalate").Select(reason => reason.Code));
        Assert.Equal("mine", policy.Rules[0].Name);
        Assert.Equal(["not-in-catalogue", "audit-sample", "rest"], [policy.Rules[1].Name, .. policy.Rules.TakeLast(2).Select(rule => rule.Name)]);
        Assert.Null(policy.Rules[^2].Reason);
    }

    [Fact]
    public void The_digest_covers_the_text_and_what_it_extends()
    {
        var hold = Read(Head + "hold: 1 s\n");

        Assert.Matches("^sha256:[0-9a-f]{64}$", hold.Digest);
        Assert.NotEqual(hold.Digest, Read(Head + "hold: 1 s # the same, and yet another text\n").Digest);
        Assert.NotEqual(PolicyReader.Default.Digest, hold.Digest);
    }

    [Theory]
    [InlineData("{ field: tags, contains: vip }", true)]
    [InlineData("{ field: tags, contains: v }", false)]
    [InlineData("{ field: title, contains: beta }", true)]
    [InlineData("{ field: title, matches: '^Al.*ta$' }", true)]
    [InlineData("{ field: title, matches: '^beta' }", false)]
    [InlineData("{ field: source.system, oneOf: [r, s] }", true)]
    [InlineData("{ field: source.system, oneOf: [r, t] }", false)]
    [InlineData("{ field: caseId, missing: true }", true)]
    [InlineData("{ field: caseId, missing: false }", false)]
    [InlineData("{ field: caseId, equals: x }", false)]
    [InlineData("{ field: title, missing: false }", true)]
    [InlineData("{ field: signals.lowest, between: [0.9, 1] }", true)]
    [InlineData("{ field: signals.lowest, between: [0.91, 1] }", false)]
    [InlineData("{ field: signals/model, atMost: 0.9 }", true)]
    [InlineData("{ field: signals/model, below: 0.9 }", false)]
    [InlineData("{ field: signals/other, below: 1 }", false)]
    [InlineData("{ field: arguments/deep/1/n, above: 6 }", true)]
    [InlineData("{ field: arguments/deep/1/n, equals: 7 }", true)]
    [InlineData("{ field: arguments/text, equals: '7.50' }", true)]
    [InlineData("{ field: arguments/text, atLeast: 7.5 }", true)]
    [InlineData("{ field: arguments/yes, equals: true }", true)]
    [InlineData("{ field: arguments/list, contains: 2 }", true)]
    [InlineData("{ field: target/to, matches: '@example\\.org$' }", true)]
    [InlineData("{ field: draft.content, contains: Dear }", true)]
    [InlineData("{ field: evidence.kinds, contains: text }", true)]
    [InlineData("{ field: evidence.count, equals: 1 }", true)]
    [InlineData("{ field: checks/REF-2, equals: pass }", true)]
    [InlineData("{ field: checks/REF-2, oneOf: [fail, notRun] }", false)]
    [InlineData("{ field: checks/REF-3, equals: pass }", null)]
    [InlineData("{ field: checks/REF-3, missing: true }", true)]
    [InlineData("{ field: fields/total, above: 8.5 }", true)]
    [InlineData("{ field: fields/total/confidence, below: 0.9 }", true)]
    [InlineData("{ field: fields/date, missing: true }", true)]
    [InlineData("{ field: fields/date/confidence, below: 0.9 }", null)]
    [InlineData("{ field: fields/vendor, missing: true }", true)]
    [InlineData("{ field: fields/vendor, equals: x }", null)]
    [InlineData("{ field: preconditions/order, equals: v17 }", true)]
    [InlineData("{ field: preconditions/other, equals: v17 }", null)]
    [InlineData("{ field: source.version, missing: true }", true)]
    [InlineData("{ field: facts.hour, between: [8, 8] }", true)]
    [InlineData("{ field: facts.weekday, oneOf: [saturday, friday] }", true)]
    [InlineData("{ field: title, changed: true }", false)]
    [InlineData("{ field: title, changed: false }", true)]
    [InlineData("{ not: { field: tags, contains: vip } }", false)]
    [InlineData("{ all: [ { field: tags, contains: vip }, { field: caseId, missing: true } ] }", true)]
    [InlineData("{ all: [ { field: tags, contains: vip }, { field: caseId, missing: false } ] }", false)]
    [InlineData("{ any: [ { field: tags, contains: x }, { field: caseId, missing: true } ] }", true)]
    [InlineData("{ any: [ { field: arguments/none, above: 1 }, { field: caseId, missing: true } ] }", true)]
    [InlineData("{ all: [ { field: arguments/none, missing: false }, { field: arguments/none, above: 1 } ] }", false)]
    [InlineData("{ field: arguments/none, above: 1 }", null)]
    [InlineData("{ not: { field: arguments/none, above: 1 } }", null)]
    [InlineData("{ all: [ { field: arguments/none, above: 1 }, { field: tags, contains: vip } ] }", null)]
    [InlineData("{ field: arguments/list, above: 1 }", null)]
    [InlineData("{ field: arguments/yes, matches: x }", null)]
    public void A_condition_holds_or_not_or_cannot_be_known(string when, bool? holds)
    {
        var policy = Read(Head + $"rules: [ {{ rule: mine, when: {when}, then: {{ verdict: block }}, reason: R }} ]");
        var proposal = GateCases.Certain(
            arguments: """{"deep":[0,{"n":7}],"text":"7.50","yes":true,"list":[1,2]}""",
            more: """
                "title":"Alpha beta","tags":["vip"],"checks":[{"id":"REF-2","name":"Refundable","result":"pass"}],"preconditions":[{"name":"order","fingerprint":"v17"}],
                "fields":[{"name":"total","type":"money","value":"9.00","confidence":0.88},{"name":"date","type":"date","value":null}],"draft":{"format":"text","content":"Dear","target":{"to":"a@example.org"}}
                """);

        var gate = GateCases.Ask(proposal, policy: policy);

        Assert.Equal(holds switch { true => Verdict.Block, false => Verdict.Proceed, null => Verdict.Review }, gate.Verdict);
        Assert.Equal(holds == true, gate.Trace[0].Matched);
        if (holds is null)
        {
            Assert.StartsWith("Not known: ", gate.Reasons[0], StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("surprise: 1", 4, "surprise")]
    [InlineData("hold: ten", 4, "hold")]
    [InlineData("hold: 121 s", 4, "hold")]
    [InlineData("claim: 30 s", 4, "claim")]
    [InlineData("currency: usd", 4, "currency")]
    [InlineData("expiry:\n  outcome: approve", 5, "expiry.outcome")]
    [InlineData("expiry:\n  then: reject", 5, "expiry.then")]
    [InlineData("sla: { urgent: 1 h }", 4, "sla.urgent")]
    [InlineData("queues: { general: { default: maybe } }", 4, "queues.general.default")]
    [InlineData("queues: { general: { kinds: refund } }", 4, "queues.general.kinds")]
    [InlineData("queues: { general: {} }", 4, "queues")]
    [InlineData("reasons: { approve: {} }", 4, "reasons.approve")]
    [InlineData("reasons: { ponder: { A: a } }", 4, "reasons.ponder")]
    [InlineData("catalogue:\n  pay:\n    amount: amount", 6, "catalogue.pay.amount")]
    [InlineData("catalogue: { pay: { evidence: [hologram] } }", 4, "catalogue.pay.evidence[0]")]
    [InlineData("catalogue: { pay: { risk: extreme } }", 4, "catalogue.pay.risk")]
    [InlineData("catalogue: { pay: { reversibel: true } }", 4, "catalogue.pay.reversibel")]
    [InlineData("timezone: Mars/Olympus", 4, "timezone")]
    [InlineData("rules:\n  - { rule: a, when: { field: kind, changed: perhaps }, then: {} }", 5, "rules[0].when.changed")]
    [InlineData("rules:\n  - { rule: a, when: { field: checks/REF-2, equals: failed }, then: {} }", 5, "rules[0].when.equals")]
    [InlineData("rules:\n  - { rule: a, when: { field: facts.weekday, oneOf: [monday, Sonntag] }, then: {} }", 5, "rules[0].when.oneOf[1]")]
    [InlineData("rules:\n  - { rule: a, when: { field: kind, oneOf: [] }, then: { verdict: block } }", 5, "rules[0].when.oneOf")]
    [InlineData("rules:\n  - { rule: a, when: { field: facts.hour, between: [22, 6] }, then: {} }", 5, "rules[0].when.between")]
    [InlineData("rules:\n  - { rule: a, when: { field: rules.matched, equals: false }, then: { verdict: block } }", 5, "rules[0].when")]
    [InlineData("rules:\n  - { rule: a, when: { field: risk, equals: medium }, then: { approvals: 2 } }", 5, "rules[0].when")]
    [InlineData("rules:\n  - { rule: a, when: { not: { field: risk, equals: high } }, then: { risk: medium } }", 5, "rules[0].when")]
    [InlineData("windows: { w: { over: planet, period: 1 h } }", 4, "windows.w.over")]
    [InlineData("windows: { w: { over: subject, period: 31 d } }", 4, "windows.w.period")]
    [InlineData("windows: { w: { period: 1 h } }", 4, "windows.w.over")]
    [InlineData("rules:\n  - { rule: a, when: { not: { field: windows/w.count, above: 1 } }, then: {} }", 5, "rules[0].when")]
    [InlineData("windows: { w: { over: subject, period: 1 h } }\nrules:\n  - { rule: a, when: { field: windows/w.sum, above: 1 }, then: {} }", 6, "rules[0].when.field")]
    [InlineData("windows: { w: { over: subject, period: 1 h } }\nrules:\n  - { rule: a, when: { not: { field: windows/w.count, above: 1 } }, then: {} }", 6, "rules[0].when")]
    [InlineData("windows: { w: { over: subject, period: 1 h } }\nrules:\n  - { rule: a, when: { all: [{ field: kind, equals: a }, { not: { any: [{ field: kind, equals: b }, { field: windows/w.count, above: 1 }] } }] }, then: {} }", 6, "rules[0].when")]
    [InlineData("windows: { w: { over: subject, period: 1 h } }\nrules:\n  - { rule: a, when: { field: windows/w.amount, missing: true }, then: {} }", 6, "rules[0].when")]
    [InlineData("rules:\n  - { rule: a, when: { field: kind, equals: a }, then: { verdict: review, message: No } }", 5, "rules[0].then.message")]
    [InlineData("rules:\n  - { rule: a, when: { field: kind, equals: a }, then: { rationale: none } }", 5, "rules[0].then.rationale")]
    [InlineData("rules:\n  - { rule: a, when: { field: kind, equals: a }, then: { sla: 10 s } }", 5, "rules[0].then.sla")]
    [InlineData("rules: 5", 4, "rules")]
    [InlineData("rules:\n  - { rule: a, when: { field: x, equals: 1 }, then: {} }", 5, "rules[0].when.field")]
    [InlineData("rules:\n  - { rule: a, when: { field: kind }, then: {} }", 5, "rules[0].when")]
    [InlineData("rules:\n  - { rule: a, when: { field: kind, equals: a, oneOf: [b] }, then: {} }", 5, "rules[0].when")]
    [InlineData("rules:\n  - { rule: a, when: { field: kind, above: 5 }, then: {} }", 5, "rules[0].when.above")]
    [InlineData("rules:\n  - { rule: a, when: { field: impact.amount, above: much }, then: {} }", 5, "rules[0].when.above")]
    [InlineData("rules:\n  - { rule: a, when: { field: impact.amount, between: [1] }, then: {} }", 5, "rules[0].when.between")]
    [InlineData("rules:\n  - { rule: a, when: { field: impact.reversible, equals: maybe }, then: {} }", 5, "rules[0].when.equals")]
    [InlineData("rules:\n  - { rule: a, when: { field: title, matches: '(a)\\1' }, then: {} }", 5, "rules[0].when.matches")]
    [InlineData("rules:\n  - { rule: a, when: { field: title, matches: '(' }, then: {} }", 5, "rules[0].when.matches")]
    [InlineData("rules:\n  - { rule: a, when: { field: kind, equals: a }, then: { commitFirst: 1.5 } }", 5, "rules[0].then.commitFirst")]
    [InlineData("rules:\n  - { rule: a, when: { field: kind, equals: a }, then: { commitFirst: often } }", 5, "rules[0].then.commitFirst")]
    [InlineData("rules:\n  - { rule: a, when: { all: [] }, then: {} }", 5, "rules[0].when.all")]
    [InlineData("rules:\n  - { rule: a, when: { all: [], any: [] }, then: {} }", 5, "rules[0].when.all")]
    [InlineData("rules:\n  - { when: { field: kind, equals: a }, then: {} }", 5, "rules[0].rule")]
    [InlineData("rules:\n  - { rule: a, then: {} }", 5, "rules[0].when")]
    [InlineData("rules:\n  - { rule: a, when: { field: kind, equals: a } }", 5, "rules[0].then")]
    [InlineData("rules:\n  - { rule: a, when: { field: kind, equals: a }, then: { verdict: approve } }", 5, "rules[0].then.verdict")]
    [InlineData("rules:\n  - { rule: a, when: { field: kind, equals: a }, then: { queue: nowhere } }", 5, "rules[0].then.queue")]
    [InlineData("rules:\n  - { rule: a, when: { field: kind, equals: a }, then: { approvals: 0 } }", 5, "rules[0].then.approvals")]
    [InlineData("rules:\n  - { rule: a, when: { field: kind, equals: a }, then: { hold: 5 h } }", 5, "rules[0].then.hold")]
    [InlineData("rules:\n  - { rule: a, when: { field: kind, equals: a }, then: {} }\n  - { rule: a, when: { field: kind, equals: a }, then: {} }", 6, "rules[1]")]
    [InlineData("rules:\n  - { rule: a, when: { field: kind, equals: a }, then: { evidence: [hologram] } }", 5, "rules[0].then.evidence[0]")]
    [InlineData("rules:\n  - { rule: a, when: { field: kind, equals: a }, then: { evidence: [id/] } }", 5, "rules[0].then.evidence[0]")]
    [InlineData("rules:\n  - { rule: a, when: { field: kind, equals: a }, then: { evidence: [] } }", 5, "rules[0].then.evidence")]
    [InlineData("rules:\n  - { rule: a, when: { field: kind, equals: a }, then: { evidence: email } }", 5, "rules[0].then.evidence")]
    [InlineData("rules:\n  - { rule: a, when: { field: kind, equals: a }, then: { expiry: {} } }", 5, "rules[0].then.expiry")]
    [InlineData("rules:\n  - { rule: a, when: { field: kind, equals: a }, then: { expiry: { after: 10 s } } }", 5, "rules[0].then.expiry.after")]
    [InlineData("rules:\n  - { rule: a, when: { field: kind, equals: a }, then: { expiry: { outcome: approve } } }", 5, "rules[0].then.expiry.outcome")]
    [InlineData("rules:\n  - { rule: a, when: { field: kind, equals: a }, then: { expiry: { outcome: cancel } } }", 5, "rules[0].then.expiry.outcome")]
    [InlineData("rules:\n  - { rule: a, when: { field: kind, equals: a }, then: { notBy: [initiator] } }", 5, "rules[0].then.notBy[0]")]
    [InlineData("rules:\n  - { rule: a, when: { field: kind, equals: a }, then: { notBy: [firstApprover] } }", 5, "rules[0].then.notBy[0]")]
    [InlineData("rules:\n  - { rule: a, when: { field: kind, equals: a }, then: { notBy: [anybody] } }", 5, "rules[0].then.notBy[0]")]
    [InlineData("rules:\n  - { rule: a, when: { field: kind, equals: a }, then: { skill: German } }", 5, "rules[0].then.skill")]
    [InlineData("rules:\n  - { rule: a, when: { field: kind, equals: a }, then: { skill: [german, two words] } }", 5, "rules[0].then.skill[1]")]
    [InlineData("rules:\n  - { rule: a, when: { field: kind, equals: a }, then: { skill: [] } }", 5, "rules[0].then.skill")]
    [InlineData("rules:\n  - { rule: a, when: { field: risk, equals: low }, then: { skill: german } }", 5, "rules[0].when")]
    [InlineData("rules:\n  - { rule: a, when: { field: kind, equals: a }, then: { reasons: { approve: [WHIM] } } }", 5, "rules[0].then.reasons.approve[0]")]
    [InlineData("rules:\n  - { rule: a, when: { field: kind, equals: a }, then: { reasons: { approve: [] } } }", 5, "rules[0].then.reasons.approve")]
    [InlineData("rules:\n  - { rule: a, when: { field: kind, equals: a }, then: { reasons: { ponder: [A] } } }", 5, "rules[0].then.reasons.ponder")]
    [InlineData("rules:\n  - { rule: a, when: { field: kind, equals: a }, then: { aprovals: 2 } }", 5, "rules[0].then.aprovals")]
    [InlineData("rules:\n  - { rule: a, when: { field: risk, equals: low }, then: { evidence: [email] } }", 5, "rules[0].when")]
    [InlineData("rules:\n  - { rule: a, when: { field: risk, equals: low }, then: { notBy: [editor] } }", 5, "rules[0].when")]
    [InlineData("rules:\n  - { rule: a, when: { field: risk, equals: high }, then: { expiry: { outcome: escalate } } }", 5, "rules[0].when")]
    [InlineData("rules:\n  - { rule: a, when: { field: rules.matched, equals: false }, then: { reasons: { approve: [POLICY_MET] } } }", 5, "rules[0].when")]
    [InlineData("hold: &x 5 s\nclaim: *x", 4, "policy")]
    [InlineData("hold: 1 s\nhold: 2 s", 5, "policy")]
    [InlineData("hold: [", 5, "policy")]
    public void What_is_wrong_is_named_with_line_and_path(string lines, int line, string path)
    {
        var reading = PolicyReader.Read(Head + lines + "\n");

        Assert.Null(reading.Policy);
        Assert.Contains(path, reading.Errors.Select(error => error.Path));
        Assert.Equal(line, reading.Errors.First(error => error.Path == path).Line);
        Assert.All(reading.Errors, error => Assert.False(string.IsNullOrWhiteSpace(error.Detail)));
    }

    [Fact]
    public void A_file_that_extends_nothing_has_to_say_everything()
    {
        var reading = PolicyReader.Read("policy: mine\nversion: 1\n");

        Assert.Equal(
            [
                "claim", "currency", "expiry.after", "expiry.outcome", "hold", "pickup", "queues", "reasons.approve", "reasons.correct", "reasons.escalate", "reasons.reject",
                "reasons.return", "rules", "sla.high", "sla.low", "sla.medium", "validity",
            ],
            reading.Errors.Select(error => error.Path).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("- a")]
    [InlineData("text")]
    [InlineData("a: 1\n---\nb: 2")]
    [InlineData("extends: other\npolicy: p\nversion: 1")]
    public void What_is_no_policy_is_refused(string text) => Assert.NotEmpty(PolicyReader.Read(text).Errors);

    private static GatePolicy Read(string text)
    {
        var reading = PolicyReader.Read(text);
        Assert.Empty(reading.Errors);
        return reading.Policy!;
    }
}
