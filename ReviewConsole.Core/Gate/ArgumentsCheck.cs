using System.Globalization;
using System.Text.Json;
using ReviewConsole.Core.Proposals;
using ReviewConsole.Core.Proposals.Schemas;

namespace ReviewConsole.Core.Gate;

/// <summary>Our own check <c>console:arguments</c>: a failed one where the arguments do not fit the schema of the catalogue. What the source sends as its schema is never asked.</summary>
internal static class ArgumentsCheck
{
    private const int MostNamed = 3;
    private const int LongestPlace = 100;
    private const int LongestRule = 60;

    public static IEnumerable<Check> Of(CatalogueAction? action, JsonElement arguments)
    {
        if (action?.Arguments is not { } schema || SchemaCheck.Of(schema, arguments) is not { Count: > 0 } faults)
        {
            return [];
        }

        // The same action says the same, in whatever order its members come.
        var named = faults.Select(static fault => $"{Clip(fault.At.ToString()[2..], LongestPlace)} ({Clip(fault.Keyword, LongestRule)})").Order(StringComparer.Ordinal).Distinct().ToList();
        var detail = string.Format(
            CultureInfo.InvariantCulture, CheckSentences.ArgumentsUnfitDetail, string.Join(", ", named.Count > MostNamed ? [.. named.Take(MostNamed), "…"] : named));
        return [new Check("console:arguments", CheckSentences.ArgumentsUnfit, CheckResult.Fail, detail, [])];
    }

    // By whole characters: half of one could not be sealed.
    private static string Clip(string text, int most) =>
        text.Length <= most ? text : string.Concat(text.EnumerateRunes().Take(most).Select(static rune => rune.ToString())) + "…";
}
