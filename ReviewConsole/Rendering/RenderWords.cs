using System.Globalization;
using Microsoft.Extensions.Localization;

namespace ReviewConsole.Rendering;

/// <summary>The console's own words inside and around rendered content, in the reader's language.</summary>
internal sealed class RenderWords(IStringLocalizer words)
{
    public string From => words["From"];
    public string To => words["To"];
    public string Cc => words["Cc"];
    public string Date => words["Date"];
    public string Subject => words["Subject"];
    public string AllHeaders => words["All headers"];
    public string HtmlAsSource => words["HTML, shown as its source text"];
    public string FileName => words["Name"];
    public string MediaType => words["Type, as the source says"];
    public string Size => words["Size"];

    public string BlockedImage(string host) => words["blocked image: {0}", host];

    public string BlockedLink(string target) => words["blocked link: {0}", target];

    public string Characters(long count) => words["{0} characters", Count(count)];

    public string CharactersNotDrawn(long count) => words["{0} more characters", Count(count)];

    public string RowsNotDrawn(long count) => words["{0} more rows", Count(count)];

    public string SameLines(int count) => words["{0} lines are the same", Count(count)];

    public string TooDeep(int depth) => words["nested deeper than {0} levels", depth];

    public string Items(int count) => words["{0} items", Count(count)];

    public string Members(int count) => words["{0} members", Count(count)];

    public string TableOf(int rows) => words["Table, {0} rows", Count(rows)];

    public string HtmlPart(int length) => words["HTML part, {0} characters, shown as its source text", Count(length)];

    public string NotOfItsKind(string kind) => words["The content is not of the kind {0}.", kind];

    public string Bytes(long size) => size switch
    {
        < 1_000 => words["{0} bytes", Count(size)],
        < 1_000_000 => words["{0} kB", (size / 1_000d).ToString("0.#", CultureInfo.CurrentCulture)],
        _ => words["{0} MB", (size / 1_000_000d).ToString("0.#", CultureInfo.CurrentCulture)],
    };

    /// <summary>Why two lines look alike and are not; null when the difference can be seen.</summary>
    public string? Why(HiddenDifference difference) => difference switch
    {
        HiddenDifference.Normalisation => words["looks the same: differs only in how accents are encoded"].Value,
        HiddenDifference.LookAlike => words["looks the same: letters of another alphabet"].Value,
        HiddenDifference.HiddenCharacters => words["looks the same: differs only in hidden characters"].Value,
        HiddenDifference.WhiteSpace => words["differs only in white space"].Value,
        _ => null,
    };

    private static string Count(long count) => count.ToString("N0", CultureInfo.CurrentCulture);
}
