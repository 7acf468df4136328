namespace ReviewConsole.Api;

/// <summary>A review's id in a path. Any text is one; what is no id of ours names no review, and is answered like one that is not there.</summary>
internal readonly record struct ReviewId(Guid Value)
{
    public static implicit operator Guid(ReviewId id) => id.Value;

    public static bool TryParse(string? text, out ReviewId id)
    {
        id = new ReviewId(Guid.TryParseExact(text, "D", out var value) ? value : Guid.Empty);
        return true;
    }
}
