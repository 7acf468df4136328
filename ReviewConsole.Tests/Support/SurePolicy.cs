namespace ReviewConsole.Tests.Support;

/// <summary>A policy of its own that extends nothing: what is sure proceeds, the rest goes to people.</summary>
internal static class SurePolicy
{
    public const string Rules = """
          - { rule: sure, when: { field: signals/self-consistency, atLeast: 1.0 }, then: { verdict: proceed } }
          - { rule: unsure, when: { not: { field: signals/self-consistency, atLeast: 1.0 } }, then: { verdict: review } }
        """;

    public static string Text(string rules = Rules, string more = "") => $$"""
        policy: sure
        version: 1
        currency: USD
        hold: 10 s
        claim: 15 min
        expiry: { after: 24 h, outcome: reject }
        validity: 24 h
        pickup: 1 h
        sla: { high: 30 min, medium: 4 h, low: 24 h }
        queues:
          general: { default: true }
          experts: { escalations: true }
        reasons:
          approve: { FINE: Fine }
          correct: { WRONG: Wrong }
          reject: { NO: No }
          escalate: { HARD: Hard }
          return: { MORE: More }
        {{more}}
        rules:
        {{rules}}
        """;
}
