namespace ReviewConsole.Core.Identity;

/// <summary>
/// What somebody can do beside their role, as one word: a language, a field, a system. Rules ask for skills and settings grant them. A list of them is in order and never empty; none is null,
/// so that what asks for nothing reads as it did before there were skills.
/// </summary>
internal static class Skill
{
    public const int MostLetters = 40;

    public static bool IsOne(string word) =>
        word.Length is > 0 and <= MostLetters && char.IsAsciiLetterLower(word[0]) && word.All(static letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-');

    /// <summary>All of both.</summary>
    public static IReadOnlyList<string>? Union(IReadOnlyList<string>? some, IReadOnlyList<string>? others) =>
        Listed((some ?? []).Union(others ?? [], StringComparer.Ordinal));

    public static IReadOnlyList<string>? Listed(IEnumerable<string> skills) =>
        skills.Order(StringComparer.Ordinal).ToArray() is { Length: > 0 } list ? list : null;

    /// <summary>Those asked for that are not among what somebody has.</summary>
    public static IReadOnlyList<string> Missing(IReadOnlyList<string>? asked, IReadOnlySet<string>? has) =>
        asked is null ? [] : [.. asked.Where(skill => has?.Contains(skill) != true)];
}
