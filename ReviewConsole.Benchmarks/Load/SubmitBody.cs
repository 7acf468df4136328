namespace ReviewConsole.Benchmarks.Load;

/// <summary>A submit of about 2 KB as a refund agent sends it: arguments, impact, signals, a check, two pieces of evidence. The marks make each one different.</summary>
internal static class SubmitBody
{
    public const int Size = 2048;

    /// <summary>The body with <c>############</c> marks, padded to <see cref="Size"/> bytes by the last line of the conversation.</summary>
    public static string Of(string system)
    {
        var text = """
            {"externalId":"bench-############","source":{"system":"@system","agent":"refund-agent","version":"2026-10","runId":"run-############"},
            "kind":"refund","title":"Refund order ############ by 250.00 USD","subject":{"id":"customer-############","label":"Customer ############"},
            "action":{"name":"issue_refund","arguments":{"order":"############","amount":"250.00","currency":"USD","reason":"late delivery","items":[{"sku":"A-17","quantity":1},{"sku":"B-4","quantity":2}]}},
            "impact":{"amount":{"value":"250.00","currency":"USD"},"reversible":true,"externallyVisible":true,"legallySensitive":false,"affectsTrust":false,"consequence":"The customer gets **250.00 USD** back on the card."},
            "signals":[{"name":"model","value":0.72,"basis":"self-reported"}],
            "checks":[{"id":"REF-1","name":"Order was delivered late","result":"pass","detail":"Carrier scan 6 days after the promise.","evidence":["e2"]}],
            "evidence":[{"id":"e1","kind":"conversation","title":"Chat","required":true,"content":[{"from":"customer","text":"My order ############ came six days late, I want my money back for the express fee and the two gifts."},{"from":"agent","text":"I am sorry about that. Let me look at the order."},{"from":"customer","text":"@@"}]},
            {"id":"e2","kind":"keyValue","title":"Order","content":[{"key":"Promised","value":"2026-11-02"},{"key":"Delivered","value":"2026-11-08"},{"key":"Total","value":"412.00 USD"}]}],"tags":["late"]}
            """.Replace("@system", system, StringComparison.Ordinal);
        const string filler = "It was a birthday present and the party was over when it came. I have bought here for years and never asked for anything. ";
        var missing = Size - (text.Length - 2);
        return text.Replace("@@", string.Concat(Enumerable.Repeat(filler, 20))[..Math.Max(0, missing)], StringComparison.Ordinal);
    }
}
