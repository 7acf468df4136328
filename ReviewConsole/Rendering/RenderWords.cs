using System.Globalization;
using Microsoft.Extensions.Localization;

namespace ReviewConsole.Rendering;

/// <summary>Marker of RenderingWords.resx.</summary>
internal sealed class RenderingWords;

/// <summary>The console's own words inside and around rendered content, in the reader's language.</summary>
internal sealed class RenderWords(IStringLocalizer<RenderingWords> words)
{
    public string From => words["Mail.From"];
    public string To => words["Mail.To"];
    public string Cc => words["Mail.Cc"];
    public string Date => words["Mail.Date"];
    public string Subject => words["Mail.Subject"];
    public string AllHeaders => words["Mail.Headers"];
    public string FileName => words["File.Name"];
    public string MediaType => words["File.Type"];
    public string Size => words["File.Size"];

    public string NotAnImage => words["Fault.NotAnImage"];
    public string ImageTooLarge => words["Fault.ImageTooLarge"];

    public string NoPages => words["Fault.NoPages"];

    public string BlockedImage(string host) => host.Length == 0 ? words["Blocked.LocalImage"] : words["Blocked.Image", host];

    public string BlockedLink(string target) => target.Length == 0 ? words["Blocked.Relative"] : words["Blocked.Link", target];

    public string Characters(long count) => words["Count.Characters", Count(count)];

    public string CharactersNotDrawn(long count) => words["Cut.Characters", Count(count)];

    public string RowsNotDrawn(long count) => words["Cut.Rows", Count(count)];

    public string Removed => words["Diff.Removed"];

    public string Added => words["Diff.Added"];

    public string TooMuchMarkup => words["Html.TooMuch"];

    public string TooDeep(int depth) => words["Json.TooDeep", depth];

    public string Items(int count) => count == 1 ? words["Json.OneItem"] : words["Json.Items", Count(count)];

    public string Members(int count) => count == 1 ? words["Json.OneMember"] : words["Json.Members", Count(count)];

    public string TableOf(int rows) => words["Table.Label", Count(rows)];

    public string HtmlSource(int length) => words["Html.Source", Count(length)];

    public string NotOfItsKind(string kind) => words["Fault.Kind", kind];

    public string Bytes(long size) => size switch
    {
        < 1_000 => words["Size.Bytes", Count(size)],
        < 1_000_000 => words["Size.Kilo", (size / 1_000d).ToString("0.#", CultureInfo.CurrentCulture)],
        _ => words["Size.Mega", (size / 1_000_000d).ToString("0.#", CultureInfo.CurrentCulture)],
    };

    /// <summary>Why two lines look alike and are not; null when the difference can be seen.</summary>
    public string? Why(HiddenDifference difference) => difference switch
    {
        HiddenDifference.Normalisation => words["Why.Normalisation"].Value,
        HiddenDifference.LookAlike => words["Why.LookAlike"].Value,
        HiddenDifference.HiddenCharacters => words["Why.Hidden"].Value,
        HiddenDifference.WhiteSpace => words["Why.WhiteSpace"].Value,
        _ => null,
    };

    private static string Count(long count) => count.ToString("N0", CultureInfo.CurrentCulture);
}
