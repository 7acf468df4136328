using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using ReviewConsole.Core.Queue;

namespace ReviewConsole.Components.Queue;

/// <summary>
/// The queue's view state as an address, so that a filter is a link: <c>queue?view=breach&amp;risk=high&amp;kind=refund&amp;source=orders-agent&amp;queue=refunds&amp;check=LOOKUP-1&amp;assignee=p7&amp;text=4XGCCM</c>.
/// Lists repeat their name. What is not known there restricts nothing. <c>row</c> is the review that is selected. A review that was opened from a list has the same query: the way back.
/// </summary>
internal static class QueueAddress
{
    public const string Page = "queue";

    private const string Reviews = "reviews/";

    /// <summary>Lowest first.</summary>
    public static readonly string[] Risks = ["low", "medium", "high"];

    private static readonly Dictionary<QueueView, string> s_views = new()
    {
        [QueueView.Mine] = "mine",
        [QueueView.Unclaimed] = "unclaimed",
        [QueueView.Breach] = "breach",
        [QueueView.LowConfidence] = "lowConfidence",
        [QueueView.Returned] = "returned",
        [QueueView.SecondRead] = "secondRead",
    };

    /// <param name="query">With or without its question mark.</param>
    public static QueueFilter Read(string query)
    {
        var values = QueryHelpers.ParseQuery(query);
        var view = One("view");
        return new QueueFilter(
            s_views.FirstOrDefault(pair => pair.Value == view, new(QueueView.All, "")).Key,
            List("kind"), [.. Risks.Where(List("risk").Contains)], List("source"), List("queue"), One("check"), One("assignee"), One("text"));

        string? One(string name) => List(name) is [var first, ..] ? first : null;

        string[] List(string name) => values.TryGetValue(name, out var found)
            ? [.. found.OfType<string>().Select(static value => value.Trim()).Where(static value => value.Length > 0).Distinct(StringComparer.Ordinal)]
            : [];
    }

    /// <summary>The review that is selected; null when none is.</summary>
    public static Guid? Row(string query) => QueryHelpers.ParseQuery(query).TryGetValue("row", out var row) && Guid.TryParse(row, out var review) ? review : null;

    /// <summary>The review <paramref name="id"/>, opened from this list.</summary>
    public static string Review(Guid id, QueueFilter from) => Reviews + id + Write(from)[Page.Length..];

    /// <summary>The list that the review at <paramref name="address"/> was opened from, with its row; from anywhere else the whole queue.</summary>
    /// <param name="address">Relative, with its query.</param>
    public static string BackFrom(string address)
    {
        var query = address.IndexOf('?', StringComparison.Ordinal) is var at and >= 0 ? address[at..] : "";
        return address.StartsWith(Reviews, StringComparison.Ordinal) && Guid.TryParse(address.AsSpan(Reviews.Length, address.Length - Reviews.Length - query.Length), out var review)
            ? Write(Read(query), review)
            : Page;
    }

    public static string Write(QueueFilter filter, Guid? row = null)
    {
        var address = new StringBuilder(Page);
        Add("view", filter.View == QueueView.All ? null : s_views[filter.View]);
        AddAll("kind", filter.Kinds);
        AddAll("risk", filter.Risks);
        AddAll("source", filter.Sources);
        AddAll("queue", filter.Queues);
        Add("check", filter.Check);
        Add("assignee", filter.Assignee);
        Add("text", filter.Text);
        Add("row", row?.ToString());
        return address.ToString();

        void AddAll(string name, IEnumerable<string> values)
        {
            foreach (var value in values)
            {
                Add(name, value);
            }
        }

        void Add(string name, string? value)
        {
            if (!string.IsNullOrWhiteSpace(value))
            {
                address.Append(address.Length == Page.Length ? '?' : '&').Append(CultureInfo.InvariantCulture, $"{name}={Uri.EscapeDataString(value.Trim())}");
            }
        }
    }

    /// <summary>The same filter with <paramref name="value"/> put in or taken out of one list.</summary>
    public static IReadOnlyList<string> Toggle(IReadOnlyList<string> list, string value) =>
        list.Contains(value) ? [.. list.Where(other => other != value)] : [.. list, value];
}
