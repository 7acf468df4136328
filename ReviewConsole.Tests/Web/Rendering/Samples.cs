using Xunit;
using System.Text;
using System.Text.Json.Nodes;
using ReviewConsole.Components.Review;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Rendering;

namespace ReviewConsole.Tests.Web.Rendering;

/// <summary>Proposals to draw: real ones where ../shared/data is there, else invented ones of every kind.</summary>
internal static class Samples
{
    public static GateResult Gate(Proposal proposal, Risk risk = Risk.Medium, params Check[] own) => new(
        Verdict.Review, risk, proposal.Kind ?? "other", "general", 1, 10, ["Amount at or above 1,000.00 USD"], own,
        [new RuleTrace("large-amount", true, [new ConditionTrace("impact.amount", "atLeast", GateValue.Money(1000), GateValue.Money(1250), true)]),
         new RuleTrace("unsure", false, [new ConditionTrace("signals.lowest", "below", GateValue.Of(0.8m), GateValue.Unknown, null)])],
        new PolicyIdentity("default", 1, "sha256:00"), 30, 1_800_000_000_000, ExpiryOutcome.Reject, 15, 1440, false,
        [.. proposal.Evidence.Where(e => e.Required != false).Select(e => e.Id)], proposal.Impact?.Amount, new Facts(1_700_000_000_000, 0.5));

    public static Proposal Read(string body)
    {
        var reading = ProposalReader.Read(Encoding.UTF8.GetBytes(body), new ProposalLimits { Inline = 25_000_000 });
        Assert.True(reading.Proposal is not null, string.Join("; ", reading.Errors.Select(e => $"{e.Pointer} {e.Detail}")));
        return reading.Proposal;
    }

    /// <summary>A model as the page makes it, with images whose bytes are not asked for.</summary>
    public static ReviewModel Model(Proposal proposal, Risk risk = Risk.Medium, params Check[] own) => Model(proposal, Gate(proposal, risk, own));

    public static ReviewModel Model(Proposal proposal, GateResult gate)
    {
        var id = Guid.Parse("0199a000-0000-7000-8000-000000000001");
        return new ReviewModel(id, 1, proposal, gate, [.. proposal.Evidence.Select((item, i) => new EvidenceModel(
            item, i + 1, gate.RequiredEvidence.Contains(item.Id), EvidenceEndpoint.Path(id, 1, i),
            item.Kind == EvidenceKind.Image ? new ImageFacts("image/jpeg", 500, 1000) : null, RenderingSupport.Words))]);
    }

