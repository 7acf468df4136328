using System.Text.Json.Nodes;

namespace ReviewConsole.Tests.Core.Proposals;

/// <summary>
/// Real submit bodies where the folder <c>shared/data</c> stands beside the repository, else invented ones of the same shapes. The scans of the receipts
/// (which the command line reads from files) become a few bytes.
/// </summary>
internal static class RealBodies
{
    public static IReadOnlyList<string> Airline => s_airline.Value;

    public static IReadOnlyList<string> Receipts => s_receipts.Value;

    private static readonly Lazy<IReadOnlyList<string>> s_airline = new(() => Lines("airline-agent") ?? [.. Enumerable.Range(0, 152).Select(Booking)]);

    private static readonly Lazy<IReadOnlyList<string>> s_receipts = new(() => Lines("receipts") ?? [.. Enumerable.Range(0, 40).Select(Receipt)]);

    private static List<string>? Lines(string set)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, "shared", "data", set, "reviews.jsonl");
            if (File.Exists(file))
            {
                return [.. File.ReadLines(file).Where(line => line.Length > 0).Select(Inline)];
            }
        }

        return null;
    }

    private static string Inline(string line)
    {
        var body = JsonNode.Parse(line)!;
        foreach (var item in body["evidence"]?.AsArray() ?? [])
        {
            if (item!["file"] is not null)
            {
                item.AsObject().Remove("file");
                item["base64"] = "/9j/4AAQSkY=";
            }
        }

        return body.ToJsonString();
    }

    private static string Booking(int i) => SampleBody.With("/externalId", $"\"airline-{i}\"");

    private static string Receipt(int i) => $$$"""
        {"externalId":"receipt-{{{i}}}","source":{"system":"expense-reader"},"kind":"extraction","action":{"name":"post_expense","arguments":{"claim":"receipt-{{{i}}}"}},
         "impact":{"amount":{"value":"{{{i}}}.00","currency":"MYR"},"reversible":true,"externallyVisible":false},
         "evidence":[{"id":"scan","kind":"image","base64":"/9j/4AAQSkY=","mediaType":"image/jpeg","required":true},
          {"id":"ocr","kind":"table","content":{"columns":["text","x"],"rows":[["TOTAL",{{{i}}}]]},"required":false}],
         "fields":[{"name":"total","type":"money","value":"{{{i}}}.00","confidence":0.88,"required":true,"evidence":"scan","page":1,"box":[1,2,3,4]}]}
        """;
}
