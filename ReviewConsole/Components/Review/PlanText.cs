using System.Text.Json;
using ReviewConsole.Core.Proposals;

namespace ReviewConsole.Components.Review;

/// <summary>What the evidence of a deployment says of its plan: numbered lines, lines that begin with the way back, and a table of what runs where.</summary>
internal static class PlanText
{
    // A plan that is longer is read in the evidence.
    private const int MostLines = 400;

    private static readonly string[] s_wayBack = ["rollback", "roll back", "rolling back", "back out", "back", "revert", "undo"];

    /// <summary>The numbered lines of the first plan that has any.</summary>
    public static PlanPiece? Steps(ReviewModel model) => First(model, lines => [.. lines.Where(IsNumbered)]);

    /// <summary>Lines that begin with a word for going back, and what stands under a heading that does.</summary>
    public static PlanPiece? Way(ReviewModel model) => First(model, lines =>
    {
        var (way, under) = (new List<string>(), false);
        foreach (var line in lines)
        {
            under = line.StartsWith('#') ? IsWayBack(line.TrimStart('#', ' ')) : under;
            if (line.StartsWith('#') ? false : under ? line.Trim().Length > 0 : IsWayBack(Bare(line)))
            {
                way.Add(under ? line : Bare(line));
            }
        }

        return way;
    });

    /// <summary>The cell of the row that begins with the service, under the column of the one environment.</summary>
    public static PlanPiece? Running(ReviewModel model, string? service, IReadOnlyList<string> environments)
    {
        foreach (var table in model.Evidence.Where(item => item.Item is { Role: "environments", Kind: EvidenceKind.Table }))
        {
            var content = table.Item.Content!.Value;
            var column = environments is [var one] ? content.GetProperty("columns").EnumerateArray().ToList().FindIndex(name => string.Equals(name.GetString(), one, StringComparison.OrdinalIgnoreCase)) : -1;
            var row = content.GetProperty("rows").EnumerateArray().FirstOrDefault(cells => cells.GetArrayLength() > Math.Max(column, 0) && cells[0].ValueKind == JsonValueKind.String && cells[0].GetString() == service);
            if (column > 0 && row.ValueKind == JsonValueKind.Array && row[column].ValueKind == JsonValueKind.String)
            {
                return new PlanPiece([row[column].GetString()!], table);
            }
        }

        return null;
    }

    private static PlanPiece? First(ReviewModel model, Func<IEnumerable<string>, List<string>> pick) =>
        model.Evidence.Where(item => item.Item is { Role: "plan", Kind: EvidenceKind.Text or EvidenceKind.Markdown })
            .Select(item => new PlanPiece(pick(item.Item.Content!.Value.GetString()!.Split('\n').Take(MostLines).Select(line => line.TrimEnd())), item))
            .FirstOrDefault(piece => piece.Lines.Count > 0);

    private static bool IsNumbered(string line)
    {
        var text = line.TrimStart();
        var digits = text.TakeWhile(char.IsAsciiDigit).Count();
        return digits is > 0 and < 4 && text.Length > digits + 2 && text[digits] is '.' or ')' && text[digits + 1] == ' ';
    }

    // Without the marks of a list or a quotation.
    private static string Bare(string line) => (IsNumbered(line) ? line.TrimStart().TrimStart([.. "0123456789"])[1..] : line).TrimStart(' ', '\t', '>', '-', '*', '+', '_');

    private static bool IsWayBack(string text) =>
        Array.Exists(s_wayBack, word => text.StartsWith(word, StringComparison.OrdinalIgnoreCase) && (text.Length == word.Length || !char.IsLetter(text[word.Length])));
}
