namespace ReviewConsole.Rendering;

/// <summary>Names of downloads: what a source calls a file must not hide its kind or leave its folder.</summary>
internal static class FileNames
{
    private const int Longest = 120;

    /// <summary>
    /// The source's name without hidden characters, path or signs that shells and file systems read; never empty, never
    /// hidden by a leading dot.
    /// </summary>
    public static string Safe(string? name)
    {
        var last = (name ?? "").Split('/', '\\')[^1];
        var shown = last;
        foreach (var spot in HiddenText.Find(last).Reverse().ToArray())
        {
            shown = shown.Remove(spot.Index, spot.Length);
        }
        var safe = new string([.. shown.Select(c => char.IsLetterOrDigit(c) || c is '.' or '-' or '_' or ' ' or '(' or ')' ? c : '_')]).Trim(' ', '.');
        if (safe.Length > Longest)
        {
            var extension = Path.GetExtension(safe);
            extension = extension.Length > 12 ? "" : extension;
            safe = safe[..(Longest - extension.Length)].TrimEnd(' ', '.') + extension;
        }
        return safe.Length == 0 ? "evidence" : safe;
    }
}
