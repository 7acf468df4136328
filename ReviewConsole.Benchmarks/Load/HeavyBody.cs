using System.Text.Json;

namespace ReviewConsole.Benchmarks.Load;

/// <summary>A review that is heavy to look at: a conversation of 200 turns, two more pieces of evidence, twenty fields, and a draft of a megabyte beside its baseline.</summary>
internal static class HeavyBody
{
    private const int Turns = 200;
    private const int Paragraphs = 14_000;
    private const int ChangedEvery = 50;

    public static byte[] Of(string system, int number)
    {
        var paragraphs = Enumerable.Range(1, Paragraphs).Select(i => $"Paragraph {i} of contract {number} as both sides agreed on it in the spring of the year.").ToArray();
        var changed = paragraphs.Select((text, i) => i % ChangedEvery == 0 ? text.Replace("spring", "autumn", StringComparison.Ordinal) : text);
        var turns = Enumerable.Range(0, Turns).Select(i => new { from = i % 2 == 0 ? "customer" : "agent", text = $"Turn {i}: the delivery that was promised for the first of the month has not come, and nobody could say where it is." });
        return JsonSerializer.SerializeToUtf8Bytes(new
        {
            source = new { system, agent = "contract-agent", version = "2026-10" },
            kind = "email",
            action = new { name = "send_email", arguments = new { to = $"customer-{number}@example.com" } },
            impact = new { reversible = false, externallyVisible = true },
            evidence = new object[]
            {
                new { id = "chat", kind = "conversation", title = "Conversation", required = true, content = turns },
                new { id = "order", kind = "json", title = "Order", content = Enumerable.Range(0, 100).ToDictionary(i => $"member{i}", i => new { amount = i, currency = "USD" }, StringComparer.Ordinal) },
                new { id = "prices", kind = "table", title = "Prices", content = new { columns = new[] { "sku", "price" }, rows = Enumerable.Range(0, 1_000).Select(i => new object[] { $"A-{i}", i }) } },
            },
            fields = Enumerable.Range(1, 20).Select(i => new { name = $"field{i}", type = "text", value = $"value {i}", confidence = 0.3 }),
            draft = new { format = "text", baseline = string.Join('\n', paragraphs), content = string.Join('\n', changed), target = new { to = $"customer-{number}@example.com" } },
        });
    }
}