    /// <summary>Every submit body there is to draw.</summary>
    public static IReadOnlyList<(string Name, Proposal Proposal)> All()
    {
        var all = new List<(string, Proposal)> { ("invented", Read(EveryKind)) };
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            foreach (var set in new[] { "airline-agent", "receipts" })
            {
                var file = Path.Combine(folder.FullName, "shared", "data", set, "reviews.jsonl");
                if (File.Exists(file))
                {
                    all.AddRange(File.ReadLines(file).Where(line => line.Length > 0).Select((line, i) => ($"{set} {i + 1}", Read(WithBytes(line, Path.GetDirectoryName(file)!)))));
                }
            }
        }
        return all;
    }

    // What `import` does with "file" beside the set.
    private static string WithBytes(string line, string folder)
    {
        var body = JsonNode.Parse(line)!.AsObject();
        foreach (var item in body["evidence"]?.AsArray() ?? [])
        {
            if (item!["file"] is { } file)
            {
                item.AsObject().Remove("file");
                item["base64"] = Convert.ToBase64String(File.ReadAllBytes(Path.Combine(folder, file.GetValue<string>())));
            }
        }
        return body.ToJsonString();
    }

    /// <summary>One proposal with every part and every kind of evidence.</summary>
    public const string EveryKind = """
    {
      "externalId": "s-1", "source": { "system": "orders-agent", "agent": "m", "version": "3" }, "initiator": { "id": "ana@example.org", "label": "Ana" },
      "kind": "refund", "title": "Please just approve\u202e", "subject": { "id": "c-1", "label": "Mia \u200bLi" },
      "action": { "name": "issue_refund", "arguments": { "order": "4711", "amount": "1250.00", "note": "to \u202e5435" } },
      "impact": { "amount": { "value": "1250.00", "currency": "USD" }, "reversible": false, "externallyVisible": true, "legallySensitive": true, "affectsTrust": true, "consequence": "Money **leaves** [here](javascript:alert(1))." },
      "signals": [ { "name": "model", "value": 0.97, "basis": "self-reported" } ],
      "reasoning": { "summary": "Because *I* say so.", "safeToShow": true },
      "checks": [ { "id": "REF-1", "name": "Cabin allows refund", "result": "fail", "detail": "Draft says Gold, profile says regular.", "evidence": ["e2"] }, { "id": "OK-1", "name": "Owner", "result": "pass" }, { "id": "N-1", "name": "Late", "result": "notRun" } ],
      "alternatives": [ { "action": { "name": "transfer_to_human", "arguments": { "summary": "x" } }, "why": "safer" } ],
      "evidence": [
        { "id": "e1", "kind": "conversation", "title": "Chat", "required": true, "content": [ { "from": "customer", "text": "I want my money\u202e 4532 back." }, { "from": "agent", "text": "I can help.", "at": "2026-01-01T10:00:00.000Z" } ], "highlights": [ { "text": "I want my money", "note": "REF-1" }, { "text": "never said", "note": "x" } ] },
        { "id": "e2", "kind": "json", "content": { "cabin": "business", "total": 1250.10, "big": 1e3, "flights": [ { "no": "HAT1", "price": 10 }, { "no": "HAT2", "price": 20 } ], "deep": { "a": { "b": { "c": { "d": { "e": 1 } } } } }, "none": null, "yes": true, "list": [1, "two"], "empty": {} } },
        { "id": "e3", "kind": "table", "content": { "columns": ["item", "price"], "rows": [ ["a", 1.50], ["b", "2.00"], ["c", null] ] } },
        { "id": "e4", "kind": "keyValue", "content": [ { "key": "limit", "value": "10,000" } ] },
        { "id": "e5", "kind": "email", "content": { "from": "mia@example.org", "to": ["help@example.org"], "cc": [], "date": "2026-01-01", "subject": "Refund?", "text": "Hello\n> you wrote\n> before\nThanks", "html": "<p onclick=alert(1)>Hello</p>", "headers": { "X-Mailer": "evil" } } },
        { "id": "e6", "kind": "diff", "role": "plan", "content": { "before": "replicas: 3\nimage: a\n", "after": "replicas: 30\nimage: a\n", "language": "yaml" } },
        { "id": "e7", "kind": "link", "content": { "uri": "https://\u0430pple.com/x", "label": "our bank" } },
        { "id": "e8", "kind": "html", "content": "<script>alert(1)</script>" },
        { "id": "e9", "kind": "markdown", "role": "policy", "content": "# Rules\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n![x](https://img.example-cdn.net/x.gif)" },
        { "id": "e10", "kind": "text", "content": "plain\ntext" },
        { "id": "e11", "kind": "image", "name": "scan.jpg", "mediaType": "image/jpeg", "base64": "/9j/" },
        { "id": "e12", "kind": "pdf", "name": "con\u202etract.pdf", "base64": "JVBERg==" },
        { "id": "e13", "kind": "file", "name": "../../etc/passwd", "base64": "eA==" }
      ],
      "draft": { "format": "text", "content": "Dear Ms Li,\nwe refund 1,250 USD.\n", "baseline": "Dear Ms Li,\nwe refund 125 USD.\n", "target": { "to": "mia@example.org", "subject": "Your refund" } },
      "fields": [ { "name": "total", "label": "Total", "type": "money", "value": "9.00", "confidence": 0.41, "required": true, "evidence": "e11", "page": 1, "box": [412, 639, 30, 15] }, { "name": "date", "type": "date", "value": "43-45-47" }, { "name": "vat", "type": "money", "value": null, "required": true } ],
      "preconditions": [ { "name": "order", "fingerprint": "v17" } ], "tags": [ "vip" ]
    }
    """;
}
