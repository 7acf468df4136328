using Microsoft.AspNetCore.WebUtilities;
using ReviewConsole.Core.Queue;

namespace ReviewConsole.Components.History;

/// <summary>The history's view state as an address: <c>history?decision=rejected&amp;kind=refund&amp;source=orders-agent&amp;text=4XGCCM</c>.</summary>
internal static class HistoryAddress
{
    public const string Page = "history";

    /// <summary>What the console tells a source, as the wire says it.</summary>
    public static readonly string[] Decisions = ["approved", "corrected", "rejected", "expired", "cancelled", "proceeded", "blocked"];

    public static HistoryFilter Read(string query)
    {
        var values = QueryHelpers.ParseQuery(query);
        return new HistoryFilter(One("decision") is { } decision && Decisions.Contains(decision) ? decision : null, One("kind"), One("source"), One("text"));

        string? One(string name) => values.TryGetValue(name, out var found) && found.FirstOrDefault()?.Trim() is { Length: > 0 } value ? value : null;
    }

    public static string Write(HistoryFilter filter)
    {
        var parts = new[] { ("decision", filter.Decision), ("kind", filter.Kind), ("source", filter.Source), ("text", filter.Text) }
            .Where(static part => !string.IsNullOrWhiteSpace(part.Item2)).Select(static part => $"{part.Item1}={Uri.EscapeDataString(part.Item2!.Trim())}");
        var query = string.Join('&', parts);
        return query.Length == 0 ? Page : $"{Page}?{query}";
    }
}
