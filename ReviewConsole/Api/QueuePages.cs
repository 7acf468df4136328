using System.Text.Json;
using ReviewConsole.Api.Described;
using ReviewConsole.Core.Gate;
using ReviewConsole.Core.Identity;
using ReviewConsole.Core.Queue;
using ReviewConsole.Core.Reviews;
using ReviewConsole.SignIn;

namespace ReviewConsole.Api;

/// <summary><c>GET /api/v1/queue?view=&amp;after=&amp;limit=</c>: open reviews by due time, then id (WIRE.md §3).</summary>
internal static class QueuePages
{
    private static readonly Dictionary<string, QueueView> s_views =
        Enum.GetValues<QueueView>().Where(view => view != QueueView.All).ToDictionary(view => view.Word(), StringComparer.Ordinal);

    public static void MapQueue(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/queue", ListAsync).RequirePerson(Permission.ReviewsRead).WithTags("People").WithSummary("Open reviews by due time").Gives("QueuePage");

    private static async Task<IResult> ListAsync(HttpContext http, QueueReader queue)
    {
        var (after, limit, problem) = Paging.Read(http);
        if (problem is not null)
        {
            return problem;
        }

        var word = http.Request.Query["view"].ToString();
        var view = QueueView.All;
        if (word.Length > 0 && !s_views.TryGetValue(word, out view))
        {
            return Problems.Invalid([new ProblemError("#/view", $"Saved views are not built yet. Views are {string.Join(", ", s_views.Keys)}.", "not-supported")]);
        }

        var page = await queue.ReadAsync(QueueFilter.Everything with { View = view }, http.Person().Id, after, limit, http.RequestAborted).ConfigureAwait(false);
        return Paging.Page(page, Write);
    }

    private static void Write(Utf8JsonWriter writer, QueueItem item)
    {
        writer.WriteStartObject();
        writer.WriteString("id", item.Id);
        writer.WriteNumber("revision", item.Revision);
        writer.WriteString("status", item.Status);
        writer.WriteString("kind", item.Kind);
        writer.WriteString("risk", item.Risk.Wire());
        writer.WriteString("action", item.Headline);
        if (item.Subject is not null)
        {
            writer.WriteString("subject", item.Subject);
        }

        if (item.Amount is not null)
        {
            writer.WriteStartObject("amount");
            writer.WriteString("value", item.Amount);
            if (!string.IsNullOrEmpty(item.Currency))
            {
                writer.WriteString("currency", item.Currency);
            }

            writer.WriteEndObject();
        }

        writer.WriteStartArray("checks");
        foreach (var check in item.Checks)
        {
            writer.WriteStartObject();
            writer.WriteString("id", check.Id);
            writer.WriteString("result", check.Result);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteString("queue", item.Queue);
        writer.WriteString("dueAt", WireTime.Text(item.DueAt));
        if (item.ClaimBy is null)
        {
            writer.WriteNull("claim");
        }
        else
        {
            writer.WriteStartObject("claim");
            writer.WriteString("by", item.ClaimBy);
            writer.WriteString("until", WireTime.Text(item.ClaimUntil));
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }
}
