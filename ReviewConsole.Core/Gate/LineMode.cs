namespace ReviewConsole.Core.Gate;

/// <summary>How a line is kept back while something is looked into; a line with none of these runs.</summary>
public enum LineMode
{
    /// <summary>Whatever is approved or corrected needs two people.</summary>
    TwoPerson,

    /// <summary>What would proceed goes to a person.</summary>
    EverythingToReview,

    /// <summary>Nothing proceeds, nothing is approved or corrected, nothing that is held leaves.</summary>
    Stopped,
}

/// <summary>What the gate knows of a mode that covers a proposal.</summary>
/// <param name="By">Pseudonym of who set it.</param>
/// <param name="Until">Unix ms UTC when it ends by itself; null where a person ends it.</param>
public sealed record LineFact(string By, long? Until);

internal static class LineModes
{
    /// <summary>How many approve or correct in two-person mode.</summary>
    public const int People = 2;

    public static readonly IReadOnlyDictionary<string, LineMode> Words = new Dictionary<string, LineMode>(StringComparer.Ordinal)
    {
        ["twoPerson"] = LineMode.TwoPerson, ["everythingToReview"] = LineMode.EverythingToReview, ["stopped"] = LineMode.Stopped,
    };

    /// <summary>As on the wire and in the ledger.</summary>
    public static string Word(this LineMode mode) => mode switch
    {
        LineMode.TwoPerson => "twoPerson",
        LineMode.EverythingToReview => "everythingToReview",
        LineMode.Stopped => "stopped",
        _ => throw new ArgumentOutOfRangeException(nameof(mode)),
    };
}
