using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using ReviewConsole.Core.Proposals;

namespace ReviewConsole.Tests.Core.Proposals;

/// <summary>A valid body with every part of WIRE.md §1 and every kind of evidence, and edits of it by JSON pointer.</summary>
internal static class SampleBody
{
    public const string Sha = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    public const string Full = $$"""
        {
          "externalId": "refund-4711",
          "source": { "system": "airline-agent", "agent": "gpt-4o", "version": "2024-05", "runId": "airline-04-1", "x-trace": { "deep": [1] } },
          "initiator": { "id": "ana@example.org", "label": "Ana" },
          "caseId": "claim-77",
          "kind": "refund",
          "title": "Cancel reservation 4OG6T3 and refund 1 250.00 USD",
          "subject": { "id": "mia_li_3668", "label": "Mia Li" },
          "action": { "name": "cancel_reservation", "arguments": { "reservation_id": "4OG6T3", "note": null }, "argumentsSchema": { "type": "object" } },
          "impact": { "amount": { "value": "1250.00", "currency": "USD" }, "reversible": false, "externallyVisible": true,
                      "legallySensitive": false, "affectsTrust": true, "consequence": "The money is paid **at once**." },
          "signals": [ { "name": "model", "value": 0.82, "basis": "self-reported" }, { "name": "agreement", "value": 1 } ],
          "reasoning": { "summary": "Because of the *rule*.", "safeToShow": true },
          "checks": [ { "id": "REF-2", "name": "Cabin allows refund", "result": "fail", "detail": "economy", "evidence": ["e2", "e10"] },
                      { "id": "REF-3", "name": "Within a day", "result": "notRun" } ],
          "alternatives": [ { "action": { "name": "offer_voucher", "arguments": {} }, "why": "cheaper" } ],
          "evidence": [
            { "id": "e0", "kind": "text", "role": "original", "title": "Note", "content": "plain", "mediaType": "text/plain", "name": "note.txt", "required": true,
              "origin": { "system": "crm", "uri": "crm://note/1", "at": "2026-05-20T09:30:00.000Z" }, "highlights": [ { "text": "plain", "note": "why" } ] },
            { "id": "e1", "kind": "markdown", "content": "# Head" },
            { "id": "e2", "kind": "conversation", "content": [ { "from": "customer", "text": "Hello", "at": "2026-05-20T09:30:00+02:00" }, { "from": "agent", "text": "" } ] },
            { "id": "e3", "kind": "html", "content": "<b>x</b>" },
            { "id": "e4", "kind": "json", "content": { "a": [1, null, {"x-y": true}] } },
            { "id": "e5", "kind": "table", "content": { "columns": ["a", "b"], "rows": [["x", 1], [null, true]] } },
            { "id": "e6", "kind": "keyValue", "content": [ { "key": "k", "value": null } ] },
            { "id": "e7", "kind": "email", "content": { "from": "a@example.org", "to": ["b@example.org"], "cc": [], "date": "2026-05-20T09:30:00Z",
                "subject": "S", "text": "t", "html": "<i>t</i>", "headers": { "X-A": "b" } } },
            { "id": "e8", "kind": "diff", "content": { "before": "a", "after": "b", "language": "yaml" } },
            { "id": "e9", "kind": "link", "content": { "uri": "https://example.org/", "label": "L" } },
            { "id": "e10", "kind": "image", "base64": "aGVsbG8=", "mediaType": "image/png" },
            { "id": "e11", "kind": "pdf", "blob": "{{Sha}}" },
            { "id": "e12", "kind": "file", "blob": "{{Sha}}", "name": "x.bin", "x-own": 1 }
          ],
          "draft": { "format": "text", "content": "Dear Mia", "baseline": "Dear", "target": { "to": "mia@example.org", "cc": null } },
          "fields": [ { "name": "total", "label": "Total", "type": "money", "value": "9.00", "confidence": 0.88, "required": true, "evidence": "e10", "page": 1,
                        "box": [412, 639, 30, 15] }, { "name": "note", "type": "text", "value": null } ],
          "preconditions": [ { "name": "reservation", "fingerprint": "v17" } ],
          "retryOf": "0199aaaa-0000-7000-8000-000000000001",
          "group": { "id": "turn-9", "size": 1 },
          "expires": { "at": "2031-01-01T00:00:00Z", "outcome": "reject" },
          "deliver": { "webhook": "orders-agent", "dialect": "native" },
          "tags": [ "vip" ],
          "x-own": { "any": "thing" }
        }
        """;

    public const string Minimal = """{"source":{"system":"s"},"action":{"name":"a","arguments":{}}}""";

    public static ProposalReading Read(string body) => ProposalReader.Read(Encoding.UTF8.GetBytes(body), ProposalLimits.Default);

    public static Proposal Proposal(string body) =>
        Read(body) is { Proposal: { } proposal } ? proposal : throw new ArgumentException(string.Join("; ", Read(body).Errors), nameof(body));

    /// <summary>The full body with the value at <paramref name="pointer"/> set, appended (<c>/-</c>), or taken out when <paramref name="json"/> is null.</summary>
    public static string With(string pointer, string? json)
    {
        var root = JsonNode.Parse(Full)!;
        var steps = pointer.TrimStart('#', '/').Split('/');
        var node = root;
        foreach (var step in steps[..^1])
        {
            node = node is JsonArray array ? array[int.Parse(step, CultureInfo.InvariantCulture)]! : node![step]!;
        }

        var value = json is null ? null : JsonNode.Parse(json);
        switch (node)
        {
            case JsonArray list when steps[^1] == "-":
                list.Add(value);
                break;
            case JsonArray list:
                list[int.Parse(steps[^1], CultureInfo.InvariantCulture)] = value;
                break;
            case JsonObject item when json is null:
                item.Remove(steps[^1]);
                break;
            case JsonObject item:
                item[steps[^1]] = value;
                break;
        }

        return root.ToJsonString();
    }
}
