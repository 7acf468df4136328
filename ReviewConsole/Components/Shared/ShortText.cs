namespace ReviewConsole.Components.Shared;

/// <summary>The beginning of a long text, where there is no room for all of it.</summary>
internal static class ShortText
{
    /// <summary>The text itself, or what is kept of it and an ellipsis.</summary>
    public static string Of(string text, int most) => text.Length <= most ? text : text[..Kept(text, most)] + "…";

    /// <summary>How many of the first <paramref name="most"/> characters of a longer text are kept: never one half of a pair.</summary>
    public static int Kept(string text, int most) => char.IsHighSurrogate(text[most - 1]) ? most - 1 : most;
}
