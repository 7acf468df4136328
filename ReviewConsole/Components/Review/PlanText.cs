using System.Text.Json;
using ReviewConsole.Core.Proposals;

namespace ReviewConsole.Components.Review;

/// <summary>What the evidence of a deployment says of its plan: numbered lines, lines that begin with the way back, and a table of what runs where.</summary>
internal static class PlanText
{
    private static readonly string[] s_wayBack = ["rollback", "roll back", "rolling back", "back out", "back", "revert", "undo"];

    /// <summary>From the first numbered line to the end of the last, with all that stands between: of the first plan that has any.</summary>
    public static PlanPiece? Steps(ReviewModel model) => First(model, text =>
    {
        var (number, first, last) = (0, -1, -1);
        foreach (var line in text.EnumerateLines())
        {
            (first, last) = IsNumbered(line) ? (first < 0 ? number : first, number) : (first, last);
            number++;
        }

        var (steps, goesOn) = (new PlanLines(), true);
        number = -1;
        foreach (var line in text.EnumerateLines())
        {
            number++;
            // A step goes on until a line that is empty, or a heading.
            goesOn = number <= last || (goesOn && !line.IsWhiteSpace() && !line.StartsWith('#'));
            steps.Read(line, first >= 0 && number >= first && goesOn);
        }

        return steps;
    });

    /// <summary>What stands under a heading for going back, and paragraphs or steps that begin with a word for it.</summary>
    public static PlanPiece? Way(ReviewModel model) => First(model, text =>
    {
        var (way, level, goesOn, isStep, isCode) = (new PlanLines(), 0, false, false, false);
        foreach (var line in text.EnumerateLines())
        {
            isCode ^= line.TrimStart().StartsWith("```", StringComparison.Ordinal);
            var heading = isCode ? 0 : line.Length - line.TrimStart('#').Length;
            level = heading == 0 || (level > 0 && heading > level) ? level : IsWayBack(line.TrimStart("# ")) ? heading : 0;
            var begins = heading == 0 && IsWayBack(Bare(line));
            goesOn = begins || (goesOn && heading == 0 && !line.IsWhiteSpace() && !(isStep && IsNumbered(line)));
            isStep = begins ? IsNumbered(line) : isStep;
            // A step is drawn without its number: alone it would get another one.
            way.Read(begins && level == 0 ? Bare(line) : line, (level > 0 && heading != level) || goesOn);
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

    private static PlanPiece? First(ReviewModel model, Func<ReadOnlySpan<char>, PlanLines> pick) =>
        model.Evidence.Where(item => item.Item is { Role: "plan", Kind: EvidenceKind.Text or EvidenceKind.Markdown })
            .Select(item => (Lines: pick(item.Item.Content!.Value.GetString()), Item: item)).Where(read => read.Lines.IsFound)
            .Select(read => new PlanPiece(read.Lines.Drawn, read.Item, read.Lines.More)).FirstOrDefault();

    private static bool IsNumbered(ReadOnlySpan<char> line) => Digits(line.TrimStart()) > 0;

    // How many it is numbered with; 0 where it is not.
    private static int Digits(ReadOnlySpan<char> text)
    {
        var digits = Math.Max(text.IndexOfAnyExceptInRange('0', '9'), 0);
        return digits is > 0 and < 4 && text.Length > digits + 2 && text[digits] is '.' or ')' && text[digits + 1] == ' ' ? digits : 0;
    }

    // Without the marks of a list or a quotation.
    private static ReadOnlySpan<char> Bare(ReadOnlySpan<char> line)
    {
        var text = line.TrimStart();
        return text[(Digits(text) is > 0 and var digits ? digits + 1 : 0)..].TrimStart(" \t>-*+_");
    }

    private static bool IsWayBack(ReadOnlySpan<char> text)
    {
        foreach (var word in s_wayBack)
        {
            if (text.StartsWith(word, StringComparison.OrdinalIgnoreCase) && (text.Length == word.Length || !char.IsLetter(text[word.Length])))
            {
                return true;
            }
        }

        return false;
    }
}
